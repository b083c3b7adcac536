package dev.triage502.reachability.check;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Wording;
import dev.triage502.reachability.CheckResult.Claim;
import dev.triage502.reachability.change.GatewayWriteTimes;
import dev.triage502.reachability.change.OperationTimeline;
import dev.triage502.reachability.change.ResourceOperations;
import dev.triage502.reachability.server.BackendServer;
import dev.triage502.reachability.server.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What may serve at another address since, in place of a server that a pool still holds? */
final class ReplacementCandidates {

    private static final String CONTAINER_GROUPS = "Microsoft.ContainerInstance/containerGroups";
    private static final Duration NEAR = Duration.ofHours(2);

    private final Topology topology;
    private final GatewayWriteTimes writes;
    private final boolean controller;
    private final OperationTimeline replacements;
    private final OperationTimeline comings;
    private final Map<Instant, Optional<Operation>> replacedBefore = new HashMap<>();
    private final Map<Instant, Optional<Operation>> cameBackBefore = new HashMap<>();

    ReplacementCandidates(Topology topology, Observations observed, GatewayWriteTimes writes) {
        this.topology = topology;
        this.writes = writes;
        this.controller = topology.gateway()
                .toOptional()
                .filter(Gateway::hasIngressController)
                .isPresent();
        // What a cluster's nodes do matters to pools that its controller fills, and to no others.
        this.replacements = new OperationTimeline(observed.changes()
                .all()
                .filter(each -> ResourceOperations.kind(each) == OperationKind.REPLACE)
                .filter(each -> controller || !each.concerns("Microsoft.ContainerService/managedClusters")));
        this.comings = new OperationTimeline(observed.changes().all().filter(ReplacementCandidates::bringsBack));
    }

    /**
     * What came up before the server began to fail and is in no pool yet.
     *
     * @param served whether the server answered before that
     */
    public Optional<Claim> of(BackendServer server, Instant onset, boolean served) {
        Optional<Claim> claim = Optional.empty();
        if (controller || served) {
            claim = replacedBefore
                    .computeIfAbsent(onset, each -> lastBefore(replacements, each))
                    .map(each -> claim(server, each, " was renewed or scaled (", ") and"));
        }
        return claim.isEmpty() && served && isOfContainers(server.address())
                ? cameBackBefore
                        .computeIfAbsent(onset, each -> lastBefore(comings, each))
                        .map(each -> claim(server, each, " came back (", "): it may have another address since, and"))
                : claim;
    }

    private Optional<Operation> lastBefore(OperationTimeline operations, Instant onset) {
        return operations
                .between(onset.minus(NEAR), onset)
                .filter(each -> !writes.renewed(each, onset))
                .findFirst();
    }

    /** Whether only container groups live in the address's subnet. */
    private boolean isOfContainers(String address) {
        return topology.lacking().isEmpty()
                && IpAddresses.parse(address)
                        .flatMap(range -> topology.places().of(range).subnet())
                        .filter(subnet -> subnet.delegations().stream().anyMatch(CONTAINER_GROUPS::equalsIgnoreCase))
                        .isPresent();
    }

    /** Azure keeps no address for a container group that starts anew. */
    private static boolean bringsBack(Operation operation) {
        return operation.concerns(CONTAINER_GROUPS)
                && Wording.of(operation.name()).endIn("/start/action", "/restart/action", "/containergroups/write");
    }

    private static Claim claim(BackendServer server, Operation operation, String what, String then) {
        return Claim.of(
                        Source.ACTIVITY_LOG,
                        server.address(),
                        operation.resource().name() + what + operation.name() + " by " + operation.caller() + then
                                + " the pool was not written after that")
                .at(operation.started());
    }
}
