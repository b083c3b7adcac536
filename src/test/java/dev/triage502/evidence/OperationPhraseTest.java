package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationPhraseTest {

    private static final String GROUP = "/subscriptions/s/resourceGroups/rg/providers/";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Microsoft.Network/networkSecurityGroups/securityRules/write | Microsoft.Network/networkSecurityGroups/nsg-app/securityRules/deny | ops changed NSG rule deny of nsg-app
        Microsoft.Network/networkSecurityGroups/write | Microsoft.Network/networkSecurityGroups/nsg-app | ops changed NSG nsg-app
        MICROSOFT.NETWORK/ROUTETABLES/ROUTES/DELETE | Microsoft.Network/routeTables/rt/routes/all | ops deleted route all of route table rt
        Microsoft.Compute/virtualMachines/deallocate/action | Microsoft.Compute/virtualMachines/vm-web | ops stopped VM vm-web
        Microsoft.Compute/virtualMachineScaleSets/virtualMachines/delete | Microsoft.Compute/virtualMachineScaleSets/web/virtualMachines/2 | ops deleted instance 2 of scale set web
        Microsoft.ContainerService/managedClusters/agentPools/deleteMachines/action | Microsoft.ContainerService/managedClusters/aks/agentPools/np1 | ops scaled in node pool np1 of cluster aks
        Microsoft.Web/sites/config/write | Microsoft.Web/sites/shop/config/web | ops changed the configuration of app shop
        Microsoft.Web/sites/config/write | Microsoft.Web/sites/shop/config/authsettingsV2 | ops changed the authentication settings of app shop
        Microsoft.Web/sites/hostNameBindings/delete | Microsoft.Web/sites/shop/hostNameBindings/shop.example | ops deleted custom domain shop.example of app shop
        Microsoft.Network/loadBalancers/write | Microsoft.Network/loadBalancers/lb | ops changed load balancer lb
        Microsoft.Resourcehealth/healthevent/Activated/action | Microsoft.Network/applicationGateways/agw | Azure Resource Health reported an event for gateway agw
        Microsoft.Resourcehealth/healthevent/Resolved/action | Microsoft.Network/applicationGateways/agw | Azure Resource Health reported the end of an event for gateway agw
                    Microsoft.Network/applicationGateways/frobnicate/action | Microsoft.Network/applicationGateways/agw | ops ran frobnicate on gateway agw
        """)
    void saysWhoDidWhatInThePortalsWords(String name, String resource, String expected) {
        assertThat(OperationPhrase.of(operation(name, resource, "ops", Outcome.SUCCEEDED))
                        .sentence())
                .isEqualTo(expected);
    }

    @Test
    void saysThatItFailedOrIsNotKnownToHaveEnded() {
        String write = "Microsoft.Network/applicationGateways/write";
        String gateway = "Microsoft.Network/applicationGateways/agw";

        assertThat(OperationPhrase.of(operation(write, gateway, "ops", Outcome.FAILED))
                        .sentence())
                .isEqualTo("ops failed to change gateway agw (Conflict)");
        assertThat(OperationPhrase.of(operation(write, gateway, "ops", Outcome.STARTED))
                        .sentence())
                .isEqualTo("ops changed gateway agw (in progress, or its end is not logged)");
    }

    @Test
    void namesNobodyWhereTheLogNamesNobody() {
        Operation operation = operation(
                "Microsoft.Compute/virtualMachines/restart/action",
                "Microsoft.Compute/virtualMachines/vm",
                "",
                Outcome.SUCCEEDED);

        assertThat(OperationPhrase.of(operation).sentence()).isEqualTo("VM vm was restarted");
        assertThat(OperationPhrase.of(operation).passive()).isEqualTo("VM vm was restarted");
    }

    private static Operation operation(String name, String resource, String caller, Outcome outcome) {
        return Operation.builder()
                .name(name)
                .resource(ResourceId.of(GROUP + resource))
                .caller(caller)
                .started(Instant.EPOCH)
                .ended(Instant.EPOCH)
                .outcome(outcome)
                .category("Administrative")
                .code(outcome == Outcome.FAILED ? "Conflict" : "")
                .message("")
                .build();
    }
}
