package dev.triage502.reachability.check;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.Route;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.evidence.Network.VirtualNetwork;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.address.LongestPrefixMap;
import dev.triage502.reachability.route.EffectiveRouting.Origin;
import dev.triage502.reachability.route.EffectiveRouting.RoutingTable;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import dev.triage502.reachability.route.RouteFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Does a route on the gateway's own subnet take its management traffic away from the internet's edge? */
final class ManagementRouteCheck {

    /** The whole internet, or its two halves, which some write to the same end. */
    private static final List<Range> DEFAULTS = Stream.of("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1")
            .flatMap(each -> IpAddresses.parse(each).stream())
            .toList();

    private final RoutingTable table;
    private final Subnet subnet;
    private final VirtualNetwork home;

    ManagementRouteCheck(Topology topology) {
        this.table = topology.routing().fromGateway();
        this.subnet = table.subnet();
        this.home = topology.places().home();
    }

    /** The routes that divert it. Where both halves of the internet have routes, these win over any for the whole. */
    List<Finding> diverted() {
        List<WinningRoute> ways = DEFAULTS.stream()
                .flatMap(each -> exact(table.user(), each).or(() -> exact(table.learned(), each)).stream())
                .toList();
        boolean halved = ways.size() == DEFAULTS.size();
        List<WinningRoute> diverting = ways.stream()
                .skip(halved ? 1 : 0)
                .filter(way -> way.hop() != NextHop.INTERNET && way.hop() != NextHop.UNKNOWN)
                .toList();
        return diverting.stream()
                .map(way -> diverting.stream()
                        .filter(other -> other != way)
                        .reduce(finding(way), ManagementRouteCheck::beside, (one, same) -> one))
                .toList();
    }

    /** The finding of a route, with another one of the same kind that has to be changed as well. */
    private static Finding beside(Finding finding, WinningRoute other) {
        boolean alike = finding.values().containsKey("next-hop")
                == (other.hopAddresses().size() == 1);
        if (other.route().isEmpty() || !alike) {
            return finding;
        }
        Finding more = finding.with("second-route", other.route().get().name())
                .with("second-next-hop-type", RouteFormatter.hop(other.hop()));
        return other.hopAddresses().size() == 1
                ? more.with("second-next-hop", other.hopAddresses().get(0))
                : more;
    }

    /** User-defined routes for the tags of the platform's own services. */
    List<Finding> tagged(List<Route> routes, java.util.function.Function<Route, WinningRoute> asWay) {
        return routes.stream()
                .filter(route -> route.nextHop() != NextHop.INTERNET && route.nextHop() != NextHop.UNKNOWN)
                .filter(route -> {
                    ArmName tag = ArmName.of(route.prefix());
                    return tag.is("GatewayManager")
                            || Wording.of(route.prefix()).startWith("azurecloud");
                })
                .map(asWay)
                .map(this::finding)
                .toList();
    }

    /** What lets one suspect a route that no document shows. */
    List<Finding> maybeDiverted() {
        boolean own =
                DEFAULTS.stream().anyMatch(each -> exact(table.user(), each).isPresent());
        if (own || !table.mayLearn()) {
            return List.of();
        }
        String through = home.peerings().toOptional().orElse(List.of()).stream()
                .filter(Peering::usesRemoteGateways)
                .map(peering -> "peering " + peering.name() + " uses the gateways of "
                        + peering.remote().name())
                .findFirst()
                .orElse(home.id().name() + " has a virtual network gateway");
        Target target = Target.of(Kind.SUBNET, subnet.id().name(), subnet.id().toString());
        return List.of(Finding.of(
                        Source.NETWORK,
                        target,
                        subnet.id().name() + ": " + through
                                + ", and BGP route propagation is on, so it may have learned a default route")
                .with("subnet", subnet.id().name())
                .with("subnet-id", subnet.id().toString()));
    }

    private static Optional<WinningRoute> exact(LongestPrefixMap<WinningRoute> ways, Range prefix) {
        return ways.longest(prefix)
                .filter(hit -> hit.prefix().prefixLength() == prefix.prefixLength())
                .map(LongestPrefixMap.Hit::value);
    }

    private Finding finding(WinningRoute way) {
        String does = way.hop() == NextHop.NONE
                ? "drops the gateway's management traffic"
                : "diverts the gateway's management traffic";
        Finding finding = Finding.of(
                Source.NETWORK,
                RouteFormatter.target(way, subnet),
                RouteFormatter.of(way) + " on the gateway's subnet "
                        + subnet.id().name() + " " + does
                        + (way.origin() == Origin.LEARNED
                                ? "; a route table with BGP route propagation turned off would remove it"
                                : ""));
        for (Map.Entry<String, String> value :
                RouteFormatter.values(way, subnet).entrySet()) {
            finding = finding.with(value.getKey(), value.getValue());
        }
        return finding;
    }
}
