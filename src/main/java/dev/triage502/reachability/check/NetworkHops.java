package dev.triage502.reachability.check;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.Peering;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Network.Subnet;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.NetworkHop;
import dev.triage502.reachability.NetworkHop.Kind;
import dev.triage502.reachability.NetworkHop.Verdict;
import dev.triage502.reachability.address.VnetPeerings;
import dev.triage502.reachability.change.RouteTableWrites;
import dev.triage502.reachability.member.ApplianceState;
import dev.triage502.reachability.name.ArrivalPoints.Arrival;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.nsg.NsgPath;
import dev.triage502.reachability.nsg.NsgPath.Decided;
import dev.triage502.reachability.nsg.NsgRuleEvaluation.Part;
import dev.triage502.reachability.route.EffectiveRouting.Origin;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import dev.triage502.reachability.route.ForwardPath;
import dev.triage502.reachability.route.RouteFormatter;
import dev.triage502.reachability.server.Observations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What do packets pass between the gateway and an address: NSGs, routes, peerings, load balancers, private endpoints? It
 * lists what is there, whether or not anything fails; what decides nothing (no NSG, the network's own routes) is left out.
 */
public final class NetworkHops {

    private final Topology topology;
    private final NsgPath rules;
    private final ForwardPath routes;

    private NetworkHops(Topology topology, Observations observed) {
        this.topology = topology;
        this.rules = topology.tcpRules();
        this.routes = new ForwardPath(
                topology.endpoints(),
                topology.routing(),
                topology.allocation(),
                new ApplianceState(topology.members(), topology.owners(), observed),
                new RouteTableWrites(observed.changes()));
    }

    /** The hops around the gateway; empty where its own network was not read. */
    public static Optional<NetworkHops> of(Evidence evidence) {
        Observations observed = new Observations(evidence);
        Topology topology = new Topology(evidence, observed);
        return topology.lacking().isPresent() ? Optional.empty() : Optional.of(new NetworkHops(topology, observed));
    }

    /** The gateway's subnet: {@code subnet snet-waf 10.126.1.0/24}. */
    public String gatewaySubnet() {
        return words(topology.places().gatewaySubnet());
    }

    /** The subnet of an address, likewise; empty where it is not known. */
    public Optional<String> subnetOf(String address) {
        return IpAddresses.parse(address)
                .map(topology.endpoints()::at)
                .flatMap(to -> to.place().subnet())
                .map(NetworkHops::words);
    }

    private static String words(Subnet subnet) {
        return "subnet " + subnet.id().name()
                + subnet.prefixes().stream()
                        .findFirst()
                        .map(each -> " " + each.text())
                        .orElse("");
    }

    /** What TCP packets to an address and a port pass, in the order in which they meet it. */
    public List<NetworkHop> to(String address, int port) {
        return IpAddresses.parse(address)
                .map(topology.endpoints()::at)
                .map(to -> to(to, port))
                .orElse(List.of());
    }

    private List<NetworkHop> to(Destination to, int port) {
        List<NetworkHop> hops = new ArrayList<>();
        List<Decided> leaving = rules.leaving(to, port).decided();
        Subnet home = topology.places().gatewaySubnet();
        rules(leaving, home.securityGroup(), false).forEach(hop -> hops.add(hop.at(words(home))));
        route(to).ifPresent(hops::add);
        topology.owners()
                .frontAt(to.text())
                .ifPresent(each ->
                        hops.add(new NetworkHop(Kind.LOAD_BALANCER, each.id().name(), to.text(), Verdict.ALLOWS, "")));
        to.endpoint()
                .ifPresent(each -> hops.add(new NetworkHop(
                        Kind.PRIVATE_ENDPOINT,
                        each.id().name(),
                        each.status(),
                        Wording.of(each.status()).is("approved") ? Verdict.ALLOWS : Verdict.DENIES,
                        "")));
        Optional<Arrival> arrival = topology.arrivals()
                .of(to, port)
                .toOptional()
                .flatMap(all -> all.stream().findFirst());
        Destination at = arrival.map(Arrival::member).orElse(to);
        List<Range> sources =
                arrival.map(Arrival::sources).orElseGet(() -> topology.places().gatewayPrefixes(to.address()));
        List<Decided> arriving = rules.arriving(
                        at, sources, arrival.map(Arrival::port).orElse(port))
                .decided();
        Optional<ResourceId> group =
                at.countsNsg() ? at.place().subnet().flatMap(Subnet::securityGroup) : Optional.empty();
        String where = at.place().subnet().map(NetworkHops::words).orElse("");
        rules(arriving, group, true).forEach(hop -> hops.add(hop.at(where)));
        return hops;
    }

    /** @param expected the group that is known to be there, whether or not its rules could be read */
    private static List<NetworkHop> rules(List<Decided> decided, Optional<ResourceId> expected, boolean inbound) {
        List<NetworkHop> hops = new ArrayList<>();
        decided.stream()
                .map(NetworkHops::hop)
                .filter(NetworkHops::decidesSomething)
                .forEach(hops::add);
        boolean known = expected.isEmpty()
                || decided.stream().anyMatch(each -> each.gate().group().id().equals(expected.get()));
        if (!known) {
            hops.add(new NetworkHop(
                    inbound ? Kind.NSG_IN : Kind.NSG_OUT, expected.get().name(), "", Verdict.UNREAD, ""));
        }
        return hops;
    }

    /** Security admin rules that let traffic through leave the decision to the NSG after them. */
    private static boolean decidesSomething(NetworkHop hop) {
        return !hop.kind().isAdminRules() || hop.verdict() != Verdict.ALLOWS;
    }

    private static NetworkHop hop(Decided decided) {
        boolean inbound = decided.gate().inbound();
        Kind kind = decided.gate().isAdmin()
                ? (inbound ? Kind.ADMIN_RULES_IN : Kind.ADMIN_RULES_OUT)
                : (inbound ? Kind.NSG_IN : Kind.NSG_OUT);
        Optional<Part> denied = decided.parts().stream().filter(Part::denied).findFirst();
        Part tells = denied.orElse(decided.parts().get(0));
        Verdict verdict = denied.isEmpty() ? Verdict.ALLOWS : denied.get().sure() ? Verdict.DENIES : Verdict.UNREAD;
        String does = verdict == Verdict.UNREAD ? "may deny" : verdict == Verdict.DENIES ? "denies" : "allows";
        return new NetworkHop(
                kind,
                decided.gate().group().id().name(),
                words(tells.rule()) + " " + does + " TCP " + decided.port(),
                verdict,
                "");
    }

    private static String words(SecurityRule rule) {
        return rule.isDefault() ? "default rule" : rule.name() + " (" + rule.priority() + ")";
    }

    private Optional<NetworkHop> route(Destination to) {
        if (routes.unread(to).isPresent()) {
            return Optional.of(new NetworkHop(Kind.ROUTE, "next hop", "", Verdict.UNREAD, ""));
        }
        return routes.to(to)
                .flatMap(way -> way.origin() == Origin.SYSTEM ? ofPlatform(way) : Optional.of(route(way, to)));
    }

    private NetworkHop route(WinningRoute way, Destination to) {
        String name = way.route()
                .map(route -> route.name())
                .orElse("BGP route " + way.prefix().text());
        String leads =
                way.hopAddresses().isEmpty() ? RouteFormatter.hop(way.hop()) : String.join(", ", way.hopAddresses());
        return new NetworkHop(
                Kind.ROUTE,
                name,
                "next hop " + leads,
                way.hop() == NextHop.NONE || routes.deadEnd(to).isPresent() ? Verdict.DENIES : Verdict.ALLOWS,
                "");
    }

    private static Optional<NetworkHop> ofPlatform(WinningRoute way) {
        return way.peering().map(NetworkHops::peering);
    }

    private static NetworkHop peering(Peering half) {
        return new NetworkHop(
                Kind.PEERING,
                half.name(),
                "to " + half.remote().name(),
                VnetPeerings.works(half) ? Verdict.ALLOWS : Verdict.DENIES,
                "");
    }
}
