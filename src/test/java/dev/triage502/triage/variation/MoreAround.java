package dev.triage502.triage.variation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/** The same incident in a busier subscription: other gateways, other sites of this one, other networks and changes. */
public final class MoreAround {

    private final String subscription;
    private final String gateway;
    private final Instant at;
    private final boolean hasConfiguration;
    private final boolean hasHealth;

    private MoreAround(RecordedCase incident) {
        this.gateway = incident.gateway().toString();
        this.subscription = "/subscriptions/" + incident.gateway().subscription();
        this.at = incident.alertedAt();
        this.hasConfiguration = incident.documents().get(Source.GATEWAY).isPresent();
        this.hasHealth = incident.documents().get(Source.BACKEND_HEALTH).isPresent();
    }

    public static Variation of(RecordedCase incident) {
        MoreAround more = new MoreAround(incident);
        return Variation.of(incident, Variation.each(incident.documents(), more::told), UnaryOperator.identity());
    }

    private JsonElement told(Source source, JsonElement read) {
        JsonElement copy = read.deepCopy();
        switch (source) {
            case GATEWAY:
                inGateway(copy.getAsJsonObject());
                break;
            case BACKEND_HEALTH:
                if (hasConfiguration) {
                    inHealth(copy.getAsJsonObject());
                }
                break;
            case ACCESS_LOG:
                JsonElement logged = copy instanceof JsonObject more ? more.get("value") : copy;
                if (logged instanceof JsonArray rows && rows.size() > 0) {
                    inLog(rows);
                }
                break;
            case ACTIVITY_LOG:
                if (copy instanceof JsonObject log && log.get("value") instanceof JsonArray operations) {
                    inActivity(operations);
                }
                break;
            case NETWORK:
                inNetwork(copy.getAsJsonObject());
                break;
            default:
                break;
        }
        return copy;
    }

    /** Pools that no rule leads to, and another site if backend health can say that it is served. */
    private void inGateway(JsonObject document) {
        JsonObject p = document.get("properties") instanceof JsonObject properties ? properties : document;
        add(p, "backendAddressPools", "zz-unused", "{\"backendAddresses\":[{\"ipAddress\":\"10.254.7.9\"}]}");
        add(p, "backendAddressPools", "zz-empty", "{\"backendAddresses\":[]}");
        if (hasHealth) {
            otherSite(p);
        }
    }

    private void otherSite(JsonObject p) {
        add(p, "backendAddressPools", "zz-other", "{\"backendAddresses\":[{\"ipAddress\":\"10.254.7.4\"}]}");
        add(
                p,
                "backendHttpSettingsCollection",
                "zz-setting",
                "{\"port\":8081,\"protocol\":\"Http\",\"requestTimeout\":30}");
        add(p, "frontendPorts", "zz-port", "{\"port\":8443}");
        add(
                p,
                "httpListeners",
                "zz-listener",
                "{\"frontendPort\":" + reference("frontendPorts", "zz-port")
                        + ",\"protocol\":\"Http\",\"hostName\":\"zz.other.example\"}");
        add(
                p,
                "requestRoutingRules",
                "zz-rule",
                "{\"ruleType\":\"Basic\",\"priority\":19999,\"httpListener\":"
                        + reference("httpListeners", "zz-listener") + ",\"backendAddressPool\":"
                        + reference("backendAddressPools", "zz-other") + ",\"backendHttpSettings\":"
                        + reference("backendHttpSettingsCollection", "zz-setting") + "}");
    }

    private void add(JsonObject properties, String collection, String name, String inner) {
        JsonObject part = object("{\"name\":\"" + name + "\",\"id\":\"" + gateway + "/" + collection + "/" + name
                + "\",\"properties\":" + inner + "}");
        if (properties.get(collection) instanceof JsonArray parts) {
            parts.add(part);
        } else {
            JsonArray parts = new JsonArray();
            parts.add(part);
            properties.add(collection, parts);
        }
    }

    private String reference(String collection, String name) {
        return "{\"id\":\"" + gateway + "/" + collection + "/" + name + "\"}";
    }

