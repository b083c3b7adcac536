package dev.triage502.reachability.route;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Obstacle;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.name.ArrivalPoints.Arrival;
import dev.triage502.reachability.name.ResolvedEndpoints;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.route.EffectiveRouting.Origin;
import dev.triage502.reachability.route.EffectiveRouting.RoutingTable;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * The same for what stands behind a load balancer or a public address: answers leave from the members' own subnets. All
     * of them have to leave by such a route; where some do not, the load balancer's other members still answer.
     */
    public void judge(
            Destination front, List<Arrival> arrivals, List<Claim> shown, List<Claim> hinted, List<Claim> partly) {
        List<Claim> caught = new ArrayList<>();
        int diverted = 0;
        for (Arrival arrival : arrivals) {
            List<Claim> ofMember = backward(front, arrival, false);
            diverted += ofMember.isEmpty() ? 0 : 1;
            ofMember.stream().filter(each -> !caught.contains(each)).forEach(caught::add);
            backward(front, arrival, true).stream()
                    .filter(each -> !partly.contains(each))
                    .forEach(partly::add);
        }
        (diverted == arrivals.size() ? shown : hinted).addAll(caught);
    }

    /** Why the routes are not known by which the answers of these leave, if they are not. */
    public Optional<CouldNotRead<?>> unread(List<Arrival> arrivals) {
        return arrivals.stream()
                .flatMap(each -> table(each).stream())
                .flatMap(table -> table.unread().stream())
                .<CouldNotRead<?>>map(each -> each)
                .findFirst();
    }

    private Optional<RoutingTable> table(Arrival arrival) {
        AddressLocator.Place place = arrival.member().place();
        return place.subnet().flatMap(subnet -> place.network().map(network -> routing.from(subnet, network)));
    }

    /** @param part whether routes for a part of the gateway's subnet are asked for, and not those for all of it */
    private List<Claim> backward(Destination front, Arrival arrival, boolean part) {
        Optional<RoutingTable> table =
                table(arrival).filter(each -> each.unread().isEmpty());
        List<Claim> claims = new ArrayList<>();
        for (Range source : table.isEmpty() ? List.<Range>of() : arrival.sources()) {
            boolean open = !IpAddresses.isPrivate(source);
            List<WinningRoute> ways = part
                    ? table.get().inside(source)
                    : table.get().to(source).stream().toList();
            ways.stream()
                    .filter(way -> diverts(way, Optional.empty()))
                    .filter(way -> !open || way.hop() != NextHop.INTERNET)
                    .map(way -> backward(way, table.get(), part ? way.prefix() : source, front, open))
                    .forEach(claims::add);
        }
        return claims;
    }

    private static Claim backward(
            WinningRoute way, RoutingTable back, Range answersTo, Destination front, boolean open) {
        String does = way.hop() == NextHop.NONE ? "drops" : "diverts";
        Obstacle obstacle = new Obstacle(
                RouteFormatter.target(way, back.subnet()),
                RouteFormatter.of(way),
                RouteFormatter.of(way) + " on subnet " + back.subnet().id().name() + " " + does
                        + " replies to the gateway's " + (open ? "public IP address " : "subnet ") + answersTo.text()
                        + " from ",
                " (asymmetric routing: the requests arrive directly)");
        Map<String, String> values = new HashMap<>(RouteFormatter.values(way, back.subnet()));
        values.put("address", front.text());
        values.put(
                open ? "answers-to" : "destination-prefix",
                open ? answersTo.text() + (answersTo.six() ? "/128" : "/32") : answersTo.text());
        return Claim.about(obstacle, front.text(), Source.NETWORK).with(values);
    }

    private static boolean diverts(WinningRoute way, Optional<WinningRoute> out) {
        boolean local = way.hop() == NextHop.VNET_LOCAL
                || way.hop() == NextHop.PEERING
                || way.hop() == NextHop.CONNECTED_GROUP
                || way.hop() == NextHop.ENDPOINT;
        boolean asItCame = way.hop() == NextHop.APPLIANCE
                && out.filter(each -> each.hopAddresses().equals(way.hopAddresses()))
                        .isPresent();
        return way.origin() != Origin.SYSTEM && way.hop() != NextHop.UNKNOWN && !local && !asItCame;
    }

    private Claim backward(WinningRoute way, RoutingTable back, Range prefix, Destination to) {
        boolean part = !destinations.places().gatewayPrefixes(to.address()).contains(prefix);
        String does = way.hop() == NextHop.NONE ? "drops" : "diverts";
        Obstacle obstacle = new Obstacle(
                RouteFormatter.target(way, back.subnet()),
                RouteFormatter.of(way),
                RouteFormatter.of(way) + " on subnet " + back.subnet().id().name() + " " + does
                        + " replies to the gateway's " + (part ? "instances in " : "subnet ") + prefix.text()
                        + " from ",
                way.hop() == NextHop.NONE ? "" : " (asymmetric routing: the requests arrive directly)");
        return RouteFormatter.claim(destinations.places(), obstacle, way, back.subnet(), to);
    }
}
