package dev.triage502.evidence;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A small incident in Azure's own shapes, for tests: a gateway with one pool behind it, to which a test adds what it is
 * about. Sources that a test does not touch read {@code NOT_COLLECTED}.
 */
public final class Scene {

    public static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");
    public static final String GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shop";
    public static final String GATEWAY = GROUP + "/providers/Microsoft.Network/applicationGateways/agw-shop";
    public static final String VNET = GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet-shop";

    public static final String CANNOT_CONNECT =
            "Cannot connect to backend server. Check whether any NSG/UDR/Firewall is"
                    + " blocking access to the server. Check if application is running on correct port.";
    public static final String TIMED_OUT =
            "Time taken by the backend to respond to application gateway's health probe is"
                    + " more than the timeout threshold in the probe setting.";
    public static final String NOT_RETRIEVED = "The backend health status could not be retrieved. This happens when an"
            + " NSG/UDR/Firewall on the application gateway subnet is blocking traffic on ports 65503-65534 in case of v1"
            + " SKU, and ports 65200-65535 in case of the v2 SKU or if the FQDN configured in the backend pool could not"
            + " be resolved to an IP address.";

    private final Map<Source, JsonElement> documents = new EnumMap<>(Source.class);
    private final JsonObject gateway;

    private Scene(String sku) {
        gateway = json("{'name':'agw-shop','id':'" + GATEWAY + "','location':'westeurope','properties':{"
                + "'sku':{'name':'" + sku + "','tier':'" + sku + "','capacity':2},"
                + "'operationalState':'Running','provisioningState':'Succeeded',"
                + "'gatewayIPConfigurations':[{'name':'ip','properties':{'subnet':{'id':'" + VNET
                + "/subnets/snet-agw'}}}],"
                + "'frontendIPConfigurations':[{'name':'fe','properties':{'publicIPAddress':{'id':'" + GROUP
                + "/providers/Microsoft.Network/publicIPAddresses/pip'}}}],"
                + "'backendAddressPools':[],'backendHttpSettingsCollection':[],'probes':[],'httpListeners':[],"
                + "'requestRoutingRules':[]}}");
        documents.put(Source.GATEWAY, gateway);
    }

    /** A second-generation gateway without pools. */
    public static Scene v2() {
        return new Scene("Standard_v2");
    }

    /** A first-generation gateway without pools. */
    public static Scene v1() {
        return new Scene("Standard_Medium");
    }

    /** A gateway that sends everything to {@code pool-web} (10.0.2.4, 10.0.2.5) through {@code set-web}, HTTP on 80. */
    public static Scene web() {
        return v2().pool("pool-web", "10.0.2.4", "10.0.2.5")
                .setting(
                        "set-web",
                        "{'port':80,'protocol':'Http','requestTimeout':30,'probe':{'id':'" + GATEWAY
                                + "/probes/probe-web'}}")
                .probe("probe-web", "{'protocol':'Http','host':'www.example.com','path':'/health','timeout':30}")
                .rule("rule-web", "pool-web", "set-web");
    }

    /** A gateway that sends everything to {@code pool-shop} (10.0.3.4, 10.0.3.5) through {@code set-shop}, HTTPS on 443. */
    public static Scene shop() {
        return v2().shop("'hostName':'shop.example.com'");
    }

    /** The same with these fields of the setting in place of its host name; the probe picks its host from the setting. */
    public Scene shop(String fields) {
        return shop(fields, "'pickHostNameFromBackendHttpSettings':true,'path':'/'", "10.0.3.4", "10.0.3.5");
    }

    /** The same with these fields of the setting and of the probe, and these members. */
    public Scene shop(String fields, String probe, String... members) {
        return pool("pool-shop", members)
                .setting(
                        "set-shop",
                        "{'port':443,'protocol':'Https','probe':{'id':'" + GATEWAY + "/probes/probe-shop'}," + fields
                                + "}")
                .probe("probe-shop", "{'protocol':'Https'," + probe + "}")
                .rule("rule-shop", "pool-shop", "set-shop");
    }

    /** Nothing at all could be read. */
    public static Scene unread() {
        Scene scene = v2();
        scene.documents.clear();
        return scene;
    }

    public Scene gatewayProperty(String name, String json) {
        gateway.getAsJsonObject("properties").add(name, parse(json));
        return this;
    }

    public Scene tag(String name, String value) {
        if (!gateway.has("tags")) {
            gateway.add("tags", new JsonObject());
        }
        gateway.getAsJsonObject("tags").addProperty(name, value);
        return this;
    }

