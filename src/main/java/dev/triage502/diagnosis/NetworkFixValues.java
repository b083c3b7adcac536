package dev.triage502.diagnosis;

import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Network.Route;
import dev.triage502.evidence.Network.RouteSource;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Network.ZoneLink;
import dev.triage502.evidence.Target;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which change to a route, a zone, a peering or a private endpoint repairs what was found, and with which present values? The
 * findings say what is wrong; this looks at what stands around it, so that a command applies and its undo restores.
 */
final class NetworkFixValues {

    private static final Pattern LAST_TWO = Pattern.compile("\\d+\\.\\d+\\.(\\d+\\.\\d+)");
    private static final String STORAGE = "Microsoft.Storage";
    private static final int LAST_PRIORITY = 4096;

    private final Network network;
    private final Optional<Gateway> gateway;
    private final List<ResourceId> gatewaySubnets;

    private NetworkFixValues(Network network, Optional<Gateway> gateway) {
        this.network = network;
        this.gateway = gateway;
        this.gatewaySubnets = gateway.map(Gateway::subnets).orElse(List.of());
    }

    /** What follows from the findings' own values; empty where the network was not read. */
    static Map<String, String> of(Evidence evidence, List<Finding> findings) {
        TreeMap<String, String> values = new TreeMap<>();
        findings.forEach(finding -> finding.values().forEach(values::putIfAbsent));
        findings.stream()
                .flatMap(each -> each.suffering().stream())
                .map(Target::name)
                .filter(IpAddresses::isAddress)
                .findFirst()
                .ifPresent(each -> values.putIfAbsent("address", each));
        TreeMap<String, String> more = new TreeMap<>();
        evidence.network()
                .toOptional()
                .ifPresent(network ->
                        new NetworkFixValues(network, evidence.gateway().toOptional()).put(values, findings, more));
        return more;
    }

    private void put(Map<String, String> values, List<Finding> findings, Map<String, String> more) {
        network.virtualNetworks().stream()
                .filter(each -> each.subnets().stream().anyMatch(subnet -> gatewaySubnets.contains(subnet.id())))
                .findFirst()
                .filter(home -> !home.dnsServers().isEmpty())
                .ifPresent(home -> more.put("dns-servers", String.join(" ", home.dnsServers())));
        gatewayTable().ifPresent(table -> {
            more.put("gateway-route-table", table.id().name());
            more.put("gateway-route-table-id", table.id().toString());
            more.put("gateway-route-table-resource-group", table.id().resourceGroup());
        });
        serviceEndpoints(values, more);
        successors(findings, more);
        zone(values, findings, more);
        route(values, more);
        rules(values, more);
        peering(values, more);
        endpoint(values, more);
    }

    /**
     * The machines that came in place of servers that are gone: as many as those, in the same subnet, and in no pool; or those
     * whose address was meant. Where their number differs nobody can tell which they are.
     */
    private void successors(List<Finding> findings, Map<String, String> more) {
        Map<String, Boolean> held = new HashMap<>();
        List<Interface> cards = network.interfaces().toOptional().orElse(List.of());
        cards.forEach(card -> card.addresses()
                .forEach(each -> held.put(each.address(), card.machine().isPresent())));
        List<Range> gone = findings.stream()
                .flatMap(each -> each.suffering().stream())
                .map(Target::name)
                .distinct()
                .flatMap(each -> range(each).stream())
                .toList();
        if (gone.isEmpty() || gateway.isEmpty() || gone.stream().anyMatch(each -> held.containsKey(each.text()))) {
            return;
        }
        Set<String> pooled = new HashSet<>();
        gateway.get().pools().forEach(each -> pooled.addAll(each.members()));
        List<String> free = held.entrySet().stream()
                .filter(each -> each.getValue() && !pooled.contains(each.getKey()))
                .map(Map.Entry::getKey)
                .sorted(IpAddresses.ORDER)
                .toList();
        Optional<Subnet> place = network.subnets()
                .filter(each -> gone.stream().allMatch(each::holds))
                .findFirst();
        List<String> there = place.map(subnet -> free.stream()
                        .filter(each -> range(each).filter(subnet::holds).isPresent())
                        .toList())
                .orElseGet(() -> mistyped(gone, free));
        if (there.size() == gone.size()) {
            more.put("successors", String.join(" ", there));
        }
    }

