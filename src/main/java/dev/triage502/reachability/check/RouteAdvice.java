package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.address.LongestPrefixMap;
import dev.triage502.reachability.address.VnetPeerings;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.route.EffectiveRouting.RoutingTable;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import dev.triage502.reachability.route.RouteFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Why does no route lead to an address, and which one would? Where a route may be one that was not read, it is open. */
final class RouteAdvice {

    /** Under this stands what a further sentence says. */
    private static final String TEXT = "";

    private static final List<Range> EVERYTHING = Stream.of("0.0.0.0/0", "::/0")
            .flatMap(each -> IpAddresses.parse(each).stream())
            .toList();

    /** A route that another subnet has. */
    private record Foreign(WinningRoute way, Subnet subnet) {}

    /** A range that a cluster keeps to itself: {@code pods} or {@code services}. */
    private record ClusterRange(Cluster cluster, String kind, String says) {

        /** {@code overlay}, {@code kubenet}, or an empty string for a network that is neither. */
        String network() {
            String plugin = cluster.network().plugin().toLowerCase(Locale.ROOT);
            return plugin.contains("overlay") ? "overlay" : plugin.contains("kubenet") ? "kubenet" : "";
        }
    }

    private final Topology topology;
    private final LongestPrefixMap<ClusterRange> clusterRanges = new LongestPrefixMap<>();
    private final ResourceOperations changes;
    private Optional<LongestPrefixMap<Foreign>> others = Optional.empty();

    RouteAdvice(Topology topology, ResourceOperations changes) {
        this.topology = topology;
        this.changes = changes;
        for (Cluster cluster : topology.members().clusters()) {
            String name = "cluster " + cluster.id().name();
            range(
                    cluster,
                    cluster.network().serviceRange(),
                    "services",
                    "is in the service range " + cluster.network().serviceRange() + " of " + name
                            + ", which only works inside the cluster");
            range(
                    cluster,
                    cluster.network().podRange(),
                    "pods",
                    "is in the pod range " + cluster.network().podRange() + " of " + name
                            + ", and the gateway's subnet has no route to the cluster's nodes");
        }
    }

    private void range(Cluster cluster, String prefix, String kind, String says) {
        IpAddresses.parse(prefix).ifPresent(range -> clusterRanges.put(range, new ClusterRange(cluster, kind, says)));
    }

    /** @param way what wins all the same: a route of the platform's that leads nowhere */
    public CheckResult to(Destination to, Optional<WinningRoute> way) {
        AddressLocator places = topology.places();
        VirtualNetwork home = places.home();
        Optional<CouldNotRead<?>> partly =
                to.place().network().orElse(home).gap().or(home::gap);
        if (partly.isPresent()) {
            return new CheckResult.Unread(partly.get());
        }
        if (places.isHome(to.place())) {
            return shown(
                    to,
                    "is in the address space of " + home.id().name()
                            + " but in none of its subnets, so nothing can have this address");
        }
        if (to.place().peering().isPresent()) {
            return notThrough(to, to.place().peering().get());
        }
        Optional<ClusterRange> cluster = clusterRanges.longest(to.address()).map(LongestPrefixMap.Hit::value);
        if (cluster.isPresent()) {
            TreeMap<String, String> values = new TreeMap<>(elsewhere(to));
            values.put("cluster-range", cluster.get().kind());
            values.put("cluster", cluster.get().cluster().id().name());
            values.put("cluster-resource-group", cluster.get().cluster().id().resourceGroup());
            if (!cluster.get().network().isEmpty()) {
                values.put("cluster-network", cluster.get().network());
            }
            return shown(to, cluster.get().says(), values);
        }
        Optional<CouldNotRead<?>> unread = unread().or(() -> connected(to));
        return unread.isPresent() ? new CheckResult.Unread(unread.get()) : unconnected(to, way);
    }

    private CheckResult notThrough(Destination to, Peering half) {
        VirtualNetwork home = topology.places().home();
        if (!VnetPeerings.works(half)) {
            return shut(to, half, home);
        }
        Optional<CouldNotRead<?>> gap = topology.places().peerings().gap(home.id());
        if (half.remoteSpace().isEmpty() && gap.isPresent()) {
            return new CheckResult.Unread(gap.get());
        }
        return shown(
                to,
                "is in " + half.remote().name() + ", but peering " + half.name() + " of "
                        + home.id().name() + " does not include that range (sync level " + half.syncLevel() + ")",
                Map.of(
                        "peering", half.name(),
                        "peering-fix", "sync",
                        "remote-vnet-id", half.remote().toString()));
    }

    /** What repairs a half that lets nothing through; one that was cut off cannot be connected again. */
    private static String fixOf(Peering half) {
        if (half.isConnected()) {
            return "access";
        }
        return Wording.of(half.state()).is("initiated") ? "other-half" : "recreate";
    }

