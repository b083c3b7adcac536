package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the service refuses in a gateway that is written. What was wrong before the write is not held against it. */
final class GatewayRules {

    private record Wrong(String what, String source) {}

    private final Resource gateway;
    private final List<Wrong> wrong = new ArrayList<>();

    private GatewayRules(Resource gateway) {
        this.gateway = gateway;
    }

    /** Refuses a gateway that breaks a rule which it did not break before. */
    static void check(Resource after, Resource before) {
        Set<Wrong> already = new HashSet<>(new GatewayRules(before).all());
        for (Wrong each : new GatewayRules(after).all()) {
            if (!already.contains(each)) {
                throw new Refused(each.what(), each.source());
            }
        }
    }

    private List<Wrong> all() {
        references(gateway.json());
        capacity();
        for (Resource setting : gateway.children("backendHttpSettingsCollection")) {
            setting(setting);
        }
        gateway.children("probes").forEach(this::probe);
        generation();
        priorities();
        return wrong;
    }

    private void wrong(String what, String source) {
        wrong.add(new Wrong(what, source));
    }

    private void references(JsonElement element) {
        if (element instanceof JsonArray array) {
            array.forEach(this::references);
        } else if (element instanceof JsonObject object) {
            if (!object.has("name") && !object.has("properties")) {
                reference(Resource.text(object, "id"));
            }
            object.entrySet().forEach(field -> references(field.getValue()));
        }
    }

    private void reference(String id) {
        String own = gateway.id().toLowerCase(Locale.ROOT) + "/";
        if (!id.toLowerCase(Locale.ROOT).startsWith(own)) {
            return;
        }
        String[] rest = id.substring(own.length()).split("/", -1);
        if (rest.length == 2
                && gateway.hasList(rest[0])
                && gateway.child(rest[0], rest[1]).isEmpty()) {
            wrong(
                    "something refers to " + rest[0] + "/" + rest[1] + ", which is not there",
                    "az-cli.md, An update of a part: dangling references");
        } else if (rest.length == 2 && !gateway.hasList(rest[0])) {
            wrong(
                    "something refers to " + rest[0] + "/" + rest[1] + ", which is not there",
                    "az-cli.md, An update of a part: dangling references");
        }
    }

    private void capacity() {
        boolean scales = gateway.properties().get("autoscaleConfiguration") instanceof JsonObject;
        JsonObject sku = gateway.properties().get("sku") instanceof JsonObject object ? object : new JsonObject();
        if (scales && !Resource.text(sku, "capacity").isEmpty()) {
            wrong(
                    "a fixed capacity beside autoscaling",
                    "az-cli.md, Capacity: ApplicationGatewayV2SkuMustSpecifyEitherCapacityOrAutoscaleConfiguration");
        }
        if (scales && !isV2()) {
            wrong("autoscaling of a v1 gateway", "remedies.md, gateway-capacity-exhausted");
        }
        if (scales) {
            JsonObject scale = gateway.object("autoscaleConfiguration");
            int least = number(Resource.text(scale, "minCapacity"));
            int most = number(Resource.text(scale, "maxCapacity"));
            if (most > 0 && most < least || most > 125 || least < 0) {
                wrong("autoscaling from " + least + " to " + most, "assumed");
            }
        }
    }

    private void setting(Resource setting) {
        String host = setting.text("hostName");
        boolean picks = setting.flag("pickHostNameFromBackendAddress");
        if (picks && !host.isEmpty()) {
            wrong(
                    "setting " + setting.name() + " has a host name and takes it from the pool as well",
                    "az-cli.md, Empty string: hashicorp/terraform-provider-azurerm#2990");
        }
        if (picks) {
            pools(setting).stream()
                    .filter(GatewayRules::holdsAddressesOnly)
                    .forEach(pool -> wrong(
                            "setting " + setting.name() + " takes the host name from pool " + pool.name()
                                    + ", which holds bare addresses",
                            "backend-health.md 4.4: needs FQDN members"));
        }
        gateway.child("probes", Resource.lastSegment(setting.reference("probe")))
                .ifPresent(probe -> pair(setting, probe));
        if (setting.text("protocol").equalsIgnoreCase("Http")
                && (!setting.children("trustedRootCertificates").isEmpty()
                        || setting.hasList("trustedRootCertificates")
                                && !setting.list("trustedRootCertificates").isEmpty())) {
            wrong("setting " + setting.name() + " trusts a root, but speaks plain HTTP", "assumed");
        }
    }