    /** Of addresses in no subnet: the machines that have the same last two numbers, where the network's part is mistyped. */
    private List<String> mistyped(List<Range> gone, List<String> free) {
        boolean known = gone.stream()
                .anyMatch(each -> network.virtualNetworks().stream()
                        .flatMap(net -> net.space().stream())
                        .anyMatch(space -> space.contains(each)));
        if (known) {
            return List.of();
        }
        return gone.stream()
                .flatMap(each -> free.stream()
                        .filter(other -> LAST_TWO.matcher(other)
                                .replaceFirst("$1")
                                .equals(LAST_TWO.matcher(each.text()).replaceFirst("$1"))))
                .distinct()
                .toList();
    }

    /** Those that the gateway's subnet has, and with the one by which it comes to a storage account. */
    private void serviceEndpoints(Map<String, String> values, Map<String, String> more) {
        if (!values.containsKey("storage-account")) {
            return;
        }
        ofGateway()
                .map(Subnet::serviceEndpoints)
                .filter(each -> each.stream().noneMatch(STORAGE::equalsIgnoreCase))
                .findFirst()
                .ifPresent(before -> {
                    more.put("endpoints-before", options("--service-endpoints", "serviceEndpoints", before));
                    more.put(
                            "endpoints-with",
                            Stream.concat(before.stream(), Stream.of(STORAGE)).collect(Collectors.joining(" ")));
                });
    }

    // Names

    private void zone(Map<String, String> values, List<Finding> findings, Map<String, String> more) {
        Optional<Zone> zone = network.zones().toOptional().orElse(List.of()).stream()
                .filter(each -> each.name().equalsIgnoreCase(values.getOrDefault("zone", "")))
                .filter(each -> each.id().resourceGroup().equalsIgnoreCase(values.get("zone-resource-group")))
                .findFirst();
        if (zone.isEmpty()) {
            return;
        }
        ResourceId home = ResourceId.of(values.getOrDefault("vnet-id", ""));
        boolean linked =
                zone.get().links().stream().anyMatch(each -> each.network().equals(home));
        more.put("zone-lacks", linked ? "record" : "link");
        more.put(
                "link-name",
                free("link-" + home.name(), zone.get().links().stream().map(ZoneLink::name)));
        findings.stream()
                .flatMap(each -> each.suffering().stream())
                .map(each -> HostName.of(each.name()))
                .findFirst()
                .ifPresent(server -> record(server, zone.get(), more));
    }

    /** The record that a linked zone lacks or holds, and the address that is in evidence for it. */
    private void record(HostName server, Zone zone, Map<String, String> more) {
        String domain = zone.name().toLowerCase(Locale.ROOT);
        String host = server.inLowerCase();
        String publicDomain = domain.startsWith("privatelink.") ? domain.substring("privatelink.".length()) : domain;
        Stream.of(domain, publicDomain)
                .map(HostName::of)
                .flatMap(each -> server.equals(each) ? Stream.of("@") : server.before(each).stream())
                .findFirst()
                .ifPresent(name -> {
                    more.put("record", name);
                    List<String> present = zone.records().getOrDefault(name, List.of());
                    if (present.size() == 1) {
                        more.put("record-address", present.get(0));
                    }
                });
        Stream<String> ofEndpoint = network.endpoints().toOptional().orElse(List.of()).stream()
                .filter(each -> each.names().stream().anyMatch(host::equalsIgnoreCase))
                .flatMap(each -> each.addresses().stream());
        // An environment for container apps has one address; whatever the zone holds leads to it.
        List<String> held = zone.records().values().stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
        boolean environment = AzureServiceDomains.of(host)
                .filter(AzureServiceDomains.CONTAINER_APPS::equals)
                .isPresent();
        Stream.concat(ofEndpoint, environment && held.size() == 1 ? held.stream() : Stream.of())
                .findFirst()
                .ifPresent(address -> more.put("right-address", address));
    }

    // Routes

