package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class RouteDivertsGatewayManagementTest {

    private static Scene unknown(String... routes) {
        return Scene.web().webHealth("Unknown", Scene.NOT_RETRIEVED).network().routes("snet-agw", "rt-agw", routes);
    }

    @Test
    void shownByADefaultRouteToAnAppliance() {
        Finding finding = Judging.of(
                        new RouteDivertsGatewayManagement(), unknown("all 0.0.0.0/0 VirtualAppliance 10.0.7.4"))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.target().kind()).isEqualTo(Kind.ROUTE);
        assertThat(finding.target().name()).isEqualTo("all");
        assertThat(finding.target().at(Place.ROUTE_TABLE)).contains("rt-agw");
    }

    @Test
    void notShownByADefaultRouteToTheInternet() {
        Judging.of(new RouteDivertsGatewayManagement(), unknown("all 0.0.0.0/0 Internet"))
                .isNotShown();
    }

    @Test
    void cannotTellWhenTheNetworkWasRefused() {
        Judging.of(
                        new RouteDivertsGatewayManagement(),
                        Scene.web().webHealth("Unknown", Scene.NOT_RETRIEVED).refused(Source.NETWORK))
                .cannotTellWithout(Source.NETWORK, Source.ACCESS_LOG);
    }
}
