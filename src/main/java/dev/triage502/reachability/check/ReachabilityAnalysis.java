package dev.triage502.reachability.check;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendPair;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.incident.Incident;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Conclusions;
import dev.triage502.reachability.ReachabilityResult.Leg;
import dev.triage502.reachability.ReachabilityResult.Step;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.check.PathDisposition.Judged;
import dev.triage502.reachability.member.ApplianceState;
import dev.triage502.reachability.member.BackendResources;
import dev.triage502.reachability.member.IpOwners;
import dev.triage502.reachability.member.PoolBackends;
import dev.triage502.reachability.member.PrivateEndpointLookup;
import dev.triage502.reachability.member.StoppedClusters;
import dev.triage502.reachability.name.IpAllocation;
import dev.triage502.reachability.name.NameResolution;
import dev.triage502.reachability.name.ResolvedEndpoints;
import dev.triage502.reachability.nsg.NsgPath;
import dev.triage502.reachability.nsg.PortRanges;
import dev.triage502.reachability.route.EffectiveRouting;
import dev.triage502.reachability.route.ForwardPath;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.PortUse;
import dev.triage502.reachability.server.BackendServers;
import dev.triage502.reachability.server.DirectProbeIndex;
import dev.triage502.reachability.server.RequestHistory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What of the evidence tells whether the gateway reaches its servers? */
public final class ReachabilityAnalysis {

    private final Reading<Gateway> gateway;
    private final Reading<BackendHealth> health;
    private final ResolvedEndpoints destinations;
    private final BackendResources members;
    private final ManagementPath management;
    private final List<BackendServer> servers;
    private final RemovedAddresses former;
    private final PathChecks steps;

    private ReachabilityAnalysis(
            Reading<Gateway> gateway,
            Reading<BackendHealth> health,
            Reading<AccessLog> accessLog,
            Reading<ActivityLog> activityLog,
            Reading<Network> network,
            Reading<Backends> backends,
            Reading<DirectProbes> directProbes,
            Incident incident) {
        this.gateway = gateway;
        this.health = health;
        Optional<Gateway> known = gateway.toOptional();
        Optional<RequestHistory> traffic = accessLog.toOptional().map(log -> new RequestHistory(log, onlyPool(known)));
        Optional<AddressLocator> places = known.flatMap(
                each -> network.toOptional().flatMap(read -> AddressLocator.around(each.subnets(), read)));
        DirectProbeIndex looks = new DirectProbeIndex(directProbes.toOptional());
        IpOwners holders = new IpOwners(network, places);
        this.members = new BackendResources(network, backends, holders);
        PrivateEndpointLookup endpoints = new PrivateEndpointLookup(network, members);
        NameResolution names =
                new NameResolution(network, places, known.map(Gateway::isolated).orElse(false), endpoints);
        this.destinations =
                new ResolvedEndpoints(unread(gateway, network), places, holders, endpoints, names, traffic, looks);
        EffectiveRouting routing = new EffectiveRouting(destinations);
        this.management = new ManagementPath(gateway, destinations, routing);
        this.servers = BackendServers.inUse(
                known,
                health.toOptional(),
                traffic,
                network.toOptional()
                        .flatMap(read -> read.interfaces().toOptional())
                        .orElse(List.of()));
        destinations.count(servers);
        this.former = new RemovedAddresses(known, traffic, servers);
        IpAllocation holdings = new IpAllocation(destinations, members, backends);
        PoolBackends fillers = new PoolBackends(known, backends, members);
        ResourceOperations changes = new ResourceOperations(activityLog.toOptional());
        DnsChangesSinceRefresh since = new DnsChangesSinceRefresh(changes, names, incident.gateway());
        UnmatchedStoppedVms suspects =
                new UnmatchedStoppedVms(changes, traffic, members, groups(known, network, servers), servers, incident);
        ApplianceState halts = new ApplianceState(members, changes, incident);
        NoRouteCheck noWay = new NoRouteCheck(destinations, routing, members.clusters());
        ForwardPath out = new ForwardPath(destinations, routing, holdings, halts);
        Set<BackendPair> accepting = new HashSet<>();
        servers.stream()
                .filter(each -> each.trouble().failing() && looks.alive(each).isPresent())
                .filter(each -> looks.refused(each).isEmpty())
                .forEach(each -> accepting.add(BackendPair.of(each.target())));
        this.steps = new PathChecks(
                new PowerStateCheck(
                        destinations,
                        members,
                        fillers,
                        new StoppedClusters(known, members),
                        changes,
                        looks,
                        suspects,
                        backends,
                        incident),
                new StaleAddressCheck(
                        known, network, destinations, holders, members, holdings, changes, looks, traffic, incident),
                new DnsMismatchCheck(network, destinations, names, members, holdings, looks, since, traffic),
                new DnsResolutionCheck(
                        destinations,
                        names,
                        looks,
                        since,
                        new CustomDnsServers(destinations, halts, noWay, out),
                        management.isInOrder()),
                noWay,
                new RouteDiversionCheck(destinations, routing, out, looks),
                new NsgDenyCheck(destinations, new NsgPath(destinations, PortRanges::isTcp), traffic),
                new ListeningCheck(looks, directProbes, server -> accepting.contains(BackendPair.of(server.target()))),
                health.unread().map(each -> each));
    }

