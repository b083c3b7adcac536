package dev.triage502.reachability.check;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Network.RouteTable;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.CheckResult.Shown;
import dev.triage502.reachability.check.NsgDenyCheck.Extent;
import dev.triage502.reachability.member.ApplianceState;
import dev.triage502.reachability.member.ApplianceState.Halt;
import dev.triage502.reachability.member.StartCommandValues;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.nsg.NsgPath;
import dev.triage502.reachability.nsg.NsgPath.Decided;
import dev.triage502.reachability.route.ForwardPath;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Can the DNS servers that a network names of its own be asked from the gateway's subnet? */
final class CustomDnsServers {

    private static final int DNS = 53;

    /** Why one cannot. */
    private record Silence(Source source, String why, Map<String, String> values) {}

    private final Topology topology;
    private final ApplianceState halts;
    private final NoRouteCheck noWay;
    private final ForwardPath out;
    private final NsgPath gates;
    private final Map<String, Optional<Silence>> known = new HashMap<>();

    CustomDnsServers(Topology topology, Observations observed, NoRouteCheck noWay, ForwardPath out) {
        this.topology = topology;
        this.halts = new ApplianceState(topology.members(), topology.owners(), observed);
        this.noWay = noWay;
        this.out = out;
        // Questions go by UDP; a rule for TCP alone stops none.
        this.gates = topology.udpRules();
    }

    /** What shows that none of them answers for a server's name. */
    public Optional<Claim> unreachable(BackendServer server, List<String> addresses) {
        List<String> reasons = new ArrayList<>();
        Source source = Source.NETWORK;
        Map<String, String> values = new HashMap<>();
        for (String address : addresses) {
            Optional<Silence> silence = known.computeIfAbsent(address, this::silence);
            if (silence.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(address + ": " + silence.get().why());
            source = silence.get().source();
            values.putAll(silence.get().values());
        }
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(Claim.of(
                                source,
                                server.address(),
                                "none of the VNet's custom DNS servers is reachable (" + String.join("; ", reasons)
                                        + ")")
                        .with(values)
                        .with("dns-servers", String.join(" ", addresses))
                        .ofEachServer());
    }

    private Optional<Silence> silence(String address) {
        Optional<Halt> halt = halts.at(address);
        if (halt.isPresent()) {
            Halt stopped = halt.get();
            return Optional.of(new Silence(stopped.source(), stopped.says(), StartCommandValues.of(stopped.member())));
        }
        return IpAddresses.parse(address)
                .map(topology.endpoints()::at)
                .flatMap(to -> cutOff(to).or(() -> denied(to)));
    }

    private Optional<Silence> cutOff(Destination to) {
        return noWay.to(to) instanceof Shown shown
                ? Optional.of(new Silence(
                        Source.NETWORK, "it " + shown.claims().get(0).says(), Map.of()))
                : out.deadEnd(to).map(why -> new Silence(Source.NETWORK, why, route(to)));
    }

    /** The route that cuts it off; and what a route around that would have to be for, where the server is in the gateway's network. */
    private Map<String, String> route(Destination to) {
        Map<String, String> values = new HashMap<>();
        out.to(to).ifPresent(way -> {
            way.route().ifPresent(route -> values.put("dns-route", route.name()));
            way.table().map(RouteTable::id).ifPresent(table -> {
                values.put("dns-route-table", table.name());
                values.put("dns-route-table-resource-group", table.resourceGroup());
            });
        });
        if (values.containsKey("dns-route-table") && topology.places().isHome(to.place())) {
            values.put("dns-prefix", to.text() + (to.text().indexOf(':') < 0 ? "/32" : "/128"));
        }
        return values;
    }

    private Optional<Silence> denied(Destination to) {
        return gates.on(to, DNS).decided().stream()
                .filter(each -> NsgDenyCheck.extent(each.parts(), to.front()) == Extent.ALL)
                .findFirst()
                .map(CustomDnsServers::denial);
    }

    private static Silence denial(Decided decided) {
        SecurityRule rule = NsgDenyCheck.deciding(decided.parts()).rule();
        ResourceId group = decided.gate().group().id();
        String why = "blocked by NSG rule " + rule.name() + " of " + group.name() + " for UDP " + DNS;
        if (decided.gate().isAdmin()) {
            return new Silence(Source.NETWORK, why, Map.of());
        }
        Map<String, String> values = new HashMap<>();
        values.put("dns-rule", rule.name());
        values.put("dns-nsg", group.name());
        values.put("dns-nsg-resource-group", group.resourceGroup());
        values.put("dns-direction", rule.inbound() ? "Inbound" : "Outbound");
        decided.gate()
                .rules()
                .winningPriority(decided.sources(), decided.destination(), decided.port())
                .ifPresent(free -> values.put("dns-free-priority", String.valueOf(free)));
        return new Silence(Source.NETWORK, why, values);
    }
}