    /** A pool with addresses or names as members. */
    public Scene pool(String name, String... members) {
        JsonArray addresses = new JsonArray();
        for (String member : members) {
            JsonObject address = new JsonObject();
            address.addProperty(IpAddresses.isAddress(member) ? "ipAddress" : "fqdn", member);
            addresses.add(address);
        }
        JsonObject properties = new JsonObject();
        properties.add("backendAddresses", addresses);
        return child("backendAddressPools", name, properties);
    }

    public Scene setting(String name, String properties) {
        return child("backendHttpSettingsCollection", name, json(properties));
    }

    public Scene probe(String name, String properties) {
        return child("probes", name, json(properties));
    }

    /** A basic rule from a listener of its own. */
    public Scene rule(String name, String pool, String setting) {
        child("httpListeners", "lis-" + name, json("{'protocol':'Https','hostName':'" + name + ".example.com'}"));
        return child(
                "requestRoutingRules",
                name,
                json("{'ruleType':'Basic','priority':"
                        + (100 + children("requestRoutingRules").size()) + ","
                        + "'httpListener':{'id':'" + GATEWAY + "/httpListeners/lis-" + name + "'},"
                        + "'backendAddressPool':{'id':'" + GATEWAY + "/backendAddressPools/" + pool + "'},"
                        + "'backendHttpSettings':{'id':'" + GATEWAY + "/backendHttpSettingsCollection/" + setting
                        + "'}}"));
    }

    /** A path-based rule: what matches goes to one pool, all else to the other. */
    public Scene pathRule(String name, String path, String pool, String otherwise, String setting) {
        child("httpListeners", "lis-" + name, json("{'protocol':'Https'}"));
        String map = GATEWAY + "/urlPathMaps/map-" + name;
        if (!gateway.getAsJsonObject("properties").has("urlPathMaps")) {
            gatewayProperty("urlPathMaps", "[]");
        }
        child(
                "urlPathMaps",
                "map-" + name,
                json("{'defaultBackendAddressPool':{'id':'" + GATEWAY + "/backendAddressPools/" + otherwise + "'},"
                        + "'defaultBackendHttpSettings':{'id':'" + GATEWAY + "/backendHttpSettingsCollection/" + setting
                        + "'},'pathRules':[{'name':'path','properties':{'paths':['" + path + "'],"
                        + "'backendAddressPool':{'id':'" + GATEWAY + "/backendAddressPools/" + pool + "'},"
                        + "'backendHttpSettings':{'id':'" + GATEWAY + "/backendHttpSettingsCollection/" + setting
                        + "'}}}]}"));
        return child(
                "requestRoutingRules",
                name,
                json("{'ruleType':'PathBasedRouting','httpListener':{'id':'" + GATEWAY + "/httpListeners/lis-" + name
                        + "'},'urlPathMap':{'id':'" + map + "'}}"));
    }

    /** Has the first path rule of a path map rewrite requests. */
    public Scene rewrite(String map, String set) {
        for (JsonElement each : children("urlPathMaps")) {
            if (each.getAsJsonObject().get("name").getAsString().equals(map)) {
                each.getAsJsonObject()
                        .getAsJsonObject("properties")
                        .getAsJsonArray("pathRules")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("properties")
                        .add("rewriteRuleSet", json("{'id':'" + GATEWAY + "/rewriteRuleSets/" + set + "'}"));
            }
        }
        return this;
    }

    /** What the probe says of a server. */
    public Scene health(String pool, String setting, String address, String state, String log) {
        JsonObject server = new JsonObject();
        server.addProperty("address", address);
        server.addProperty("health", state);
        server.addProperty("healthProbeLog", log);
        association(pool, setting).add(server);
        return this;
    }

    /** A pair of pool and setting that is probed and has no servers. */
    public Scene noServers(String pool, String setting) {
        association(pool, setting);
        return this;
    }

    /** Both servers of {@link #web()} in one state. */
    public Scene webHealth(String state, String log) {
        return health("pool-web", "set-web", "10.0.2.4", state, log)
                .health("pool-web", "set-web", "10.0.2.5", state, log);
    }

    /** Both servers of {@link #shop()} in one state. */
    public Scene shopHealth(String state, String log) {
        return health("pool-shop", "set-shop", "10.0.3.4", state, log)
                .health("pool-shop", "set-shop", "10.0.3.5", state, log);
    }

    /** A look past the gateway, as a row of its document; it connected where nothing else is said. */
    public Scene look(String row) {
        JsonObject look = json(row);
        if (!look.has("connect")) {
            look.addProperty("connect", "ok");
        }
        array(Source.DIRECT_PROBE).add(look);
        return this;
    }

