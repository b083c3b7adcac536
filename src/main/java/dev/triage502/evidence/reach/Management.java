package dev.triage502.evidence.reach;

import dev.triage502.evidence.Addresses;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Network.Route;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.reach.Routing.Origin;
import dev.triage502.evidence.reach.Routing.Table;
import dev.triage502.evidence.reach.Routing.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Does the platform still reach the gateway's instances? A gateway with network isolation needs nothing of this. */
final class Management {

    private final Reading<Gateway> gateway;
    private final Destinations destinations;
    private final Routing routing;

    Management(Reading<Gateway> gateway, Destinations destinations, Routing routing) {
        this.gateway = gateway;
        this.destinations = destinations;
        this.routing = routing;
    }

    Reading<List<Finding>> denied() {
        return gateway.flatMap(known -> onSubnet(
                known,
                (places, each) -> destinations
                        .network()
                        .securityGroup(places.gatewaySubnet().securityGroup())
                        .map(group -> new ManagementRules(
                                        group,
                                        places.gatewaySubnet(),
                                        destinations.network().serviceTags())
                                .denied(each))));
    }

    Reading<List<Finding>> diverted() {
        return routes((table, management) -> {
            List<Finding> findings = new ArrayList<>(management.diverted());
            Reading<RouteTable> own =
                    destinations.network().routeTable(table.subnet().routeTable());
            own.toOptional()
                    .ifPresent(read -> findings.addAll(management.tagged(read.routes(), route -> asWay(route, read))));
            if (findings.isEmpty() && table.unread().isPresent()) {
                return Reading.couldNotRead(
                        table.unread().get().source(),
                        table.unread().get().why(),
                        table.unread().get().detail());
            }
            return Reading.present(findings);
        });
    }

    Reading<List<Finding>> maybeDiverted() {
        return routes((table, management) -> Reading.present(management.maybeDiverted()));
    }

    /** Whether it was seen that nothing stands in the way of it. */
    boolean isInOrder() {
        return Stream.of(denied(), diverted(), maybeDiverted())
                .allMatch(each -> each.toOptional().filter(List::isEmpty).isPresent());
    }

    private static Way asWay(Route route, RouteTable table) {
        return new Way(
                Origin.USER,
                new Addresses.Range(false, java.math.BigInteger.ZERO, java.math.BigInteger.ZERO, route.prefix()),
                route.nextHop(),
                route.nextHopAddress(),
                Optional.of(route),
                Optional.of(table),
                Optional.empty());
    }

    private Reading<List<Finding>> routes(BiFunction<Table, ManagementRoutes, Reading<List<Finding>>> look) {
        return gateway.flatMap(known -> onSubnet(known, (places, each) -> {
            Table table = routing.fromGateway();
            return look.apply(table, new ManagementRoutes(table, places.home()));
        }));
    }

    private Reading<List<Finding>> onSubnet(Gateway known, BiFunction<Places, Gateway, Reading<List<Finding>>> look) {
        if (known.isolated()) {
            return Reading.present(List.of());
        }
        Optional<CouldNotRead<?>> lacking = destinations.lacking();
        if (lacking.isPresent()) {
            CouldNotRead<?> why = lacking.get();
            return Reading.couldNotRead(why.source(), why.why(), why.detail());
        }
        Reading<List<Finding>> found = look.apply(destinations.places(), known);
        // No security group, no table: a fact, and nothing denies or diverts.
        return found.isPresent() || found.unread().isPresent() ? found : Reading.present(List.of());
    }
}
