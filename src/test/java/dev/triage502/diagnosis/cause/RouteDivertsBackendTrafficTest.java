package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class RouteDivertsBackendTrafficTest {

    private static Scene routed(String subnet, String... routes) {
        return Scene.web()
                .webHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .network()
                .routes(subnet, "rt-web", routes);
    }

    @Test
    void shownByALongerPrefixThatLeadsNowhere() {
        Finding finding = Judging.of(new RouteDivertsBackendTraffic(), routed("snet-agw", "gone 10.0.2.0/24 None"))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.target().kind()).isEqualTo(Kind.ROUTE);
        assertThat(finding.target().name()).isEqualTo("gone");
        assertThat(finding.target().at(Place.ROUTE_TABLE)).contains("rt-web");
    }

    @Test
    void shownByAWayBackThatPassesAnAppliance() {
        Judging.of(
                        new RouteDivertsBackendTraffic(),
                        routed("snet-web", "inspect 10.0.1.0/24 VirtualAppliance 10.0.7.4"))
                .isShown(Confidence.CONFIRMED);
    }

    @Test
    void shownByAnApplianceThatIsStopped() {
        String vm = Scene.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-fw";
        Finding finding = Judging.of(
                        new RouteDivertsBackendTraffic(),
                        routed("snet-agw", "inspect 10.0.2.0/24 VirtualAppliance 10.0.2.200")
                                .interfaceOf("nic-fw", "10.0.2.200", vm)
                                .document(
                                        Source.BACKENDS,
                                        "{'virtualMachines':[{'id':'" + vm
                                                + "','properties':{'instanceView':{'statuses':[{'code':'PowerState/deallocated','displayStatus':'VM"
                                                + " deallocated'}]}}}]}"))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.target().name()).isEqualTo("inspect");
        assertThat(finding.text()).contains("VM vm-fw is stopped");
    }

    @Test
    void notShownByADefaultRouteOfTheBackendsInsideOneNetwork() {
        Judging.of(new RouteDivertsBackendTraffic(), routed("snet-web", "default 0.0.0.0/0 VirtualAppliance 10.0.7.4"))
                .isNotShown();
    }

    @Test
    void cannotTellWhenTheNetworkWasRefused() {
        Judging.of(
                        new RouteDivertsBackendTraffic(),
                        Scene.web().webHealth("Unhealthy", Scene.CANNOT_CONNECT).refused(Source.NETWORK))
                .cannotTellWithout(Source.NETWORK, Source.ACCESS_LOG, Source.BACKENDS, Source.ACTIVITY_LOG);
    }
}
