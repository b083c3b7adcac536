package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Gateway.Scale;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.Gateway.Sku;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.incident.ResourceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The gateway's configuration: {@code GET …/applicationGateways/{name}}. Defaults are those that Azure applies where
 * a field is not given (configuration-http-settings, application-gateway-probe-overview).
 */
final class GatewayReader {

    private static final List<String> KNOWN = List.of(
            "backendAddressPools", "backendHttpSettingsCollection", "requestRoutingRules", "operationalState", "sku");

    private final ArmObject gateway;

    private GatewayReader(ArmObject gateway) {
        this.gateway = gateway;
    }

    /** The configuration; {@code asked} stands for the id where the document does not hold it. */
    static Gateway read(ResourceId asked, JsonElement document) {
        ArmObject gateway = ArmObject.document(document);
        if (KNOWN.stream().noneMatch(gateway::has)) {
            throw gateway.lacks("a gateway with properties.backendAddressPools");
        }
        return new GatewayReader(gateway).read(asked);
    }

    private Gateway read(ResourceId asked) {
        Sku sku = sku();
        boolean publicFrontend = publicFrontend();
        return Gateway.builder()
                .id(gateway.id().orElse(asked))
                .location(gateway.text("location"))
                .sku(sku)
                .operationalState(gateway.text("operationalState"))
                .provisioningState(gateway.text("provisioningState"))
                .scale(scale())
                .subnets(gateway.objects("gatewayIPConfigurations").stream()
                        .flatMap(each -> each.reference("subnet").stream())
                        .distinct()
                        .sorted()
                        .toList())
                .publicFrontend(publicFrontend)
                .isolated(gateway.flag("networkIsolationEnabled").orElse(false) || (sku.isV2() && !publicFrontend))
                .listeners(listeners())
                .rules(RuleReader.read(gateway))
                .pools(named("backendAddressPools")
                        .map(this::pool)
                        .sorted(byName(Pool::name))
                        .toList())
                .settings(Stream.concat(named("backendHttpSettingsCollection"), named("backendSettingsCollection"))
                        .map(this::setting)
                        .sorted(byName(Setting::name))
                        .toList())
                .probes(named("probes")
                        .map(this::probe)
                        .sorted(byName(Probe::name))
                        .toList())
                .tags(gateway.object("tags").asTexts())
                .build();
    }

    private Sku sku() {
        ArmObject sku = gateway.object("sku");
        return new Sku(sku.text("name"), sku.text("tier"));
    }

    private Scale scale() {
        ArmObject autoscale = gateway.object("autoscaleConfiguration");
        return new Scale(
                gateway.object("sku").integer("capacity"),
                autoscale.integer("minCapacity"),
                autoscale.integer("maxCapacity"));
    }

    /** A gateway whose frontends the document does not list is taken for the usual one, which is public. */
    private boolean publicFrontend() {
        List<ArmObject> frontends = gateway.objects("frontendIPConfigurations");
        return frontends.isEmpty() || frontends.stream().anyMatch(each -> each.has("publicIPAddress"));
    }

    private List<Listener> listeners() {
        Map<String, OptionalInt> ports = new HashMap<>();
        named("frontendPorts").forEach(port -> ports.put(key(port.name()), port.integer("port")));
        return Stream.concat(named("httpListeners"), named("listeners"))
                .map(each -> new Listener(
                        each.name(),
                        each.text("protocol"),
                        ports.getOrDefault(key(each.referredName("frontendPort")), OptionalInt.empty()),
                        each.texts("hostNames", "hostName").stream().sorted().toList()))
                .sorted(byName(Listener::name))
                .toList();
    }

    private Pool pool(ArmObject pool) {
        return new Pool(
                pool.name(),
                idOf(pool, "backendAddressPools"),
                members(pool).stream()
                        .map(String::strip)
                        .filter(member -> !member.isEmpty())
                        .distinct()
                        .sorted(IpAddresses.ORDER)
                        .toList(),
                pool.references("backendIPConfigurations").stream()
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** Azure writes {@code {"ipAddress"}} or {@code {"fqdn"}}; its published sample has texts alone. */
    private static List<String> members(ArmObject pool) {
        boolean texts = pool.find("backendAddresses") instanceof JsonArray array
                && array.size() > 0
                && array.get(0).isJsonPrimitive();
        return texts
                ? pool.texts("backendAddresses")
                : pool.objects("backendAddresses").stream()
                        .map(each -> each.text("ipAddress", "fqdn"))
                        .toList();
    }

    private Setting setting(ArmObject setting) {
        String protocol = setting.text("protocol");
        boolean tls = protocol.equalsIgnoreCase("Https") || protocol.equalsIgnoreCase("Tls");
        boolean http = setting.has("requestTimeout") || !setting.has("timeout");
        return Setting.builder()
                .name(setting.name())
                .id(idOf(setting, "backendHttpSettingsCollection"))
                .port(setting.integer("port").orElse(tls ? 443 : 80))
                .protocol(protocol)
                .hostName(setting.text("hostName"))
                .pickHostFromAddress(
                        setting.flag("pickHostNameFromBackendAddress").orElse(false))
                .requestTimeoutSeconds(
                        setting.integer(http ? "requestTimeout" : "timeout").orElse(20))
                .probe(setting.referredName("probe"))
                .trustedRoots(names(setting, "trustedRootCertificates"))
                .authenticationCertificates(names(setting, "authenticationCertificates"))
                .checksChain(setting.flag("validateCertChainAndExpiry").orElse(true))
                .checksName(setting.flag("validateSNI").orElse(true))
                .sniName(setting.text("sniName"))
                .dedicatedConnection(setting.flag("dedicatedBackendConnection").orElse(false))
                .draining(setting.object("connectionDraining").flag("enabled").orElse(false))
                .build();
    }

    private Probe probe(ArmObject probe) {
        List<String> statusCodes = probe.object("match").texts("statusCodes");
        return Probe.builder()
                .name(probe.name())
                .id(idOf(probe, "probes"))
                .protocol(probe.text("protocol"))
                .host(probe.text("host"))
                .pickHostFromSetting(
                        probe.flag("pickHostNameFromBackendHttpSettings").orElse(false)
                                || probe.flag("pickHostNameFromBackendSettings").orElse(false))
                .path(probe.text("path"))
                .port(probe.integer("port"))
                .intervalSeconds(probe.integer("interval").orElse(30))
                .timeoutSeconds(probe.integer("timeout").orElse(30))
                .unhealthyThreshold(probe.integer("unhealthyThreshold").orElse(3))
                .minServers(probe.integer("minServers").orElse(0))
                .statusCodes(
                        statusCodes.isEmpty()
                                ? List.of("200-399")
                                : statusCodes.stream().distinct().sorted().toList())
                .body(probe.object("match").text("body"))
                .build();
    }

    private static List<String> names(ArmObject setting, String certificates) {
        return setting.references(certificates).stream()
                .map(ResourceId::name)
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<ArmObject> named(String collection) {
        return gateway.objects(collection).stream();
    }

    private ResourceId idOf(ArmObject part, String collection) {
        return part.id().orElseGet(() -> ResourceId.of(gateway.text("id") + "/" + collection + "/" + part.name()));
    }

    /** Names that differ in case only follow in the order of their spelling. */
    private static <T> Comparator<T> byName(Function<T, String> name) {
        return Comparator.<T, String>comparing(each -> key(name.apply(each)))
                .thenComparing(name)
                .thenComparing(Object::toString);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