    /** The resource groups around the gateway: its own, and those of the networks that hold it or its servers. */
    private static Set<String> groups(
            Optional<Gateway> gateway, Reading<Network> network, List<BackendServer> servers) {
        Set<String> groups = new TreeSet<>();
        gateway.ifPresent(known -> {
            groups.add(known.id().resourceGroup().toLowerCase(Locale.ROOT));
            known.subnets().forEach(subnet -> groups.add(subnet.resourceGroup().toLowerCase(Locale.ROOT)));
        });
        network.toOptional().map(Network::virtualNetworks).orElse(List.of()).stream()
                .filter(each -> servers.stream().anyMatch(server -> holds(each, server)))
                .forEach(each -> groups.add(each.id().resourceGroup().toLowerCase(Locale.ROOT)));
        return groups;
    }

    private static boolean holds(VirtualNetwork network, BackendServer server) {
        return server.ip()
                .filter(address -> network.space().stream().anyMatch(space -> space.contains(address)))
                .isPresent();
    }

    /** The answer for every server in use, from all that was read; what was not read stays unread in it. */
    public static ReachabilityResult of(Evidence evidence) {
        return new ReachabilityAnalysis(
                        evidence.gateway(),
                        evidence.backendHealth(),
                        evidence.accessLog(),
                        evidence.activityLog(),
                        evidence.network(),
                        evidence.backends(),
                        evidence.directProbes(),
                        evidence.incident())
                .reach();
    }

    private ReachabilityResult reach() {
        List<Judged> judged = servers.stream()
                .map(server -> Judged.of(server, steps.judge(server)))
                .toList();
        Map<String, String> poolIds = new HashMap<>();
        gateway.toOptional()
                .map(Gateway::pools)
                .orElse(List.of())
                .forEach(pool -> poolIds.put(
                        pool.name().toLowerCase(Locale.ROOT), pool.id().toString()));
        PathDisposition decisions = new PathDisposition(judged, former, new FindingFormatter(servers, poolIds));
        EnumMap<Step, Conclusions> conclusions = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            conclusions.put(step, decisions.at(step, unseen()));
        }
        return new ReachabilityResult(
                judged.stream().flatMap(each -> legs(each).stream()).toList(),
                conclusions,
                management.denied(),
                management.diverted(),
                management.maybeDiverted());
    }

    private List<Leg> legs(Judged judged) {
        BackendServer server = judged.server();
        List<String> addresses = destinations.addresses(server);
        String behind = (server.isNamed() ? members.named(server.address()) : members.at(server.address()))
                .map(BackendResources.Member::what)
                .orElse("");
        List<Leg> legs = new ArrayList<>();
        for (PortUse door : server.doors()) {
            legs.add(new Leg(
                    server.target(),
                    door.port(),
                    door.probed(),
                    door.live(),
                    server.trouble().failing(),
                    addresses,
                    behind,
                    judged.decided()));
        }
        return legs;
    }

    /** Why it is not known which servers are in use, if it is not. */
    private Optional<CouldNotRead<?>> unseen() {
        return health.isPresent() ? Optional.empty() : gateway.unread().map(each -> each);
    }

    /** Without the gateway's document nobody knows in which subnet it is. */
    private static Reading<Network> unread(Reading<Gateway> gateway, Reading<Network> network) {
        return network.isPresent() && gateway instanceof CouldNotRead<Gateway> lacking
                ? Reading.couldNotRead(lacking.source(), lacking.why(), lacking.detail())
                : network;
    }

    /** The pool of all requests, where there is but one: the log of v1 names none. */
    private static Optional<String> onlyPool(Optional<Gateway> gateway) {
        List<String> pools = gateway.map(Gateway::associations).orElse(List.of()).stream()
                .map(Gateway.Association::pool)
                .map(Pool::name)
                .distinct()
                .toList();
        return pools.size() == 1 ? Optional.of(pools.get(0)) : Optional.empty();
    }
}