    private void inHealth(JsonObject health) {
        JsonArray pools = health.getAsJsonArray("backendAddressPools");
        pools.add(pool("zz-other", "10.254.7.4", "Healthy", "Success. Received 200 status code"));
        pools.add(pool(
                "zz-unused",
                "10.254.7.9",
                "Unhealthy",
                "Received invalid status code: 404 in the backend server's HTTP response."));
        pools.add(object("{\"backendAddressPool\":" + reference("backendAddressPools", "zz-empty")
                + ",\"backendHttpSettingsCollection\":[]}"));
    }

    private JsonObject pool(String pool, String address, String health, String text) {
        return object("{\"backendAddressPool\":" + reference("backendAddressPools", pool)
                + ",\"backendHttpSettingsCollection\":[{\"backendHttpSettings\":"
                + reference("backendHttpSettingsCollection", "zz-setting") + ",\"servers\":[{\"address\":\"" + address
                + "\",\"health\":\"" + health + "\",\"healthProbeLog\":\"" + text + "\"}]}]}");
    }

    /** Another gateway's failures, which a shared workspace holds as well, and what the other site of this one serves. */
    private void inLog(JsonArray rows) {
        JsonArray own = rows.deepCopy();
        // A log in which another gateway's rows stand names the gateway in each row.
        rows.forEach(row -> nameGateway(row.getAsJsonObject()));
        StreamSupport.stream(own.spliterator(), false)
                .filter(row -> hasConfiguration && hasHealth && isServed(row.getAsJsonObject()))
                .map(row -> ofOtherSite(row.getAsJsonObject()))
                .forEach(rows::add);
        for (int i = 0; i < 12; i++) {
            JsonObject row = new JsonObject();
            row.addProperty(
                    "TimeGenerated", at.minus(Duration.ofMinutes(4L * i + 1)).toString());
            row.addProperty("HttpStatus", 502);
            row.addProperty(
                    "ErrorInfo", i % 2 == 0 ? "ERRORINFO_UPSTREAM_NO_LIVE" : "ERRORINFO_UPSTREAM_CLOSED_CONNECTION");
            row.addProperty("ServerRouted", i % 2 == 0 ? "" : "10.254.9.4:443");
            row.addProperty("BackendPoolName", "zz-elsewhere");
            row.addProperty("BackendSettingName", "zz-elsewhere");
            row.addProperty("RuleName", "zz-elsewhere");
            row.addProperty("RequestUri", "/elsewhere");
            row.addProperty("TimeTaken", 0.01);
            row.addProperty(
                    "_ResourceId",
                    (subscription + "/resourceGroups/zz/providers/Microsoft.Network/applicationGateways/zz-other")
                            .toLowerCase(Locale.ROOT));
            rows.add(row);
        }
    }

