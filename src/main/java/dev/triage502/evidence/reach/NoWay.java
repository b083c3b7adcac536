package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Addresses.Range;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.reach.Destinations.Destination;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.Routing.Origin;
import dev.triage502.evidence.reach.Routing.Table;
import dev.triage502.evidence.reach.Routing.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Does any route lead from the gateway's subnet to a server's address? */
final class NoWay {

    /** Addresses that never leave the machine or the wire that they are used on. */
    private static final List<Range> NOWHERE = Stream.of(
                    "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::1/128", "fe80::/10", "ff00::/8")
            .flatMap(each -> Addresses.parse(each).stream())
            .toList();

    private final Destinations destinations;
    private final Routing routing;
    private final NoRoute noRoute;
    private final Map<String, Outcome> known = new HashMap<>();

    NoWay(Destinations destinations, Routing routing, List<Cluster> clusters) {
        this.destinations = destinations;
        this.routing = routing;
        this.noRoute = new NoRoute(destinations, routing, clusters);
    }

    Outcome judge(Server server) {
        List<Destination> to = destinations.of(server);
        if (to.isEmpty()) {
            return destinations.lacking().<Outcome>map(Outcome.Unread::new).orElseGet(Outcome.Moot::new);
        }
        List<Claim> without = new ArrayList<>();
        Outcome last = new Outcome.Moot();
        for (Destination each : to) {
            Outcome outcome = to(each);
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

    /** Whether any leads to one address. */
    Outcome to(Destination to) {
        return known.computeIfAbsent(to.text(), text -> judge(to));
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
        Optional<PrivateEndpoint> closed = to.endpoint().filter(each -> !Endpoints.isConnected(each));
        if (closed.isPresent()) {
            return unapproved(to, closed.get());
        }
        Table table = routing.fromGateway();
        Optional<Way> way = table.to(to.address());
        if (way.isPresent() && leads(way.get(), to)) {
            return throughPeering(way.get(), to);
        }
        boolean inSpace = places.isHome(to.place()) && to.place().subnet().isEmpty();
        return table.unread().isPresent() && !inSpace
                ? new Outcome.Unread(table.unread().get())
                : noRoute.to(to, way);
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
        Optional<Peering> back = destinations
                .places()
                .peerings()
                .between(remote.get().id(), destinations.places().home().id());
        if (back.filter(half -> !Peerings.works(half)).isPresent()) {
            return noRoute.shut(to, back.get(), remote.get());
        }
        return to.place().subnet().isEmpty() && to.place().network().isPresent()
                ? shown(
                        to,
                        "lies in none of the subnets of " + remote.get().id().name() + ", so nothing has this address")
                : new Outcome.Clear(Source.NETWORK, "a route leads there (" + RouteWords.of(way) + ")");
    }

    private static Outcome unapproved(Destination to, PrivateEndpoint endpoint) {
        return Outcome.shown(Claim.of(
                        Source.NETWORK,
                        to.text(),
                        "is the address of private endpoint " + endpoint.id().name() + ", whose connection to "
                                + endpoint.service().name() + " is " + endpoint.status() + ", not Approved")
                .with("address", to.text())
                .with("private-endpoint-id", endpoint.id().toString())
                .with("private-link-service-id", endpoint.service().toString()));
    }

    private static Outcome shown(Destination to, String says) {
        return Outcome.shown(Claim.of(Source.NETWORK, to.text(), says).with("address", to.text()));
    }
}
