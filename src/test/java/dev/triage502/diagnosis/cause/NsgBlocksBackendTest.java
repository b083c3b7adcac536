package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class NsgBlocksBackendTest {

    private static Scene dropped(String... rules) {
        return Scene.web()
                .webHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .network()
                .group("snet-web", "nsg-web", rules);
    }

    @Test
    void shownByTheRuleThatDecides() {
        Finding finding = Judging.of(
                        new NsgBlocksBackend(),
                        dropped("let-admins 100 Inbound Allow 10.0.9.0/24 * 80", "no-more 300 Inbound Deny * * *"))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.target().kind()).isEqualTo(Kind.NSG_RULE);
        assertThat(finding.target().name()).isEqualTo("no-more");
        assertThat(finding.target().at(Place.NSG)).contains("nsg-web");
        assertThat(finding.suffering()).hasSize(2);
    }

    @Test
    void offersAFreePriorityThatGoesBeforeTheDeny() {
        Finding finding = Judging.of(
                        new NsgBlocksBackend(),
                        dropped("first 100 Inbound Deny 10.0.1.0/24 * 80", "second 101 Inbound Allow 10.0.1.0/24 * 80"))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.target().name()).isEqualTo("first");
        assertThat(finding.values().get("free-priority"))
                .as("nothing is below 100")
                .isNullOrEmpty();
    }

    @Test
    void notShownWhenAnAllowStandsBeforeTheDeny() {
        Judging.of(
                        new NsgBlocksBackend(),
                        dropped("let-gateway 200 Inbound Allow 10.0.1.0/24 * 80", "no-more 300 Inbound Deny * * *"))
                .isNotShown();
    }

    @Test
    void notShownByARuleThatDropsWhatNobodyIsSeenToMiss() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .served(5, 50, "10.0.2.4")
                .network()
                .group("snet-web", "nsg-web", "no-more 300 Inbound Deny * * *");

        Judging.of(new NsgBlocksBackend(), scene).isNotShown();
    }

    @Test
    void cannotTellWhenTheNetworkWasRefused() {
        Judging.of(
                        new NsgBlocksBackend(),
                        Scene.web().webHealth("Unhealthy", Scene.CANNOT_CONNECT).refused(Source.NETWORK))
                .cannotTellWithout(Source.NETWORK, Source.ACCESS_LOG);
    }
}
