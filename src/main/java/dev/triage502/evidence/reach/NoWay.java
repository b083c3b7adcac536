package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Addresses.Range;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Destinations.Destination;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.Places.Place;
import dev.triage502.evidence.reach.Routing.Origin;
import dev.triage502.evidence.reach.Routing.Table;
import dev.triage502.evidence.reach.Routing.Way;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Does any route lead from the gateway's subnet to a server's address? */
final class NoWay {

    /** Addresses that never leave the machine or the wire that they are used on. */
    private static final List<Range> NOWHERE = Stream.of(
                    "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::1/128", "fe80::/10", "ff00::/8")
            .flatMap(each -> Addresses.parse(each).stream())
            .toList();

    /** Under this stands what a further sentence says. */
    private static final String TEXT = "";

    private final Destinations destinations;
    private final Routing routing;
    private final Members members;
    private final Map<String, Outcome> known = new HashMap<>();
    private final List<Table> others = new ArrayList<>();

    NoWay(Destinations destinations, Routing routing, Members members) {
        this.destinations = destinations;
        this.routing = routing;
        this.members = members;
    }

    Outcome judge(Server server) {
        List<Destination> to = destinations.of(server);
        if (to.isEmpty()) {
            return destinations.lacking().<Outcome>map(Outcome.Unread::new).orElseGet(Outcome.Moot::new);
        }
        List<Claim> without = new ArrayList<>();
        Outcome last = new Outcome.Moot();
        for (Destination each : to) {
            Outcome outcome = known.computeIfAbsent(each.text(), text -> judge(each));
            if (outcome instanceof Outcome.Shown shown) {
                without.addAll(shown.claims());
            } else if (!(last instanceof Outcome.Unread)) {
                last = outcome;
            }
        }
        if (without.isEmpty()) {
            return last;
        }
        // A name with several addresses is reached by those that a route leads to.
        return without.size() == to.size() ? new Outcome.Shown(without) : new Outcome.Hinted(without);
    }

    private Outcome judge(Destination to) {
        if (NOWHERE.stream().anyMatch(range -> range.contains(to.address()))) {
            return shown(to, "is an address that no network carries");
        }
        Optional<CouldNotRead<?>> lacking = destinations.lacking();
        if (lacking.isPresent()) {
            return new Outcome.Unread(lacking.get());
        }
        Places places = destinations.places();
        if (places.gatewayPrefixes(to.address()).isEmpty()) {
            return shown(
                    to,
                    "the gateway's subnet " + places.gatewaySubnet().id().name() + " has no "
                            + (to.address().six() ? "IPv6" : "IPv4") + " prefix");
        }
        Table table = routing.fromGateway();
        Optional<Way> way = table.to(to.address());
        if (way.isPresent() && leads(way.get(), to)) {
            return throughPeering(way.get(), to);
        }
        boolean inSpace = places.isHome(to.place()) && to.place().subnet().isEmpty();
        return table.unread().isPresent() && !inSpace
                ? new Outcome.Unread(table.unread().get())
                : noRoute(to, way, table);
    }

    private boolean leads(Way way, Destination to) {
        boolean known = to.place().subnet().isPresent() || to.place().peering().isPresent();
        switch (way.hop()) {
            case VNET_LOCAL:
                return known && destinations.places().isHome(to.place());
            case INTERNET:
                return way.prefix().prefixLength() > 0
                        ? way.origin() != Origin.SYSTEM
                        : !Addresses.isPrivate(to.address())
                                && to.place().network().isEmpty();
            case NONE:
                return way.origin() != Origin.SYSTEM;
            default:
                return true;
        }
    }

    /** A peering has two halves, and the other one has to let the traffic in as well. */
    private Outcome throughPeering(Way way, Destination to) {
        Optional<VirtualNetwork> remote =
                way.peering().flatMap(each -> destinations.places().network(each.remote()));
        if (remote.isEmpty()) {
            return new Outcome.Clear(Source.NETWORK, "a route leads there (" + RouteWords.of(way) + ")");
        }
        VirtualNetwork home = destinations.places().home();
        Optional<Peering> back = remote.get().peerings().stream()
                .filter(each -> each.remote().equals(home.id()))
                .findFirst();
        if (back.isEmpty()) {
            return shown(
                    to,
                    "lies in " + remote.get().id().name() + ", which has no peering back to "
                            + home.id().name());
        }
        if (!Places.works(back.get())) {
            return peering(to, back.get(), remote.get(), home);
        }
        return to.place().subnet().isEmpty() && to.place().network().isPresent()
                ? shown(
                        to,
                        "lies in none of the subnets of " + remote.get().id().name() + ", so nothing has this address")
                : new Outcome.Clear(Source.NETWORK, "a route leads there (" + RouteWords.of(way) + ")");
    }