    /** A half of a peering that lets nothing through. */
    CheckResult shut(Destination to, Peering half, VirtualNetwork of) {
        String state = half.isConnected()
                ? "does not allow access to the other VNet (allowVirtualNetworkAccess is false)"
                : "is " + half.state() + ", not Connected";
        return shown(
                to,
                "is behind peering " + half.name() + " of " + of.id().name() + ", which " + state,
                Map.of(
                        "peering", half.name(),
                        "peering-fix", fixOf(half),
                        "peering-vnet-id", of.id().toString(),
                        "vnet", of.id().name(),
                        "vnet-resource-group", of.id().resourceGroup(),
                        "remote-vnet-id", half.remote().toString()));
    }

    /** Why a route may lead there that was not read, if one may. */
    private Optional<CouldNotRead<?>> unread() {
        ResourceId home = topology.places().home().id();
        Optional<CouldNotRead<?>> gap = topology.places().peerings().gap(home);
        return gap.isPresent() || !topology.routing().fromGateway().mayLearn()
                ? gap
                : Optional.of(new CouldNotRead<>(
                        Source.NETWORK,
                        Reading.Why.NOT_COLLECTED,
                        "routes that " + home.name() + " may learn by BGP (effectiveRoutes) were not collected"));
    }

    /** Why a connected group may lead there: the gateway's network is in one, and the other network was not asked. */
    private Optional<CouldNotRead<?>> connected(Destination to) {
        Network network = topology.endpoints().network();
        VirtualNetwork home = topology.places().home();
        boolean asked = to.place()
                .network()
                .flatMap(other -> Optional.ofNullable(
                        network.connectedGroups().get(other.id().key())))
                .filter(Reading::isPresent)
                .isPresent();
        Optional<CouldNotRead<?>> refused = Optional.ofNullable(
                        network.connectedGroups().get(home.id().key()))
                .flatMap(Reading::unread);
        return refused.isPresent()
                        || asked
                        || network.connectedGroups(home.id()).isEmpty()
                ? refused
                : Optional.of(new CouldNotRead<>(
                        Source.NETWORK,
                        Reading.Why.NOT_COLLECTED,
                        home.id().name()
                                + " is in a connected group (Azure Virtual Network Manager), whose other members"
                                + " were not collected"));
    }

    private CheckResult unconnected(Destination to, Optional<WinningRoute> way) {
        VirtualNetwork home = topology.places().home();
        Optional<VirtualNetwork> other = to.place().network();
        if (other.isPresent()) {
            TreeMap<String, String> values = new TreeMap<>(elsewhere(to));
            values.put("remote-vnet-id", other.get().id().toString());
            values.put("peering-fix", "create");
            return shown(
                    to,
                    "is in " + other.get().id().name() + ", which " + home.id().name() + " is not peered with",
                    values);
        }
        TreeMap<String, String> values = new TreeMap<>(elsewhere(to));
        if (values.isEmpty()) {
            values.putAll(notLearned(to));
        }
        if (values.isEmpty()) {
            values.putAll(nothingLearned(to));
        }
        if (values.isEmpty()) {
            values.putAll(notAmongTheLearned(to));
        }
        Optional<Peering> hub = values.isEmpty() ? throughAHub(to) : Optional.empty();
        hub.ifPresent(half -> {
            values.put(
                    TEXT,
                    "; peering " + half.name() + " of " + home.id().name() + " does not use the gateway of "
                            + half.remote().name()
                            + " (useRemoteGateways is false), so networks behind that gateway are not known");
            values.put("peering", half.name());
            values.put("peering-fix", "remote-gateway");
            values.put("vnet", home.id().name());
            values.put("vnet-resource-group", home.id().resourceGroup());
        });
        String space = String.join(", ", home.space().stream().map(Range::text).toList());
        CheckResult result = shown(
                to,
                "is neither in " + home.id().name() + " (" + space + ") nor in a peered VNet"
                        + way.map(each -> "; the matching route is " + RouteFormatter.of(each))
                                .orElse(""),
                values);
        return values.containsKey("learned-ranges") && result instanceof CheckResult.Shown shown
                ? new CheckResult.Shown(Stream.concat(shown.claims().stream(), localGateway(to).stream())
                        .toList())
                : result;
    }

    /** The gateway's VNet learns routes from a VPN or ExpressRoute gateway, to other ranges than the server's. */
    private Map<String, String> notAmongTheLearned(Destination to) {
        VirtualNetwork home = topology.places().home();
        List<String> ranges =
                IpAddresses.isPrivate(to.address()) ? topology.routing().learnedIn(home) : List.of();
        return ranges.isEmpty()
                ? Map.of()
                : Map.of(
                        TEXT,
                        "; " + home.id().name() + " learns routes to " + NameLists.some(ranges)
                                + " from a VPN or ExpressRoute gateway, but none to this address",
                        "learned-ranges",
                        NameLists.some(ranges));
    }

