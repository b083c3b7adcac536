package dev.triage502.reachability.check;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.DirectProbes.Dns;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.EffectiveRoute;
import dev.triage502.evidence.Network.EndpointPolicies;
import dev.triage502.evidence.Network.Interface;
import dev.triage502.evidence.Network.InterfaceAddress;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Network.Route;
import dev.triage502.evidence.Network.RouteSource;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Network.Zone;
import dev.triage502.evidence.Network.ZoneLink;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.PublicAddress;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.SourceReadings;
import dev.triage502.evidence.Target;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.HostName;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.ReachabilityResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A gateway in {@code snet-agw} (10.0.1.0/24) of {@code vnet-a} (10.0.0.0/16) with backends in {@code snet-app}
 * (10.0.2.0/24), to which a test adds what it is about.
 */
final class Scene {

    static final String RESOURCES = "/subscriptions/s-1/resourceGroups/rg-web/providers/";
    static final Instant ALERT = Instant.parse("2026-03-02T09:30:00Z");

    private static final class Net {
        final List<Range> space = new ArrayList<>();
        final List<String> dnsServers = new ArrayList<>();
        final Map<String, Sub> subnets = new LinkedHashMap<>();
        final List<Peering> peerings = new ArrayList<>();
        boolean peeringsRead = true;
        String region = "westeurope";
    }

    private static final class Sub {
        final List<Range> prefixes = new ArrayList<>();
        Optional<ResourceId> group = Optional.empty();
        Optional<ResourceId> table = Optional.empty();
        final List<String> delegations = new ArrayList<>();
        EndpointPolicies policies = EndpointPolicies.NONE;
    }

    private final Map<String, Net> nets = new LinkedHashMap<>();
    private final Map<String, Reading<SecurityGroup>> groups = new HashMap<>();
    private final Map<String, Reading<RouteTable>> tables = new HashMap<>();
    private final Map<ArmName, List<Range>> tags = new HashMap<>();
    private final Map<String, List<String>> pools = new LinkedHashMap<>();
    private final Map<String, List<ResourceId>> joined = new HashMap<>();
    private final Map<String, Integer> settings = new LinkedHashMap<>();
    private final Map<String, Integer> probePorts = new HashMap<>();
    private final Map<String, String> settingOf = new HashMap<>();
    private final List<BackendHealth.Server> health = new ArrayList<>();
    private final List<AccessLog.Row> rows = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<DirectProbe> looks = new ArrayList<>();
    private Reading<List<Interface>> cards = unread("networkInterfaces");
    private Reading<List<PrivateEndpoint>> endpoints = unread("privateEndpoints");
    private final Map<String, Reading<Network.AdminRules>> adminRules = new HashMap<>();
    private final List<PublicAddress> publicAddresses = new ArrayList<>();
    private Reading<List<LoadBalancer>> balancers = unread("loadBalancers");
    private boolean basicBalancers;
    private boolean emptyBalancers;
    private boolean floatingBalancers;
    private String balancerPath = "";
    private Reading<List<Zone>> zones = unread("privateDnsZones");
    private final List<Zone> zonesByLink = new ArrayList<>();
    private Reading<List<EffectiveRoute>> effective = unread("effectiveRoutes");
    private Optional<Backends> backends = Optional.empty();
    private boolean healthRead;
    private boolean logRead;
    private boolean activityRead;
    private boolean looksRead;
    private boolean networkRead = true;
    private boolean gatewayRead = true;
    private boolean isolated;
    private String sku = "Standard_v2";
    private final Map<String, String> gatewayTags = new HashMap<>();
    private long seed;

    Scene() {
        net("vnet-a", "10.0.0.0/16");
        subnet("vnet-a", "snet-agw", "10.0.1.0/24");
        subnet("vnet-a", "snet-app", "10.0.2.0/24");
    }

    /** A pool through a setting of its own, named alike: {@code web} makes {@code pool-web} and {@code set-web}. */
    Scene pool(String name, int port, String... members) {
        pools.put("pool-" + name, List.of(members));
        settings.put("set-" + name, port);
        settingOf.put("pool-" + name, "set-" + name);
        return this;
    }

    Scene probePort(String name, int port) {
        probePorts.put("set-" + name, port);
        return this;
    }

    Scene net(String name, String... space) {
        Net net = new Net();
        for (String each : space) {
            net.space.add(range(each));
        }
        nets.put(name, net);
        return this;
    }

    Scene subnet(String net, String name, String... prefixes) {
        Sub sub = new Sub();
        for (String each : prefixes) {
            sub.prefixes.add(range(each));
        }
        nets.get(net).subnets.put(name, sub);
        return this;
    }

    Scene prefix(String subnet, String prefix) {
        sub(subnet).prefixes.add(range(prefix));
        return this;
    }

    Scene space(String net, String prefix) {
        nets.get(net).space.add(range(prefix));
        return this;
    }

    Scene dnsServers(String net, String... servers) {
        nets.get(net).dnsServers.addAll(List.of(servers));
        return this;
    }

