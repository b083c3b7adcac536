package dev.triage502.evidence.arm;

import dev.triage502.evidence.Network.EffectiveRoute;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Route;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.incident.ResourceId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** User-defined routes, and routes as the platform resolved them. */
final class RouteReader {

    private RouteReader() {}

    static RouteTable table(ArmObject table) {
        if (!table.has("routes") && !table.has("disableBgpRoutePropagation")) {
            throw table.lacks("a route table with properties.routes");
        }
        ResourceId id = table.id().orElseThrow(() -> table.lacks("a route table with its id"));
        return new RouteTable(
                id,
                table.objects("routes").stream()
                        .map(route -> route(id, route))
                        .sorted(Comparator.comparing(Route::name).thenComparing(Route::toString))
                        .toList(),
                !table.flag("disableBgpRoutePropagation").orElse(false));
    }

    private static Route route(ResourceId table, ArmObject route) {
        if (route.text("addressPrefix").isBlank()) {
            throw route.lacks("a route with its addressPrefix");
        }
        return new Route(
                route.name(),
                route.id().map(ResourceId::toString).orElse(table + "/routes/" + route.name()),
                route.text("addressPrefix").strip(),
                nextHop(route),
                route.text("nextHopIpAddress").strip());
    }

    /** Answers of {@code effectiveRouteTable} ({@code value[]}), of {@code nextHop}, or routes by themselves. */
    static List<EffectiveRoute> effective(List<ArmObject> answers) {
        return answers.stream()
                .flatMap(RouteReader::effective)
                .sorted(Comparator.comparing(EffectiveRoute::on)
                        .thenComparing(each -> String.join(" ", each.prefixes()))
                        .thenComparing(EffectiveRoute::toString))
                .toList();
    }

    private static Stream<EffectiveRoute> effective(ArmObject answer) {
        String on = where(answer);
        for (String list : List.of("value", "effectiveRoutes", "routes")) {
            if (answer.has(list)) {
                return answer.objects(list).stream().map(route -> effective(on, route));
            }
        }
        return Stream.of(effective(on, answer));
    }

    private static String where(ArmObject answer) {
        return Stream.of("on", "networkInterface", "subnet", "resource", "targetResource", "targetResourceId", "id")
                .flatMap(field -> answer.reference(field).stream())
                .map(ResourceId::toString)
                .findFirst()
                .orElse("");
    }

    private static EffectiveRoute effective(String on, ArmObject route) {
        List<String> prefixes = route.texts("addressPrefix", "addressPrefixes");
        String own = where(route);
        return new EffectiveRoute(
                own.isEmpty() ? on : own,
                route.text("source"),
                (prefixes.isEmpty() ? route.texts("destinationIPAddress") : prefixes)
                        .stream().sorted().toList(),
                nextHop(route),
                route.texts("nextHopIpAddress").stream().sorted().findFirst().orElse(""),
                route.text("state").isEmpty() || route.text("state").equalsIgnoreCase("Active"));
    }

    private static NextHop nextHop(ArmObject route) {
        String type = route.text("nextHopType").replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
        switch (type) {
            case "virtualappliance":
                return NextHop.APPLIANCE;
            case "virtualnetworkgateway":
            case "hypernetgateway":
                return NextHop.NETWORK_GATEWAY;
            case "vnetlocal":
            case "virtualnetwork":
                return NextHop.VNET_LOCAL;
            case "vnetpeering":
            case "vnetglobalpeering":
            case "globalvnetpeering":
            case "virtualnetworkpeering":
                return NextHop.PEERING;
            case "interfaceendpoint":
            case "privateendpoint":
            case "virtualnetworkserviceendpoint":
                return NextHop.ENDPOINT;
            case "internet":
                return NextHop.INTERNET;
            case "none":
                return NextHop.NONE;
            default:
                throw route.lacks("a route whose nextHopType is one that Azure documents");
        }
    }
}
