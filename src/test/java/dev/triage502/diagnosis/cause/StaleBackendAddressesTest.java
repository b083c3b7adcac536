package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class StaleBackendAddressesTest {

    private static Scene silent() {
        return Scene.web().webHealth("Unhealthy", Scene.TIMED_OUT).network();
    }

    /** Interfaces of scale sets are not on every list, so that an address without one is no proof. */
    @Test
    void onlyPossibleByAnAddressThatNoInterfaceHolds() {
        Finding finding = Judging.of(
                        new StaleBackendAddresses(),
                        silent().interfaceOf(
                                        "nic-new",
                                        "10.0.2.44",
                                        Scene.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm"))
                .isShown(Confidence.POSSIBLE)
                .get(0);

        assertThat(finding.text()).contains("10.0.2.4");
        assertThat(finding.target().kind()).isEqualTo(Kind.POOL);
        assertThat(finding.target().at(Place.POOL)).contains("pool-web");
    }

    @Test
    void notShownByAddressesThatInterfacesHold() {
        String vm = Scene.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm";

        Judging.of(
                        new StaleBackendAddresses(),
                        silent().interfaceOf("nic-4", "10.0.2.4", vm)
                                .interfaceOf("nic-5", "10.0.2.5", vm)
                                .quietActivityLog())
                .isNotShown();
    }

    @Test
    void cannotTellFromHealthAlone() {
        Judging.of(
                        new StaleBackendAddresses(),
                        Scene.web().webHealth("Unhealthy", Scene.TIMED_OUT).refused(Source.NETWORK))
                .cannotTellWithout(
                        Source.NETWORK, Source.ACCESS_LOG, Source.ACTIVITY_LOG, Source.BACKENDS, Source.DIRECT_PROBE);
    }
}
