package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.IngressAddOn;
import dev.triage502.evidence.IngressController;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.ResourceType;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.change.GatewayWriteTimes;
import dev.triage502.reachability.change.OperationTimeline;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.member.NodeResourceGroups;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import dev.triage502.reachability.server.RequestHistory.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What may serve at another address since, in place of a server that a pool still holds? */
final class ReplacementCandidates {

    private static final String CONTAINER_GROUPS = "Microsoft.ContainerInstance/containerGroups";
    private static final String CLUSTERS = "Microsoft.ContainerService/managedClusters";
    private static final List<String> NODE_TYPES =
            List.of("Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Compute/virtualMachines");
    private static final Duration NEAR = Duration.ofHours(2);
    private static final Duration SLACK = Duration.ofMinutes(1);

    /** What is deleted may serve for a little longer than the log says. */
    private static final Duration DRAINING = Duration.ofMinutes(3);

    private final Topology topology;
    private final Observations observed;
    private final GatewayWriteTimes writes;
    private final Optional<IngressController> controller;
    private final Set<ResourceId> othersClusters;
    private final OperationTimeline replacements;
    private final OperationTimeline renewals;
    private final OperationTimeline comings;

    ReplacementCandidates(Topology topology, Observations observed, GatewayWriteTimes writes) {
        this.topology = topology;
        this.observed = observed;
        this.writes = writes;
        this.controller = topology.ingress();
        Optional<ResourceId> gateway = topology.gateway().toOptional().map(each -> each.id());
        this.othersClusters = topology.backends().toOptional().map(Backends::clusters).orElse(List.of()).stream()
                .filter(each -> each.ingress()
                        .flatMap(IngressAddOn::gateway)
                        .filter(filled -> !gateway.equals(Optional.of(filled)))
                        .isPresent())
                .map(Cluster::id)
                .collect(Collectors.toUnmodifiableSet());
        // What a cluster's nodes do matters to pools that its controller fills, and to no others.
        this.replacements = new OperationTimeline(observed.changes()
                .all()
                .filter(each -> ResourceOperations.kind(each) == OperationKind.REPLACE)
                .filter(each -> each.concerns(CLUSTERS) ? isOfController(each) : true));
        this.renewals = new OperationTimeline(observed.changes().all().filter(this::renewsPods));
        this.comings = new OperationTimeline(observed.changes().all().filter(ReplacementCandidates::bringsBack));
    }

    /**
     * What came up before the server began to fail, or gave a cluster's pods other addresses, and is in no pool yet.
     *
     * @param onset  when the server began to fail, as far as known
     * @param served whether the server answered before that
     * @param beside whether another address of its subnet answers in its place
     */
    Optional<Claim> of(BackendServer server, Instant onset, boolean served, boolean beside) {
        Optional<Operation> found = controller.isPresent() ? renewed(server, onset) : Optional.empty();
        if (found.isEmpty() && (controller.isPresent() || served)) {
            found = lastBefore(server, replacements, onset);
        }
        if (found.isEmpty() && (served || beside) && isOfContainers(server.address())) {
            found = beside ? unserved(server, comings, onset) : lastBefore(server, comings, onset);
        }
        return found.map(each -> claim(server, each));
    }

    /** Whether the pool's pods have other addresses, by an operation that the controller has not answered with a write. */
    boolean isRenewed(BackendServer server, Instant onset) {
        return controller.isPresent() && renewed(server, onset).isPresent();
    }

    /** However long ago: pods that moved at night are missed in the morning, unless the server was seen to serve since. */
    private Optional<Operation> renewed(BackendServer server, Instant onset) {
        return unserved(server, renewals, onset)
                // Requests to a cluster that is off failed before it was started, too.
                .filter(each -> ResourceOperations.kind(each) == OperationKind.START
                        || !each.started().isAfter(onset.plus(SLACK)));
    }

    private Optional<Operation> unserved(BackendServer server, OperationTimeline operations, Instant onset) {
        return operations
                .lastBy(observed.incident().alertedAt())
                .filter(each -> !writes.renewed(each, onset))
                .filter(each -> !isOutlived(each, server, SLACK));
    }

