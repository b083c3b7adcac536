package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.diagnosis.RequestPath.State;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.triage.TriagedCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestPathCasesTest {

    private static Diagnosis diagnosis(RecordedCase bundled) {
        return TriagedCase.of(bundled).diagnosis();
    }

    /** Of every bundled case that names a cause on a request's way. */
    @Test
    void onePlaceIsBrokenAndNothingBehindItIsSaidToWork() {
        List<String> wrong = new ArrayList<>();
        int paths = 0;
        for (RecordedCase recorded : Cases.all()) {
            Diagnosis diagnosis = diagnosis(recorded);
            Optional<RequestPath> path = diagnosis.path();
            if (path.isEmpty() || diagnosis.root().id().equals("recovered")) {
                continue;
            }
            paths++;
            List<Hop> hops = path.get().hops();
            long broken = hops.stream()
                    .filter(hop -> hop.state() == State.BROKEN || hop.state() == State.SLOW)
                    .count();
            int at = 0;
            while (at < hops.size()
                    && hops.get(at).state() != State.BROKEN
                    && hops.get(at).state() != State.SLOW) {
                at++;
            }
            boolean behind = hops.subList(Math.min(hops.size(), at + 1), hops.size()).stream()
                    .anyMatch(hop -> hop.state() != State.NOT_REACHED);
            if (broken != 1 || behind || diagnosis.root().isConclusion()) {
                wrong.add(recorded.id() + ": " + hops);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(paths).as("cases with a path").isGreaterThan(150);
    }

    /** A name on the path is the name in the diagnosis: they must not speak of two things. */
    @Test
    void theBrokenPlaceIsWhatTheDiagnosisNames() {
        List<String> wrong = new ArrayList<>();
        for (RecordedCase recorded : Cases.all()) {
            Diagnosis diagnosis = diagnosis(recorded);
            diagnosis.path().filter(path -> !diagnosis.root().isConclusion()).ifPresent(path -> {
                Hop broken = path.hops().stream()
                        .filter(hop -> hop.state() == State.BROKEN || hop.state() == State.SLOW)
                        .findFirst()
                        .orElseThrow();
                switch (diagnosis.root().target().orElseThrow().kind()) {
                    case NSG_RULE, ROUTE, PROBE, LISTENER, ROUTING_RULE -> {
                        String name = diagnosis.root().target().orElseThrow().name();
                        if (!(broken.name() + broken.detail()).contains(name)) {
                            wrong.add(recorded.id() + ": " + broken);
                        }
                    }
                    default -> {}
                }
            });
        }

        assertThat(wrong).isEmpty();
    }

    private static RequestPath path(String id) {
        RecordedCase recorded = Cases.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        return diagnosis(recorded).path().orElseThrow();
    }

    private static List<String> shown(List<Hop> hops) {
        return hops.stream()
                .map(hop -> hop.kind() + " " + hop.name() + ": " + hop.detail() + " " + hop.state())
                .toList();
    }

    @Test
    void whatPacketsPassIsListedInTheOrderInWhichTheyMeetIt() {
        assertThat(shown(path("503-no-live").hops()))
                .containsSubsequence(
                        "Backend pool pool-lotto: 2 targets PASSES",
                        "NSG, outbound nsg-agw: default rule allows TCP 8080 PASSES",
                        "NSG, inbound nsg-lotto: web (100) allows TCP 8080 PASSES",
                        "Servers 10.87.2.4, 10.87.2.5: 0 of 2 healthy BROKEN");
    }

    @Test
    void anNsgBreaksWhereItsRuleDecidesAndTheRuleIsNamed() {
        assertThat(shown(path("fund-prices-new-servers").hops()))
                .containsSubsequence(
                        "NSG, outbound nsg-agw: default rule allows TCP 8080 PASSES",
                        "NSG, inbound nsg-prices: nothing-else (4000) denies TCP 8080 BROKEN",
                        "Servers 10.141.6.10, 10.141.6.11: 0 of 2 healthy NOT_REACHED");
    }

    @Test
    void aLinkThatIsNotApprovedIsWhereItBreaks() {
        assertThat(path("endpoint-was-rejected").hops())
                .filteredOn(hop -> hop.state() == State.BROKEN)
                .extracting(Hop::kind, Hop::word)
                .containsExactly(tuple("Private endpoint", "not approved"));
    }

    /** The same hops, hop by hop, and every one of them passes. */
    @Test
    void aWayOfTheSameGatewayThatWorksStandsBesideIt() {
        RequestPath path = path("san-lacks-host");

        assertThat(path.others()).singleElement().satisfies(other -> {
            assertThat(other.name()).isEqualTo("www.loyalty.example.co.uk");
            assertThat(other.why()).isEqualTo("none of its requests failed");
            assertThat(other.hops()).allMatch(hop -> hop.state() == State.PASSES);
            assertThat(shown(other.hops())).contains("Backend pool pool-www: 1 target PASSES");
        });
    }

    @Test
    void noPathIsLongerThanNineHops() {
        assertThat(Cases.all())
                .allSatisfy(recorded -> assertThat(diagnosis(recorded)
                                .path()
                                .map(path -> path.hops().size())
                                .orElse(0))
                        .isLessThanOrEqualTo(9));
    }

    @Test
    void afterARecoveryNothingIsBrokenAndWhatWasSaysSo() {
        List<RequestPath> paths = Cases.all().stream()
                .map(RequestPathCasesTest::diagnosis)
                .filter(diagnosis -> diagnosis.root().id().equals("recovered"))
                .flatMap(diagnosis -> diagnosis.path().stream())
                .toList();

        assertThat(paths).isNotEmpty().allSatisfy(path -> {
            assertThat(path.hops())
                    .filteredOn(hop -> hop.state() == State.FIXED)
                    .singleElement()
                    .extracting(Hop::word)
                    .isEqualTo("works again");
            assertThat(path.hops())
                    .noneMatch(hop ->
                            List.of(State.BROKEN, State.SLOW, State.NOT_REACHED).contains(hop.state()));
        });
    }

    /** An NSG before several pools: the path is that of the pool that suffers, not of the first rule by name. */
    @Test
    void thePathLeadsToThePoolThatSuffers() {
        RecordedCase recorded = CaseFolder.readShipped("blocked-by-nsg");

        RequestPath path = diagnosis(recorded).path().orElseThrow();

        assertThat(shown(path.hops()))
                .containsSubsequence(
                        "Backend pool pool-toll: 2 targets PASSES",
                        "NSG, outbound nsg-waf: out-internal-rest (300) denies TCP 8443 BROKEN",
                        "Servers 10.126.4.4, 10.126.4.5: 0 of 2 healthy NOT_REACHED");
        assertThat(path.others()).extracting(RequestPath.WorkingPath::name).containsExactly("pay.example.pl");
    }
}
