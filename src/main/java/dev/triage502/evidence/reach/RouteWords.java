package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses.Range;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.evidence.reach.Destinations.Destination;
import dev.triage502.evidence.reach.Outcome.Claim;
import dev.triage502.evidence.reach.Outcome.Obstacle;
import dev.triage502.evidence.reach.Routing.Origin;
import dev.triage502.evidence.reach.Routing.Way;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How is a route named, and what would change it? */
final class RouteWords {

    private RouteWords() {}

    /** The route in a sentence: {@code route to-fw (10.0.2.0/24 → VirtualAppliance 10.0.9.4) of rt-agw}. */
    static String of(Way way) {
        String leads = way.prefix().text() + " → " + hop(way.hop())
                + (way.hopAddress().isEmpty() ? "" : " " + way.hopAddress());
        if (way.origin() == Origin.LEARNED) {
            return "the route learned by BGP (" + leads + ")";
        }
        return way.route()
                .map(route -> "route " + route.name() + " (" + leads + ")"
                        + way.table().map(table -> " of " + table.id().name()).orElse(""))
                .orElse("the platform's own route (" + leads + ")");
    }

    static Target target(Way way, Subnet subnet) {
        return way.route()
                .map(route -> Target.of(Kind.ROUTE, route.name(), route.id()))
                .orElse(Target.of(Kind.ROUTE, way.prefix().text(), ""))
                .on(
                        Place.ROUTE_TABLE,
                        way.table().map(table -> table.id().name()).orElse(""))
                .on(Place.SUBNET, subnet.id().name());
    }

    /** What the page's commands need. */
    static Map<String, String> values(Way way, Subnet subnet) {
        Map<String, String> values = new HashMap<>();
        way.route().ifPresent(route -> values.put("route", route.name()));
        way.table().map(RouteTable::id).ifPresent(table -> {
            values.put("route-table", table.name());
            values.put("route-table-resource-group", table.resourceGroup());
            values.put("route-table-id", table.toString());
        });
        values.put("address-prefix", way.prefix().text());
        values.put("next-hop-type", hop(way.hop()));
        if (!way.hopAddress().isEmpty()) {
            values.put("next-hop", way.hopAddress());
        }
        values.put("subnet", subnet.id().name());
        values.put("subnet-id", subnet.id().toString());
        return values;
    }

    /** What is said of a route on a subnet that catches what goes to an address, or its answers. */
    static Claim claim(Places places, Obstacle obstacle, Way way, Subnet subnet, Destination to) {
        List<Range> gateway = places.gatewayPrefixes(to.address());
        Map<String, String> values = values(way, subnet);
        boolean out = subnet.id().equals(places.gatewaySubnet().id());
        gateway.stream()
                .findFirst()
                .map(answers -> out ? DenialWords.backend(to) : answers)
                .ifPresent(prefix -> values.put("destination-prefix", prefix.text()));
        return Claim.about(obstacle, to.text(), Source.NETWORK).with(values).with("address", to.text());
    }

    static String hop(NextHop hop) {
        switch (hop) {
            case VNET_LOCAL:
                return "VnetLocal";
            case PEERING:
                return "VNetPeering";
            case ENDPOINT:
                return "InterfaceEndpoint";
            case INTERNET:
                return "Internet";
            case APPLIANCE:
                return "VirtualAppliance";
            case NETWORK_GATEWAY:
                return "VirtualNetworkGateway";
            default:
                return "None";
        }
    }
}