    private Optional<Operation> lastBefore(BackendServer server, OperationTimeline operations, Instant onset) {
        return operations
                .between(onset.minus(NEAR), onset)
                .filter(each -> !writes.renewed(each, onset))
                .filter(each -> !isOutlived(each, server, DRAINING))
                .findFirst();
    }

    /** Whether the server was seen to serve after it: what went by it was another. */
    private boolean isOutlived(Operation operation, BackendServer server, Duration by) {
        return observed.requests()
                .map(log -> log.of(server.pool(), server.host()))
                .flatMap(Seen::lastServed)
                .filter(last -> last.isAfter(operation.ended().plus(by)))
                .isPresent();
    }

    private boolean isOfController(Operation operation) {
        return controller.isPresent()
                && controller
                        .get()
                        .cluster()
                        .map(operation.resource()::isWithin)
                        .orElse(othersClusters.stream().noneMatch(operation.resource()::isWithin));
    }

    /**
     * Whether the pods of the controller's cluster have other addresses after it: the cluster was started or deleted, or
     * a node pool of it was scaled, upgraded, reimaged or deleted. An update of the cluster as a whole may be about its tags.
     */
    private boolean renewsPods(Operation operation) {
        OperationKind kind = ResourceOperations.kind(operation);
        if (operation.concerns(CLUSTERS)) {
            return isOfController(operation)
                    && !operation.is(CLUSTERS + "/write")
                    && (kind == OperationKind.REPLACE
                            || (kind == OperationKind.START && operation.outcome() == Outcome.SUCCEEDED));
        }
        // A cluster keeps its node pools as scale sets, or as machines, in a resource group of its own.
        return NODE_TYPES.stream().anyMatch(operation::concerns)
                && (kind == OperationKind.REPLACE || kind == OperationKind.IN_PLACE)
                && isNodeOfController(operation.resource());
    }

    /** Whether a resource is in the node resource group of the controller's cluster, as far as is known. */
    private boolean isNodeOfController(ResourceId resource) {
        NodeResourceGroups groups = topology.members().nodeGroups();
        return controller.isPresent()
                && groups.holds(resource)
                && controller
                        .get()
                        .cluster()
                        .map(cluster -> groups.mayBeOf(resource, cluster))
                        .orElse(othersClusters.stream().noneMatch(cluster -> groups.isOf(resource, cluster)));
    }

    /** Whether only container groups live in the address's subnet. */
    private boolean isOfContainers(String address) {
        return topology.lacking().isEmpty()
                && IpAddresses.parse(address)
                        .flatMap(range -> topology.places().of(range).subnet())
                        .filter(subnet -> subnet.delegations().stream().anyMatch(ResourceType.of(CONTAINER_GROUPS)::is))
                        .isPresent();
    }

    /** Azure keeps no address for a container group that starts anew. */
    private static boolean bringsBack(Operation operation) {
        return operation.concerns(CONTAINER_GROUPS)
                && Wording.of(operation.name())
                        .endIn("/start/action", "/restart/action", "/containergroups/write", "/containergroups/delete");
    }

    private Claim claim(BackendServer server, Operation operation) {
        String who = controller
                .filter(each -> operation.concerns(CLUSTERS))
                .map(each -> "; " + each.name() + " has not updated the pool since")
                .orElse(
                        operation.concerns(CONTAINER_GROUPS)
                                ? "; its address may have changed, and the pool has not been updated since"
                                : "; the pool has not been updated since");
        return Claim.of(
                        Source.ACTIVITY_LOG,
                        server.address(),
                        OperationPhrase.object(operation.resource())
                                + what(operation)
                                + OperationPhrase.by(operation.caller())
                                + who)
                .at(operation.started());
    }

    private static String what(Operation operation) {
        Wording name = Wording.of(operation.name());
        if (name.endIn("/virtualmachinescalesets/delete/action")) {
            return " was scaled in";
        }
        if (name.endIn("/delete", "/delete/action")) {
            return " was deleted";
        }
        if (name.endIn("/start/action")) {
            return " was started";
        }
        if (name.endIn("/restart/action")) {
            return " was restarted";
        }
        boolean reimaged = name.has("reimage", "upgrade");
        return reimaged
                ? " was upgraded or reimaged"
                : operation.concerns(CONTAINER_GROUPS) ? " was redeployed" : " was scaled or updated";
    }
}
