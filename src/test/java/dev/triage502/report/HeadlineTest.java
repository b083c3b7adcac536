package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.ConfidenceReason;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of several ways to say it, the fullest that fits is taken, and it agrees with how many are meant. */
class HeadlineTest {

    private static final String APP = "app-shop-with-a-long-name.azurewebsites.net";

    @Test
    void takesTheFullestWayThatFits() {
        List<String> ways = List.of("{server} fails for {path} on port {port}", "{server} fails");
        assertThat(headline(ways, at("10.0.2.4"), Map.of("path", "/a", "port", "80")))
                .isEqualTo("10.0.2.4 fails for /a on port 80 (502 at agw-shop)");
        assertThat(headline(ways, at("10.0.2.4"), Map.of("path", "/a".repeat(40), "port", "80")))
                .isEqualTo("10.0.2.4 fails (502 at agw-shop)");
        assertThat(headline(ways, at("10.0.2.4"), Map.of("path", "/a"))).isEqualTo("10.0.2.4 fails (502 at agw-shop)");
    }

    @Test
    void callsAnAppByItsNameAloneWhereTheWholeHostIsTooLong() {
        List<String> ways = List.of("{server} answers {path} with 404", "{server} fails");
        assertThat(headline(ways, at(APP), Map.of("path", "/a")))
                .isEqualTo(APP + " answers /a with 404 (502 at agw-shop)");
        assertThat(headline(ways, at(APP), Map.of("path", "/a-longer-path")))
                .isEqualTo("app-shop-with-a-long-name answers /a-longer-path with 404 (502 at agw-shop)");
    }

    @Test
    void countsTheOthersBesideTheNameAndAgreesWithThem() {
        List<String> ways = List.of("{server}:{port} {drops|drop} connections");
        Map<String, String> port = Map.of("port", "80");
        assertThat(headline(ways, at("10.0.2.4"), port)).startsWith("10.0.2.4:80 drops connections (");
        assertThat(headline(ways, at("10.0.2.4", "10.0.2.5", "10.0.2.6"), port))
                .startsWith("10.0.2.4:80 and 2 more servers drop connections (");
        assertThat(headline(List.of("it {drops|drop} connections"), at("10.0.2.4", "10.0.2.5"), port))
                .startsWith("It drops connections (");
    }

    @Test
    void countsTheServersOfAPoolThatIsAtFaultAsAWhole() {
        List<String> ways = List.of("nothing listens on {server}:{port}");
        Map<String, String> port = Map.of("port", "80");
        Target pool = Target.of(Target.Kind.POOL, "orders", "");
        assertThat(headline(ways, pool, affecting(pool, "10.0.2.4", "10.0.2.5", "10.0.2.6"), port))
                .startsWith("Nothing listens on 10.0.2.4:80 and 2 more servers (");
        assertThat(headline(ways, pool, affecting(pool, "10.0.2.4"), port))
                .startsWith("Nothing listens on 10.0.2.4:80 (");
        // The probe knows the name, the log the address: one server.
        assertThat(headline(ways, pool, affecting(pool, "10.0.2.4", "app.example"), port))
                .startsWith("Nothing listens on 10.0.2.4:80 (");
    }

    @Test
    void writesNoNameWithACapital() {
        assertThat(Headline.title("502 at agw: cause not found — app-shop.example does not answer", "agw", ""))
                .isEqualTo("app-shop.example does not answer");
        assertThat(Headline.title("502 at agw: cause not found — look at the firewall", "agw", ""))
                .isEqualTo("Look at the firewall");
    }

    @Test
    void saysValuesAsOneSaysThem() {
        List<String> ways = List.of("{protocol} since {valid-from}, {updating-minutes}, {instances} instances");
        Map<String, String> values = Map.of(
                "protocol", "Https", "valid-from", "2026-01-31T00:00:00Z", "updating-minutes", "125", "instances", "1");
        assertThat(headline(ways, at("10.0.2.4"), values))
                .startsWith("HTTPS since 31 Jan 2026, 2 h 5 min, 1 instance (");
        assertThat(headline(List.of("{caller} did it", "somebody did it"), at("10.0.2.4"), Map.of("caller", GUID)))
                .startsWith("Somebody did it (");
    }

    private static final String GUID = "0aa7f0bb-63b7-42fb-b5cb-1f6f6f4d2d21";

    private static List<Target> at(String... servers) {
        return List.of(servers).stream()
                .map(each -> Target.server(each, "orders"))
                .toList();
    }

    private static Finding affecting(Target pool, String... servers) {
        return new Finding(
                Source.GATEWAY,
                pool,
                "so it is",
                Optional.empty(),
                Map.of("server", servers[0]),
                at(servers).stream()
                        .map(each -> each.on(Target.Place.POOL, pool.name()))
                        .toList());
    }

    private static String headline(List<String> ways, List<Target> servers, Map<String, String> values) {
        Target first = servers.get(0);
        return headline(
                ways, servers, Finding.of(Source.GATEWAY, first, "so it is").with(values));
    }

    private static String headline(List<String> ways, Target target, Finding finding, Map<String, String> values) {
        return headline(ways, List.of(target), finding.with(values));
    }

    private static String headline(List<String> ways, List<Target> servers, Finding finding) {
        Diagnosis sample = Diagnoses.noFault();
        Target first = servers.get(0);
        NamedCause root = new NamedCause(
                "of-no-page",
                Optional.of(Confidence.CONFIRMED),
                Optional.of(ConfidenceReason.DIRECT),
                Optional.of(first),
                servers.subList(1, servers.size()),
                List.of(finding),
                Optional.empty(),
                Map.of());
        Diagnosis diagnosis = Diagnosis.builder()
                .incident(sample.incident())
                .gateway(sample.gateway())
                .root(root)
                .contributing(List.of())
                .ruledOut(List.of())
                .couldNotTell(List.of())
                .next(List.of())
                .impact(sample.impact())
                .changes(List.of())
                .evidenceRead(sample.evidenceRead())
                .build();
        CausePage blank = CausePage.blank("of-no-page");
        CausePage page = CausePage.builder()
                .id(blank.id())
                .title(blank.title())
                .headlines(ways)
                .summary("")
                .verify("")
                .verifyCommand("")
                .build();
        return Headline.of(diagnosis, page);
    }
}
