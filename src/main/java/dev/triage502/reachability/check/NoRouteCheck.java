package dev.triage502.reachability.check;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.CheckResult;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.address.VnetPeerings;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.member.PrivateEndpointLookup;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.route.EffectiveRouting.Origin;
import dev.triage502.reachability.route.EffectiveRouting.RoutingTable;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import dev.triage502.reachability.route.RouteFormatter;
import dev.triage502.reachability.server.BackendServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Does any route lead from the gateway's subnet to a server's address? */
final class NoRouteCheck {

    /** IpAddresses that never leave the machine or the wire that they are used on. */
    private static final List<Range> NOWHERE = Stream.of(
                    "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::1/128", "fe80::/10", "ff00::/8")
            .flatMap(each -> IpAddresses.parse(each).stream())
            .toList();

    private final Topology topology;
    private final RouteAdvice noRoute;
    private final ForwardedTraffic forwarded;
    private final Map<String, CheckResult> known = new HashMap<>();

    NoRouteCheck(Topology topology, ResourceOperations changes) {
        this.topology = topology;
        this.forwarded = new ForwardedTraffic(topology, changes);
        this.noRoute = new RouteAdvice(topology, changes);
    }

    public CheckResult judge(BackendServer server) {
        List<Destination> to = topology.endpoints().of(server);
        if (to.isEmpty()) {
            return topology.lacking().<CheckResult>map(CheckResult.Unread::new).orElseGet(CheckResult.Moot::new);
        }
        List<Claim> without = new ArrayList<>();
        int cutOff = 0;
        CheckResult last = new CheckResult.Moot();
        for (Destination each : to) {
            CheckResult outcome = to(each);
            if (outcome instanceof CheckResult.Shown shown) {
                without.addAll(shown.claims());
                cutOff++;
            } else if (!(last instanceof CheckResult.Unread)) {
                last = outcome;
            }
        }
        if (without.isEmpty()) {
            return last;
        }
        // A name with several addresses is reached by those that a route leads to.
        return cutOff == to.size() ? new CheckResult.Shown(without) : new CheckResult.Hinted(without);
    }

    /** Whether any leads to one address. */
    public CheckResult to(Destination to) {
        return known.computeIfAbsent(to.text(), text -> judge(to));
    }

    private CheckResult judge(Destination to) {
        if (NOWHERE.stream().anyMatch(range -> range.contains(to.address()))) {
            return shown(to, "is an address that cannot be routed");
        }
        Optional<CouldNotRead<?>> lacking = topology.lacking();
        if (lacking.isPresent()) {
            return new CheckResult.Unread(lacking.get());
        }
        AddressLocator places = topology.places();
        if (places.gatewayPrefixes(to.address()).isEmpty()) {
            return shown(
                    to,
                    "the gateway's subnet " + places.gatewaySubnet().id().name() + " has no "
                            + (to.address().six() ? "IPv6" : "IPv4") + " prefix");
        }
        Optional<PrivateEndpoint> closed = to.endpoint().filter(each -> !PrivateEndpointLookup.isConnected(each));
        if (closed.isPresent()) {
            return unapproved(to, closed.get());
        }
        RoutingTable table = topology.routing().fromGateway();
        Optional<WinningRoute> way = table.to(to.address());
        if (way.isPresent() && leads(way.get(), to)) {
            List<Claim> keptOut = forwarded.keptOut(to, way.get());
            return keptOut.isEmpty() ? throughPeering(way.get(), to) : new CheckResult.Hinted(keptOut);
        }
        boolean inSpace = places.isHome(to.place()) && to.place().subnet().isEmpty();
        return table.unread().isPresent() && !inSpace
                ? new CheckResult.Unread(table.unread().get())
                : noRoute.to(to, way);
    }

    private boolean leads(WinningRoute way, Destination to) {
        boolean known = to.place().subnet().isPresent() || to.place().peering().isPresent();
        switch (way.hop()) {
            case VNET_LOCAL:
                return known && topology.places().isHome(to.place());
            case INTERNET:
                return way.prefix().prefixLength() > 0
                        ? way.origin() != Origin.SYSTEM
                        : !IpAddresses.isPrivate(to.address())
                                && to.place().network().isEmpty();
            case NONE:
                return way.origin() != Origin.SYSTEM;
            default:
                return true;
        }
    }

    /** A peering has two halves, and the other one has to let the traffic in as well. */
    private CheckResult throughPeering(WinningRoute way, Destination to) {
        Optional<VirtualNetwork> remote =
                way.peering().flatMap(each -> topology.places().network(each.remote()));
        if (remote.isEmpty()) {
            return new CheckResult.Clear(
                    Source.NETWORK, "the gateway has a route to it (" + RouteFormatter.of(way) + ")");
        }
        Optional<Peering> back = topology.places()
                .peerings()
                .between(remote.get().id(), topology.places().home().id());
        if (back.filter(half -> !VnetPeerings.works(half)).isPresent()) {
            return noRoute.shut(to, back.get(), remote.get());
        }
        if (to.place().subnet().isEmpty() && remote.get().gap().isPresent()) {
            return new CheckResult.Unread(remote.get().gap().get());
        }
        Optional<Claim> tooFar = basicAbroad(to, remote.get());
        if (tooFar.isPresent()) {
            return CheckResult.shown(tooFar.get());
        }
        return to.place().subnet().isEmpty() && to.place().network().isPresent()
                ? shown(
                        to,
                        "is in none of the subnets of " + remote.get().id().name()
                                + ", so nothing can have this address")
                : new CheckResult.Clear(
                        Source.NETWORK, "the gateway has a route to it (" + RouteFormatter.of(way) + ")");
    }

    /** What a Basic load balancer takes comes from its own region: a peering between regions does not lead to it. */
    private Optional<Claim> basicAbroad(Destination to, VirtualNetwork remote) {
        VirtualNetwork home = topology.places().home();
        if (home.region().isEmpty()
                || remote.region().isEmpty()
                || home.region().equals(remote.region())) {
            return Optional.empty();
        }
        return topology.owners().frontAt(to.text()).filter(LoadBalancer::basic).map(balancer -> {
            List<String> behind = balancer.rules().stream()
                    .filter(rule -> HostName.of(rule.address()).equals(HostName.of(to.text())))
                    .flatMap(rule -> topology.owners().behind(rule).stream())
                    .map(each -> each.address().address())
                    .distinct()
                    .sorted(IpAddresses.ORDER)
                    .toList();
            return Claim.of(
                            Source.NETWORK,
                            to.text(),
                            "is the frontend of Basic load balancer "
                                    + balancer.id().name() + " in "
                                    + remote.region() + ", which a peering from another region (" + home.region()
                                    + ") does not reach")
                    .with("address", to.text())
                    .with("basic-balancer", balancer.id().name())
                    .with("successors", String.join(" ", behind));
        });
    }

    private static CheckResult unapproved(Destination to, PrivateEndpoint endpoint) {
        return CheckResult.shown(Claim.of(
                        Source.NETWORK,
                        to.text(),
                        "is the address of private endpoint " + endpoint.id().name() + ", whose connection to "
                                + endpoint.service().name() + " is " + endpoint.status() + ", not Approved")
                .with("address", to.text())
                .with("private-endpoint-id", endpoint.id().toString())
                .with("private-link-service-id", endpoint.service().toString()));
    }

    private static CheckResult shown(Destination to, String says) {
        return CheckResult.shown(Claim.of(Source.NETWORK, to.text(), says).with("address", to.text()));
    }
}
