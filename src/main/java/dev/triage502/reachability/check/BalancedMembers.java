package dev.triage502.reachability.check;

import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Network.BalancerProbe;
import dev.triage502.evidence.Network.BalancerRule;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Has a load balancer taken out all that stand behind it? Its HTTP probes take nothing but 200, and when none gives that, its
 * frontend is silent though everything behind it runs.
 */
final class BalancedMembers {

    private static final int WELL = 200;

    private final Topology topology;
    private final Observations observed;

    BalancedMembers(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
    }

    /** What shows it: a member gave another answer to what the load balancer asks, and no member gave 200. */
    Optional<Claim> takenOut(BackendServer server) {
        return topology.endpoints().of(server).stream()
                .flatMap(to -> topology.owners().frontAt(to.text()).stream()
                        .flatMap(balancer -> balancer.rules().stream()
                                .filter(rule -> isAsked(server, rule, to))
                                .flatMap(rule -> refused(server, balancer, rule).stream())))
                .findFirst();
    }

    private static boolean isAsked(BackendServer server, BalancerRule rule, Destination to) {
        return HostName.of(rule.address()).equals(HostName.of(to.text()))
                && server.doors().stream()
                        .flatMapToInt(door -> door.port().stream())
                        .anyMatch(rule::takes);
    }

    private Optional<Claim> refused(BackendServer server, LoadBalancer balancer, BalancerRule rule) {
        Optional<BalancerProbe> probe = rule.probe().filter(BalancerProbe::isHttp);
        if (probe.isEmpty()) {
            return Optional.empty();
        }
        List<DirectProbe> there = topology.owners().behind(rule).stream()
                .flatMap(member ->
                        observed.probes().at(HostName.of(member.address().address())))
                .filter(look -> look.port().equals(OptionalInt.of(probe.get().port())))
                .filter(DirectProbe::answered)
                .toList();
        List<DirectProbe> asked = there.stream()
                .filter(look -> look.path().equals(probe.get().path()))
                .toList();
        boolean well = asked.stream().anyMatch(look -> look.status().orElse(WELL) == WELL);
        return well || asked.isEmpty()
                ? Optional.empty()
                : Optional.of(claim(server, balancer, probe.get(), asked.get(0), there.stream()));
    }

    private static Claim claim(
            BackendServer server,
            LoadBalancer balancer,
            BalancerProbe probe,
            DirectProbe answer,
            Stream<DirectProbe> others) {
        TreeMap<String, String> values = new TreeMap<>();
        values.put("balancer", balancer.id().name());
        values.put("balancer-resource-group", balancer.id().resourceGroup());
        values.put("balancer-probe", probe.name());
        values.put("balancer-path", probe.path());
        // What AKS writes, it writes again.
        values.put(balancer.id().name().startsWith("kubernetes") ? "cluster-balancer" : "own-balancer", "yes");
        others.filter(look -> look.status().orElse(0) == WELL)
                .map(DirectProbe::path)
                .findFirst()
                .ifPresent(path -> values.put("good-path", path));
        return Claim.of(
                        Source.DIRECT_PROBE,
                        server.address(),
                        "is the frontend of load balancer " + balancer.id().name() + ", which asks its members for "
                                + probe.path() + " on port " + probe.port()
                                + " and takes out any that does not return 200; "
                                + answer.address() + " returns "
                                + answer.status().orElse(0)
                                + (answer.from().isEmpty() ? "" : " (tested from " + answer.from() + ")"))
                .with(values);
    }
}