    /** What a test probe saw of a server when it asked for this host and path. */
    public Scene testProbe(
            String host, String path, String pool, String setting, String address, String state, String log) {
        JsonObject answer = json("{'request':{'host':'" + host + "','path':'" + path + "'},"
                + "'backendAddressPool':{'id':'" + GATEWAY + "/backendAddressPools/" + pool + "'},"
                + "'backendHealthHttpSettings':{'backendHttpSettings':{'id':'" + GATEWAY
                + "/backendHttpSettingsCollection/" + setting + "'},'servers':[{'address':'" + address + "','health':'"
                + state + "'}]}}");
        answer.getAsJsonObject("backendHealthHttpSettings")
                .getAsJsonArray("servers")
                .get(0)
                .getAsJsonObject()
                .addProperty("healthProbeLog", log);
        array(Source.ON_DEMAND_HEALTH).add(answer);
        return this;
    }

    /** Some requests alike, so many minutes before the end; the row's further columns as JSON. */
    public Scene requests(int minutesBefore, int requests, int status, String columns) {
        JsonObject row = json(columns);
        row.addProperty("TimeGenerated", AT.minusSeconds(60L * minutesBefore).toString());
        row.addProperty("Requests", requests);
        row.addProperty("HttpStatus", status);
        array(Source.ACCESS_LOG).add(row);
        return this;
    }

    /** Requests that a server of {@link #web()} answered in a tenth of a second. */
    public Scene served(int minutesBefore, int requests, String server) {
        return requests(
                minutesBefore,
                requests,
                200,
                web(server) + ",'ServerStatus':'200','ErrorInfo':'ERRORINFO_NO_ERROR','TimeTaken':0.1,"
                        + "'ServerResponseLatency':'0.1','RequestUri':'/'}");
    }

    /** Requests that failed on their way to a server of {@link #web()}; an empty server means that none was tried. */
    public Scene failed(int minutesBefore, int requests, int status, String errorInfo, String server, double taken) {
        return requests(
                minutesBefore,
                requests,
                status,
                web(server) + ",'ServerStatus':'','ErrorInfo':'" + errorInfo + "','TimeTaken':" + taken
                        + ",'RequestUri':'/cart'}");
    }

    private static String web(String server) {
        return "{'ListenerName':'lis-rule-web','RuleName':'rule-web','BackendPoolName':'pool-web',"
                + "'BackendSettingName':'set-web','Host':'www.example.com','OriginalHost':'www.example.com',"
                + "'ServerRouted':'" + (server.isEmpty() ? "" : server + ":80") + "'";
    }

    /** A metric with a value a minute, the last of them at the end; dimensions as {@code name=value}. */
    public Scene metric(String name, String aggregation, List<String> dimensions, double... values) {
        JsonArray metadata = new JsonArray();
        for (String dimension : dimensions) {
            String[] parts = dimension.split("=", 2);
            metadata.add(json("{'name':{'value':'" + parts[0] + "'},'value':'" + parts[1] + "'}"));
        }
        JsonArray data = new JsonArray();
        for (int i = 0; i < values.length; i++) {
            JsonObject point = new JsonObject();
            point.addProperty(
                    "timeStamp", AT.minusSeconds(60L * (values.length - i)).toString());
            point.addProperty(aggregation, values[i]);
            data.add(point);
        }
        JsonObject series = new JsonObject();
        series.add("metadatavalues", metadata);
        series.add("data", data);
        JsonArray timeseries = new JsonArray();
        timeseries.add(series);
        JsonObject metric = json("{'name':{'value':'" + name + "'},'errorCode':'Success'}");
        metric.add("timeseries", timeseries);
        listed(Source.METRICS).add(metric);
        return this;
    }

    /** An operation of somebody's; {@code status} is {@code Started}, {@code Succeeded} or {@code Failed}. */
    public Scene activity(int minutesBefore, String operation, String resource, String caller, String status) {
        return activity(minutesBefore, operation, resource, caller, status, "{}");
    }

    /** As above, with the event's properties. */
    public Scene activity(
            int minutesBefore, String operation, String resource, String caller, String status, String properties) {
        JsonObject event = json("{'eventTimestamp':'" + AT.minusSeconds(60L * minutesBefore)
                + "','operationName':{'value':'"
                + operation + "'},'status':{'value':'" + status + "'},'category':{'value':'Administrative'},'caller':'"
                + caller + "','correlationId':'c" + listed(Source.ACTIVITY_LOG).size() + "','resourceId':'" + resource
                + "'}");
        event.add("properties", json(properties));
        listed(Source.ACTIVITY_LOG).add(event);
        return this;
    }

