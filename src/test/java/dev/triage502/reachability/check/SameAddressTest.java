package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.denyIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One address may occur in two networks that are not joined: the gateway means the one in its own or a peer's. */
class SameAddressTest {

    /** A network that nothing joins to the gateway's, with a subnet inside the range of its own {@code snet-app}. */
    private static Scene twin() {
        return new Scene()
                .pool("web", 80, "10.0.2.4")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .net("vnet-0", "10.0.2.0/25")
                .subnet("vnet-0", "snet-twin", "10.0.2.0/28");
    }

    private static List<Finding> shown(ReachabilityResult reach, Step step) {
        return reach.shows(step).toOptional().orElse(List.of());
    }

    @Test
    void theAddressIsReachedInTheGatewaysOwnNetwork() {
        ReachabilityResult reach =
                twin().group("snet-twin", denyIn("deny", 100, "*", "*", "*")).reach();

        assertThat(shown(reach, Step.NO_WAY)).isEmpty();
        assertThat(shown(reach, Step.DENIED)).isEmpty();
    }

    @Test
    void itIsReachedInAPeersBeforeANetworkThatNothingJoins() {
        Scene scene = new Scene()
                .pool("web", 80, "10.5.1.4")
                .fails("10.5.1.4", ProbeFailure.TIMED_OUT)
                .net("vnet-b", "10.5.0.0/16")
                .subnet("vnet-b", "snet-far", "10.5.1.0/24")
                .peered("vnet-a", "vnet-b")
                .net("vnet-c", "10.5.1.0/24")
                .subnet("vnet-c", "snet-c", "10.5.1.0/27");

        assertThat(shown(scene.reach(), Step.NO_WAY)).isEmpty();
    }

    @Test
    void aMachineOfTheOtherNetworkIsNotBehindIt() {
        ReachabilityResult reach = twin().card("nic-0", "10.0.2.4", "snet-twin", "vm-twin")
                .machine("vm-twin", Power.STOPPED, "VM deallocated")
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .machine("vm-1", Power.RUNNING, "VM running")
                .reach();

        assertThat(shown(reach, Step.STOPPED)).isEmpty();
        assertThat(reach.legs()).allMatch(leg -> leg.behind().equals("VM vm-1"));
    }

    @Test
    void norDoesItHoldTheAddress() {
        ReachabilityResult reach = twin().card("nic-0", "10.0.2.4", "snet-twin", "vm-twin")
                .card("nic-1", "10.0.2.5", "snet-app", "vm-1")
                .reach();

        assertThat(reach.hints(Step.STALE).toOptional().orElseThrow())
                .singleElement()
                .asString()
                .contains("no network interface has this address");
    }
}