    private void nameGateway(JsonObject row) {
        if (row.keySet().stream()
                .noneMatch(column -> column.toLowerCase(Locale.ROOT).contains("resourceid"))) {
            row.addProperty("_ResourceId", gateway.toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isServed(JsonObject row) {
        return row.has("HttpStatus")
                && row.has("ListenerName")
                && row.get("HttpStatus").getAsDouble() < 400
                && row.has("ServerRouted")
                && !row.get("ServerRouted").isJsonNull();
    }

    /** The other site is served whenever this one is, so that nothing is seen to run that does not. */
    private static JsonObject ofOtherSite(JsonObject row) {
        JsonObject other = row.deepCopy();
        other.addProperty("ListenerName", "zz-listener");
        other.addProperty("RuleName", "zz-rule");
        other.addProperty("BackendPoolName", "zz-other");
        other.addProperty("BackendSettingName", "zz-setting");
        other.addProperty("ServerRouted", "10.254.7.4:8081");
        other.addProperty("Host", "zz.other.example");
        other.addProperty("OriginalHost", "zz.other.example");
        other.addProperty("RequestUri", "/zz");
        return other;
    }

    /** What goes on in any subscription, and what befalls things that are not on the way. */
    private void inActivity(JsonArray operations) {
        String group = subscription + "/resourceGroups/zz/providers/";
        int minute = 2;
        for (List<String> each : List.of(
                List.of(
                        "Microsoft.Storage/storageAccounts/listKeys/action",
                        "Microsoft.Storage/storageAccounts/zz",
                        "Succeeded"),
                List.of(
                        "Microsoft.Network/networkSecurityGroups/securityRules/write",
                        "Microsoft.Network/networkSecurityGroups/zz-far/securityRules/zz",
                        "Succeeded"),
                List.of(
                        "Microsoft.Network/routeTables/routes/write",
                        "Microsoft.Network/routeTables/zz-far/routes/zz",
                        "Succeeded"),
                List.of(
                        "Microsoft.Compute/virtualMachines/deallocate/action",
                        "Microsoft.Compute/virtualMachines/zz-batch",
                        "Succeeded"),
                List.of("Microsoft.Web/sites/stop/action", "Microsoft.Web/sites/zz-site", "Succeeded"),
                List.of(
                        "Microsoft.Network/applicationGateways/write",
                        "Microsoft.Network/applicationGateways/zz-other",
                        "Failed"),
                List.of(
                        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/delete",
                        "Microsoft.Network/virtualNetworks/zz-far/virtualNetworkPeerings/zz",
                        "Succeeded"),
                List.of("Microsoft.Resources/deployments/write", "Microsoft.Resources/deployments/zz", "Succeeded"),
                List.of("Microsoft.KeyVault/vaults/write", "Microsoft.KeyVault/vaults/zz", "Succeeded"))) {
            minute += 3;
            operations.add(object("{\"eventTimestamp\":\"" + at.minus(Duration.ofMinutes(minute))
                    + "\",\"operationName\":{\"value\":\""
                    + each.get(0) + "\"},\"status\":{\"value\":\"" + each.get(2)
                    + "\"},\"caller\":\"zz@other.example\",\"resourceId\":\""
                    + group + each.get(1) + "\",\"correlationId\":\"zz-" + minute + "\"}"));
        }
    }

    private void inNetwork(JsonObject network) {
        String group = subscription + "/resourceGroups/zz/providers/Microsoft.Network/";
        String subnet = group + "virtualNetworks/zz-far/subnets/zz-far";
        put(
                network,
                "virtualNetworks",
                "{\"name\":\"zz-far\",\"id\":\"" + group
                        + "virtualNetworks/zz-far\",\"properties\":{\"addressSpace\":{\"addressPrefixes\":[\"10.253.0.0/16\"]},"
                        + "\"subnets\":[{\"name\":\"zz-far\",\"id\":\"" + subnet
                        + "\",\"properties\":{\"addressPrefix\":\"10.253.1.0/24\",\"networkSecurityGroup\":{\"id\":\""
                        + group + "networkSecurityGroups/zz-far\"},\"routeTable\":{\"id\":\"" + group
                        + "routeTables/zz-far\"}}}]}}");
        put(
                network,
                "networkSecurityGroups",
                "{\"name\":\"zz-far\",\"id\":\"" + group
                        + "networkSecurityGroups/zz-far\",\"properties\":{\"securityRules\":[{\"name\":\"zz\",\"id\":\""
                        + group
                        + "networkSecurityGroups/zz-far/securityRules/zz\",\"properties\":{\"priority\":100,\"direction\":\"Inbound\",\"access\":\"Deny\",\"protocol\":\"*\",\"sourceAddressPrefix\":\"*\",\"sourcePortRange\":\"*\","
                        + "\"destinationAddressPrefix\":\"*\",\"destinationPortRange\":\"*\"}}],\"subnets\":[{\"id\":\""
                        + subnet + "\"}]}}");
        put(
                network,
                "routeTables",
                "{\"name\":\"zz-far\",\"id\":\"" + group
                        + "routeTables/zz-far\",\"properties\":{\"routes\":[{\"name\":\"zz\",\"id\":\"" + group
                        + "routeTables/zz-far/routes/zz\",\"properties\":{\"addressPrefix\":\"0.0.0.0/0\",\"nextHopType\":\"VirtualAppliance\",\"nextHopIpAddress\":\"10.253.9.4\"}}],\"subnets\":[{\"id\":\""
                        + subnet + "\"}]}}");
    }

    private static void put(JsonObject network, String key, String resource) {
        if (network.get(key) instanceof JsonArray resources) {
            resources.add(object(resource));
        }
    }

    private static JsonObject object(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }
}