    /** An activity log whose older rows of a resource group are missing. */
    public Scene olderActivityMissing(String group) {
        JsonArray events = listed(Source.ACTIVITY_LOG).deepCopy();
        return document(
                Source.ACTIVITY_LOG,
                "{'value':" + events + ",'unread':{'" + group
                        + ", older rows':{'code':'GatewayTimeout','message':'a later page'}}}");
    }

    /** The identity of the last event's caller, as the claims of its token name it. */
    public Scene byIdentity(String resource) {
        JsonArray events = listed(Source.ACTIVITY_LOG);
        events.get(events.size() - 1).getAsJsonObject().add("claims", json("{'xms_mirid':'" + resource + "'}"));
        return this;
    }

    public Scene quietActivityLog() {
        listed(Source.ACTIVITY_LOG);
        return this;
    }

    /** What the platform says of the gateway, as the properties of the availability status. */
    public Scene resourceHealth(String properties) {
        JsonObject status = new JsonObject();
        status.add("properties", json(properties));
        documents.put(Source.RESOURCE_HEALTH, status);
        return this;
    }

    /**
     * The network around {@link #web()}: {@code snet-agw} 10.0.1.0/24 and {@code snet-web} 10.0.2.0/24 in
     * {@code vnet-shop} 10.0.0.0/16, without rules, routes, peerings or zones.
     */
    public Scene network() {
        documents.put(
                Source.NETWORK,
                json("{'virtualNetworks':[{'name':'vnet-shop','id':'" + VNET + "','properties':{"
                        + "'addressSpace':{'addressPrefixes':['10.0.0.0/16']},'subnets':["
                        + subnet("snet-agw", "10.0.1.0/24") + "," + subnet("snet-web", "10.0.2.0/24")
                        + "],'virtualNetworkPeerings':[]}}],'networkSecurityGroups':[],'routeTables':[],"
                        + "'privateDnsZones':[]}"));
        return this;
    }

    /** DNS servers of one's own for {@code vnet-shop}. */
    public Scene dnsServers(String... servers) {
        JsonObject options = new JsonObject();
        JsonArray list = new JsonArray();
        Stream.of(servers).forEach(list::add);
        options.add("dnsServers", list);
        documents
                .get(Source.NETWORK)
                .getAsJsonObject()
                .getAsJsonArray("virtualNetworks")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("properties")
                .add("dhcpOptions", options);
        return this;
    }

    private static String subnet(String name, String prefix) {
        return "{'name':'" + name + "','id':'" + VNET + "/subnets/" + name + "','properties':{'addressPrefix':'"
                + prefix + "'}}";
    }

    /** A security group on a subnet; its rules as {@code name priority direction access source destination ports}. */
    public Scene group(String subnet, String name, String... rules) {
        JsonArray all = new JsonArray();
        for (String rule : rules) {
            String[] part = rule.split(" ");
            all.add(json("{'name':'" + part[0] + "','properties':{'priority':" + part[1] + ",'direction':'" + part[2]
                    + "','access':'" + part[3] + "','protocol':'Tcp','sourceAddressPrefix':'" + part[4]
                    + "','destinationAddressPrefix':'" + part[5] + "','sourcePortRange':'*','destinationPortRange':'"
                    + part[6] + "'}}"));
        }
        JsonObject properties = new JsonObject();
        properties.add("securityRules", all);
        return attach(subnet, "networkSecurityGroups", "networkSecurityGroup", name, properties);
    }

    /** A route table on a subnet; its routes as {@code name prefix hop [address]}. */
    public Scene routes(String subnet, String name, String... routes) {
        JsonArray all = new JsonArray();
        for (String route : routes) {
            String[] part = route.split(" ");
            all.add(json("{'name':'" + part[0] + "','properties':{'addressPrefix':'" + part[1] + "','nextHopType':'"
                    + part[2] + "','nextHopIpAddress':'" + (part.length > 3 ? part[3] : "") + "'}}"));
        }
        JsonObject properties = new JsonObject();
        properties.add("routes", all);
        return attach(subnet, "routeTables", "routeTable", name, properties);
    }

