package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class BackendNameUnresolvableTest {

    private static Scene named(String health, String log) {
        return Scene.v2()
                .pool("pool-web", "app.internal.example")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web")
                .health("pool-web", "set-web", "app.internal.example", health, log)
                .network();
    }

    @Test
    void shownByAProbeThatCouldNotBeMade() {
        Finding finding = Judging.of(
                        new BackendNameUnresolvable(),
                        named(
                                "Unhealthy",
                                "Application Gateway could not create a probe for this backend. This usually happens when"
                                        + " the FQDN of the backend is not entered correctly."))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.target().name()).isEqualTo("app.internal.example");
        assertThat(finding.target().kind()).isEqualTo(Kind.SERVER);
        assertThat(finding.target().at(Place.POOL)).contains("pool-web");
    }

    @Test
    void notShownByANameThatAnswersTheProbe() {
        Judging.of(new BackendNameUnresolvable(), named("Healthy", "Success").served(5, 5, "10.0.2.4"))
                .isNotShown();
    }

    @Test
    void notShownByMembersThatAreAddresses() {
        Judging.of(
                        new BackendNameUnresolvable(),
                        Scene.web().webHealth("Unhealthy", Scene.CANNOT_CONNECT).network())
                .isNotShown();
    }

    @Test
    void isAnsweredByHealthEvenWhereTheNetworkWasRefused() {
        assertThat(new BackendNameUnresolvable().id()).isEqualTo("backend-name-unresolvable");
        Judging.of(
                        new BackendNameUnresolvable(),
                        named("Unhealthy", "Backend server FQDN cannot be resolved. Check FQDN for correctness.")
                                .refused(Source.NETWORK))
                .isShown(Confidence.CONFIRMED);
    }
}
