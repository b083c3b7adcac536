package dev.triage502.reachability.route;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Obstacle;
import dev.triage502.reachability.change.RouteTableWrites;
import dev.triage502.reachability.member.ApplianceState;
import dev.triage502.reachability.member.StartCommandValues;
import dev.triage502.reachability.name.IpAllocation;
import dev.triage502.reachability.name.ResolvedEndpoints;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.route.EffectiveRouting.Origin;
import dev.triage502.reachability.route.EffectiveRouting.RoutingTable;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import java.util.List;
import java.util.Optional;

/** Where does a route on the gateway's subnet take what goes to an address, and does it get on from there? */
public final class ForwardPath {

    private final ResolvedEndpoints destinations;
    private final EffectiveRouting routing;
    private final IpAllocation holdings;
    private final ApplianceState halts;
    private final RouteTableWrites writes;

    public ForwardPath(
            ResolvedEndpoints destinations,
            EffectiveRouting routing,
            IpAllocation holdings,
            ApplianceState halts,
            RouteTableWrites writes) {
        this.destinations = destinations;
        this.routing = routing;
        this.holdings = holdings;
        this.halts = halts;
        this.writes = writes;
    }

    /** The route that wins; none where a private endpoint's own does. */
    public Optional<WinningRoute> to(Destination to) {
        return routing.fromGateway().to(to.address()).filter(each -> counts(each, to));
    }

    /** Why it is not known which one does: a peering may, of which too little was read. */
    public Optional<CouldNotRead<?>> unread(Destination to) {
        RoutingTable table = routing.fromGateway();
        boolean known = destinations.places().isHome(to.place())
                || !IpAddresses.isPrivate(to.address())
                || table.system()
                        .longest(to.address())
                        .filter(hit -> hit.value().hop() == NextHop.PEERING)
                        .isPresent();
        return known
                ? Optional.empty()
                : destinations
                        .places()
                        .peerings()
                        .gap(destinations.places().home().id());
    }

    /** In a few words, how a route leaves what goes to an address at a dead end. */
    public Optional<String> deadEnd(Destination to) {
        if (unread(to).isPresent()) {
            return Optional.empty();
        }
        return to(to).filter(way -> way.origin() != Origin.SYSTEM).flatMap(way -> {
            if (way.hop() == NextHop.NONE) {
                return Optional.of(RouteFormatter.of(way) + " drops the traffic");
            }
            boolean itself = way.isTo(to.text());
            return way.hop() != NextHop.APPLIANCE || itself
                    ? Optional.empty()
                    : lost(way, true).map(why -> RouteFormatter.of(way) + " points to " + why);
        });
    }

    /** Why nothing gets on from an appliance, if that is seen. */
    private Optional<String> lost(WinningRoute way, boolean anyMachine) {
        List<String> dead = way.hopAddresses().stream()
                .flatMap(address -> lost(address, anyMachine).stream())
                .toList();
        // Of several appliances that share the traffic one that stands is enough for a part of it.
        return dead.isEmpty() || dead.size() < way.hopAddresses().size()
                ? Optional.empty()
                : Optional.of(String.join(" and to ", dead));
    }

    private Optional<String> lost(String address, boolean anyMachine) {
        return holdings.isGone(address)
                ? Optional.of(address + ", an address that no longer exists")
                : halts.at(address)
                        // The pods of a node stop with it, so that the route to them is not what is wrong.
                        .filter(halt -> anyMachine || !halts.isNode(halt))
                        .map(halt -> address + ", where " + halt.says())
                        .or(() -> halts.withoutForwarding(address)
                                .map(card -> address + ", whose interface "
                                        + card.id().name() + " has IP forwarding off"));
    }

    private Optional<Claim> dead(WinningRoute way, Destination to, boolean located) {
        return lost(way, located)
                .map(why -> outward(way, to, "routes", " to " + why))
                .map(claim -> way.hopAddresses().stream()
                        .flatMap(address -> halts.at(address).stream())
                        .findFirst()
                        .map(halt -> claim.with(StartCommandValues.of(halt.member())))
                        .orElseGet(() -> withInterface(claim, way)));
    }

    private Claim withInterface(Claim claim, WinningRoute way) {
        return way.hopAddresses().stream()
                .flatMap(address -> halts.withoutForwarding(address).stream())
                .findFirst()
                .map(card -> claim.with("hop-interface", card.id().name())
                        .with("hop-interface-id", card.id().toString()))
                .orElse(claim);
    }

