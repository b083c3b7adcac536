package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Addresses.Range;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.reach.Destinations.Destination;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.Outcome.Obstacle;
import dev.triage502.evidence.reach.Routing.Origin;
import dev.triage502.evidence.reach.Routing.Table;
import dev.triage502.evidence.reach.Routing.Way;
import java.util.List;
import java.util.Optional;

/** Do the answers from an address come back to the gateway by the way on which the requests came? */
final class WayBack {

    private final Destinations destinations;
    private final Routing routing;

    WayBack(Destinations destinations, Routing routing) {
        this.destinations = destinations;
        this.routing = routing;
    }

    /** The routes by which answers leave: those of the address's subnet, or for a pod those of its node's subnet. */
    Optional<Table> from(Destination to, Optional<Way> way) {
        if (!to.minds("RouteTableEnabled")) {
            return Optional.empty();
        }
        Places.Place place = to.place().subnet().isPresent()
                ? to.place()
                : way.flatMap(each -> Addresses.parse(each.hopAddress()))
                        .map(hop -> destinations.places().of(hop))
                        .orElse(Places.Place.UNKNOWN);
        return place.subnet().flatMap(subnet -> place.network().map(network -> routing.from(subnet, network)));
    }

    /** Sorts the routes that catch answers into those for all of the gateway's instances and those for a part. */
    void judge(Table back, Destination to, Optional<Way> out, List<Claim> shown, List<Claim> partly) {
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

    private static boolean diverts(Way way, Optional<Way> out) {
        boolean local =
                way.hop() == NextHop.VNET_LOCAL || way.hop() == NextHop.PEERING || way.hop() == NextHop.ENDPOINT;
        boolean asItCame = way.hop() == NextHop.APPLIANCE
                && out.filter(each -> each.hopAddress().equals(way.hopAddress()))
                        .isPresent();
        return way.origin() != Origin.SYSTEM && !local && !asItCame;
    }

    private Claim backward(Way way, Table back, Range prefix, Destination to) {
        boolean part = !destinations.places().gatewayPrefixes(to.address()).contains(prefix);
        String does = way.hop() == NextHop.NONE ? "drops" : "takes another way with";
        Obstacle obstacle = new Obstacle(
                RouteWords.target(way, back.subnet()),
                RouteWords.of(way),
                RouteWords.of(way) + " on subnet " + back.subnet().id().name() + " " + does
                        + " the answers to the gateway's " + (part ? "instances in " : "subnet ") + prefix.text()
                        + " from ",
                way.hop() == NextHop.NONE ? "" : ", though the requests come directly");
        return RouteWords.claim(destinations.places(), obstacle, way, back.subnet(), to);
    }
}
