package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Network.LoadBalancer;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.change.OperationTimeline;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.BackendServer.ReachState;
import dev.triage502.reachability.server.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Was a node pool of a cluster scaled to zero just before the cluster's load balancer fell silent? The load balancer keeps its
 * frontend and the nodes that are left; what served there may have had the other nodes to run on. A node pool that has been empty
 * for long says nothing.
 */
final class EmptiedNodePools {

    /** How AKS names the scale set of a node pool: {@code aks-np1-12345678-vmss}. */
    private static final Pattern OF_NODE_POOL = Pattern.compile("aks-([a-z0-9]+)-\\d+-vmss", Pattern.CASE_INSENSITIVE);

    private static final Duration NEAR = Duration.ofMinutes(30);
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Topology topology;
    private final Observations observed;
    private final List<ScaleSet> empty;

    EmptiedNodePools(Topology topology, Observations observed) {
        this.topology = topology;
        this.observed = observed;
        this.empty = topology.backends().toOptional().map(Backends::scaleSets).orElse(List.of()).stream()
                .filter(each ->
                        each.capacity().orElse(1) == 0 && each.instances().isEmpty())
                .filter(each -> OF_NODE_POOL.matcher(each.id().name()).matches())
                .toList();
    }

    /** What speaks for it: the empty node pool, and what emptied it. None without both. */
    List<Claim> of(BackendServer server) {
        if (empty.isEmpty() || server.trouble() != ReachState.UNREACHED) {
            return List.of();
        }
        Instant onset = observed.requests()
                .flatMap(log -> log.of(server.pool()).firstFailure())
                .orElse(observed.incident().alertedAt());
        return topology.addresses().of(server).stream()
                .flatMap(address -> topology.owners().frontAt(address).stream())
                .flatMap(balancer -> empty.stream()
                        .filter(set -> isBehind(set, balancer))
                        .flatMap(set -> emptied(set, onset).stream().map(by -> claims(server, balancer, set, by))))
                .findFirst()
                .orElse(List.of());
    }

    private static boolean isBehind(ScaleSet set, LoadBalancer balancer) {
        return set.id().subscription().equalsIgnoreCase(balancer.id().subscription())
                && set.id().resourceGroup().equalsIgnoreCase(balancer.id().resourceGroup());
    }

    /** The last operation on the node pool, or on its scale set, shortly before the server began to fail. */
    private Optional<Operation> emptied(ScaleSet set, Instant onset) {
        List<Operation> near = new OperationTimeline(observed.changes().all().filter(each -> concerns(each, set)))
                .between(onset.minus(NEAR), onset.plus(SLACK))
                .toList();
        // Somebody's own request tells more than what the cluster did about it.
        return near.stream()
                .filter(each -> !each.resource().equals(set.id()))
                .findFirst()
                .or(() -> near.stream().findFirst());
    }

    private boolean concerns(Operation operation, ScaleSet set) {
        String pool = operation.resource().after("agentPools");
        boolean ofPool = pool.equalsIgnoreCase(poolOf(set))
                && topology.members()
                        .nodeGroups()
                        .isOf(set.id(), operation.resource().parent());
        return ofPool || operation.resource().equals(set.id());
    }

    private List<Claim> claims(BackendServer server, LoadBalancer balancer, ScaleSet set, Operation by) {
        List<Claim> claims = new ArrayList<>();
        claims.add(Claim.of(
                        Source.BACKENDS,
                        server.address(),
                        "is the frontend of load balancer " + balancer.id().name() + " of a cluster whose node pool "
                                + poolOf(set) + " has no nodes")
                .with(values(set)));
        claims.add(Claim.of(
                        Source.ACTIVITY_LOG,
                        server.address(),
                        OperationPhrase.of(by).passive() + " before the server began to fail")
                .at(by.started()));
        return claims;
    }

    private Map<String, String> values(ScaleSet set) {
        Optional<ResourceId> cluster = topology.members().clusters().stream()
                .map(Cluster::id)
                .filter(each -> topology.members().nodeGroups().isOf(set.id(), each))
                .findFirst();
        return cluster.map(each -> Map.of(
                        "node-pool",
                        poolOf(set),
                        "node-cluster",
                        each.name(),
                        "node-cluster-resource-group",
                        each.resourceGroup()))
                .orElse(Map.of("node-pool", poolOf(set)));
    }

    private static String poolOf(ScaleSet set) {
        return Stream.of(OF_NODE_POOL.matcher(set.id().name()))
                .filter(Matcher::matches)
                .map(each -> each.group(1))
                .findFirst()
                .orElse("");
    }
}
