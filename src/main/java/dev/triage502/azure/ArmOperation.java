package dev.triage502.azure;

import static dev.triage502.azure.ArmOperation.Method.GET;
import static dev.triage502.azure.ArmOperation.Method.POST;

import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;

/**
 * Every call that is made to Azure Resource Manager: on what, at which api-version, and the role action it needs.
 *
 * <p>There is no other way to call it, so this list is what an identity has to be granted; {@code docs/permissions.md}
 * is made of it.
 *
 * <p>Paths, versions and actions: https://learn.microsoft.com/rest/api/ and
 * https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations.
 */
public enum ArmOperation {
    // 2025-03-01 is the first that shows whether the gateway checks its backends' certificates.
    GATEWAY(Source.GATEWAY, GET, "", Version.NETWORK, "Microsoft.Network/applicationGateways/read"),
    BACKEND_HEALTH(
            Source.BACKEND_HEALTH,
            POST,
            "/backendhealth",
            Version.NETWORK,
            "Microsoft.Network/applicationGateways/backendhealth/action",
            "Microsoft.Network/locations/operationResults/read",
            "Microsoft.Network/locations/operations/read"),
    ON_DEMAND_HEALTH(
            Source.ON_DEMAND_HEALTH,
            POST,
            "/getBackendHealthOnDemand",
            Version.NETWORK,
            "Microsoft.Network/applicationGateways/getBackendHealthOnDemand/action",
            "Microsoft.Network/locations/operationResults/read",
            "Microsoft.Network/locations/operations/read"),
    METRICS(
            Source.METRICS,
            GET,
            "/providers/Microsoft.Insights/metrics",
            "2024-02-01",
            "Microsoft.Insights/metrics/read"),
    ACTIVITY_LOG(
            Source.ACTIVITY_LOG,
            GET,
            "/providers/Microsoft.Insights/eventtypes/management/values",
            "2015-04-01",
            "Microsoft.Insights/eventtypes/values/read"),
    RESOURCE_HEALTH(
            Source.RESOURCE_HEALTH,
            GET,
            "/providers/Microsoft.ResourceHealth/availabilityStatuses/current",
            "2024-02-01",
            "Microsoft.ResourceHealth/availabilityStatuses/read"),
    DIAGNOSTIC_SETTINGS(
            Source.DIAGNOSTIC_SETTINGS,
            GET,
            "/providers/Microsoft.Insights/diagnosticSettings",
            "2021-05-01-preview",
            "Microsoft.Insights/diagnosticSettings/read"),
    VIRTUAL_NETWORK(Source.NETWORK, GET, "", Version.NETWORK, "Microsoft.Network/virtualNetworks/read"),
    SECURITY_GROUP(Source.NETWORK, GET, "", Version.NETWORK, "Microsoft.Network/networkSecurityGroups/read"),
    ROUTE_TABLE(Source.NETWORK, GET, "", Version.NETWORK, "Microsoft.Network/routeTables/read"),
    NETWORK_INTERFACE(Source.NETWORK, GET, "", Version.NETWORK, "Microsoft.Network/networkInterfaces/read"),
    /** The interfaces of a scale set's instances, which no list of interfaces shows. */
    SCALE_SET_INTERFACES(
            Source.NETWORK,
            GET,
            "/networkInterfaces",
            "2018-10-01",
            "Microsoft.Compute/virtualMachineScaleSets/networkInterfaces/read"),
    EFFECTIVE_ROUTES(
            Source.NETWORK,
            POST,
            "/effectiveRouteTable",
            Version.NETWORK,
            "Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
            "Microsoft.Network/locations/operationResults/read",
            "Microsoft.Network/locations/operations/read"),
    /** The prefixes of one service tag; on a subscription's region. */
    SERVICE_TAG(
            Source.NETWORK,
            GET,
            "/serviceTagDetails",
            Version.NETWORK,
            "Microsoft.Network/locations/serviceTagDetails/read"),
    PRIVATE_ENDPOINT(Source.NETWORK, GET, "", Version.NETWORK, "Microsoft.Network/privateEndpoints/read"),
    // From here, some are found by Resource Graph alone, which shows a caller what these actions let it read.
    LOAD_BALANCER(Source.NETWORK, GET, "", Version.NETWORK, "Microsoft.Network/loadBalancers/read"),
    PRIVATE_ZONE(Source.NETWORK, GET, "", Version.PRIVATE_DNS, "Microsoft.Network/privateDnsZones/read"),
    PRIVATE_ZONE_LINKS(
            Source.NETWORK,
            GET,
            "/virtualNetworkLinks",
            Version.PRIVATE_DNS,
            "Microsoft.Network/privateDnsZones/virtualNetworkLinks/read"),
    PRIVATE_ZONE_RECORDS(
            Source.NETWORK, GET, "/ALL", Version.PRIVATE_DNS, "Microsoft.Network/privateDnsZones/ALL/read"),
    VIRTUAL_MACHINE(
            Source.BACKENDS,
            GET,
            "",
            Version.COMPUTE,
            "Microsoft.Compute/virtualMachines/read",
            "Microsoft.Compute/virtualMachines/instanceView/read"),
    SCALE_SET(Source.BACKENDS, GET, "", Version.COMPUTE, "Microsoft.Compute/virtualMachineScaleSets/read"),
    SCALE_SET_INSTANCES(
            Source.BACKENDS,
            GET,
            "/virtualMachines",
            Version.COMPUTE,
            "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read",
            "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/instanceView/read"),
    SITE(Source.BACKENDS, GET, "", Version.WEB, "Microsoft.Web/sites/read"),
    SITE_CONFIG(Source.BACKENDS, GET, "/config/web", Version.WEB, "Microsoft.Web/sites/config/read"),
    CONTAINER_APP(Source.BACKENDS, GET, "", Version.APP, "Microsoft.App/containerApps/read"),
    CONTAINER_APP_REVISIONS(
            Source.BACKENDS, GET, "/revisions", Version.APP, "Microsoft.App/containerApps/revisions/read"),
    MANAGED_CLUSTER(Source.BACKENDS, GET, "", "2024-05-01", "Microsoft.ContainerService/managedClusters/read"),
    /** Returns what the caller may read, so it needs no action of its own. */
    RESOURCE_GRAPH(Source.NETWORK, POST, "/providers/Microsoft.ResourceGraph/resources", "2022-10-01");

