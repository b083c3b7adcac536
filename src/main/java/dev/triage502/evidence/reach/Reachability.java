package dev.triage502.evidence.reach;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.OnDemandHealth;
import dev.triage502.evidence.Reach;
import dev.triage502.evidence.Reach.Conclusions;
import dev.triage502.evidence.Reach.Leg;
import dev.triage502.evidence.Reach.Step;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.reach.Decisions.Judged;
import dev.triage502.evidence.reach.Server.Door;
import dev.triage502.incident.Incident;
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
public final class Reachability {

    private final Reading<Gateway> gateway;
    private final Reading<BackendHealth> health;
    private final Destinations destinations;
    private final Members members;
    private final Management management;
    private final List<Server> servers;
    private final Former former;
    private final Steps steps;

    private Reachability(
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
        Optional<Traffic> traffic = accessLog.toOptional().map(log -> new Traffic(log, onlyPool(known)));
        Optional<Places> places =
                known.flatMap(each -> network.toOptional().flatMap(read -> Places.around(each.subnets(), read)));
        Looks looks = new Looks(directProbes.toOptional());
        Holders holders = new Holders(network, places);
        this.members = new Members(network, backends, holders);
        Endpoints endpoints = new Endpoints(network, members);
        Names names = new Names(network, places, known.map(Gateway::isolated).orElse(false), endpoints);
        this.destinations =
                new Destinations(unread(gateway, network), places, holders, endpoints, names, traffic, looks);
        Routing routing = new Routing(destinations);
        this.management = new Management(gateway, destinations, routing);
        this.servers = Servers.inUse(
                known,
                health.toOptional(),
                traffic,
                network.toOptional()
                        .flatMap(read -> read.interfaces().toOptional())
                        .orElse(List.of()));
        destinations.count(servers);
        this.former = new Former(known, traffic, servers);
        Holdings holdings = new Holdings(destinations, members, backends);
        Fillers fillers = new Fillers(known, backends, members);
        Changes changes = new Changes(activityLog.toOptional());
        Since since = new Since(changes, names, incident.gateway());
        Suspects suspects = new Suspects(changes, traffic, members, groups(known, network, servers), servers, incident);
        Halts halts = new Halts(members, changes, incident);
        NoWay noWay = new NoWay(destinations, routing, members.clusters());
        WayOut out = new WayOut(destinations, routing, holdings, halts);
        Set<String> accepting = new HashSet<>();
        servers.stream()
                .filter(each -> each.trouble().failing() && looks.alive(each).isPresent())
                .filter(each -> looks.refused(each).isEmpty())
                .forEach(each -> accepting.add(association(each)));
        this.steps = new Steps(
                new Stops(
                        destinations,
                        members,
                        fillers,
                        new StoppedClusters(known, members),
                        changes,
                        looks,
                        suspects,
                        backends,
                        incident),
                new Moves(known, network, destinations, holders, members, holdings, changes, looks, traffic, incident),
                new Elsewhere(network, destinations, names, members, holdings, looks, since, traffic),
                new Unresolved(
                        destinations,
                        names,
                        looks,
                        since,
                        new Resolvers(destinations, halts, noWay, out),
                        management.isInOrder()),
                noWay,
                new Diversions(destinations, routing, out, looks),
                new Denials(destinations, new Gates(destinations, Ports::isTcp), traffic),
                new Listening(looks, directProbes, server -> accepting.contains(association(server))),
                health.unread().map(each -> each));
    }

    private static String association(Server server) {
        return (server.pool() + "|" + server.setting()).toLowerCase(Locale.ROOT);
    }

    /** The resource groups around the gateway: its own, and those of the networks that hold it or its servers. */
    private static Set<String> groups(Optional<Gateway> gateway, Reading<Network> network, List<Server> servers) {
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

    private static boolean holds(VirtualNetwork network, Server server) {
        return server.ip()
                .filter(address -> network.space().stream().anyMatch(space -> space.contains(address)))
                .isPresent();
    }

    /** The answer for every server in use, from all that was read; what was not read stays unread in it. */
    public static Reach of(
            Reading<Gateway> gateway,
            Reading<BackendHealth> health,
            Reading<BackendHealth> probeResults,
            Reading<AccessLog> accessLog,
            Reading<ActivityLog> activityLog,
            Reading<Network> network,
            Reading<Backends> backends,
            Reading<DirectProbes> directProbes,
            Reading<OnDemandHealth> onDemandHealth,
            Incident incident) {
        return new Reachability(gateway, health, accessLog, activityLog, network, backends, directProbes, incident)
                .reach();
    }

    private Reach reach() {
        List<Judged> judged = servers.stream()
                .map(server -> Judged.of(server, steps.judge(server)))
                .toList();
        Map<String, String> poolIds = new HashMap<>();
        gateway.toOptional()
                .map(Gateway::pools)
                .orElse(List.of())
                .forEach(pool -> poolIds.put(
                        pool.name().toLowerCase(Locale.ROOT), pool.id().toString()));
        Decisions decisions = new Decisions(judged, former, new Sentences(servers, poolIds));
        EnumMap<Step, Conclusions> conclusions = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            conclusions.put(step, decisions.at(step, unseen()));
        }
        return new Reach(
                judged.stream().flatMap(each -> legs(each).stream()).toList(),
                conclusions,
                management.denied(),
                management.diverted(),
                management.maybeDiverted());
    }

    private List<Leg> legs(Judged judged) {
        Server server = judged.server();
        List<String> addresses = destinations.addresses(server);
        String behind = (server.isNamed() ? members.named(server.address()) : members.at(server.address()))
                .map(Members.Member::what)
                .orElse("");
        List<Leg> legs = new ArrayList<>();
        for (Door door : server.doors()) {
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
