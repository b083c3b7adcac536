package dev.triage502.evidence.arm;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.EffectiveRoute;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Route;
import dev.triage502.evidence.Network.RouteSource;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** User-defined routes, and routes as the platform resolved them. */
final class RouteReader {

    /** A route may be for a service tag. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    private static final AzureWords<NextHop> NEXT_HOPS = AzureWords.of(
                    NextHop.APPLIANCE, "VirtualAppliance", "VirtualApplianceEcmp")
            .and(NextHop.NETWORK_GATEWAY, "VirtualNetworkGateway", "HyperNetGateway")
            .and(NextHop.VNET_LOCAL, "VnetLocal", "VirtualNetwork")
            .and(NextHop.PEERING, "VNetPeering", "VNetGlobalPeering", "GlobalVNetPeering", "VirtualNetworkPeering")
            .and(NextHop.ENDPOINT, "InterfaceEndpoint", "PrivateEndpoint", "VirtualNetworkServiceEndpoint")
            .and(NextHop.CONNECTED_GROUP, "ConnectedGroup")
            .and(NextHop.INTERNET, "Internet")
            .and(NextHop.NONE, "None");

    private static final AzureWords<RouteSource> SOURCES =
            AzureWords.of(RouteSource.DEFAULT, "Default").and(RouteSource.NETWORK_GATEWAY, "VirtualNetworkGateway");

    private RouteReader() {}

    /** The table; {@code losses} learns which of its routes were not understood. */
    static RouteTable table(ArmObject table, Losses losses) {
        if (!table.has("routes") && !table.has("disableBgpRoutePropagation")) {
            throw table.lacks("a route table with properties.routes");
        }
        ResourceId id = table.id().orElseThrow(() -> table.lacks("a route table with its id"));
        Losses ofRoutes = losses.ofPart();
        List<ArmObject> listed = table.members("routes");
        List<Route> routes = ofRoutes.each(listed, route -> route(id, route, ofRoutes)).stream()
                .sorted(Comparator.comparing(Route::name).thenComparing(Route::toString))
                .toList();
        return new RouteTable(
                id,
                routes,
                !losses.read(Optional.<Boolean>empty(), () -> table.flag("disableBgpRoutePropagation"))
                        .orElse(false),
                listed.size() - routes.size(),
                ofRoutes.gap(Source.NETWORK));
    }

    private static Route route(ResourceId table, ArmObject route, Losses losses) {
        String prefix = route.text("addressPrefix").strip();
        if (IpAddresses.parse(prefix).isEmpty() && !TAG.matcher(prefix).matches()) {
            throw route.lacks("a route with its addressPrefix");
        }
        return new Route(
                route.name(),
                route.id().map(ResourceId::toString).orElse(table + "/routes/" + route.name()),
                prefix,
                nextHop(route, losses),
                losses.read(List.of(), () -> nextHopAddresses(route)));
    }

    /** Where several appliances share the traffic, they stand in a list of their own. */
    private static List<String> nextHopAddresses(ArmObject route) {
        List<String> one = route.texts("nextHopIpAddress");
        List<String> shared = route.texts("nextHopIpAddresses");
        List<String> several = route.object("nextHop").texts("nextHopIpAddresses");
        return Stream.of(one, shared, several)
                .flatMap(List::stream)
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .distinct()
                .sorted(IpAddresses.ORDER)
                .toList();
    }

    /** Answers of {@code effectiveRouteTable} ({@code value[]}), of {@code nextHop}, or routes by themselves. */
    static List<EffectiveRoute> effective(List<ArmObject> answers, Losses losses) {
        return answers.stream()
                .flatMap(answer -> effective(answer, losses))
                .sorted(Comparator.comparing(EffectiveRoute::on)
                        .thenComparing(each -> String.join(" ", each.prefixes()))
                        .thenComparing(EffectiveRoute::toString))
                .toList();
    }

    private static Stream<EffectiveRoute> effective(ArmObject answer, Losses losses) {
        String on = where(answer);
        for (String list : List.of("value", "effectiveRoutes", "routes")) {
            if (answer.has(list)) {
                return answer.objects(list).stream().map(route -> effective(on, route, losses));
            }
        }
        return Stream.of(effective(on, answer, losses));
    }

    private static String where(ArmObject answer) {
        return Stream.of("on", "networkInterface", "subnet", "resource", "targetResource", "targetResourceId", "id")
                .flatMap(field -> answer.reference(field).stream())
                .map(ResourceId::toString)
                .findFirst()
                .orElse("");
    }

    private static EffectiveRoute effective(String on, ArmObject route, Losses losses) {
        List<String> prefixes = route.texts("addressPrefix", "addressPrefixes");
        String own = where(route);
        return new EffectiveRoute(
                own.isEmpty() ? on : own,
                SOURCES.valueOf(route.text("source")).orElse(RouteSource.OTHER),
                (prefixes.isEmpty() ? route.texts("destinationIPAddress") : prefixes)
                        .stream().sorted().toList(),
                nextHop(route, losses),
                losses.read(List.of(), () -> nextHopAddresses(route)),
                route.text("state").isEmpty() || route.text("state").equalsIgnoreCase("Active"));
    }

    /** Where it leads; a route whose prefix is known counts even where this is not, for it may win. */
    private static NextHop nextHop(ArmObject route, Losses losses) {
        return losses.read(NextHop.UNKNOWN, () -> nextHop(route));
    }

    private static NextHop nextHop(ArmObject route) {
        return NEXT_HOPS
                .valueOf(route.text("nextHopType").replaceAll("[\\s_-]", ""))
                .orElseThrow(() -> route.lacks("a route whose nextHopType is one that Azure documents"));
    }
}