    Scene delegated(String subnet, String service) {
        sub(subnet).delegations.add(service);
        return this;
    }

    Scene policies(String subnet, EndpointPolicies policies) {
        sub(subnet).policies = policies;
        return this;
    }

    private Sub sub(String name) {
        return nets.values().stream()
                .filter(net -> net.subnets.containsKey(name))
                .map(net -> net.subnets.get(name))
                .findFirst()
                .orElseThrow();
    }

    Scene peered(String one, String other) {
        return peer(one, other, "Connected", true, false).peer(other, one, "Connected", true, false);
    }

    Scene peer(String from, String to, String state, boolean access, boolean remoteGateways) {
        List<Range> space = nets.containsKey(to) ? nets.get(to).space : List.of();
        return peer(from, to, state, access, remoteGateways, space);
    }

    Scene peer(String from, String to, String state, boolean access, boolean remoteGateways, List<Range> space) {
        return half(from, to, state, "FullyInSync", access, remoteGateways, space);
    }

    Scene half(
            String from,
            String to,
            String state,
            String sync,
            boolean access,
            boolean remoteGateways,
            List<Range> space) {
        nets.get(from)
                .peerings
                .add(new Peering(from + "-to-" + to, netId(to), state, sync, access, true, remoteGateways, space));
        return this;
    }

    /** The half of a peering takes nothing that comes from a third network. */
    Scene keepsForwardedOut(String from, String to) {
        nets.get(from)
                .peerings
                .replaceAll(each -> each.remote().equals(netId(to))
                        ? new Peering(
                                each.name(),
                                each.remote(),
                                each.state(),
                                each.syncLevel(),
                                each.allowsAccess(),
                                false,
                                each.usesRemoteGateways(),
                                each.remoteSpace())
                        : each);
        return this;
    }

    Scene unreadPeerings(String net) {
        nets.get(net).peeringsRead = false;
        return this;
    }

    Scene group(String subnet, SecurityRule... rules) {
        ResourceId id = groupId("nsg-" + subnet.replace("snet-", ""));
        sub(subnet).group = Optional.of(id);
        groups.put(id.key(), Reading.present(new SecurityGroup(id, withDefaults(id, rules))));
        return this;
    }

    Scene unreadGroup(String subnet) {
        ResourceId id = groupId("nsg-" + subnet.replace("snet-", ""));
        sub(subnet).group = Optional.of(id);
        groups.put(
                id.key(),
                Reading.couldNotRead(Source.NETWORK, Reading.Why.FORBIDDEN, "AuthorizationFailed: " + id.name()));
        return this;
    }

    static ResourceId groupId(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.Network/networkSecurityGroups/" + name);
    }

    private static List<SecurityRule> withDefaults(ResourceId id, SecurityRule... rules) {
        List<SecurityRule> all = new ArrayList<>();
        for (SecurityRule rule : rules) {
            all.add(rule);
        }
        all.add(rule("AllowVnetInBound", 65000, true, true, "VirtualNetwork", "VirtualNetwork", "*"));
        all.add(rule("AllowAzureLoadBalancerInBound", 65001, true, true, "AzureLoadBalancer", "*", "*"));
        all.add(rule("DenyAllInBound", 65500, true, false, "*", "*", "*"));
        all.add(rule("AllowVnetOutBound", 65000, false, true, "VirtualNetwork", "VirtualNetwork", "*"));
        all.add(rule("AllowInternetOutBound", 65001, false, true, "*", "Internet", "*"));
        all.add(rule("DenyAllOutBound", 65500, false, false, "*", "*", "*"));
        return all;
    }

    static SecurityRule allowIn(String name, int priority, String from, String to, String ports) {
        return rule(name, priority, true, true, from, to, ports);
    }

    static SecurityRule denyIn(String name, int priority, String from, String to, String ports) {
        return rule(name, priority, true, false, from, to, ports);
    }

    static SecurityRule denyOut(String name, int priority, String from, String to, String ports) {
        return rule(name, priority, false, false, from, to, ports);
    }

    static SecurityRule rule(
            String name, int priority, boolean inbound, boolean allows, String from, String to, String ports) {
        return SecurityRule.builder()
                .name(name)
                .id(RESOURCES + "Microsoft.Network/networkSecurityGroups/any/securityRules/" + name)
                .priority(priority)
                .inbound(inbound)
                .allows(allows)
                .protocol("*")
                .sources(List.of(from.split(",")))
                .destinations(List.of(to.split(",")))
                .sourcePorts(List.of("*"))
                .destinationPorts(List.of(ports.split(",")))
                .sourceGroups(List.of())
                .destinationGroups(List.of())
                .isDefault(priority > 4096)
                .build();
    }

    Scene routes(String subnet, Route... routes) {
        return routes(subnet, true, routes);
    }

    Scene routes(String subnet, boolean propagates, Route... routes) {
        ResourceId id = tableId("rt-" + subnet.replace("snet-", ""));
        sub(subnet).table = Optional.of(id);
        tables.put(id.key(), Reading.present(new RouteTable(id, List.of(routes), propagates)));
        return this;
    }

