package dev.triage502.reachability.route;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.EffectiveRoute;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.Route;
import dev.triage502.evidence.Network.RouteSource;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.address.LongestPrefixMap;
import dev.triage502.reachability.address.VnetPeerings;
import dev.triage502.reachability.name.ResolvedEndpoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which route wins from a subnet to an address? The longest prefix; of equal ones a user-defined route before one
 * learned by BGP before the platform's own (virtual networks, user-defined routes overview).
 */
public final class EffectiveRouting {

    /** Who made a route, the winner of equal prefixes first. */
    public enum Origin {
        USER,
        LEARNED,
        SYSTEM
    }

    /**
     * A route.
     *
     * @param hopAddresses the appliances that it sends to; several share the traffic
     * @param route   the user-defined one, with its name
     * @param table   the table that holds it
     * @param peering the peering that a system route leads into
     */
    public record WinningRoute(
            Origin origin,
            Range prefix,
            NextHop hop,
            List<String> hopAddresses,
            Optional<Route> route,
            Optional<RouteTable> table,
            Optional<Peering> peering) {

        /** The appliances in a sentence; an empty string where there are none. */
        String hopAddress() {
            return String.join(", ", hopAddresses);
        }

        /** Whether it sends to the address itself. */
        public boolean isTo(String address) {
            return hopAddresses.contains(address);
        }

        public static WinningRoute system(Range prefix, NextHop hop, Optional<Peering> peering) {
            return new WinningRoute(Origin.SYSTEM, prefix, hop, List.of(), Optional.empty(), Optional.empty(), peering);
        }
    }

    /**
     * The routes of one subnet: what wins, and what could not be read of them.
     *
     * @param parts what was found inside a range, which is asked of the gateway's subnet for every server
     */
    public record RoutingTable(
            Subnet subnet,
            LongestPrefixMap<WinningRoute> user,
            LongestPrefixMap<WinningRoute> learned,
            LongestPrefixMap<WinningRoute> system,
            Optional<CouldNotRead<?>> unread,
            boolean mayLearn,
            Map<Range, List<WinningRoute>> parts) {

        /** The route that wins for an address or for the whole of a range. */
        public Optional<WinningRoute> to(Range range) {
            Optional<LongestPrefixMap.Hit<WinningRoute>> best = Optional.empty();
            for (LongestPrefixMap<WinningRoute> each : List.of(user, learned, system)) {
                Optional<LongestPrefixMap.Hit<WinningRoute>> hit =
                        each == learned && local(range) ? Optional.empty() : each.longest(range);
                if (hit.isPresent() && (best.isEmpty() || length(hit.get()) > length(best.get()))) {
                    best = hit;
                }
            }
            return best.map(LongestPrefixMap.Hit::value);
        }

        /** User-defined routes for parts of a range, where they win over the one for the whole. */
        public List<WinningRoute> inside(Range range) {
            return parts.computeIfAbsent(
                    range,
                    whole -> user.inside(whole).stream()
                            .map(LongestPrefixMap.Hit::value)
                            .toList());
        }

        /** A network's own space and its peers' are preferred to what BGP announces, however exact that is. */
        private boolean local(Range range) {
            return system.longest(range)
                    .map(LongestPrefixMap.Hit::value)
                    .filter(way -> way.hop() == NextHop.VNET_LOCAL
                            || way.hop() == NextHop.PEERING
                            || way.hop() == NextHop.CONNECTED_GROUP)
                    .isPresent();
        }

        private static int length(LongestPrefixMap.Hit<WinningRoute> hit) {
            return hit.prefix().prefixLength();
        }
    }

    /** Where nothing better is known, the platform drops what is private and sends all else to the internet. */
    private static final Map<String, NextHop> STANDARD = Map.of(
            "0.0.0.0/0", NextHop.INTERNET,
            "::/0", NextHop.INTERNET,
            "10.0.0.0/8", NextHop.NONE,
            "172.16.0.0/12", NextHop.NONE,
            "192.168.0.0/16", NextHop.NONE,
            "100.64.0.0/10", NextHop.NONE);

    private final ResolvedEndpoints destinations;
    private final Map<ResourceId, RoutingTable> tables = new HashMap<>();

    public EffectiveRouting(ResolvedEndpoints destinations) {
        this.destinations = destinations;
    }

