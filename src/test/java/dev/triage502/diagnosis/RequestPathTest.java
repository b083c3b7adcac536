package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.RecordedCase;
import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.diagnosis.RequestPath.State;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.evidence.arm.EvidenceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestPathTest {

    private static Diagnosis diagnosis(RecordedCase recorded) {
        return new Diagnostician(Causes.IN_ORDER)
                .diagnose(recorded.incident(), EvidenceReader.read(recorded.incident(), recorded.documents()));
    }

    /** Of every bundled case that names a cause on a request's way. */
    @Test
    void onePlaceIsBrokenAndNothingBehindItIsSaidToWork() {
        List<String> wrong = new ArrayList<>();
        int paths = 0;
        for (RecordedCase recorded : Cases.all()) {
            Diagnosis diagnosis = diagnosis(recorded);
            Optional<RequestPath> path = diagnosis.path();
            if (path.isEmpty()) {
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
            diagnosis.path().ifPresent(path -> {
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
}