    Scene unreadTable(String subnet) {
        ResourceId id = tableId("rt-" + subnet.replace("snet-", ""));
        sub(subnet).table = Optional.of(id);
        tables.put(
                id.key(),
                Reading.couldNotRead(Source.NETWORK, Reading.Why.FORBIDDEN, "AuthorizationFailed: " + id.name()));
        return this;
    }

    static ResourceId tableId(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.Network/routeTables/" + name);
    }

    static Route route(String name, String prefix, NextHop hop, String address) {
        return new Route(name, RESOURCES + "Microsoft.Network/routeTables/any/routes/" + name, prefix, hop, address);
    }

    Scene learned(String on, String prefix, NextHop hop) {
        List<EffectiveRoute> all = new ArrayList<>(effective.toOptional().orElse(List.of()));
        all.add(new EffectiveRoute(on, RouteSource.NETWORK_GATEWAY, List.of(prefix), hop, "", true));
        effective = Reading.present(all);
        return this;
    }

    /** A route of the platform's own, as it resolved it for an interface of {@link #card}. */
    Scene resolved(String card, String prefix, NextHop hop) {
        List<EffectiveRoute> all = new ArrayList<>(effective.toOptional().orElse(List.of()));
        all.add(new EffectiveRoute(cardId(card).toString(), RouteSource.DEFAULT, List.of(prefix), hop, "", true));
        effective = Reading.present(all);
        return this;
    }

    /** The security admin rules in effect in a network; {@code always} are the names of those that always allow. */
    Scene adminRules(String net, List<String> always, SecurityRule... rules) {
        List<SecurityRule> all = new ArrayList<>(List.of(rules));
        for (boolean inbound : List.of(true, false)) {
            all.add(SecurityRule.builder()
                    .name("none")
                    .id("none-" + inbound)
                    .priority(Integer.MAX_VALUE)
                    .inbound(inbound)
                    .allows(true)
                    .protocol("*")
                    .sources(List.of("*"))
                    .destinations(List.of("*"))
                    .destinationPorts(List.of("*"))
                    .isDefault(true)
                    .build());
        }
        all.sort(java.util.Comparator.comparingInt(SecurityRule::priority));
        java.util.Set<String> ids = all.stream()
                .filter(rule -> always.contains(rule.name()))
                .map(SecurityRule::id)
                .collect(java.util.stream.Collectors.toSet());
        adminRules.put(
                netId(net).key(), Reading.present(new Network.AdminRules(new SecurityGroup(netId(net), all), ids)));
        return this;
    }

    Scene unreadAdminRules(String net) {
        adminRules.put(
                netId(net).key(),
                Reading.couldNotRead(Source.NETWORK, Reading.Why.FORBIDDEN, "AuthorizationFailed: no"));
        return this;
    }

    Scene tag(String name, String... prefixes) {
        tags.put(ArmName.of(name), Arrays.stream(prefixes).map(Scene::range).toList());
        return this;
    }

    /** An interface; {@code machine} is the name of its VM, or empty. */
    Scene card(String name, String address, String subnet, String machine, String... applicationGroups) {
        return card(name, address, subnet, machine, Optional.empty(), applicationGroups);
    }

    Scene card(
            String name,
            String address,
            String subnet,
            String machine,
            Optional<ResourceId> group,
            String... applicationGroups) {
        List<Interface> all = new ArrayList<>(cards.toOptional().orElse(List.of()));
        all.add(new Interface(
                cardId(name),
                List.of(new InterfaceAddress(
                        address,
                        Optional.of(subnetId(subnet)),
                        Arrays.stream(applicationGroups).map(Scene::asg).toList())),
                machine.isEmpty() ? Optional.empty() : Optional.of(machineId(machine)),
                Optional.empty(),
                group));
        cards = Reading.present(all);
        return this;
    }

    /** The interface forwards what is not for itself, or does not. */
    Scene forwards(String card, boolean on) {
        cards = Reading.present(cards.toOptional().orElse(List.of()).stream()
                .map(each -> each.id().equals(cardId(card))
                        ? new Interface(
                                each.id(),
                                each.addresses(),
                                each.machine(),
                                each.endpoint(),
                                each.securityGroup(),
                                Optional.of(on))
                        : each)
                .toList());
        return this;
    }

    /** A security group that only an interface has. */
    Scene cardGroup(String name, SecurityRule... rules) {
        ResourceId id = groupId(name);
        groups.put(id.key(), Reading.present(new SecurityGroup(id, withDefaults(id, rules))));
        return this;
    }

    static ResourceId asg(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.Network/applicationSecurityGroups/" + name);
    }

    static ResourceId cardId(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.Network/networkInterfaces/" + name);
    }

    static ResourceId machineId(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.Compute/virtualMachines/" + name);
    }

