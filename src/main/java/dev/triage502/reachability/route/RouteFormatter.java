package dev.triage502.reachability.route;

import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Obstacle;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.route.EffectiveRouting.Origin;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How is a route named, and what would change it? */
public final class RouteFormatter {

    private RouteFormatter() {}

    /** The route in a sentence: {@code route to-fw (10.0.2.0/24 → VirtualAppliance 10.0.9.4) of rt-agw}. */
    public static String of(WinningRoute way) {
        String leads = way.prefix().text() + " → " + hop(way.hop())
                + (way.hopAddress().isEmpty() ? "" : " " + way.hopAddress());
        if (way.origin() == Origin.LEARNED) {
            return "the BGP route (" + leads + ")";
        }
        return way.route()
                .map(route -> "route " + route.name() + " (" + leads + ")"
                        + way.table().map(table -> " of " + table.id().name()).orElse(""))
                .orElse("the system route (" + leads + ")");
    }

    public static Target target(WinningRoute way, Subnet subnet) {
        return way.route()
                .map(route -> Target.of(Kind.ROUTE, route.name(), route.id()))
                .orElse(Target.of(Kind.ROUTE, way.prefix().text(), ""))
                .on(
                        Place.ROUTE_TABLE,
                        way.table().map(table -> table.id().name()).orElse(""))
                .on(Place.SUBNET, subnet.id().name());
    }

    /** What the page's commands need. */
    public static Map<String, String> values(WinningRoute way, Subnet subnet) {
        Map<String, String> values = new HashMap<>();
        way.route().ifPresent(route -> values.put("route", route.name()));
        way.table().map(RouteTable::id).ifPresent(table -> {
            values.put("route-table", table.name());
            values.put("route-table-resource-group", table.resourceGroup());
            values.put("route-table-id", table.toString());
        });
        values.put("address-prefix", way.prefix().text());
        values.put("next-hop-type", hop(way.hop()));
        if (way.hopAddresses().size() == 1) {
            values.put("next-hop", way.hopAddress());
        }
        values.put("subnet", subnet.id().name());
        values.put("subnet-id", subnet.id().toString());
        return values;
    }

    /** What is said of a route on a subnet that catches what goes to an address, or its answers. */
    static Claim claim(AddressLocator places, Obstacle obstacle, WinningRoute way, Subnet subnet, Destination to) {
        List<Range> gateway = places.gatewayPrefixes(to.address());
        Map<String, String> values = values(way, subnet);
        boolean out = subnet.id().equals(places.gatewaySubnet().id());
        gateway.stream()
                .findFirst()
                .map(answers -> out ? to.ruleRange() : answers)
                .ifPresent(prefix -> values.put("destination-prefix", prefix.text()));
        return Claim.about(obstacle, to.text(), Source.NETWORK).with(values).with("address", to.text());
    }

    public static String hop(NextHop hop) {
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
            case CONNECTED_GROUP:
                return "ConnectedGroup";
            case UNKNOWN:
                return "an unknown next hop";
            default:
                return "None";
        }
    }
}