    /** What a log query needs, on the gateway itself. */
    public static final List<String> LOG_ACTIONS =
            List.of("Microsoft.Insights/logs/AGWAccessLogs/read", "Microsoft.Insights/logs/AzureDiagnostics/read");

    /** How a call is made. */
    enum Method {
        GET,
        POST
    }

    private static final class Version {
        private static final String NETWORK = "2025-03-01";
        private static final String PRIVATE_DNS = "2020-06-01";
        private static final String COMPUTE = "2024-03-01";
        private static final String WEB = "2023-12-01";
        private static final String APP = "2024-03-01";
    }

    private final Source source;
    private final Method method;
    private final String suffix;
    private final String version;
    private final List<String> actions;

    ArmOperation(Source source, Method method, String suffix, String version, String... actions) {
        this.source = source;
        this.method = method;
        this.suffix = suffix;
        this.version = version;
        this.actions = List.of(actions);
    }

    /** The source for which the call is made. */
    public Source source() {
        return source;
    }

    /** The role actions without which Azure refuses the call. */
    public List<String> actions() {
        return actions;
    }

    Method method() {
        return method;
    }

    String suffix() {
        return suffix;
    }

    String version() {
        return version;
    }

    /** What to ask with where the first version is not known yet: sovereign clouds get new ones months later. */
    Optional<String> olderVersion() {
        return version.equals(Version.NETWORK) ? Optional.of("2023-11-01") : Optional.empty();
    }
}
