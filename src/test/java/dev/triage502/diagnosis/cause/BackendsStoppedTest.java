package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class BackendsStoppedTest {

    private static final String VM = Scene.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-web";

    private static Scene silent() {
        return Scene.v2()
                .pool("pool-web", "10.0.2.4")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web")
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.TIMED_OUT)
                .network()
                .interfaceOf("nic-web", "10.0.2.4", VM);
    }

    private static String machine(String power) {
        return "{'virtualMachines':[{'name':'vm-web','id':'" + VM + "','properties':{'instanceView':{'statuses':["
                + "{'code':'PowerState/" + power + "','displayStatus':'VM " + power + "'}]}}}]}";
    }

    @Test
    void shownByThePowerStateOfTheMachineBehindTheAddress() {
        Finding finding = Judging.of(new BackendsStopped(), silent().document(Source.BACKENDS, machine("deallocated")))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text()).contains("vm-web", "deallocated");
        assertThat(finding.target().kind()).isIn(Kind.SERVER, Kind.POOL);
        assertThat(finding.target().at(Place.POOL)).contains("pool-web");
    }

    @Test
    void shownByADeallocationThatNoStartFollowed() {
        Judging.of(
                        new BackendsStopped(),
                        silent().activity(
                                        20,
                                        "Microsoft.Compute/virtualMachines/deallocate/action",
                                        VM,
                                        "schedule",
                                        "Succeeded"))
                .isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhenTheMachineRuns() {
        Judging.of(new BackendsStopped(), silent().document(Source.BACKENDS, machine("running")))
                .isNotShown();
    }

    @Test
    void notShownWhenItWasStartedAgain() {
        Scene scene = silent().document(Source.BACKENDS, machine("running"))
                .activity(60, "Microsoft.Compute/virtualMachines/deallocate/action", VM, "schedule", "Succeeded")
                .activity(40, "Microsoft.Compute/virtualMachines/start/action", VM, "schedule", "Succeeded");

        Judging.of(new BackendsStopped(), scene).isNotShown();
    }
}
