package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Gateway.Root;
import dev.triage502.evidence.Gateway.Scale;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.Gateway.Sku;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The gateway's configuration: {@code GET …/applicationGateways/{name}}. Defaults are those that Azure applies where
 * a field is not given (configuration-http-settings, application-gateway-probe-overview).
 */
final class GatewayReader {

    private static final List<String> KNOWN = List.of(
            "backendAddressPools", "backendHttpSettingsCollection", "requestRoutingRules", "operationalState", "sku");

    /** A missing one is left to its default. */
    private static final List<String> PROTOCOLS = List.of("", "http", "https", "tcp", "tls");

    private static final Pattern STATUS =
            Pattern.compile("\\s*\\d{3}\\s*(-\\s*\\d{3}\\s*)?(,\\s*\\d{3}\\s*(-\\s*\\d{3}\\s*)?)*");

    private final ArmObject gateway;

    /** What was not understood of the way of requests: pools, settings, probes, rules, listeners. */
    private final Losses losses;

    private GatewayReader(ArmObject gateway, Losses losses) {
        this.gateway = gateway;
        this.losses = losses;
    }

    /** The configuration; {@code asked} stands for the id where the document does not hold it. */
    static Gateway read(ResourceId asked, JsonElement document, Losses losses) {
        ArmObject gateway = ArmObject.document(document);
        if (KNOWN.stream().noneMatch(gateway::has)) {
            throw gateway.lacks("a gateway with properties.backendAddressPools");
        }
        return new GatewayReader(gateway, losses.ofPart()).read(asked);
    }

    private Gateway read(ResourceId asked) {
        ResourceId id = losses.read(asked, () -> gateway.id().orElse(asked));
        Sku sku = losses.read(new Sku("", ""), this::sku);
        boolean publicFrontend = losses.read(true, this::publicFrontend);
        List<Probe> probes = each("probes", this::probe, byName(Probe::name));
        return Gateway.builder()
                .id(id)
                .location(losses.read("", () -> gateway.text("location")))
                .sku(sku)
                .operationalState(losses.read("", () -> gateway.text("operationalState")))
                .provisioningState(losses.read("", () -> gateway.text("provisioningState")))
                .scale(losses.read(
                        new Scale(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()), this::scale))
                .subnets(losses
                        .each(
                                gateway,
                                "gatewayIPConfigurations",
                                each -> each.reference("subnet")
                                        .orElseThrow(() -> each.lacks("an IP configuration with its subnet")))
                        .stream()
                        .distinct()
                        .sorted()
                        .toList())
                .publicFrontend(publicFrontend)
                .privateFrontends(losses.read(List.of(), this::privateFrontends))
                .isolated(losses.read(Optional.<Boolean>empty(), () -> gateway.flag("networkIsolationEnabled"))
                                .orElse(false)
                        || (sku.isV2() && !publicFrontend))
                .listeners(listeners())
                .rules(RuleReader.read(gateway, losses))
                .pools(each("backendAddressPools", pool -> pool(id, pool), byName(Pool::name)))
                .settings(settings(id, probes))
                .probes(probes)
                .roots(each(
                        "trustedRootCertificates",
                        root -> new Root(root.name(), CertificateSubject.of(root.text("data"))),
                        byName(Root::name)))
                .reroutes(RerouteReader.read(gateway))
                .tags(losses.read(Map.of(), () -> gateway.object("tags").asTexts()))
                .gap(losses.gap(Source.GATEWAY))
                .build();
    }

    private <T> List<T> each(String collection, Function<ArmObject, T> reader, Comparator<T> order) {
        return losses.each(gateway, collection, reader).stream().sorted(order).toList();
    }

