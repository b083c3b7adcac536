package dev.triage502.reachability.route;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Obstacle;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.name.ResolvedEndpoints;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.route.EffectiveRouting.Origin;
import dev.triage502.reachability.route.EffectiveRouting.RoutingTable;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import java.util.List;
import java.util.Optional;

/** Do the answers from an address come back to the gateway by the way on which the requests came? */
public final class ReturnPath {

    private final ResolvedEndpoints destinations;
    private final EffectiveRouting routing;

    public ReturnPath(ResolvedEndpoints destinations, EffectiveRouting routing) {
        this.destinations = destinations;
        this.routing = routing;
    }

    /** The routes by which answers leave: those of the address's subnet, or for a pod those of its node's subnet. */
    public Optional<RoutingTable> from(Destination to, Optional<WinningRoute> way) {
        if (!to.countsRoutes()) {
            return Optional.empty();
        }
        AddressLocator.Place place = to.place().subnet().isPresent()
                ? to.place()
                : way.flatMap(each -> each.hopAddresses().stream().findFirst())
                        .flatMap(IpAddresses::parse)
                        .map(hop -> destinations.places().of(hop))
                        .orElse(AddressLocator.Place.UNKNOWN);
        return place.subnet().flatMap(subnet -> place.network().map(network -> routing.from(subnet, network)));
    }

    /** Sorts the routes that catch answers into those for all of the gateway's instances and those for a part. */
    public void judge(
            RoutingTable back, Destination to, Optional<WinningRoute> out, List<Claim> shown, List<Claim> partly) {
        if (back.unread().isPresent()) {
            return;
        }
        for (Range prefix : destinations.places().gatewayPrefixes(to.address())) {
            back.to(prefix)
                    .filter(way -> diverts(way, out))
                    .ifPresent(way -> shown.add(backward(way, back, prefix, to)));
            back.inside(prefix).stream()
                    .filter(way -> diverts(way, out))
                    .forEach(way -> partly.add(backward(way, back, way.prefix(), to)));
        }
    }

    private static boolean diverts(WinningRoute way, Optional<WinningRoute> out) {
        boolean local =
                way.hop() == NextHop.VNET_LOCAL || way.hop() == NextHop.PEERING || way.hop() == NextHop.ENDPOINT;
        boolean asItCame = way.hop() == NextHop.APPLIANCE
                && out.filter(each -> each.hopAddresses().equals(way.hopAddresses()))
                        .isPresent();
        return way.origin() != Origin.SYSTEM && way.hop() != NextHop.UNKNOWN && !local && !asItCame;
    }

    private Claim backward(WinningRoute way, RoutingTable back, Range prefix, Destination to) {
        boolean part = !destinations.places().gatewayPrefixes(to.address()).contains(prefix);
        String does = way.hop() == NextHop.NONE ? "drops" : "takes another way with";
        Obstacle obstacle = new Obstacle(
                RouteFormatter.target(way, back.subnet()),
                RouteFormatter.of(way),
                RouteFormatter.of(way) + " on subnet " + back.subnet().id().name() + " " + does
                        + " the answers to the gateway's " + (part ? "instances in " : "subnet ") + prefix.text()
                        + " from ",
                way.hop() == NextHop.NONE ? "" : ", though the requests come directly");
        return RouteFormatter.claim(destinations.places(), obstacle, way, back.subnet(), to);
    }
}