    private void route(Map<String, String> values, Map<String, String> more) {
        Optional<RouteTable> table = table(values.getOrDefault("route-table-id", ""));
        Optional<Range> to = range(values.getOrDefault("destination-prefix", ""));
        ResourceId on = ResourceId.of(values.getOrDefault("subnet-id", ""));
        if (table.isEmpty()) {
            return;
        }
        to.map(each -> each.isSingle() && each.text().indexOf('/') < 0
                        ? each.text() + (each.six() ? "/128" : "/32")
                        : each.text())
                .ifPresent(prefix -> {
                    more.put("exact-prefix", prefix);
                    String has = table.get().routes().stream()
                            .filter(each -> each.prefix().equalsIgnoreCase(prefix))
                            .findFirst()
                            .map(each -> each.name().equalsIgnoreCase(values.get("route")) ? "own" : "taken")
                            .orElse("free");
                    more.put("prefix-is", has);
                });
        more.put("route-name", free("to-application-gateway", routes(table.get())));
        String type = values.getOrDefault("next-hop-type", "");
        boolean out = gatewaySubnets.contains(on);
        boolean appliance = type.equalsIgnoreCase("VirtualAppliance");
        more.put("diverts", !appliance ? "elsewhere" : out ? "requests" : "answers");
        if (appliance) {
            subnetOf(address(values), out).ifPresent(other -> symmetric(other, out, values, more));
            nextHop(table.get(), values).ifPresent(each -> more.put("right-next-hop", each));
        }
        List<String> others = network.subnets()
                .filter(each -> each.routeTable().equals(Optional.of(table.get().id())))
                .map(each -> each.id().name())
                .filter(each -> !each.equalsIgnoreCase(on.name()))
                .toList();
        if (!others.isEmpty()) {
            more.put("other-subnets", String.join(" ", others));
        }
    }

    /** The subnet at the other end: of the backend where requests are diverted, else the gateway's own. */
    private Optional<Subnet> subnetOf(String address, boolean out) {
        Optional<Range> server = range(address);
        return network.subnets()
                .filter(each -> out ? server.filter(each::holds).isPresent() : gatewaySubnets.contains(each.id()))
                .findFirst();
    }

    /** What has to stand on the other subnet so that both directions pass the same appliance. */
    private void symmetric(Subnet other, boolean out, Map<String, String> values, Map<String, String> more) {
        Optional<Range> prefix = out
                ? ofGateway().flatMap(each -> each.prefixes().stream()).findFirst()
                : range(address(values))
                        .flatMap(address -> network.subnets()
                                .filter(each -> each.holds(address))
                                .flatMap(each -> each.prefixes().stream())
                                .filter(each -> each.contains(address))
                                .findFirst()
                                .or(() -> learned(address)));
        if (prefix.isEmpty()) {
            return;
        }
        more.put("other-subnet", other.id().name());
        more.put("other-subnet-id", other.id().toString());
        more.put("other-prefix", prefix.get().text());
        more.put("other-resource-group", other.id().parent().resourceGroup());
        Optional<RouteTable> table = other.routeTable().flatMap(id -> table(id.toString()));
        if (other.routeTable().isEmpty()) {
            more.put("other-table-is", "none");
            return;
        }
        if (table.isEmpty()) {
            return;
        }
        int local = local(other, prefix.get());
        Optional<Route> back = table.get().routes().stream()
                .filter(each -> range(each.prefix())
                        .filter(whole -> whole.contains(prefix.get()) && whole.prefixLength() >= local)
                        .isPresent())
                .max(Comparator.comparing(
                        (Route each) -> range(each.prefix()).orElseThrow().prefixLength()));
        boolean same = back.filter(each -> each.nextHopAddress().equals(values.get("next-hop")))
                .isPresent();
        boolean own = back.filter(
                        each -> each.prefix().equalsIgnoreCase(prefix.get().text()))
                .isPresent();
        more.put("other-table-is", same || own ? "taken" : "free");
        // To take one of two directions off an appliance only makes it drop the rest.
        back.filter(each -> each.nextHop() == NextHop.APPLIANCE).ifPresent(each -> more.put("diverts", "both"));
        more.put("other-table", table.get().id().name());
        more.put("other-table-resource-group", table.get().id().resourceGroup());
        more.put("other-route-name", free(out ? "to-application-gateway" : "to-backend", routes(table.get())));
    }

