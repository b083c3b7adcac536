package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A machine that was stopped must not be deallocated by the undo, and an instance that ran must not be touched. */
class BackendFixValuesTest {

    private static final String COMPUTE = Scene.GROUP + "/providers/Microsoft.Compute/";
    private static final String SET = COMPUTE + "virtualMachineScaleSets/vmss-web";

    @Test
    void aMachineIsPutBackIntoTheStateThatItHad() {
        assertThat(values(machine("VM stopped", "PowerState/stopped"), COMPUTE + "virtualMachines/vm-web"))
                .containsEntry("power", "stopped");
        assertThat(values(machine("VM deallocated", "PowerState/deallocated"), COMPUTE + "virtualMachines/vm-web"))
                .containsEntry("power", "deallocated");
        assertThat(values(machine("VM starting", "PowerState/starting"), COMPUTE + "virtualMachines/vm-web"))
                .containsEntry("power", "in-transition");
    }

    @Test
    void onlyTheInstancesThatAreMeantAreStarted() {
        String sets = "{'scaleSets':[{'id':'" + SET + "','name':'vmss-web','properties':{'virtualMachines':["
                + instance("0", "running") + "," + instance("1", "deallocated") + "]}}]}";

        assertThat(values(Scene.web().document(Source.BACKENDS, sets), SET + "/virtualMachines/1"))
                .containsEntry("instance-ids", "1")
                .containsEntry("power", "deallocated");
        assertThat(values(Scene.web(), SET)).containsEntry("instance-ids", "*").doesNotContainKey("power");
    }

    @Test
    void theOnePoolThatNothingLeadsToIsOfferedInPlaceOfAnEmptyOne() {
        Scene scene = Scene.v2()
                .pool("pool-web")
                .pool("pool-old", "10.0.2.4")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web");

        assertThat(values(scene, "")).containsEntry("unused-pool", "pool-old");
        assertThat(values(scene.pool("pool-older", "10.0.2.5"), "")).doesNotContainKey("unused-pool");
    }

    private static String instance(String number, String power) {
        return "{'id':'" + SET + "/virtualMachines/" + number + "','name':'vmss-web_" + number + "','instanceId':'"
                + number + "','properties':{'instanceView':{'statuses':[{'code':'PowerState/" + power
                + "','displayStatus':'VM " + power + "'}]}}}";
    }

    private static Scene machine(String status, String code) {
        return Scene.web()
                .document(
                        Source.BACKENDS,
                        "{'virtualMachines':[{'id':'" + COMPUTE
                                + "virtualMachines/vm-web','name':'vm-web','properties':{'instanceView':{'statuses':[{'code':'"
                                + code + "','displayStatus':'" + status + "'}]}}}]}");
    }

    private static Map<String, String> values(Scene scene, String member) {
        Finding finding = Finding.of(Source.BACKENDS, Target.server("10.0.2.4", "pool-web"), "x")
                .with("member-id", member);
        return BackendFixValues.of(scene.evidence(), List.of(finding), Optional.of("pool-web"));
    }
}