    /** The settings; one whose probe was not understood is not understood either, for it would seem to have none. */
    private List<Setting> settings(ResourceId id, List<Probe> probes) {
        List<ArmName> known = probes.stream().map(Probe::name).map(ArmName::of).toList();
        return Stream.of("backendHttpSettingsCollection", "backendSettingsCollection")
                .flatMap(collection -> losses.each(gateway, collection, each -> setting(id, each, known)).stream())
                .sorted(byName(Setting::name))
                .toList();
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

    private List<String> privateFrontends() {
        return gateway.objects("frontendIPConfigurations").stream()
                .map(each -> each.text("privateIPAddress"))
                .filter(each -> !each.isEmpty())
                .sorted()
                .toList();
    }

    private List<Listener> listeners() {
        Map<ArmName, OptionalInt> ports = new HashMap<>();
        losses.each(gateway, "frontendPorts", port -> {
            ports.put(ArmName.of(port.name()), port.integer("port"));
            return port;
        });
        return Stream.of("httpListeners", "listeners")
                .flatMap(collection -> losses
                        .each(
                                gateway,
                                collection,
                                each -> new Listener(
                                        each.name(),
                                        each.text("protocol"),
                                        ports.getOrDefault(
                                                ArmName.of(each.referredName("frontendPort")), OptionalInt.empty()),
                                        each.texts("hostNames", "hostName").stream()
                                                .sorted()
                                                .toList()))
                        .stream())
                .sorted(byName(Listener::name))
                .toList();
    }

    /** A pool; a member that is not understood leaves it with the others, and not known to be empty. */
    private Pool pool(ResourceId gatewayId, ArmObject pool) {
        String name = pool.name();
        Losses ofMembers = losses.ofPart();
        List<String> members = ofMembers.read(List.of(), () -> members(pool, ofMembers));
        List<ResourceId> joined = ofMembers.each(pool, "backendIPConfigurations", each -> each.reference("id")).stream()
                .flatMap(Optional::stream)
                .toList();
        boolean silent = !pool.has("backendAddresses") && !pool.has("backendIPConfigurations");
        return new Pool(
                name,
                idOf(gatewayId, pool, "backendAddressPools"),
                members.stream()
                        .map(String::strip)
                        .filter(member -> !member.isEmpty())
                        .distinct()
                        .sorted(IpAddresses.ORDER)
                        .toList(),
                joined.stream().distinct().sorted().toList(),
                !ofMembers.any() && !silent);
    }

    /** Azure writes {@code {"ipAddress"}} or {@code {"fqdn"}}; its published sample has texts alone. */
    private static List<String> members(ArmObject pool, Losses losses) {
        boolean texts = pool.find("backendAddresses") instanceof JsonArray array
                && array.size() > 0
                && array.get(0) instanceof JsonPrimitive first
                && first.isString();
        return texts
                ? pool.texts("backendAddresses")
                : losses.each(pool.members("backendAddresses"), GatewayReader::member);
    }

    private static String member(ArmObject member) {
        if (!member.has("ipAddress") && !member.has("fqdn")) {
            throw member.lacks("a backend address with its ipAddress or fqdn");
        }
        String address = member.text("ipAddress").strip();
        if (!address.isEmpty() && !IpAddresses.isAddress(address)) {
            throw member.lacks("a backend address whose ipAddress is an address");
        }
        return member.text("ipAddress", "fqdn");
    }

    private Setting setting(ResourceId gatewayId, ArmObject setting, List<ArmName> probes) {
        String protocol = setting.text("protocol");
        String probe = setting.referredName("probe");
        if (setting.name().isBlank() || !(setting.has("port") || setting.has("protocol"))) {
            throw setting.lacks("a setting with its name, port and protocol");
        }
        if (PROTOCOLS.stream().noneMatch(protocol::equalsIgnoreCase)) {
            throw setting.lacks("a setting whose protocol is Http, Https, Tcp or Tls");
        }
        if (setting.has("probe") && probe.isEmpty()) {
            throw setting.lacks("a setting whose probe has an id");
        }
        if (losses.any() && !probe.isEmpty() && !probes.contains(ArmName.of(probe))) {
            throw setting.lacks("a setting whose probe was understood");
        }
        boolean tls = protocol.equalsIgnoreCase("Https") || protocol.equalsIgnoreCase("Tls");
        boolean http = setting.has("requestTimeout") || !setting.has("timeout");
        return Setting.builder()
                .name(setting.name())
                .id(idOf(gatewayId, setting, "backendHttpSettingsCollection"))
                .port(setting.integer("port").orElse(tls ? 443 : 80))
                .protocol(protocol)
                .hostName(setting.text("hostName"))
                .pickHostFromAddress(
                        setting.flag("pickHostNameFromBackendAddress").orElse(false))
                .requestTimeoutSeconds(
                        setting.integer(http ? "requestTimeout" : "timeout").orElse(20))
                .probe(probe)
                .trustedRoots(names(setting, "trustedRootCertificates"))
                .authenticationCertificates(names(setting, "authenticationCertificates"))
                .checksChain(setting.flag("validateCertChainAndExpiry").orElse(true))
                .checksName(setting.flag("validateSNI").orElse(true))
                .sniName(setting.text("sniName"))
                .dedicatedConnection(setting.flag("dedicatedBackendConnection").orElse(false))
                .drainingSeconds(drainingSeconds(setting.object("connectionDraining")))
                .build();
    }

    private static int drainingSeconds(ArmObject draining) {
        return draining.flag("enabled").orElse(false)
                ? draining.integer("drainTimeoutInSec").orElse(1)
                : 0;
    }

    private Probe probe(ArmObject probe) {
        List<String> statusCodes = probe.object("match").texts("statusCodes");
        if (!statusCodes.stream().allMatch(each -> STATUS.matcher(each).matches())) {
            throw probe.lacks("a probe whose match.statusCodes are codes and ranges");
        }
        if (PROTOCOLS.stream().noneMatch(probe.text("protocol")::equalsIgnoreCase)) {
            throw probe.lacks("a probe whose protocol is Http, Https, Tcp or Tls");
        }
        return Probe.builder()
                .name(probe.name())
                .id(idOf(losses.read(ResourceId.of(""), () -> ResourceId.of(gateway.text("id"))), probe, "probes"))
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
                .statesStatusCodes(!statusCodes.isEmpty())
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

    private static ResourceId idOf(ResourceId gateway, ArmObject part, String collection) {
        return part.id().orElseGet(() -> ResourceId.of(gateway + "/" + collection + "/" + part.name()));
    }

    /** Names that differ in case only follow in the order of their spelling. */
    private static <T> Comparator<T> byName(Function<T, String> name) {
        return Comparator.comparing(name, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(name)
                .thenComparing(Object::toString);
    }
}