    private Outcome noRoute(Destination to, Optional<Way> way, Table table) {
        Place place = to.place();
        Places places = destinations.places();
        VirtualNetwork home = places.home();
        if (places.isHome(place)) {
            return shown(
                    to,
                    "lies in the space of " + home.id().name()
                            + " but in none of its subnets, so nothing has this address");
        }
        if (place.peering().isPresent()) {
            Peering peering = place.peering().get();
            return Places.works(peering)
                    ? unknownToPeering(to, peering, home)
                    : peering(to, peering, home, place.network().orElse(home));
        }
        Optional<String> cluster = clusterRange(to.address());
        if (cluster.isPresent()) {
            return shown(to, cluster.get(), elsewhere(to));
        }
        if (table.mayLearn()) {
            return new Outcome.Unread(new CouldNotRead<>(
                    Source.NETWORK,
                    Reading.Why.NOT_COLLECTED,
                    "routes that " + home.id().name() + " may learn by BGP (effectiveRoutes) were not collected"));
        }
        if (place.network().isPresent()) {
            return shown(
                    to,
                    "lies in " + place.network().get().id().name() + ", with which "
                            + home.id().name() + " has no peering",
                    withRemote(elsewhere(to), place.network().get()));
        }
        return shown(
                to,
                "lies neither in " + home.id().name() + " ("
                        + String.join(
                                ", ", home.space().stream().map(Range::text).toList())
                        + ") nor in a network that is peered with it"
                        + way.map(each -> "; what wins is " + RouteWords.of(each))
                                .orElse(""),
                elsewhere(to));
    }

    private Outcome unknownToPeering(Destination to, Peering peering, VirtualNetwork home) {
        return shown(
                to,
                "lies in " + peering.remote().name() + ", but peering " + peering.name() + " of "
                        + home.id().name() + " does not know that range (sync level " + peering.syncLevel() + ")",
                Map.of(
                        "peering",
                        peering.name(),
                        "remote-vnet",
                        peering.remote().toString()));
    }

    private Outcome peering(Destination to, Peering peering, VirtualNetwork of, VirtualNetwork other) {
        String state = peering.isConnected()
                ? "does not allow access to the other network (allowVirtualNetworkAccess is false)"
                : "is " + peering.state() + ", not Connected";
        return shown(
                to,
                "lies beyond peering " + peering.name() + " of " + of.id().name() + ", which " + state,
                Map.of(
                        "peering", peering.name(),
                        "vnet", of.id().name(),
                        "vnet-resource-group", of.id().resourceGroup(),
                        "remote-vnet", peering.remote().toString()));
    }

    private Optional<String> clusterRange(Range address) {
        for (Cluster cluster : members.clusters()) {
            String name = "cluster " + cluster.id().name();
            if (holds(cluster.serviceRange(), address)) {
                return Optional.of("is an address of the service range " + cluster.serviceRange() + " of " + name
                        + ", which has a meaning inside the cluster only");
            }
            if (holds(cluster.podRange(), address)) {
                return Optional.of("is an address of the pod range " + cluster.podRange() + " of " + name
                        + ", and no route of the gateway's subnet leads to its nodes");
            }
        }
        return Optional.empty();
    }

    private static boolean holds(String prefix, Range address) {
        return Addresses.parse(prefix).filter(each -> each.contains(address)).isPresent();
    }

    /** A table that has the route, but on other subnets than the gateway's. */
    private Map<String, String> elsewhere(Destination to) {
        Subnet own = destinations.places().gatewaySubnet();
        for (Table table : others()) {
            Optional<Way> way = table.user()
                    .longest(to.address())
                    .map(PrefixTable.Hit::value)
                    .filter(each ->
                            each.hop() == NextHop.APPLIANCE && each.prefix().prefixLength() > 0);
            if (way.isPresent()) {
                String text = "; " + RouteWords.of(way.get()) + " leads there, but the table is on subnet "
                        + table.subnet().id().name() + " and not on the gateway's subnet "
                        + own.id().name();
                String id = way.get().table().map(each -> each.id().toString()).orElse("");
                return Map.of(TEXT, text, "route-table-id", id);
            }
        }
        return Map.of();
    }

    /** The routes of other subnets, each table once. */
    private List<Table> others() {
        if (others.isEmpty()) {
            Set<ResourceId> seen = new HashSet<>();
            destinations.places().gatewaySubnet().routeTable().ifPresent(seen::add);
            for (VirtualNetwork network : destinations.places().networks()) {
                for (Subnet subnet : network.subnets()) {
                    if (subnet.routeTable().filter(seen::add).isPresent()) {
                        others.add(routing.from(subnet, network));
                    }
                }
            }
        }
        return others;
    }

    private static Map<String, String> withRemote(Map<String, String> values, VirtualNetwork remote) {
        TreeMap<String, String> more = new TreeMap<>(values);
        more.put("remote-vnet", remote.id().toString());
        return more;
    }

    private Outcome shown(Destination to, String says) {
        return shown(to, says, Map.of());
    }

    private Outcome shown(Destination to, String says, Map<String, String> values) {
        TreeMap<String, String> known = new TreeMap<>(values);
        String more = known.remove(TEXT);
        return Outcome.shown(Claim.of(Source.NETWORK, to.text(), more == null ? says : says + more)
                .with("address", to.text())
                .with(known));
    }
}
