package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Target;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Engineers look at addresses, pools hold names: the zone that the gateway asks tells which belong together. */
class DirectProbesByNameTest {

    private static Scene named(String... zoned) {
        return new Scene()
                .pool("web", 80, "app.corp.example")
                .fails("app.corp.example", ProbeFailure.CANNOT_CONNECT)
                .zone("corp.example", List.of("vnet-a"), zoned);
    }

    private static List<DirectProbe> probes(Scene scene) {
        return DirectProbesByName.in(scene.evidence())
                .directProbes()
                .toOptional()
                .orElseThrow()
                .probes();
    }

    @Test
    void aLookAtTheAddressThatTheZoneGivesSpeaksOfTheMember() {
        DirectProbe probe = probes(named("app=10.0.2.4").look("10.0.2.4", 80, Connect.REFUSED))
                .get(0);

        assertThat(probe.targets()).extracting(Target::name).containsExactly("app.corp.example");
        assertThat(probe.names()).containsExactly("app.corp.example");
    }

    @Test
    void aLookAtAnotherPortIsOfItsAddressAlone() {
        DirectProbe probe =
                probes(named("app=10.0.2.4").look("10.0.2.4", 22, Connect.OK)).get(0);

        assertThat(probe.targets()).isEmpty();
        assertThat(probe.names()).containsExactly("app.corp.example");
    }

    @Test
    void aLookAtAnotherAddressSaysNothingOfTheMember() {
        DirectProbe probe = probes(named("app=10.0.2.4").look("10.0.2.5", 80, Connect.REFUSED))
                .get(0);

        assertThat(probe.targets()).isEmpty();
        assertThat(probe.names()).isEmpty();
    }

    @Test
    void aZoneThatTheGatewayDoesNotAskTellsNothing() {
        Scene scene = new Scene()
                .pool("web", 80, "app.corp.example")
                .zone("corp.example", List.of("vnet-other"), "app=10.0.2.4")
                .look("10.0.2.4", 80, Connect.REFUSED);

        assertThat(probes(scene).get(0).targets()).isEmpty();
    }

    @Test
    void aRefusalAtTheOnlyAddressOfTheNameShowsThatNothingListens() {
        assertThat(shown(named("app=10.0.2.4").look("10.0.2.4", 80, Connect.REFUSED)))
                .singleElement()
                .asString()
                .contains("port 80 refuses direct connections");
    }

    @Test
    void aRefusalAtOneOfTwoAddressesDoesNotWhereTheOtherAccepts() {
        Scene scene = named("app=10.0.2.4,10.0.2.5")
                .look("10.0.2.4", 80, Connect.REFUSED)
                .look("10.0.2.5", 80, Connect.OK);

        assertThat(shown(scene)).isEmpty();
    }

    private static List<Finding> shown(Scene scene) {
        return scene.reach().shows(Step.NOT_LISTENING).toOptional().orElse(List.of());
    }
}
