package dev.triage502.reachability.check;

import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Network.BalancerProbe;
import dev.triage502.evidence.Network.BalancerRule;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.Source;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.NameLists;
import dev.triage502.reachability.name.ResolvedEndpoints.Destination;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.PortUse;
import dev.triage502.reachability.server.Observations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Does a load balancer have nobody to pass requests to? Its pool may be empty, or it may have taken out all that stand behind it: its
 * HTTP probes take nothing but 200, and when none gives that, its frontend is silent though everything behind it runs.
 */
final class BalancedMembers {

    private static final int WELL = 200;

    private final Topology topology;
    private final Observations observed;

    BalancedMembers(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
    }

    /**
     * What shows it: members gave another answer to what the load balancer asks, and none gave 200. That its frontend is silent
     * speaks for those that nobody asked.
     */
    Optional<Claim> takenOut(BackendServer server) {
        return asked(server)
                .flatMap(each -> refused(server, each.balancer(), each.rule()).stream())
                .findFirst();
    }

    /**
     * What speaks for nobody behind the frontend: the pool of its rule is empty. A cluster fills the pools of its own load balancers
     * again.
     */
    Optional<Claim> none(BackendServer server) {
        return asked(server)
                .filter(each -> !isOfACluster(each.balancer()) && each.rule().poolIsEmpty())
                .filter(each -> topology.owners().behind(each.rule()).isEmpty())
                .flatMap(each -> each.rule().pool().map(pool -> none(server, each.balancer(), pool)).stream())
                .findFirst();
    }

    private static Claim none(BackendServer server, LoadBalancer balancer, ResourceId pool) {
        return Claim.of(
                        Source.NETWORK,
                        server.address(),
                        "is the frontend of load balancer " + balancer.id().name()
                                + ", and nothing is in its backend pool " + pool.name())
                .with("balancer", balancer.id().name())
                .with("balancer-resource-group", balancer.id().resourceGroup())
                .with("balancer-pool", pool.name());
    }

    /**
     * Some of its members refuse connections at the port that it passes requests on to, and go on getting their part of them: it
     * asks another port, or has not taken them out yet.
     */
    Optional<Claim> refusing(BackendServer server) {
        return asked(server)
                .flatMap(each -> server.doors().stream()
                        .filter(PortUse::live)
                        .flatMap(door -> door.port().stream().boxed())
                        .flatMap(port -> refusing(server, each, each.rule().portOfMember(port)).stream()))
                .findFirst();
    }

    private Optional<Claim> refusing(BackendServer server, Asked asked, int port) {
        List<HostName> members = members(asked.rule());
        List<DirectProbe> refused = members.stream()
                .flatMap(member -> observed.probes().at(member))
                .filter(look -> look.port().equals(OptionalInt.of(port)))
                .filter(look -> look.connect() == Connect.REFUSED)
                .toList();
        List<String> closed =
                refused.stream().map(DirectProbe::address).distinct().toList();
        if (closed.isEmpty()) {
            return Optional.empty();
        }
        String from = refused.get(0).from();
        return Optional.of(Claim.of(
                        Source.DIRECT_PROBE,
                        server.address(),
                        "is the frontend of load balancer "
                                + asked.balancer().id().name()
                                + ", which passes requests on to "
                                + NameLists.some(closed.stream()
                                        .map(each -> each + ":" + port)
                                        .toList())
                                + " as well, where the server refuses connections"
                                + (from.isEmpty() ? "" : " (tested from " + from + ")") + ": " + closed.size()
                                + " of its "
                                + members.size() + " backends")
                .with("balancer", asked.balancer().id().name())
                .with("balancer-resource-group", asked.balancer().id().resourceGroup())
                .with("refusing-member", String.join(", ", closed))
                .with("port", String.valueOf(port)));
    }

    private List<HostName> members(BalancerRule rule) {
        return topology.owners().behind(rule).stream()
                .map(member -> HostName.of(member.address().address()))
                .distinct()
                .toList();
    }

    private static boolean isOfACluster(LoadBalancer balancer) {
        return balancer.id().name().startsWith("kubernetes");
    }

    /** A load balancer, and its rule that takes what the gateway sends to the server. */
    private record Asked(LoadBalancer balancer, BalancerRule rule) {}

    private Stream<Asked> asked(BackendServer server) {
        return topology.endpoints().of(server).stream()
                .flatMap(to -> topology.owners().frontAt(to.text()).stream()
                        .flatMap(balancer -> balancer.rules().stream()
                                .filter(rule -> isAsked(server, rule, to))
                                .map(rule -> new Asked(balancer, rule))));
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
        List<HostName> members = members(rule);
        List<DirectProbe> there = members.stream()
                .flatMap(member -> observed.probes().at(member))
                .filter(look -> look.port().equals(OptionalInt.of(probe.get().port())))
                .filter(DirectProbe::answered)
                .toList();
        List<DirectProbe> asked = there.stream()
                .filter(look -> look.path().equals(probe.get().path()))
                .toList();
        boolean well = asked.stream().anyMatch(look -> look.status().orElse(WELL) == WELL);
        if (well || asked.isEmpty()) {
            return Optional.empty();
        }
        long of = asked.stream()
                .map(look -> HostName.of(look.address()))
                .distinct()
                .count();
        String seen = of == members.size() ? "" : "; tested: " + of + " of its " + members.size() + " backends";
        return Optional.of(claim(server, balancer, probe.get(), firstOfEach(asked), there.stream(), seen));
    }

    private static List<DirectProbe> firstOfEach(List<DirectProbe> looks) {
        Map<HostName, DirectProbe> first = new LinkedHashMap<>();
        looks.forEach(look -> first.putIfAbsent(HostName.of(look.address()), look));
        return List.copyOf(first.values());
    }

    /** {@code 10.0.2.4 returns 404 (tested from vm-jump)}. */
    private static String answer(DirectProbe look) {
        return look.address() + " returns " + look.status().orElse(0)
                + (look.from().isEmpty() ? "" : " (tested from " + look.from() + ")");
    }

    private static Claim claim(
            BackendServer server,
            LoadBalancer balancer,
            BalancerProbe probe,
            List<DirectProbe> answers,
            Stream<DirectProbe> others,
            String seen) {
        TreeMap<String, String> values = new TreeMap<>();
        values.put("balancer", balancer.id().name());
        values.put("balancer-resource-group", balancer.id().resourceGroup());
        values.put("balancer-probe", probe.name());
        values.put("balancer-path", probe.path());
        // What AKS writes, it writes again.
        values.put(isOfACluster(balancer) ? "cluster-balancer" : "own-balancer", "yes");
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
                                + NameLists.some(answers.stream()
                                        .map(BalancedMembers::answer)
                                        .toList())
                                + seen)
                .with(values);
    }
}