    /** There is a VPN or ExpressRoute gateway, and an interface shows that it announces nothing: its tunnel or circuit may be down. */
    private Map<String, String> nothingLearned(Destination to) {
        VirtualNetwork home = topology.places().home();
        boolean silent = IpAddresses.isPrivate(to.address())
                && topology.places().mayLearnRoutes(home)
                && topology.routing().learnedIn(home).isEmpty();
        return silent
                ? Map.of(
                        TEXT,
                        "; " + home.id().name() + " learns no routes from its VPN or ExpressRoute gateway",
                        "nothing-learned",
                        "yes")
                : Map.of();
    }

    /** The last update of a local network gateway, which holds the ranges that a VPN connection without BGP leads to. */
    private Optional<Claim> localGateway(Destination to) {
        return changes.all()
                .filter(each -> each.is("Microsoft.Network/localNetworkGateways/write"))
                .max(Comparator.comparing(Operation::started))
                .map(each -> Claim.of(
                                Source.ACTIVITY_LOG,
                                to.text(),
                                OperationPhrase.of(each).passive())
                        .at(each.started())
                        .with("local-gateway", each.resource().name())
                        .with("local-gateway-resource-group", each.resource().resourceGroup()));
    }

    /**
     * The gateway's subnet learns nothing, because its own table says so, where the rest of its network may. What another
     * subnet was seen to learn is the range to route.
     */
    private Map<String, String> notLearned(Destination to) {
        VirtualNetwork home = topology.places().home();
        Optional<RouteTable> table = topology.endpoints()
                .network()
                .routeTable(topology.places().gatewaySubnet().routeTable())
                .toOptional()
                .filter(each -> !each.propagatesBgp());
        if (table.isEmpty()
                || !IpAddresses.isPrivate(to.address())
                || !topology.places().mayLearnRoutes(home)) {
            return Map.of();
        }
        Optional<Range> learned = topology.routing().learnedIn(home, to.address());
        return Map.of(
                TEXT,
                "; route table " + table.get().id().name()
                        + " of the gateway's subnet has the propagation of gateway routes off"
                        + learned.map(range -> ", so that it does not learn the route to " + range.text()
                                        + " that another subnet has")
                                .orElse(""),
                "propagation",
                "off",
                "learned-prefix",
                learned.map(Range::text).orElse(to.text() + (to.address().six() ? "/128" : "/32")));
    }

    /** A peering to a network with a VPN or ExpressRoute gateway, which the gateway's network does not use. */
    private Optional<Peering> throughAHub(Destination to) {
        VirtualNetwork home = topology.places().home();
        boolean own = hasGateway(home);
        return own || !IpAddresses.isPrivate(to.address())
                ? Optional.empty()
                : topology.places().peerings().of(home.id()).stream()
                        .filter(half -> VnetPeerings.works(half) && !half.usesRemoteGateways())
                        .filter(half -> topology.places()
                                .network(half.remote())
                                .filter(RouteAdvice::hasGateway)
                                .isPresent())
                        .findFirst();
    }

    /** The subnet that Azure's VPN and ExpressRoute gateways need has to have this name. */
    private static boolean hasGateway(VirtualNetwork network) {
        return network.subnets().stream()
                .anyMatch(each -> Wording.of(each.id().name()).is("gatewaysubnet"));
    }

    /** A table that has the route, but on other subnets than the gateway's. */
    private Map<String, String> elsewhere(Destination to) {
        if (others.isEmpty()) {
            others = Optional.of(others());
        }
        Optional<Foreign> found = others.get().longest(to.address()).map(LongestPrefixMap.Hit::value);
        if (found.filter(each -> each.way().hop() == NextHop.APPLIANCE).isEmpty()) {
            return Map.of();
        }
        WinningRoute way = found.get().way();
        String text = "; " + RouteFormatter.of(way) + " covers it, but its table is on subnet "
                + found.get().subnet().id().name() + ", not on the gateway's subnet "
                + topology.places().gatewaySubnet().id().name();
        return Map.of(
                TEXT,
                text,
                "route-table-id",
                way.table().map(each -> each.id().toString()).orElse(""));
    }

    /** The routes of other subnets, each table once, and none of their default routes. */
    private LongestPrefixMap<Foreign> others() {
        LongestPrefixMap<Foreign> routes = new LongestPrefixMap<>();
        Set<ResourceId> seen = new HashSet<>();
        topology.places().gatewaySubnet().routeTable().ifPresent(seen::add);
        for (VirtualNetwork network : topology.places().networks()) {
            for (Subnet subnet : network.subnets()) {
                if (subnet.routeTable().filter(seen::add).isPresent()) {
                    RoutingTable table = topology.routing().from(subnet, network);
                    EVERYTHING.forEach(all ->
                            table.inside(all).forEach(way -> routes.put(way.prefix(), new Foreign(way, subnet))));
                }
            }
        }
        return routes;
    }

    private static CheckResult shown(Destination to, String says) {
        return shown(to, says, Map.of());
    }

    private static CheckResult shown(Destination to, String says, Map<String, String> values) {
        TreeMap<String, String> known = new TreeMap<>(values);
        String more = known.remove(TEXT);
        return CheckResult.shown(Claim.of(Source.NETWORK, to.text(), more == null ? says : says + more)
                .with("address", to.text())
                .with(known));
    }
}
