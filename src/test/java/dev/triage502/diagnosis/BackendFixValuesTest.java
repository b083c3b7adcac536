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
    void anAppThatUsedUpItsQuotaIsToldApartFromOneThatWasStopped() {
        String app = Scene.GROUP + "/providers/Microsoft.Web/sites/app-web";
        String sites = "{'sites':[{'id':'" + app + "','properties':{'state':'QuotaExceeded'}}]}";

        assertThat(values(Scene.web().document(Source.BACKENDS, sites), app)).containsEntry("power", "quota");
        assertThat(values(Scene.web().document(Source.BACKENDS, sites.replace("QuotaExceeded", "Stopped")), app))
                .doesNotContainKey("power");
        assertThat(values(Scene.web().document(Source.BACKENDS, sites.replace("QuotaExceeded", "Running")), app))
                .containsEntry("power", "running");
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
    void instancesInDifferentStatesAreToldApart() {
        String sets = "{'scaleSets':[{'id':'" + SET + "','name':'vmss-web','properties':{'virtualMachines':["
                + instance("0", "stopped") + "," + instance("1", "deallocated") + "," + instance("2", "running")
                + "]}}]}";
        Scene scene = Scene.web().document(Source.BACKENDS, sets);

        assertThat(values(scene, SET + "/virtualMachines/0 " + SET + "/virtualMachines/1"))
                .containsEntry("power", "mixed")
                .containsEntry("instance-ids", "0 1")
                .containsEntry("stopped-instance-ids", "0")
                .containsEntry("deallocated-instance-ids", "1")
                .containsEntry("stopped-ids", SET + "/virtualMachines/0")
                .containsEntry("deallocated-ids", SET + "/virtualMachines/1");
    }

    @Test
    void theActivityLogSaysHowAMachineWasStoppedThatWasNotRead() {
        String vm = COMPUTE + "virtualMachines/vm-web";
        String operation = "Microsoft.Compute/virtualMachines/";

        assertThat(values(logged(operation + "powerOff/action", vm), vm)).containsEntry("power", "stopped");
        assertThat(values(logged(operation + "deallocate/action", vm), vm)).containsEntry("power", "deallocated");
        assertThat(values(
                        logged(operation + "deallocate/action", vm)
                                .activity(2, operation + "start/action", vm, "a@example.com", "Succeeded"),
                        vm))
                .doesNotContainKey("power");
    }

    @Test
    void aScaleSetThatNamesTheEmptyPoolIsSaidToJoinIt() {
        String sets = "{'scaleSets':[{'id':'" + SET + "','name':'vmss-web','properties':{'virtualMachineProfile':"
                + "{'networkProfile':{'networkInterfaceConfigurations':[{'properties':{'ipConfigurations':[{'properties':"
                + "{'applicationGatewayBackendAddressPools':[{'id':'" + Scene.GATEWAY
                + "/backendAddressPools/pool-web'}]}}]}}]}}}}]}";

        assertThat(values(Scene.v2().pool("pool-web").document(Source.BACKENDS, sets), ""))
                .containsEntry("joining-scale-set", "vmss-web")
                .containsKey("joining-scale-set-resource-group");
        assertThat(values(Scene.v2().pool("pool-web", "10.0.2.4").document(Source.BACKENDS, sets), ""))
                .doesNotContainKey("joining-scale-set");
    }

    private static Scene logged(String operation, String vm) {
        return Scene.web().activity(5, operation, vm, "a@example.com", "Succeeded");
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
