package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What Azure says of a gateway as large as its limits allow: 100 listeners, pools and settings, 400 ways from listeners
 * to pools, one pool of 1,200 servers; before it a network with 1,000 security rules and 400 routes, and a log of 500
 * groups of requests. Every tenth server fails.
 */
public final class LargestGateway {

    public static final int PARTS = 100;
    public static final int SERVERS_IN_LARGEST_POOL = 1200;
    public static final int SECURITY_RULES = 1000;
    public static final int ROUTES = 400;
    public static final int LOG_GROUPS = 500;

    /**
     * How much of each there is.
     *
     * @param parts         listeners, pools, settings, probes and path maps; four ways to a path map
     * @param largestPool   servers of the first pool
     * @param otherPools    servers of each other pool
     * @param securityRules rules of the group before the servers
     * @param routes        routes of their table
     * @param logGroups     groups of requests in the log
     * @param operations    rows of the activity log; two make an operation
     * @param failing       one server of so many fails
     */
    public record Size(
            int parts,
            int largestPool,
            int otherPools,
            int securityRules,
            int routes,
            int logGroups,
            int operations,
            int failing) {

        /** As large as Azure's limits allow; one server in all pools but the first. */
        public static final Size LIMITS =
                new Size(PARTS, SERVERS_IN_LARGEST_POOL, 1, SECURITY_RULES, ROUTES, LOG_GROUPS, 1000, 10);

        public Size withParts(int count) {
            return new Size(count, largestPool, otherPools, securityRules, routes, logGroups, operations, failing);
        }

        public Size withLargestPool(int servers) {
            return new Size(parts, servers, otherPools, securityRules, routes, logGroups, operations, failing);
        }

        public Size withOtherPools(int servers) {
            return new Size(parts, largestPool, servers, securityRules, routes, logGroups, operations, failing);
        }

        public Size withSecurityRules(int count) {
            return new Size(parts, largestPool, otherPools, count, routes, logGroups, operations, failing);
        }

        public Size withRoutes(int count) {
            return new Size(parts, largestPool, otherPools, securityRules, count, logGroups, operations, failing);
        }

        public Size withLogGroups(int count) {
            return new Size(parts, largestPool, otherPools, securityRules, routes, count, operations, failing);
        }

        public Size withOperations(int rows) {
            return new Size(parts, largestPool, otherPools, securityRules, routes, logGroups, rows, failing);
        }

        public Size withAllFailing() {
            return new Size(parts, largestPool, otherPools, securityRules, routes, logGroups, operations, 1);
        }
    }

    private static final String IN =
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-large/providers/";
    private static final String GATEWAY = IN + "Microsoft.Network/applicationGateways/agw-large";
    private static final String NETWORK = IN + "Microsoft.Network/";

    /** What nobody here looks at and a machine's document holds all the same, in its length if not in its words. */
    private static final String MACHINE_DETAILS = IntStream.range(0, 30)
            .mapToObj(
                    i -> "'detail" + i + "':{'name':'one of the many settings of a machine " + i + "','enabled':true},")
            .collect(Collectors.joining());

    private static final Instant ALERTED = Instant.parse("2026-03-02T09:00:00Z");

    private final Size size;

    private LargestGateway(Size size) {
        this.size = size;
    }

    public static Incident incident() {
        return Incident.alertedAt(ResourceId.of(GATEWAY), ALERTED);
    }

    /** At Azure's limits, with so many servers in each pool but the first. */
    public static SourceDocuments documents(int serversInOtherPools) {
        return documents(Size.LIMITS.withOtherPools(serversInOtherPools));
    }

    public static SourceDocuments documents(Size size) {
        LargestGateway large = new LargestGateway(size);
        return SourceDocuments.none()
                .with(Source.GATEWAY, large.gateway())
                .with(Source.BACKEND_HEALTH, large.backendHealth())
                .with(Source.ACCESS_LOG, large.accessLog())
                .with(Source.METRICS, large.metrics())
                .with(Source.ACTIVITY_LOG, large.activityLog())
                .with(Source.DIAGNOSTIC_SETTINGS, diagnosticSettings())
                .with(Source.RESOURCE_HEALTH, json("{'properties':{'availabilityState':'Available'}}"))
                .with(Source.NETWORK, large.network())
                .with(Source.BACKENDS, large.backends())
                .with(Source.DIRECT_PROBE, large.directProbes());
    }

