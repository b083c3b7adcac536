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
            Version.METRICS,
            "Microsoft.Insights/metrics/read"),
    ACTIVITY_LOG(
            Source.ACTIVITY_LOG,
            GET,
            "/providers/Microsoft.Insights/eventtypes/management/values",
            Version.ACTIVITY_LOG,
            "Microsoft.Insights/eventtypes/values/read"),
    RESOURCE_HEALTH(
            Source.RESOURCE_HEALTH,
            GET,
            "/providers/Microsoft.ResourceHealth/availabilityStatuses/current",
            Version.RESOURCE_HEALTH,
            "Microsoft.ResourceHealth/availabilityStatuses/read"),
    /** What Service Health says of the platform's services; on a subscription. */
    SERVICE_EVENTS(
            Source.RESOURCE_HEALTH,
            GET,
            "/providers/Microsoft.ResourceHealth/events",
            Version.SERVICE_EVENTS,
            "Microsoft.ResourceHealth/events/read"),
    DIAGNOSTIC_SETTINGS(
            Source.DIAGNOSTIC_SETTINGS,
            GET,
            "/providers/Microsoft.Insights/diagnosticSettings",
            Version.DIAGNOSTIC_SETTINGS,
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
            Version.SCALE_SET_INTERFACES,
            "Microsoft.Compute/virtualMachineScaleSets/networkInterfaces/read"),
    EFFECTIVE_ROUTES(
            Source.NETWORK,
            POST,
            "/effectiveRouteTable",
            Version.NETWORK,
            "Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
            "Microsoft.Network/locations/operationResults/read",
            "Microsoft.Network/locations/operations/read"),
    /** Security admin rules of Azure Virtual Network Manager in effect in a network; on the network. */
    SECURITY_ADMIN_RULES(
            Source.NETWORK,
            POST,
            "/listNetworkManagerEffectiveSecurityAdminRules",
            Version.NETWORK,
            "Microsoft.Network/virtualNetworks/listNetworkManagerEffectiveSecurityAdminRules/action"),
    /** Connectivity configurations of Azure Virtual Network Manager in effect in a network; on the network. */
    CONNECTIVITY_CONFIGURATIONS(
            Source.NETWORK,
            POST,
            "/listNetworkManagerEffectiveConnectivityConfigurations",
            Version.NETWORK,
            "Microsoft.Network/virtualNetworks/listNetworkManagerEffectiveConnectivityConfigurations/action"),
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
    PUBLIC_ADDRESS(Source.NETWORK, GET, "", Version.NETWORK, "Microsoft.Network/publicIPAddresses/read"),
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
    MANAGED_ENVIRONMENT(Source.BACKENDS, GET, "", Version.ENVIRONMENT, "Microsoft.App/managedEnvironments/read"),
    STATIC_SITE(Source.BACKENDS, GET, "", Version.WEB, "Microsoft.Web/staticSites/read"),
    STORAGE_ACCOUNT(Source.BACKENDS, GET, "", Version.STORAGE, "Microsoft.Storage/storageAccounts/read"),
    API_MANAGEMENT(Source.BACKENDS, GET, "", Version.API_MANAGEMENT, "Microsoft.ApiManagement/service/read"),
    MANAGED_CLUSTER(Source.BACKENDS, GET, "", Version.CLUSTER, "Microsoft.ContainerService/managedClusters/read"),
    /** The plan of a workspace's table, which says whether its rows can be read through a resource; on a workspace. */
    LOG_TABLE(
            Source.ACCESS_LOG,
            GET,
            "/tables/AGWAccessLogs",
            Version.LOG_TABLE,
            "Microsoft.OperationalInsights/workspaces/tables/read"),
    /** Returns what the caller may read, so it needs no action of its own. */
    RESOURCE_GRAPH(Source.NETWORK, POST, "/providers/Microsoft.ResourceGraph/resources", Version.RESOURCE_GRAPH);

    /**
     * What a log query needs, on the gateway itself. The tables' own actions are in no published list one by one, and
     * Azure refuses a whole role for one action that it does not know: so the documented wildcard, the only one here.
     */
    public static final List<String> LOG_ACTIONS =
            List.of("Microsoft.Insights/logs/*/read", "Microsoft.Insights/logs/read");

    /** How a call is made. */
    enum Method {
        GET,
        POST
    }

    /**
     * An api-version, and the one to ask with where that is not known yet: sovereign clouds get new ones months later.
     * Both stand in the published lists (docs/compatibility.md).
     */
    private record Version(String first, String older) {
        private static final Version NETWORK = new Version("2025-03-01", "2023-11-01");
        private static final Version PRIVATE_DNS = new Version("2020-06-01", "2018-09-01");
        private static final Version COMPUTE = new Version("2024-03-01", "2023-09-01");
        private static final Version WEB = new Version("2023-12-01", "2022-09-01");
        // The first that says whether an app runs.
        private static final Version APP = new Version("2025-01-01", "2024-03-01");
        // The first that says whether an environment is closed to the public.
        private static final Version ENVIRONMENT = new Version("2025-07-01", "2024-03-01");
        private static final Version STORAGE = new Version("2024-01-01", "2023-05-01");
        private static final Version API_MANAGEMENT = new Version("2024-05-01", "2022-08-01");
        private static final Version CLUSTER = new Version("2024-05-01", "2024-02-01");
        private static final Version METRICS = new Version("2024-02-01", "2018-01-01");
        private static final Version ACTIVITY_LOG = new Version("2015-04-01", "");
        private static final Version RESOURCE_HEALTH = new Version("2024-02-01", "2018-01-01");
        private static final Version SERVICE_EVENTS = new Version("2024-02-01", "2022-05-01");
        private static final Version DIAGNOSTIC_SETTINGS = new Version("2021-05-01-preview", "2017-05-01-preview");
        private static final Version SCALE_SET_INTERFACES = new Version("2018-10-01", "2017-03-30");
        private static final Version RESOURCE_GRAPH = new Version("2022-10-01", "2021-03-01");
        private static final Version LOG_TABLE = new Version("2022-10-01", "");
    }

    private final Source source;
    private final Method method;
    private final String suffix;
    private final Version version;
    private final List<String> actions;

    ArmOperation(Source source, Method method, String suffix, Version version, String... actions) {
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
        return version.first();
    }

    /** What to ask with where {@link #version} is not known. */
    Optional<String> olderVersion() {
        return version.older().isEmpty() ? Optional.empty() : Optional.of(version.older());
    }
}