    ResourceId subnetId(String name) {
        String net = nets.entrySet().stream()
                .filter(each -> each.getValue().subnets.containsKey(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        return ResourceId.of(netId(net) + "/subnets/" + name);
    }

    static ResourceId netId(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.Network/virtualNetworks/" + name);
    }

    Scene endpoint(String name, ResourceId service, String fqdn, String address, String subnet) {
        List<PrivateEndpoint> all = new ArrayList<>(endpoints.toOptional().orElse(List.of()));
        all.add(new PrivateEndpoint(
                ResourceId.of(RESOURCES + "Microsoft.Network/privateEndpoints/" + name),
                service,
                "Approved",
                List.of(fqdn),
                List.of(address),
                Optional.of(subnetId(subnet))));
        endpoints = Reading.present(all);
        return this;
    }

    /** What an endpoint says of its connection. */
    Scene connection(String endpoint, String status) {
        endpoints = endpoints.map(all -> all.stream()
                .map(each -> each.id().name().equals(endpoint)
                        ? new PrivateEndpoint(
                                each.id(), each.service(), status, each.names(), each.addresses(), each.subnet())
                        : each)
                .toList());
        return this;
    }

    Scene noEndpoints() {
        endpoints = Reading.present(List.of());
        return this;
    }

    static ResourceId siteId(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.Web/sites/" + name);
    }

    Scene balancer(String name, String front, String subnet) {
        List<LoadBalancer> all = new ArrayList<>(balancers.toOptional().orElse(List.of()));
        all.add(new LoadBalancer(
                ResourceId.of(RESOURCES + "Microsoft.Network/loadBalancers/" + name),
                List.of(front),
                Optional.of(subnetId(subnet))));
        balancers = Reading.present(all);
        return this;
    }

    /** A load balancer with one frontend that passes a port on to the interfaces that are {@link #behind} it. */
    Scene balancer(String name, String front, String subnet, int port) {
        ResourceId id = balancerId(name);
        List<LoadBalancer> all = new ArrayList<>(balancers.toOptional().orElse(List.of()));
        all.add(new LoadBalancer(
                id,
                List.of(front),
                subnet.isEmpty() ? Optional.empty() : Optional.of(subnetId(subnet)),
                List.of(new Network.BalancerRule(
                        front,
                        port,
                        port,
                        Optional.of(new Network.BalancerProbe("probe", port, balancerPath)),
                        Optional.of(poolOf(id)),
                        emptyBalancers,
                        floatingBalancers)),
                basicBalancers));
        balancers = Reading.present(all);
        return this;
    }

    /** The load balancers that follow ask their members for a path. */
    Scene balancerPath(String path) {
        balancerPath = path;
        return this;
    }

    /** The load balancers that follow say that their pools are empty. */
    Scene balancersAreEmpty() {
        emptyBalancers = true;
        return this;
    }

    /** The load balancers that follow pass packets on under the frontend's address. */
    Scene floating() {
        floatingBalancers = true;
        return this;
    }

    /** The load balancers that follow are of the Basic SKU. */
    Scene basic() {
        basicBalancers = true;
        return this;
    }

    Scene region(String net, String region) {
        nets.get(net).region = region;
        return this;
    }

    /** Puts the interfaces behind the balancer's frontend. */
    Scene behind(String balancer, String... names) {
        List<ResourceId> inside = Arrays.stream(names).map(Scene::cardId).toList();
        cards = cards.map(all -> all.stream()
                .map(card -> inside.contains(card.id()) ? behind(card, poolOf(balancerId(balancer))) : card)
                .toList());
        return this;
    }

    private static Interface behind(Interface card, ResourceId pool) {
        return new Interface(
                card.id(),
                card.addresses().stream()
                        .map(each -> new InterfaceAddress(
                                each.name(), each.address(), each.subnet(), each.applicationGroups(), List.of(pool)))
                        .toList(),
                card.machine(),
                card.endpoint(),
                card.securityGroup());
    }

    /** A public address of the gateway, or of an interface where one is named. */
    Scene publicAddress(String address, String card) {
        return publicAddress(address, card, "");
    }

    /** The same, with the name that its DNS name label gives it. */
    Scene publicAddress(String address, String card, String name) {
        publicAddresses.add(new PublicAddress(
                ResourceId.of(RESOURCES + "Microsoft.Network/publicIPAddresses/pip-" + publicAddresses.size()),
                address,
                Optional.of(ResourceId.of(
                        card.isEmpty()
                                ? gatewayId() + "/frontendIPConfigurations/public"
                                : cardId(card) + "/ipConfigurations/ipconfig1")),
                Optional.of(name).filter(each -> !each.isEmpty()).map(HostName::of)));
        return this;
    }

    /** All public addresses are let go when their machine is deallocated. */
    Scene dynamicAddresses() {
        publicAddresses.replaceAll(each ->
                new PublicAddress(each.id(), each.address(), each.holder(), each.name(), true, each.standard()));
        return this;
    }

    /** All public addresses are of the Standard SKU. */
    Scene standardAddresses() {
        publicAddresses.replaceAll(
                each -> new PublicAddress(each.id(), each.address(), each.holder(), each.name(), each.dynamic(), true));
        return this;
    }

    static ResourceId zoneId(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.Network/privateDnsZones/" + name);
    }

    static ResourceId balancerId(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.Network/loadBalancers/" + name);
    }

    private static ResourceId poolOf(ResourceId balancer) {
        return ResourceId.of(balancer + "/backendAddressPools/members");
    }

    Scene noBalancers() {
        balancers = Reading.present(List.of());
        return this;
    }

    /** A private zone, linked to the networks named, with {@code name=address} records. */
    Scene zone(String name, List<String> links, String... records) {
        return zone(name, links, false, records);
    }

    Scene zone(String name, List<String> links, boolean fallsBack, String... records) {
        Map<String, List<String>> addresses = new HashMap<>();
        for (String record : records) {
            String[] parts = record.split("=", 2);
            addresses.put(parts[0], List.of(parts[1].split(",")));
        }
        List<Zone> all = new ArrayList<>(zones.toOptional().orElse(List.of()));
        all.add(new Zone(
                name,
                zoneId(name),
                links.stream()
                        .map(net -> new ZoneLink("link-" + net, netId(net), true, fallsBack))
                        .toList(),
                addresses,
                true));
        zones = Reading.present(all);
        return this;
    }

    /** A zone of which nothing but its link to a network is seen. */
    Scene zoneByLink(String name, String net) {
        zonesByLink.add(
                new Zone(name, zoneId(name), List.of(new ZoneLink("link", netId(net), true, false)), Map.of(), true));
        return this;
    }

    Scene noZones() {
        zones = Reading.present(List.of());
        return this;
    }

    Scene backends(Backends known) {
        backends = Optional.of(known);
        return this;
    }

    Scene machine(String name, Backends.Power power, String status) {
        Backends known = backends.orElse(new Backends(List.of(), List.of(), List.of(), List.of(), List.of()));
        List<Backends.Machine> all = new ArrayList<>(known.machines());
        all.add(new Backends.Machine(machineId(name), power, status, List.of(), List.of(), Optional.empty()));
        return backends(new Backends(all, known.scaleSets(), known.sites(), known.containerApps(), known.clusters()));
    }

    Scene site(String name, Backends.Power power, String state, String... hosts) {
        Backends known = backends.orElse(new Backends(List.of(), List.of(), List.of(), List.of(), List.of()));
        List<Backends.Site> all = new ArrayList<>(known.sites());
        all.add(new Backends.Site(
                siteId(name), power, state, List.of(hosts), Optional.empty(), List.of(), Optional.empty(), Map.of()));
        return backends(
                new Backends(known.machines(), known.scaleSets(), all, known.containerApps(), known.clusters()));
    }

    Scene containerApp(String name, Backends.Power power, String status, String... hosts) {
        Backends known = backends.orElse(new Backends(List.of(), List.of(), List.of(), List.of(), List.of()));
        List<Backends.ContainerApp> all = new ArrayList<>(known.containerApps());
        all.add(new Backends.ContainerApp(
                ResourceId.of(RESOURCES + "Microsoft.App/containerApps/" + name),
                power,
                status,
                List.of(hosts),
                OptionalInt.empty(),
                OptionalInt.empty()));
        return backends(new Backends(known.machines(), known.scaleSets(), known.sites(), all, known.clusters()));
    }

    Scene scaleSet(String name, Backends.Power power, List<String> pools, Backends.Machine... instances) {
        Backends known = backends.orElse(new Backends(List.of(), List.of(), List.of(), List.of(), List.of()));
        List<Backends.ScaleSet> all = new ArrayList<>(known.scaleSets());
        all.add(new Backends.ScaleSet(
                setId(name),
                power,
                pools.stream().map(Scene::poolId).toList(),
                List.of(instances),
                OptionalInt.of(instances.length),
                Optional.empty()));
        return backends(new Backends(known.machines(), all, known.sites(), known.containerApps(), known.clusters()));
    }

    /** A set of which only some instances are listed. */
    Scene scaleSet(String name, int capacity, List<String> pools, Backends.Machine... instances) {
        scaleSet(name, Backends.Power.UNSAID, pools, instances);
        Backends known = backends.orElseThrow();
        List<Backends.ScaleSet> all = known.scaleSets().stream()
                .map(each -> each.id().equals(setId(name))
                        ? new Backends.ScaleSet(
                                each.id(),
                                each.power(),
                                each.pools(),
                                each.instances(),
                                OptionalInt.of(capacity),
                                each.nodes())
                        : each)
                .toList();
        return backends(new Backends(known.machines(), all, known.sites(), known.containerApps(), known.clusters()));
    }

    /** Interfaces that join a pool of {@link #pool}. */
    Scene joined(String pool, String... cards) {
        joined.put(
                "pool-" + pool,
                Arrays.stream(cards)
                        .map(card -> ResourceId.of(cardId(card) + "/ipConfigurations/ipconfig1"))
                        .toList());
        return this;
    }

    /** A machine that names its interface itself. */
    Scene owner(String card, String machine, Backends.Power power) {
        Backends known = backends.orElse(new Backends(List.of(), List.of(), List.of(), List.of(), List.of()));
        List<Backends.Machine> all = new ArrayList<>(known.machines());
        all.add(new Backends.Machine(
                machineId(machine), power, "", List.of(cardId(card)), List.of(), Optional.empty()));
        return backends(new Backends(all, known.scaleSets(), known.sites(), known.containerApps(), known.clusters()));
    }

    static ResourceId setId(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.Compute/virtualMachineScaleSets/" + name);
    }

    static Backends.Machine instance(String set, int number, Backends.Power power, String... addresses) {
        return new Backends.Machine(
                ResourceId.of(setId(set) + "/virtualMachines/" + number),
                power,
                "VM " + power.name().toLowerCase(java.util.Locale.ROOT),
                List.of(),
                List.of(addresses),
                Optional.empty());
    }

    Scene cluster(String name, Backends.Power power, String plugin, String pods, String services) {
        Backends known = backends.orElse(new Backends(List.of(), List.of(), List.of(), List.of(), List.of()));
        List<Backends.Cluster> all = new ArrayList<>(known.clusters());
        all.add(new Backends.Cluster(
                clusterId(name),
                power,
                "Succeeded",
                new Backends.ClusterNetwork(plugin, pods, services, ""),
                Optional.empty(),
                ""));
        return backends(new Backends(known.machines(), known.scaleSets(), known.sites(), known.containerApps(), all));
    }

    /** A cluster whose pods are kept apart by network policies. */
    Scene cluster(String name, String pods, String networkPolicy) {
        Backends known = backends.orElse(new Backends(List.of(), List.of(), List.of(), List.of(), List.of()));
        List<Backends.Cluster> all = new ArrayList<>(known.clusters());
        all.add(new Backends.Cluster(
                clusterId(name),
                Backends.Power.RUNNING,
                "Succeeded",
                new Backends.ClusterNetwork("azure", pods, "", networkPolicy),
                Optional.empty(),
                ""));
        return backends(new Backends(known.machines(), known.scaleSets(), known.sites(), known.containerApps(), all));
    }

    static ResourceId clusterId(String name) {
        return ResourceId.of(RESOURCES + "Microsoft.ContainerService/managedClusters/" + name);
    }

    Scene fails(String address, ProbeFailure failure) {
        return health(address, State.UNHEALTHY, failure, OptionalInt.empty());
    }

    Scene fails(String address, int status) {
        return health(address, State.UNHEALTHY, ProbeFailure.STATUS_MISMATCH, OptionalInt.of(status));
    }

    Scene healthy(String address) {
        return health(address, State.HEALTHY, ProbeFailure.NONE, OptionalInt.empty());
    }

    Scene unknown(String address) {
        return health(address, State.UNKNOWN, ProbeFailure.NOT_RETRIEVED, OptionalInt.empty());
    }

    private Scene health(String address, State state, ProbeFailure failure, OptionalInt status) {
        healthRead = true;
        pools.forEach((pool, members) -> {
            boolean listed = members.contains(address) || (members.isEmpty() && pools.size() == 1);
            if (listed) {
                health.add(new BackendHealth.Server(
                        server(pool, address),
                        state,
                        failure,
                        failure == ProbeFailure.CANNOT_CONNECT ? "Cannot connect to backend server." : "",
                        status,
                        Optional.of(true)));
            }
        });
        return this;
    }

    Target server(String pool, String address) {
        return Target.server(address, pool).on(Target.Place.SETTING, settingOf.getOrDefault(pool, ""));
    }

    /** A request as the log has it; an empty address is one that was sent nowhere. */
    Scene request(String at, int status, String pool, String address, ErrorInfo error) {
        return request(at, status, pool, address, error, "");
    }

    Scene request(String at, int status, String pool, String address, ErrorInfo error, String instance) {
        return request(at, status, pool, address, error, instance, OptionalInt.empty());
    }

    private Scene request(
            String at, int status, String pool, String address, ErrorInfo error, String instance, OptionalInt port) {
        logRead = true;
        Instant when = Instant.parse("2026-03-02T" + at + "Z");
        rows.add(AccessLog.Row.builder()
                .from(when)
                .to(when)
                .requests(1)
                .status(status)
                .serverStatus(address.isEmpty() || status == 502 ? OptionalInt.empty() : OptionalInt.of(status))
                .errorInfo(error)
                .listener("")
                .rule("")
                .pool(pool)
                .setting(settingOf.getOrDefault(pool, ""))
                .serverAddress(address)
                .serverPort(port)
                .host("")
                .originalHost("")
                .path("/")
                .instance(instance)
                .timeTaken(OptionalDouble.empty())
                .timeTakenMax(OptionalDouble.empty())
                .serverLatency(OptionalDouble.empty())
                .connectTime(OptionalDouble.empty())
                .backendTls(Optional.empty())
                .build());
        return this;
    }

    Scene served(String at, String pool, String address) {
        return request(at, 200, pool, address, ErrorInfo.NO_ERROR);
    }

    Scene servedAt(String at, String pool, String address, int port) {
        return request(at, 200, pool, address, ErrorInfo.NO_ERROR, "", OptionalInt.of(port));
    }

    Scene nowhere(String at, String pool) {
        return request(at, 502, pool, "", ErrorInfo.NO_LIVE);
    }

    Scene operation(String at, String name, ResourceId on, Outcome outcome) {
        return operation(at, name, on, outcome, "ops@example.com");
    }

    Scene operation(String at, String name, ResourceId on, Outcome outcome, String caller) {
        activityRead = true;
        Instant when = at.contains("T") ? Instant.parse(at) : Instant.parse("2026-03-02T" + at + "Z");
        operations.add(Operation.builder()
                .name(name)
                .resource(on)
                .caller(caller)
                .started(when)
                .ended(when)
                .outcome(outcome)
                .category("Administrative")
                .code("")
                .message("")
                .build());
        return this;
    }

    Scene look(String address, int port, Connect connect) {
        return look(address, port, "/", connect, OptionalInt.empty(), Optional.empty(), "");
    }

    Scene look(String address, int port, Connect connect, String from) {
        return look(address, port, "/", connect, OptionalInt.empty(), Optional.empty(), from);
    }

    Scene answered(String address, int port, int status) {
        return answered(address, port, "/", status);
    }

    Scene answered(String address, int port, String path, int status) {
        return look(address, port, path, Connect.OK, OptionalInt.of(status), Optional.empty(), "");
    }

    Scene resolved(String name, String from, String... addresses) {
        Dns dns = new Dns(from, List.of(addresses), addresses.length == 0 ? "NXDOMAIN" : "");
        return look(
                name,
                443,
                "/",
                addresses.length == 0 ? Connect.NOT_TRIED : Connect.OK,
                addresses.length == 0 ? OptionalInt.empty() : OptionalInt.of(200),
                Optional.of(dns),
                "");
    }

    private Scene look(
            String address,
            int port,
            String path,
            Connect connect,
            OptionalInt status,
            Optional<Dns> dns,
            String from) {
        looksRead = true;
        List<Target> targets = new ArrayList<>();
        pools.forEach((pool, members) -> {
            if (members.contains(address)) {
                targets.add(server(pool, address));
            }
        });
        looks.add(DirectProbe.builder()
                .targets(targets)
                .address(address)
                .port(OptionalInt.of(port))
                .overTls(port == 443)
                .host("www.example.com")
                .path(path)
                .sni("")
                .from(from)
                .dns(dns)
                .connect(connect)
                .tls(Optional.empty())
                .status(status)
                .body(Optional.empty())
                .elapsedMillis(OptionalLong.empty())
                .error("")
                .build());
        return this;
    }

    Scene withoutNetwork() {
        networkRead = false;
        return this;
    }

    Scene withoutGateway() {
        gatewayRead = false;
        return this;
    }

    Scene isolated() {
        isolated = true;
        return this;
    }

    Scene v1() {
        sku = "Standard_Medium";
        return this;
    }

    Scene controller() {
        gatewayTags.put("managed-by-k8s-ingress", "1.7.2");
        return this;
    }

    /** The same in another order. */
    Scene shuffled(long by) {
        seed = by;
        return this;
    }

    static ResourceId gatewayId() {
        return ResourceId.of(RESOURCES + "Microsoft.Network/applicationGateways/agw");
    }

    static ResourceId poolId(String name) {
        return ResourceId.of(gatewayId() + "/backendAddressPools/" + name);
    }

    static Range range(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private <T> List<T> mixed(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        if (seed != 0) {
            Collections.shuffle(copy, new Random(seed));
        }
        return copy;
    }

    private Gateway gateway() {
        List<Gateway.Pool> all = new ArrayList<>();
        pools.forEach((name, members) ->
                all.add(new Gateway.Pool(name, poolId(name), mixed(members), joined.getOrDefault(name, List.of()))));
        List<Gateway.Setting> used = new ArrayList<>();
        List<Gateway.Probe> probes = new ArrayList<>();
        settings.forEach((name, port) -> {
            Integer probed = probePorts.get(name);
            used.add(Gateway.Setting.builder()
                    .name(name)
                    .id(ResourceId.of(gatewayId() + "/backendHttpSettingsCollection/" + name))
                    .port(port)
                    .protocol(port == 443 ? "Https" : "Http")
                    .hostName("")
                    .pickHostFromAddress(false)
                    .requestTimeoutSeconds(30)
                    .probe(probed == null ? "" : "probe-" + name)
                    .trustedRoots(List.of())
                    .authenticationCertificates(List.of())
                    .checksChain(true)
                    .checksName(true)
                    .sniName("")
                    .dedicatedConnection(false)
                    .drainingSeconds(0)
                    .build());
            if (probed != null) {
                probes.add(Gateway.Probe.builder()
                        .name("probe-" + name)
                        .id(ResourceId.of(gatewayId() + "/probes/probe-" + name))
                        .protocol("Http")
                        .host("")
                        .pickHostFromSetting(false)
                        .path("/")
                        .port(OptionalInt.of(probed))
                        .intervalSeconds(30)
                        .timeoutSeconds(30)
                        .unhealthyThreshold(3)
                        .minServers(0)
                        .statusCodes(List.of("200-399"))
                        .body("")
                        .build());
            }
        });
        List<Gateway.Rule> rules = new ArrayList<>();
        settingOf.forEach((pool, setting) ->
                rules.add(new Gateway.Rule("rule-" + pool, "listener", List.of(), pool, setting, OptionalInt.of(100))));
        return Gateway.builder()
                .id(gatewayId())
                .location("westeurope")
                .sku(new Gateway.Sku(sku, sku))
                .operationalState("Running")
                .provisioningState("Succeeded")
                .scale(new Gateway.Scale(OptionalInt.of(2), OptionalInt.empty(), OptionalInt.empty()))
                .subnets(List.of(subnetId("snet-agw")))
                .publicFrontend(true)
                .isolated(isolated)
                .listeners(List.of())
                .rules(mixed(rules))
                .pools(mixed(all))
                .settings(mixed(used))
                .probes(mixed(probes))
                .tags(gatewayTags)
                .build();
    }

    private Network network() {
        List<VirtualNetwork> all = new ArrayList<>();
        nets.forEach((name, net) -> {
            List<Subnet> subnets = new ArrayList<>();
            net.subnets.forEach((subnet, sub) -> subnets.add(new Subnet(
                    ResourceId.of(netId(name) + "/subnets/" + subnet),
                    mixed(sub.prefixes),
                    sub.group,
                    sub.table,
                    sub.delegations,
                    sub.policies)));
            all.add(new VirtualNetwork(
                    netId(name),
                    mixed(net.space),
                    net.dnsServers,
                    mixed(subnets),
                    net.peeringsRead
                            ? Reading.present(mixed(net.peerings))
                            : Reading.couldNotRead(
                                    Source.NETWORK,
                                    Reading.Why.NOT_COLLECTED,
                                    "the peerings of " + name + " were not collected"),
                    Optional.empty(),
                    Optional.empty(),
                    net.region));
        });
        return Network.builder()
                .virtualNetworks(mixed(all))
                .securityGroups(groups)
                .routeTables(tables)
                .zones(zones.map(this::mixed))
                .zonesByLink(zonesByLink)
                .interfaces(cards.map(this::mixed))
                .endpoints(endpoints.map(this::mixed))
                .loadBalancers(balancers.map(this::mixed))
                .serviceTags(tags)
                .effectiveRoutes(effective.map(this::mixed))
                .adminRules(adminRules)
                .publicAddresses(Reading.present(mixed(publicAddresses)))
                .build();
    }

    ReachabilityResult reach() {
        return ReachabilityAnalysis.of(DirectProbesByName.in(evidence()));
    }

    /** What of it is read. */
    Evidence evidence() {
        Reading<BackendHealth> seen = healthRead
                ? Reading.present(new BackendHealth(mixed(health), List.of()))
                : Reading.notCollected(Source.BACKEND_HEALTH);
        SourceReadings readings = SourceReadings.of(source -> switch (source) {
            case GATEWAY -> gatewayRead ? Reading.present(gateway()) : Reading.notCollected(source);
            case BACKEND_HEALTH -> seen;
            case ACCESS_LOG -> logRead ? Reading.present(new AccessLog(byTime())) : Reading.notCollected(source);
            case ACTIVITY_LOG ->
                activityRead
                        ? Reading.present(new ActivityLog(operations.stream()
                                .sorted(java.util.Comparator.comparing(Operation::started))
                                .toList()))
                        : Reading.notCollected(source);
            case NETWORK -> networkRead ? Reading.present(network()) : Reading.notCollected(source);
            case BACKENDS -> backends.map(Reading::present).orElse(Reading.notCollected(source));
            case DIRECT_PROBE ->
                looksRead ? Reading.present(new DirectProbes(mixed(looks))) : Reading.notCollected(source);
            default -> Reading.notCollected(source);
        });
        return new Evidence(
                new Incident("agw-1", gatewayId(), ALERT.minusSeconds(3600), ALERT, ALERT),
                readings,
                seen,
                java.util.Map.of(),
                java.util.Map.of());
    }

    private List<AccessLog.Row> byTime() {
        return mixed(rows).stream()
                .sorted(java.util.Comparator.comparing(AccessLog.Row::from))
                .toList();
    }

    private static <T> Reading<List<T>> unread(String list) {
        return Reading.couldNotRead(Source.NETWORK, Reading.Why.NOT_COLLECTED, list + " not collected");
    }
}