    private JsonElement gateway() {
        JsonObject properties = json("{'sku':{'name':'WAF_v2','tier':'WAF_v2'},'operationalState':'Running',"
                        + "'provisioningState':'Succeeded','autoscaleConfiguration':{'minCapacity':2,'maxCapacity':125},"
                        + "'gatewayIPConfigurations':[{'properties':{'subnet':{'id':'" + subnet("snet-agw") + "'}}}],"
                        + "'frontendIPConfigurations':[{'properties':{'publicIPAddress':{'id':'" + NETWORK + "p'}}}]}")
                .getAsJsonObject();
        properties.add(
                "frontendPorts",
                array(size.parts(), i -> "{'name':'port" + i + "','properties':{'port':" + (8000 + i) + "}}"));
        properties.add(
                "httpListeners",
                array(
                        size.parts(),
                        i -> "{'name':'l" + i + "','properties':{'protocol':'Https','hostName':'h" + i
                                + ".example.com','frontendPort':" + ref("frontendPorts/port" + i) + "}}"));
        properties.add("backendAddressPools", array(size.parts(), this::pool));
        properties.add(
                "backendHttpSettingsCollection",
                array(
                        size.parts(),
                        i -> "{'name':'s" + i
                                + "','properties':{'port':8080,'protocol':'Http','requestTimeout':30,'probe':"
                                + ref("probes/pr" + i) + "}}"));
        properties.add(
                "probes",
                array(
                        size.parts(),
                        i -> "{'name':'pr" + i + "','properties':{'protocol':'Http','host':'h" + i
                                + ".example.com','path':'/health'}}"));
        properties.add(
                "requestRoutingRules",
                array(
                        size.parts(),
                        i -> "{'name':'r" + i + "','properties':{'priority':" + (i + 1) + ",'httpListener':"
                                + ref("httpListeners/l" + i) + ",'urlPathMap':" + ref("urlPathMaps/m" + i) + "}}"));
        properties.add("urlPathMaps", array(size.parts(), this::pathMap));
        properties.entrySet().stream()
                .filter(entry -> entry.getValue().isJsonArray())
                .forEach(entry -> entry.getValue().getAsJsonArray().forEach(part -> identify(entry.getKey(), part)));
        JsonObject gateway = new JsonObject();
        gateway.addProperty("id", GATEWAY);
        gateway.addProperty("name", "agw-large");
        gateway.add("properties", properties);
        return gateway;
    }

    private static void identify(String list, JsonElement part) {
        JsonObject object = part.getAsJsonObject();
        if (object.has("name")) {
            object.addProperty(
                    "id", GATEWAY + "/" + list + "/" + object.get("name").getAsString());
        }
    }

    private String pool(int pool) {
        StringBuilder addresses = new StringBuilder();
        for (int server = 0; server < servers(pool); server++) {
            addresses.append(server == 0 ? "" : ",").append("{'ipAddress':'" + address(pool, server) + "'}");
        }
        return "{'name':'p" + pool + "','properties':{'backendAddresses':[" + addresses + "]}}";
    }

    /** Three paths to three pools and a default: four ways. */
    private String pathMap(int map) {
        StringBuilder paths = new StringBuilder();
        for (int path = 1; path <= 3; path++) {
            paths.append(path == 1 ? "" : ",")
                    .append("{'name':'path" + path + "','properties':{'paths':['/" + path + "/*'],"
                            + target("backend", (map + path) % size.parts()) + "}}");
        }
        return "{'name':'m" + map + "','properties':{" + target("defaultBackend", map) + ",'pathRules':[" + paths
                + "]}}";
    }

    private static String target(String prefix, int pool) {
        return "'" + prefix + "AddressPool':" + ref("backendAddressPools/p" + pool) + ",'" + prefix + "HttpSettings':"
                + ref("backendHttpSettingsCollection/s" + pool);
    }

    private JsonElement backendHealth() {
        JsonObject health = new JsonObject();
        health.add("backendAddressPools", array(size.parts(), pool -> {
            StringBuilder servers = new StringBuilder();
            for (int server = 0; server < servers(pool); server++) {
                boolean fails = server % size.failing() == size.failing() - 1;
                servers.append(server == 0 ? "" : ",")
                        .append("{'address':'" + address(pool, server) + "','health':'"
                                + (fails ? "Unhealthy" : "Healthy") + "','healthProbeLog':'"
                                + (fails
                                        ? "Cannot connect to backend server. Check whether any NSG/UDR/Firewall is"
                                                + " blocking access to the server. Check if application is running on"
                                                + " correct port."
                                        : "Success. Received 200 status code")
                                + "'}");
            }
            return "{'backendAddressPool':" + ref("backendAddressPools/p" + pool)
                    + ",'backendHttpSettingsCollection':[{'backendHttpSettings':"
                    + ref("backendHttpSettingsCollection/s" + pool) + ",'servers':[" + servers + "]}]}";
        }));
        return health;
    }