    /** A network interface with one address in {@code snet-web}, of a machine. */
    public Scene interfaceOf(String name, String address, String machine) {
        JsonObject network = documents.get(Source.NETWORK).getAsJsonObject();
        if (!network.has("networkInterfaces")) {
            network.add("networkInterfaces", new JsonArray());
        }
        network.getAsJsonArray("networkInterfaces")
                .add(json("{'name':'" + name + "','id':'" + GROUP + "/providers/Microsoft.Network/networkInterfaces/"
                        + name
                        + "','properties':{'virtualMachine':{'id':'" + machine + "'},'ipConfigurations':[{'name':'ip',"
                        + "'properties':{'privateIPAddress':'" + address + "','subnet':{'id':'" + VNET
                        + "/subnets/snet-web'}}}]}}"));
        return this;
    }

    /** A whole array of the network's document. */
    public Scene networkArray(String name, String json) {
        documents.get(Source.NETWORK).getAsJsonObject().add(name, parse(json));
        return this;
    }

    private Scene attach(String subnet, String collection, String field, String name, JsonObject properties) {
        String id = GROUP + "/providers/Microsoft.Network/" + collection + "/" + name;
        JsonObject resource = json("{'name':'" + name + "','id':'" + id + "'}");
        resource.add("properties", properties);
        JsonObject network = documents.get(Source.NETWORK).getAsJsonObject();
        network.getAsJsonArray(collection).add(resource);
        for (JsonElement each : network.getAsJsonArray("virtualNetworks")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("properties")
                .getAsJsonArray("subnets")) {
            if (each.getAsJsonObject().get("name").getAsString().equals(subnet)) {
                each.getAsJsonObject().getAsJsonObject("properties").add(field, json("{'id':'" + id + "'}"));
            }
        }
        return this;
    }

    /** A whole document in place of what a source would say. */
    public Scene document(Source source, String json) {
        documents.put(source, parse(json));
        return this;
    }

    /** A source that Azure refuses. */
    public Scene refused(Source source) {
        return document(source, "{'error':{'code':'AuthorizationFailed','message':'no right to read it'}}");
    }

    public Scene without(Source source) {
        documents.remove(source);
        return this;
    }

    public SourceDocuments documents() {
        SourceDocuments all = SourceDocuments.none();
        for (Map.Entry<Source, JsonElement> each : documents.entrySet()) {
            all = all.with(each.getKey(), each.getValue());
        }
        return all;
    }

    public Incident incident() {
        return Incident.alertedAt(ResourceId.of(GATEWAY), AT);
    }

    public Evidence evidence() {
        return EvidenceReader.read(incident(), documents());
    }

    private Scene child(String collection, String name, JsonObject properties) {
        JsonObject child = new JsonObject();
        child.addProperty("name", name);
        child.addProperty("id", GATEWAY + "/" + collection + "/" + name);
        child.add("properties", properties);
        children(collection).add(child);
        return this;
    }

    private JsonArray children(String collection) {
        return gateway.getAsJsonObject("properties").getAsJsonArray(collection);
    }

    private JsonArray association(String pool, String setting) {
        JsonObject health = (JsonObject)
                documents.computeIfAbsent(Source.BACKEND_HEALTH, source -> json("{'backendAddressPools':[]}"));
        JsonArray pools = health.getAsJsonArray("backendAddressPools");
        JsonObject inPool =
                find(pools, "backendAddressPool", "/backendAddressPools/" + pool, "backendHttpSettingsCollection");
        return find(
                        inPool.getAsJsonArray("backendHttpSettingsCollection"),
                        "backendHttpSettings",
                        "/backendHttpSettingsCollection/" + setting,
                        "servers")
                .getAsJsonArray("servers");
    }

    private static JsonObject find(JsonArray all, String reference, String id, String list) {
        for (JsonElement each : all) {
            String has =
                    each.getAsJsonObject().getAsJsonObject(reference).get("id").getAsString();
            if (has.equals(GATEWAY + id)) {
                return each.getAsJsonObject();
            }
        }
        JsonObject made = json("{'" + reference + "':{'id':'" + GATEWAY + id + "'},'" + list + "':[]}");
        all.add(made);
        return made;
    }

    private JsonArray array(Source source) {
        return (JsonArray) documents.computeIfAbsent(source, key -> new JsonArray());
    }

    private JsonArray listed(Source source) {
        return ((JsonObject) documents.computeIfAbsent(source, key -> json("{'value':[]}"))).getAsJsonArray("value");
    }

    private static JsonObject json(String text) {
        return parse(text).getAsJsonObject();
    }

    /** Gson reads single quotes too, which keeps documents readable in Java. */
    private static JsonElement parse(String text) {
        return JsonParser.parseString(text);
    }
}
