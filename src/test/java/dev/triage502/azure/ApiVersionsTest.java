package dev.triage502.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Reading.Why;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The api-versions that are asked with stand in the published lists, and there is a way back from each. */
class ApiVersionsTest {

    /** Types by the operation that asks for them. What the lists do not hold is named in docs/compatibility.md. */
    private static final Map<ArmOperation, String> TYPES = Map.ofEntries(
            Map.entry(ArmOperation.GATEWAY, "Microsoft.Network/applicationGateways"),
            Map.entry(ArmOperation.BACKEND_HEALTH, "Microsoft.Network/applicationGateways"),
            Map.entry(ArmOperation.ON_DEMAND_HEALTH, "Microsoft.Network/applicationGateways"),
            Map.entry(ArmOperation.SERVICE_EVENTS, "Microsoft.ResourceHealth/events"),
            Map.entry(ArmOperation.VIRTUAL_NETWORK, "Microsoft.Network/virtualNetworks"),
            Map.entry(ArmOperation.SECURITY_GROUP, "Microsoft.Network/networkSecurityGroups"),
            Map.entry(ArmOperation.ROUTE_TABLE, "Microsoft.Network/routeTables"),
            Map.entry(ArmOperation.NETWORK_INTERFACE, "Microsoft.Network/networkInterfaces"),
            Map.entry(ArmOperation.EFFECTIVE_ROUTES, "Microsoft.Network/networkInterfaces"),
            Map.entry(ArmOperation.SECURITY_ADMIN_RULES, "Microsoft.Network/virtualNetworks"),
            Map.entry(ArmOperation.CONNECTIVITY_CONFIGURATIONS, "Microsoft.Network/virtualNetworks"),
            Map.entry(ArmOperation.PRIVATE_ENDPOINT, "Microsoft.Network/privateEndpoints"),
            Map.entry(ArmOperation.LOAD_BALANCER, "Microsoft.Network/loadBalancers"),
            Map.entry(ArmOperation.PUBLIC_ADDRESS, "Microsoft.Network/publicIPAddresses"),
            Map.entry(ArmOperation.PRIVATE_ZONE, "Microsoft.Network/privateDnsZones"),
            Map.entry(ArmOperation.PRIVATE_ZONE_LINKS, "Microsoft.Network/privateDnsZones/virtualNetworkLinks"),
            Map.entry(ArmOperation.PRIVATE_ZONE_RECORDS, "Microsoft.Network/privateDnsZones"),
            Map.entry(ArmOperation.VIRTUAL_MACHINE, "Microsoft.Compute/virtualMachines"),
            Map.entry(ArmOperation.SCALE_SET, "Microsoft.Compute/virtualMachineScaleSets"),
            Map.entry(ArmOperation.SCALE_SET_INSTANCES, "Microsoft.Compute/virtualMachineScaleSets/virtualMachines"),
            Map.entry(ArmOperation.SITE, "Microsoft.Web/sites"),
            Map.entry(ArmOperation.SITE_CONFIG, "Microsoft.Web/sites/config"),
            Map.entry(ArmOperation.CONTAINER_APP, "Microsoft.App/containerApps"),
            Map.entry(ArmOperation.CONTAINER_APP_REVISIONS, "Microsoft.App/containerApps/revisions"),
            Map.entry(ArmOperation.MANAGED_ENVIRONMENT, "Microsoft.App/managedEnvironments"),
            Map.entry(ArmOperation.STATIC_SITE, "Microsoft.Web/staticSites"),
            Map.entry(ArmOperation.STORAGE_ACCOUNT, "Microsoft.Storage/storageAccounts"),
            Map.entry(ArmOperation.API_MANAGEMENT, "Microsoft.ApiManagement/service"),
            Map.entry(ArmOperation.MANAGED_CLUSTER, "Microsoft.ContainerService/managedClusters"),
            Map.entry(ArmOperation.LOG_TABLE, "Microsoft.OperationalInsights/workspaces/tables"),
            Map.entry(ArmOperation.RESOURCE_GRAPH, "Microsoft.ResourceGraph/queries"));

    static Set<ArmOperation> ofListedTypes() {
        return TYPES.keySet();
    }

    /** The published lists hold no versions for the types of the others. */
    @ParameterizedTest
    @MethodSource("ofListedTypes")
    void isPublished(ArmOperation operation) {
        Set<String> published = PublishedFacts.apiVersions(TYPES.get(operation));

        assertThat(published).contains(operation.version());
        operation.olderVersion().ifPresent(older -> assertThat(published).contains(older));
    }

    @Test
    void whereAzureNamesItsVersionsTheNewestThatIsOlderIsTried() {
        RefusedCall refused = new RefusedCall(
                Why.UNREACHABLE,
                "NoRegisteredProviderFound",
                "No registered resource provider found for location 'local' and API version '2025-03-01' for type"
                        + " 'applicationGateways'. The supported api-versions are '2017-10-01, 2018-11-01, 2015-06-15,"
                        + " 2019-01-01-preview, 2025-09-01'. The supported locations are 'local'.");

        assertThat(OtherVersion.after(refused, ArmOperation.GATEWAY)).contains("2018-11-01");
    }

    @Test
    void whereTheVersionOfOldIsAmongThemItIsTried() {
        RefusedCall refused = new RefusedCall(
                Why.UNREACHABLE,
                "NoRegisteredProviderFound",
                "The supported api-versions are '2023-11-01, 2024-05-01'.");

        assertThat(OtherVersion.after(refused, ArmOperation.GATEWAY)).contains("2023-11-01");
    }

    @Test
    void anActionThatAVersionLacksIsAskedForWithAnother() {
        RefusedCall refused = new RefusedCall(
                Why.UNREACHABLE, "NotFound", "No HTTP resource was found that matches the request URI '…'.");

        assertThat(OtherVersion.after(refused, ArmOperation.ON_DEMAND_HEALTH)).contains("2023-11-01");
        assertThat(OtherVersion.after(
                        new RefusedCall(Why.UNREACHABLE, "ResourceNotFound", "no such gateway"), ArmOperation.GATEWAY))
                .isEmpty();
    }
}