    private JsonElement accessLog() {
        return array(size.logGroups(), i -> {
            boolean fails = i % 5 == 0;
            int pool = i % size.parts();
            return "{'TimeGenerated':'" + ALERTED.minusSeconds(3600 - 3500L * i / size.logGroups()) + "','LastSeen':'"
                    + ALERTED.minusSeconds(3590 - 3500L * i / size.logGroups()) + "','Requests':" + (i + 1)
                    + ",'HttpStatus':"
                    + (fails ? 502 : 200) + ",'ServerStatus':'" + (fails ? "" : "200") + "','ErrorInfo':'"
                    + (fails ? "ERRORINFO_UPSTREAM_NO_LIVE" : "ERRORINFO_NO_ERROR") + "','ServerRouted':'"
                    + (fails ? "" : address(pool, 0) + ":8080") + "','BackendPoolName':'P" + pool
                    + "','BackendSettingName':'s" + pool + "','RuleName':'r" + pool + "','ListenerName':'l" + pool
                    + "','Host':'h" + pool + ".example.com','RequestUri':'/1/x','TimeTaken':0.12,'TimeTakenMax':2.5}";
        });
    }

    /** As much as a caller gets: a hundred series of each metric that is split by pool, a point a minute. */
    private JsonElement metrics() {
        JsonArray value = new JsonArray();
        for (String name : List.of("HealthyHostCount", "UnhealthyHostCount", "AvgRequestCountPerHealthyHost")) {
            value.add(metric(name, "average", size.parts(), pool -> "backendsettingspool=p" + pool + "~s" + pool));
        }
        for (String name :
                List.of("BackendConnectTime", "BackendFirstByteResponseTime", "BackendLastByteResponseTime")) {
            value.add(metric(name, "average", size.parts(), pool -> "backendpool=p" + pool));
        }
        value.add(metric("ResponseStatus", "total", 5, group -> "httpstatusgroup=" + (group + 1) + "xx"));
        for (String name : List.of("CurrentConnections", "TotalRequests", "FailedRequests")) {
            value.add(metric(name, "total", 1, one -> ""));
        }
        for (String name : List.of("CapacityUnits", "ComputeUnits", "Throughput")) {
            value.add(metric(name, "average", 1, one -> ""));
        }
        JsonObject metrics = new JsonObject();
        metrics.add("value", value);
        return metrics;
    }

    private static JsonObject metric(String name, String aggregation, int series, IntFunction<String> dimension) {
        JsonObject metric =
                json("{'name':{'value':'" + name + "'},'errorCode':'Success'}").getAsJsonObject();
        metric.add("timeseries", array(series, i -> {
            String[] split = dimension.apply(i).split("=", 2);
            String values = split.length < 2 ? "" : "{'name':{'value':'" + split[0] + "'},'value':'" + split[1] + "'}";
            return "{'metadatavalues':[" + values + "],'data':"
                    + array(
                            60,
                            minute -> "{'timeStamp':'" + ALERTED.minusSeconds(3600 - 60L * minute) + "','" + aggregation
                                    + "':" + (i % 7 == 0 ? 1 : 0) + "}")
                    + "}";
        }));
        return metric;
    }

    private static JsonElement diagnosticSettings() {
        return json("{'value':[{'name':'all','properties':{'workspaceId':'" + IN
                + "Microsoft.OperationalInsights/workspaces/logs','logAnalyticsDestinationType':'Dedicated',"
                + "'logs':[{'category':'ApplicationGatewayAccessLog','enabled':true}]}}]}");
    }

    private JsonElement activityLog() {
        JsonObject log = new JsonObject();
        log.add(
                "value",
                array(
                        size.operations(),
                        i -> "{'eventTimestamp':'" + ALERTED.minusSeconds(86_000 - 80_000L * i / size.operations())
                                + "','correlationId':'c" + i / 2
                                + "','operationName':{'value':'Microsoft.Compute/virtualMachines/write'},"
                                + "'status':{'value':'" + (i % 2 == 0 ? "Started" : "Succeeded")
                                + "'},'caller':'ops@example.com',"
                                + "'category':{'value':'Administrative'},'resourceId':'" + machine(i / 2) + "'}"));
        return log;
    }