    /** The range by which a VPN or ExpressRoute gateway announces an address: what it leads to comes back by one route. */
    private Optional<Range> learned(Range address) {
        return network.effectiveRoutes().toOptional().orElse(List.of()).stream()
                .filter(each -> each.isActive() && each.source() == RouteSource.NETWORK_GATEWAY)
                .flatMap(each -> each.prefixes().stream())
                .flatMap(each -> range(each).stream())
                .filter(each -> each.prefixLength() > 0 && each.contains(address))
                .max(Comparator.comparing(Range::prefixLength));
    }

    /**
     * The length of the prefix by which a subnet's own VNet, or one that is peered with it, has a range; a route with a shorter one, such as a
     * default route, does not win there. 0 where neither has it.
     */
    private int local(Subnet from, Range to) {
        return network.virtualNetworks().stream()
                .filter(each -> each.id().equals(from.id().parent()))
                .flatMap(each -> Stream.concat(
                        each.space().stream(),
                        each.peerings().toOptional().orElse(List.of()).stream()
                                .filter(Peering::isConnected)
                                .flatMap(peering -> peering.remoteSpace().stream())))
                .filter(each -> each.contains(to))
                .mapToInt(Range::prefixLength)
                .max()
                .orElse(0);
    }

    /**
     * The address that an appliance has now, where the route's is one that nothing holds: the one that routes of other tables
     * in the same place go to, or the one interface of its subnet that no route of the table goes to.
     */
    private Optional<String> nextHop(RouteTable table, Map<String, String> values) {
        Optional<Range> now = range(values.getOrDefault("next-hop", ""));
        Optional<Subnet> place = now.flatMap(
                hop -> network.subnets().filter(each -> each.holds(hop)).findFirst());
        List<String> held = network.interfaces().toOptional().orElse(List.of()).stream()
                .flatMap(each -> each.addresses().stream())
                .map(InterfaceAddress::address)
                .toList();
        if (now.isEmpty() || place.isEmpty() || held.contains(now.get().text())) {
            return Optional.empty();
        }
        List<String> elsewhere = network.routeTables().values().stream()
                .flatMap(each -> each.toOptional().stream())
                .filter(each -> !each.id().equals(table.id()))
                .flatMap(each -> each.routes().stream())
                .filter(each -> each.nextHop() == NextHop.APPLIANCE)
                .map(Route::nextHopAddress)
                .filter(each -> isBeside(each, now.get(), place.get()))
                .distinct()
                .toList();
        Set<String> used = new HashSet<>();
        table.routes().forEach(each -> used.addAll(each.nextHopAddresses()));
        List<String> unused = held.stream()
                .filter(each -> isBeside(each, now.get(), place.get()) && !used.contains(each))
                .distinct()
                .toList();
        return Stream.of(elsewhere, unused)
                .filter(each -> each.size() == 1)
                .map(each -> each.get(0))
                .findFirst();
    }

    private static boolean isBeside(String address, Range hop, Subnet place) {
        return range(address)
                .filter(each -> !each.text().equals(hop.text()))
                .filter(place::holds)
                .isPresent();
    }

    // Rules

    private void rules(Map<String, String> values, Map<String, String> more) {
        Optional<SecurityGroup> group = network.securityGroups().values().stream()
                .flatMap(each -> each.toOptional().stream())
                .filter(each -> each.id().equals(ResourceId.of(values.getOrDefault("nsg-id", ""))))
                .findFirst();
        if (group.isEmpty()) {
            return;
        }
        List<SecurityRule> rules = group.get().rules();
        boolean ofProbes = values.getOrDefault("arrives-from", "").equals("load-balancer");
        more.put(
                "allow-name",
                free(
                        ofProbes ? "allow-load-balancer-probes" : "allow-application-gateway",
                        rules.stream().map(SecurityRule::name)));
        more.put(
                "management-name",
                free("allow-gateway-management", rules.stream().map(SecurityRule::name)));
        boolean inbound = !values.getOrDefault("direction", "").equalsIgnoreCase("Outbound");
        int priority = number(values.getOrDefault("priority", ""));
        Set<Integer> used = new HashSet<>();
        rules.stream().filter(each -> each.inbound() == inbound).forEach(each -> used.add(each.priority()));
        rules.stream()
                .filter(each -> each.inbound() == inbound && each.name().equals(values.get("allow-rule")))
                .filter(each -> each.priority() > priority)
                .findFirst()
                .flatMap(allow -> IntStream.rangeClosed(allow.priority() + 1, LAST_PRIORITY)
                        .filter(each -> !used.contains(each))
                        .boxed()
                        .findFirst())
                .ifPresent(later -> more.put("later-priority", String.valueOf(later)));
        rules.stream()
                .filter(each -> each.allows() && each.inbound() && inbound && each.priority() < priority)
                .filter(each -> !each.destinationGroups().isEmpty()
                        && each.destinationPorts().stream()
                                .anyMatch(port -> port.equals("*") || port.equals(values.get("port"))))
                .findFirst()
                .ifPresent(rule -> applicationGroup(rule.destinationGroups(), address(values), more));
    }