    /** A private endpoint's own /32 beats user-defined routes unless its subnet says that they count. */
    private boolean counts(WinningRoute way, Destination to) {
        if (way.origin() != Origin.USER || !to.isEndpoint()) {
            return true;
        }
        int space = to.place().network().stream()
                .flatMap(network -> network.space().stream())
                .filter(prefix -> prefix.contains(to.address()))
                .mapToInt(Range::prefixLength)
                .findFirst()
                .orElse(0);
        return to.countsRoutes() && way.prefix().prefixLength() >= space;
    }

    /** Sorts what a route does to an address into what is shown and what is hinted at; {@code back} is the way back. */
    public void judge(
            WinningRoute way, Destination to, Optional<RoutingTable> back, List<Claim> shown, List<Claim> hinted) {
        if (way.origin() == Origin.SYSTEM) {
            return;
        }
        boolean near = to.place().subnet().isPresent() || to.place().peering().isPresent();
        boolean open = !IpAddresses.isPrivate(to.address()) && !near;
        switch (way.hop()) {
            case NONE:
                shown.add(outward(way, to, "drops traffic to", ""));
                break;
            case INTERNET:
                if (near) {
                    shown.add(outward(way, to, "routes", " to the internet"));
                }
                break;
            case NETWORK_GATEWAY:
                if (near || open) {
                    shown.add(outward(way, to, "routes", " to the virtual network gateway"));
                }
                break;
            case APPLIANCE:
                appliance(way, to, near, open, back, shown, hinted);
                break;
            default:
                break;
        }
    }

    private void appliance(
            WinningRoute way,
            Destination to,
            boolean near,
            boolean open,
            Optional<RoutingTable> back,
            List<Claim> shown,
            List<Claim> hinted) {
        if (way.isTo(to.text())) {
            return;
        }
        Optional<Claim> dead = dead(way, to, near || open);
        if (dead.isPresent()) {
            shown.add(dead.get());
            return;
        }
        if (open) {
            hinted.add(outward(way, to, "routes", " through an appliance that may block it"));
        }
        if (!near) {
            return;
        }
        if (back.isEmpty() || back.get().unread().isPresent()) {
            hinted.add(outward(way, to, "routes", " through an appliance; the return path could not be read"));
            return;
        }
        boolean same = destinations.places().gatewayPrefixes(to.address()).stream()
                .allMatch(prefix -> back.get()
                        .to(prefix)
                        .filter(each -> each.hopAddresses().equals(way.hopAddresses()))
                        .isPresent());
        if (same) {
            hinted.add(outward(
                    way,
                    to,
                    "routes",
                    " through an appliance in both directions; what it blocks is not visible in Azure"));
        } else {
            shown.add(crossed(way, to, back.get()));
        }
    }

    /** Requests and replies do not pass the same appliance: the side that was changed last is named, else the gateway's. */
    private Claim crossed(WinningRoute way, Destination to, RoutingTable back) {
        String subnet = back.subnet().id().name();
        Optional<Range> home =
                destinations.places().gatewayPrefixes(to.address()).stream().findFirst();
        Optional<WinningRoute> other = home.flatMap(back::to)
                .filter(each -> each.origin() == Origin.USER && each.hop() == NextHop.APPLIANCE)
                .filter(each -> !each.hopAddresses().equals(way.hopAddresses()));
        if (other.isEmpty()) {
            return outward(
                    way,
                    to,
                    "routes",
                    " through an appliance, but replies from subnet " + subnet
                            + " bypass it, so it drops the connection");
        }
        String half = ", so no appliance sees both directions";
        boolean changed = other.get().table().isPresent()
                && way.table()
                        .filter(each -> writes.isLater(other.get().table().get().id(), each.id()))
                        .isPresent();
        if (!changed) {
            return outward(
                    way,
                    to,
                    "routes",
                    " through " + way.hopAddress() + ", but replies from subnet " + subnet + " go through "
                            + other.get().hopAddress() + half);
        }
        Obstacle obstacle = new Obstacle(
                RouteFormatter.target(other.get(), back.subnet()),
                RouteFormatter.of(other.get()),
                RouteFormatter.of(other.get()) + " on subnet " + subnet + " routes replies to the gateway's subnet "
                        + home.get().text() + " through " + other.get().hopAddress() + ", but requests to ",
                " go through " + way.hopAddress() + half);
        return RouteFormatter.claim(destinations.places(), obstacle, other.get(), back.subnet(), to);
    }

    private Claim outward(WinningRoute way, Destination to, String does, String after) {
        Subnet subnet = destinations.places().gatewaySubnet();
        Obstacle obstacle = new Obstacle(
                RouteFormatter.target(way, subnet),
                RouteFormatter.of(way),
                RouteFormatter.of(way) + " on the gateway's subnet "
                        + subnet.id().name() + " " + does + " ",
                after);
        return RouteFormatter.claim(destinations.places(), obstacle, way, subnet, to);
    }
}