    public RoutingTable fromGateway() {
        return from(destinations.places().gatewaySubnet(), destinations.places().home());
    }

    public RoutingTable from(Subnet subnet, VirtualNetwork network) {
        return tables.computeIfAbsent(subnet.id(), id -> table(subnet, network));
    }

    /** The range under which any subnet of a network was seen to learn a route to an address, if one was. */
    public Optional<Range> learnedIn(VirtualNetwork network, Range address) {
        LongestPrefixMap<Range> learned = new LongestPrefixMap<>();
        learned(network).forEach(range -> learned.put(range, range));
        return learned.longest(address).map(LongestPrefixMap.Hit::value);
    }

    /** The ranges, none of them a default route, to which any subnet of a network was seen to learn a route. */
    public List<String> learnedIn(VirtualNetwork network) {
        return learned(network)
                .map(Range::text)
                .distinct()
                .sorted(IpAddresses.ORDER)
                .toList();
    }

    private Stream<Range> learned(VirtualNetwork network) {
        return destinations.network().effectiveRoutes().toOptional().orElse(List.of()).stream()
                .filter(route -> route.isActive()
                        && isLearned(route)
                        && destinations.subnetsOf(ResourceId.of(route.on())).stream()
                                .anyMatch(each -> each.isWithin(network.id())))
                .flatMap(route -> route.prefixes().stream())
                .flatMap(text -> IpAddresses.parse(text).stream())
                .filter(range -> range.prefixLength() > 0);
    }

    private RoutingTable table(Subnet subnet, VirtualNetwork network) {
        Reading<RouteTable> read = destinations.network().routeTable(subnet.routeTable());
        LongestPrefixMap<WinningRoute> user = new LongestPrefixMap<>();
        LongestPrefixMap<WinningRoute> learned = new LongestPrefixMap<>();
        LongestPrefixMap<WinningRoute> system = system(network);
        // One that is not understood and of which not even the prefix is known may beat any other.
        read.toOptional().filter(EffectiveRouting::isUsable).ifPresent(table -> add(user, table));
        List<EffectiveRoute> effective = effective(subnet, network);
        boolean propagates = read.toOptional().map(RouteTable::propagatesBgp).orElse(true);
        effective.stream()
                .filter(route -> propagates || !isLearned(route))
                .forEach(route -> add(learned, system, route));
        boolean mayLearn = effective.isEmpty()
                && propagates
                && destinations.places().mayLearnRoutes(network)
                && !wasSeenToLearnNothing(network);
        Optional<CouldNotRead<?>> unread = read.unread()
                .<CouldNotRead<?>>map(each -> each)
                .or(() -> read.toOptional().flatMap(RouteTable::gap))
                .or(network::gap);
        return new RoutingTable(
                subnet, user, learned, system, unread.or(() -> unknownWayHome(network)), mayLearn, new HashMap<>());
    }

    /** Whether an interface of the network that would learn what is announced to it has no such route: then nothing is announced. */
    private boolean wasSeenToLearnNothing(VirtualNetwork network) {
        Map<String, List<EffectiveRoute>> byInterface =
                destinations.network().effectiveRoutes().toOptional().orElse(List.of()).stream()
                        .filter(route -> route.isActive() && !route.on().isEmpty())
                        .collect(Collectors.groupingBy(EffectiveRoute::on));
        return byInterface.entrySet().stream()
                .filter(each -> each.getValue().stream().noneMatch(EffectiveRouting::isLearned))
                .flatMap(each -> destinations.subnetsOf(ResourceId.of(each.getKey())).stream())
                .anyMatch(subnet ->
                        network.subnets().stream().anyMatch(known -> known.id().equals(subnet) && propagates(known)));
    }

    private boolean propagates(Subnet subnet) {
        return subnet.routeTable().isEmpty()
                || destinations
                        .network()
                        .routeTable(subnet.routeTable())
                        .toOptional()
                        .filter(RouteTable::propagatesBgp)
                        .isPresent();
    }

    private static boolean isUsable(RouteTable table) {
        return table.gap().isEmpty() || table.unreadRoutes() == 0;
    }