    private void pair(Resource setting, Resource probe) {
        if (!probe.text("protocol").isEmpty()
                && !setting.text("protocol").isEmpty()
                && !probe.text("protocol").equalsIgnoreCase(setting.text("protocol"))) {
            wrong(
                    "probe " + probe.name() + " speaks another protocol than setting " + setting.name(),
                    "backend-health.md 4.3: ApplicationGatewayProbeProtocolMustMatchBackendHttpSettinsProtocol");
        }
        if (probe.flag("pickHostNameFromBackendHttpSettings")
                && setting.text("hostName").isEmpty()
                && !setting.flag("pickHostNameFromBackendAddress")) {
            wrong(
                    "probe " + probe.name() + " takes its host from setting " + setting.name() + ", which has none",
                    "vendor-and-peers.md: ApplicationGatewayBackendHttpSettingsIncompatibleProbeSettingPickHostName");
        }
    }

    private void probe(Resource probe) {
        boolean picks =
                probe.flag("pickHostNameFromBackendHttpSettings") || probe.flag("pickHostNameFromBackendSettings");
        String host = probe.text("host");
        if (picks && !host.isEmpty()) {
            wrong(
                    "probe " + probe.name() + " has a host and takes it from the setting as well",
                    "az-cli.md, Empty string: hashicorp/terraform-provider-azurerm#2658");
        }
        if (!picks && host.isEmpty() && probe.text("protocol").matches("(?i)https?")) {
            wrong("probe " + probe.name() + " has no host", "backend-health.md 4.3: not empty unless picked");
        }
        if (probe.text("protocol").matches("(?i)https?") && !probe.text("path").startsWith("/")) {
            wrong("probe " + probe.name() + " has a path that does not begin with /", "backend-health.md 4.3");
        }
        int interval = number(probe.text("interval"));
        if (interval > 0 && number(probe.text("timeout")) > interval) {
            wrong(
                    "probe " + probe.name() + " waits for longer than its interval",
                    "backend-health.md 4.3, unverified for the API");
        }
    }

    private void generation() {
        for (Resource setting : gateway.children("backendHttpSettingsCollection")) {
            boolean roots = setting.hasList("trustedRootCertificates")
                    && !setting.list("trustedRootCertificates").isEmpty();
            boolean leaves = setting.hasList("authenticationCertificates")
                    && !setting.list("authenticationCertificates").isEmpty();
            if (roots && !isV2() || leaves && isV2()) {
                wrong(
                        "setting " + setting.name()
                                + " trusts a sort of certificate that this generation does not know",
                        "remedies.md, backend-certificate-untrusted");
            }
        }
    }

    private void priorities() {
        Set<String> seen = new HashSet<>();
        for (Resource rule : gateway.children("requestRoutingRules")) {
            String priority = rule.text("priority");
            if (!priority.isEmpty() && !seen.add(priority)) {
                wrong("two routing rules have priority " + priority, "assumed");
            }
        }
    }

    private boolean isV2() {
        JsonObject sku = gateway.properties().get("sku") instanceof JsonObject object ? object : new JsonObject();
        String tier = Resource.text(sku, "tier") + Resource.text(sku, "name");
        return tier.isEmpty() || tier.toLowerCase(Locale.ROOT).contains("v2") || tier.contains("Basic");
    }

    /** The pools that a rule or a path leads to with this setting. */
    private List<Resource> pools(Resource setting) {
        List<Resource> pools = new ArrayList<>();
        List<Resource> ways = new ArrayList<>(gateway.children("requestRoutingRules"));
        for (Resource map : gateway.children("urlPathMaps")) {
            ways.addAll(map.children("pathRules"));
            if (Resource.lastSegment(map.reference("defaultBackendHttpSettings"))
                    .equalsIgnoreCase(setting.name())) {
                gateway.child("backendAddressPools", Resource.lastSegment(map.reference("defaultBackendAddressPool")))
                        .ifPresent(pools::add);
            }
        }
        for (Resource way : ways) {
            if (Resource.lastSegment(way.reference("backendHttpSettings")).equalsIgnoreCase(setting.name())) {
                gateway.child("backendAddressPools", Resource.lastSegment(way.reference("backendAddressPool")))
                        .ifPresent(pools::add);
            }
        }
        return pools;
    }

    private static boolean holdsAddressesOnly(Resource pool) {
        JsonArray addresses = pool.hasList("backendAddresses") ? pool.list("backendAddresses") : new JsonArray();
        boolean any = false;
        for (JsonElement each : addresses) {
            if (each instanceof JsonObject address) {
                String name = Resource.text(address, "fqdn");
                if (!name.isEmpty() && !name.matches("[0-9.]+")) {
                    return false;
                }
                any = true;
            }
        }
        return any || pool.hasList("backendIPConfigurations");
    }

    private static int number(String text) {
        return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