    /** The group that a rule lets through, and the interface that is not in it. */
    private void applicationGroup(List<ResourceId> groups, String address, Map<String, String> more) {
        for (Interface card : network.interfaces().toOptional().orElse(List.of())) {
            for (InterfaceAddress each : card.addresses()) {
                boolean out = Collections.disjoint(each.applicationGroups(), groups);
                if (each.address().equals(address) && out && !each.name().isEmpty()) {
                    List<String> before = each.applicationGroups().stream()
                            .map(ResourceId::toString)
                            .toList();
                    more.put("missing-group", groups.get(0).toString());
                    more.put("missing-group-name", groups.get(0).name());
                    more.put("nic", card.id().name());
                    more.put("nic-resource-group", card.id().resourceGroup());
                    more.put("ip-config", each.name());
                    more.put("groups-with", String.join(" ", before) + " " + groups.get(0));
                    more.put(
                            "groups-before",
                            options("--application-security-groups", "applicationSecurityGroups", before));
                }
            }
        }
    }

    private static int number(String text) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }

    // Peerings and private endpoints

    private void peering(Map<String, String> values, Map<String, String> more) {
        ResourceId remote = ResourceId.of(values.getOrDefault("remote-vnet-id", ""));
        if (remote.name().isEmpty()) {
            return;
        }
        more.put("remote-vnet", remote.name());
        more.put("remote-vnet-resource-group", remote.resourceGroup());
        more.put("remote-subscription", remote.subscription());
    }

    private void endpoint(Map<String, String> values, Map<String, String> more) {
        ResourceId id = ResourceId.of(values.getOrDefault("private-endpoint-id", ""));
        network.endpoints().toOptional().orElse(List.of()).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .ifPresent((PrivateEndpoint each) -> {
                    more.put("endpoint-status", each.status());
                    more.put("private-endpoint", each.id().name());
                    more.put("private-endpoint-resource-group", each.id().resourceGroup());
                    each.subnet().ifPresent(subnet -> more.put("endpoint-subnet-id", subnet.toString()));
                });
    }

    private Stream<Subnet> ofGateway() {
        return network.subnets().filter(each -> gatewaySubnets.contains(each.id()));
    }

    private Optional<RouteTable> gatewayTable() {
        return ofGateway()
                .flatMap(each -> each.routeTable().stream())
                .flatMap(id -> table(id.toString()).stream())
                .findFirst();
    }

    private Optional<RouteTable> table(String id) {
        return network.routeTables().values().stream()
                .flatMap(each -> each.toOptional().stream())
                .filter(each -> each.id().equals(ResourceId.of(id)))
                .findFirst();
    }

    /** The option that puts a list back, a word a line; one that was not there is taken out. */
    private static String options(String option, String field, List<String> before) {
        return before.isEmpty() ? "--remove\n=" + field : option + "\n=" + String.join("\n=", before);
    }

    /** The first address of what was found; where several servers suffer alike there are more. */
    private static String address(Map<String, String> values) {
        return values.getOrDefault("address", "").strip().split("[\\s,]+")[0];
    }

    private static Optional<Range> range(String text) {
        return IpAddresses.parse(text);
    }

    private static Stream<String> routes(RouteTable table) {
        return table.routes().stream().map(Route::name);
    }

    /** The name, or the name with the first number that makes it one which nothing has. */
    private static String free(String name, Stream<String> names) {
        Set<ArmName> taken = names.map(ArmName::of).collect(Collectors.toSet());
        String each = name;
        for (int i = 2; taken.contains(ArmName.of(each)); i++) {
            each = name + "-" + i;
        }
        return each;
    }
}
