package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A scale set that Azure lets grow no more is not told to grow, and one that left its pool is put back. */
class PoolScaleSetValuesTest {

    private static final String SET = Scene.GROUP + "/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-web";

    @Test
    void theScaleSetThatFillsThePoolIsNamed() {
        assertThat(values(filling()))
                .containsEntry("pool-scale-set", "vmss-web")
                .containsEntry("pool-scale-set-resource-group", "rg-shop")
                .doesNotContainKeys("growth-refused", "left-scale-set");
    }

    @Test
    void whyAzureRefusedMoreInstancesIsSaid() {
        assertThat(values(written(filling(), "Failed", "SubnetIsFull"))).containsEntry("growth-refused", "subnet");
        assertThat(values(written(filling(), "Failed", "QuotaExceeded"))).containsEntry("growth-refused", "quota");
        assertThat(values(written(filling(), "Failed", "ZonalAllocationFailed")))
                .containsEntry("growth-refused", "capacity");
        assertThat(values(written(filling(), "Failed", "VMExtensionProvisioningError")))
                .doesNotContainKey("growth-refused");
    }

    @Test
    void theOneScaleSetThatWasChangedAndNamesNoPoolLeftTheEmptyOne() {
        Scene empty = Scene.v2()
                .pool("pool-web")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web")
                .document(Source.BACKENDS, sets(""));

        assertThat(values(empty)).doesNotContainKey("left-scale-set");
        assertThat(values(written(empty, "Succeeded", "")))
                .containsEntry("left-scale-set", "vmss-web")
                .containsEntry(
                        "left-scale-set-resource-group", ResourceId.of(SET).resourceGroup());
    }

    private static Scene filling() {
        return Scene.web()
                .document(
                        Source.BACKENDS,
                        sets(",'applicationGatewayBackendAddressPools':[{'id':'" + Scene.GATEWAY
                                + "/backendAddressPools/pool-web'}]"));
    }

    private static String sets(String pools) {
        return "{'scaleSets':[{'id':'" + SET + "','name':'vmss-web','properties':{'virtualMachineProfile':{"
                + "'networkProfile':{'networkInterfaceConfigurations':[{'name':'nic','properties':{'ipConfigurations':["
                + "{'name':'ipc','properties':{'name':'ipc'" + pools + "}}]}}]}}}}]}";
    }

    private static Scene written(Scene scene, String status, String code) {
        return scene.document(
                Source.ACTIVITY_LOG,
                "{'value':[{'eventTimestamp':'" + Scene.AT.minusSeconds(600)
                        + "','operationName':{'value':'Microsoft.Compute/virtualMachineScaleSets/write'},'status':{'value':'"
                        + status + "'},'resourceId':'" + SET
                        + "','correlationId':'c','properties':{'statusMessage':'{\"error\":{\"code\":\""
                        + code + "\",\"message\":\"\"}}'}}]}");
    }

    private static Map<String, String> values(Scene scene) {
        return PoolScaleSetValues.of(scene.evidence(), Optional.of("pool-web"));
    }
}
