package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class NsgBlocksGatewayManagerTest {

    private static Scene unknown(String... rules) {
        return Scene.web().webHealth("Unknown", Scene.NOT_RETRIEVED).network().group("snet-agw", "nsg-agw", rules);
    }

    @Test
    void shownByADenyOfTheManagementPorts() {
        Finding finding = Judging.of(
                        new NsgBlocksGatewayManager(),
                        unknown("no-in 400 Inbound Deny Internet * *", "no-more 500 Inbound Deny * * *"))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.target().kind()).isEqualTo(Kind.NSG_RULE);
        assertThat(finding.target().at(Place.NSG)).contains("nsg-agw");
        assertThat(finding.text()).contains("65200-65535");
    }

    @Test
    void notShownWhereTheManagementPortsAreLetIn() {
        Judging.of(
                        new NsgBlocksGatewayManager(),
                        unknown(
                                "platform 100 Inbound Allow GatewayManager * 65200-65535",
                                "balancer 110 Inbound Allow AzureLoadBalancer * *",
                                "no-more 500 Inbound Deny * * *"))
                .isNotShown();
    }

    @Test
    void cannotTellWhenTheNetworkWasRefused() {
        Judging.of(
                        new NsgBlocksGatewayManager(),
                        Scene.web().webHealth("Unknown", Scene.NOT_RETRIEVED).refused(Source.NETWORK))
                .cannotTellWithout(Source.NETWORK, Source.ACCESS_LOG);
    }
}
