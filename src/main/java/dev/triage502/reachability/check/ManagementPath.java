package dev.triage502.reachability.check;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.Route;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.UnreadRule;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.reachability.address.AddressLocator;
import dev.triage502.reachability.route.EffectiveRouting.Origin;
import dev.triage502.reachability.route.EffectiveRouting.RoutingTable;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Does the platform still reach the gateway's instances? A gateway with network isolation needs nothing of this. */
final class ManagementPath {

    private final Topology topology;

    ManagementPath(Topology topology) {
        this.topology = topology;
    }

    public Reading<List<Finding>> denied() {
        return topology.gateway()
                .flatMap(known -> onSubnet(
                        known,
                        (places, each) -> topology.endpoints()
                                .network()
                                .securityGroup(places.gatewaySubnet().securityGroup())
                                .flatMap(group -> denied(group, each))));
    }

    private Reading<List<Finding>> denied(SecurityGroup group, Gateway known) {
        List<Finding> findings = new ManagementNsgCheck(topology, group).denied(known);
        Optional<CouldNotRead<?>> unread =
                group.unreadBefore(true, Integer.MAX_VALUE).map(UnreadRule::why);
        return findings.isEmpty() && unread.isPresent()
                ? Reading.couldNotRead(
                        unread.get().source(), unread.get().why(), unread.get().detail())
                : Reading.present(findings);
    }

    Reading<List<Finding>> diverted() {
        return routes((table, management) -> {
            List<Finding> findings = new ArrayList<>(management.diverted());
            Reading<RouteTable> own =
                    topology.endpoints().network().routeTable(table.subnet().routeTable());
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

    private static WinningRoute asWay(Route route, RouteTable table) {
        return new WinningRoute(
                Origin.USER,
                new IpAddresses.Range(false, java.math.BigInteger.ZERO, java.math.BigInteger.ZERO, route.prefix()),
                route.nextHop(),
                route.nextHopAddresses(),
                Optional.of(route),
                Optional.of(table),
                Optional.empty());
    }

    private Reading<List<Finding>> routes(BiFunction<RoutingTable, ManagementRouteCheck, Reading<List<Finding>>> look) {
        return topology.gateway()
                .flatMap(known -> onSubnet(
                        known,
                        (places, each) ->
                                look.apply(topology.routing().fromGateway(), new ManagementRouteCheck(topology))));
    }

    private Reading<List<Finding>> onSubnet(
            Gateway known, BiFunction<AddressLocator, Gateway, Reading<List<Finding>>> look) {
        if (known.isolated()) {
            return Reading.present(List.of());
        }
        // Which ports are needed depends on the generation.
        Optional<CouldNotRead<?>> lacking =
                topology.lacking().or(() -> known.sku().name().isBlank() ? known.gap() : Optional.empty());
        if (lacking.isPresent()) {
            CouldNotRead<?> why = lacking.get();
            return Reading.couldNotRead(why.source(), why.why(), why.detail());
        }
        Reading<List<Finding>> found = look.apply(topology.places(), known);
        // No security group, no table: a fact, and nothing denies or diverts.
        return found.isPresent() || found.unread().isPresent() ? found : Reading.present(List.of());
    }
}