    private JsonElement network() {
        JsonObject network = new JsonObject();
        network.add(
                "virtualNetworks",
                array(
                        1,
                        i -> "{'id':'" + NETWORK + "virtualNetworks/vnet','properties':{"
                                + "'addressSpace':{'addressPrefixes':['10.0.0.0/8']},'subnets':["
                                + subnet("snet-agw", "10.255.0.0/24", "")
                                + ","
                                + subnet(
                                        "snet-web",
                                        "10.0.0.0/9",
                                        ",'networkSecurityGroup':{'id':'" + NETWORK
                                                + "networkSecurityGroups/nsg'},'routeTable':{'id':'" + NETWORK
                                                + "routeTables/rt'}")
                                + "]}}"));
        network.add(
                "networkSecurityGroups",
                array(
                        1,
                        i -> "{'id':'" + NETWORK
                                + "networkSecurityGroups/nsg','properties':{'securityRules':"
                                + array(
                                        size.securityRules(),
                                        rule -> "{'name':'rule" + rule + "','properties':{'priority':" + (100 + rule)
                                                + ",'direction':'Inbound','access':'"
                                                + (rule % 2 == 0 ? "Allow" : "Deny")
                                                + "','protocol':'Tcp','sourceAddressPrefix':'192.168." + rule % 256
                                                + ".0/24',"
                                                + "'destinationAddressPrefix':'*','sourcePortRange':'*','destinationPortRanges':['443','8443']}}")
                                + "}}"));
        network.add(
                "routeTables",
                array(
                        1,
                        i -> "{'id':'" + NETWORK + "routeTables/rt','properties':{'routes':"
                                + array(
                                        size.routes(),
                                        route -> "{'name':'route" + route + "','properties':{'addressPrefix':'172.16."
                                                + route % 256 + "." + route / 256 * 16
                                                + "/28','nextHopType':'VirtualAppliance','nextHopIpAddress':'10.254.0.4'}}")
                                + "}}"));
        network.add("privateDnsZones", new JsonArray());
        network.add(
                "networkInterfaces",
                array(
                        size.largestPool(),
                        i -> "{'id':'" + NETWORK + "networkInterfaces/nic"
                                + i + "','properties':{'virtualMachine':{'id':'" + machine(i)
                                + "'},'ipConfigurations':[{'properties':{"
                                + "'privateIPAddress':'" + address(0, i) + "','subnet':{'id':'" + subnet("snet-web")
                                + "'}}}]}}"));
        network.add("privateEndpoints", new JsonArray());
        network.add("loadBalancers", new JsonArray());
        return network;
    }

    private JsonElement backends() {
        JsonObject backends = new JsonObject();
        backends.add(
                "virtualMachines",
                array(
                        size.largestPool(),
                        i -> "{'id':'" + machine(i) + "','name':'vm" + i + "','properties':{" + MACHINE_DETAILS
                                + "'networkProfile':{'networkInterfaces':[{'id':'" + NETWORK + "networkInterfaces/nic"
                                + i + "'}]},"
                                + "'instanceView':{'statuses':[{'code':'ProvisioningState/succeeded'},{'code':'PowerState/running'}]}}}"));
        return backends;
    }

    private JsonElement directProbes() {
        return array(
                size.parts(),
                i -> "{'target':'" + address(0, i) + "','scheme':'http','host':'h0.example.com',"
                        + "'path':'/health','connect':'" + (i % 10 == 9 ? "refused'" : "ok','status':200") + "}");
    }

    private int servers(int pool) {
        return pool == 0 ? size.largestPool() : size.otherPools();
    }

    private static String address(int pool, int server) {
        return "10." + pool + "." + server / 250 + "." + (4 + server % 250);
    }

    private static String machine(int i) {
        return IN + "Microsoft.Compute/virtualMachines/vm" + i;
    }

    private static String subnet(String name) {
        return NETWORK + "virtualNetworks/vnet/subnets/" + name;
    }

    private static String subnet(String name, String prefix, String more) {
        return "{'id':'" + subnet(name) + "','name':'" + name + "','properties':{'addressPrefix':'" + prefix + "'"
                + more + "}}";
    }

    private static String ref(String part) {
        return "{'id':'" + GATEWAY + "/" + part + "'}";
    }

    private static JsonArray array(int size, IntFunction<String> element) {
        JsonArray array = new JsonArray();
        for (int i = 0; i < size; i++) {
            array.add(json(element.apply(i)));
        }
        return array;
    }

    private static JsonElement json(String text) {
        return JsonParser.parseString(text.replace('\'', '"'));
    }
}