    /** Why it is not known whether a network is joined to the gateway's, if it is not. */
    private Optional<CouldNotRead<?>> unknownWayHome(VirtualNetwork network) {
        ResourceId home = destinations.places().home().id();
        VnetPeerings peerings = destinations.places().peerings();
        return network.id().equals(home) || peerings.between(network.id(), home).isPresent()
                ? Optional.empty()
                : peerings.gap(network.id());
    }

    private void add(LongestPrefixMap<WinningRoute> user, RouteTable table) {
        for (Route route : table.routes()) {
            Optional<Range> prefix = IpAddresses.parse(route.prefix());
            // A route for a service tag holds public addresses and loses to an equal prefix; add those that are known.
            List<Range> prefixes = new ArrayList<>();
            prefix.ifPresent(prefixes::add);
            if (prefix.isEmpty()) {
                prefixes.addAll(
                        destinations.network().serviceTags().getOrDefault(ArmName.of(route.prefix()), List.of()));
            }
            prefixes.forEach(each -> user.put(
                    each,
                    new WinningRoute(
                            Origin.USER,
                            each,
                            route.nextHop(),
                            route.nextHopAddresses(),
                            Optional.of(route),
                            Optional.of(table),
                            Optional.empty())));
        }
    }

    private LongestPrefixMap<WinningRoute> system(VirtualNetwork network) {
        LongestPrefixMap<WinningRoute> system = new LongestPrefixMap<>();
        network.space()
                .forEach(space -> system.put(space, WinningRoute.system(space, NextHop.VNET_LOCAL, Optional.empty())));
        destinations.places().peerings().of(network.id()).stream()
                .filter(VnetPeerings::works)
                .forEach(peering -> peering.remoteSpace()
                        .forEach(space ->
                                system.put(space, WinningRoute.system(space, NextHop.PEERING, Optional.of(peering)))));
        destinations.network().connectedWith(network.id()).stream()
                .flatMap(other -> other.space().stream())
                .filter(space -> system.longest(space).isEmpty())
                .forEach(space ->
                        system.put(space, WinningRoute.system(space, NextHop.CONNECTED_GROUP, Optional.empty())));
        STANDARD.forEach((prefix, hop) -> IpAddresses.parse(prefix)
                .ifPresent(range -> system.put(range, WinningRoute.system(range, hop, Optional.empty()))));
        return system;
    }

    /** The routes that the platform was seen to have resolved for a subnet, or for something that shares its lot. */
    private List<EffectiveRoute> effective(Subnet subnet, VirtualNetwork network) {
        return destinations.network().effectiveRoutes().toOptional().orElse(List.of()).stream()
                .filter(route -> route.isActive() && concerns(route, subnet, network))
                .toList();
    }

    /**
     * What BGP announces to one subnet of a network it announces to all, and a connected group joins whole networks; a
     * subnet's own routes are its alone.
     */
    private boolean concerns(EffectiveRoute route, Subnet subnet, VirtualNetwork network) {
        boolean gateways =
                subnet.id().equals(destinations.places().gatewaySubnet().id());
        if (route.on().isEmpty()) {
            return gateways;
        }
        ResourceId on = ResourceId.of(route.on());
        if (on.equals(subnet.id()) || (gateways && on.hasType("Microsoft.Network/applicationGateways"))) {
            return true;
        }
        List<ResourceId> subnets = destinations.subnetsOf(on);
        return subnets.contains(subnet.id())
                || ((isLearned(route) || route.nextHop() == NextHop.CONNECTED_GROUP)
                        && subnets.stream().anyMatch(each -> each.isWithin(network.id())));
    }

    private static boolean isLearned(EffectiveRoute route) {
        return route.source() == RouteSource.NETWORK_GATEWAY;
    }

    private static void add(
            LongestPrefixMap<WinningRoute> learned, LongestPrefixMap<WinningRoute> system, EffectiveRoute route) {
        boolean byBgp = isLearned(route);
        boolean standard = route.source() == RouteSource.DEFAULT;
        for (String text : route.prefixes()) {
            IpAddresses.parse(text).ifPresent(prefix -> {
                WinningRoute way = new WinningRoute(
                        byBgp ? Origin.LEARNED : Origin.SYSTEM,
                        prefix,
                        route.nextHop(),
                        route.nextHopAddresses(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
                if (byBgp) {
                    learned.put(prefix, way);
                } else if (standard) {
                    system.put(prefix, way);
                }
            });
        }
    }
}
