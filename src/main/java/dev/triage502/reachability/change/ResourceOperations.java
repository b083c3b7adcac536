package dev.triage502.reachability.change;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.OperationKind;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was started, stopped, renewed or rewritten, by what it was done to. */
public final class ResourceOperations {

    private static final List<String> SERVING = List.of(
            "microsoft.compute/virtualmachines/",
            "microsoft.compute/virtualmachinescalesets/",
            "microsoft.web/sites/",
            "microsoft.app/containerapps/",
            "microsoft.containerinstance/containergroups/",
            "microsoft.containerservice/managedclusters/");

    private final List<Operation> all;
    private final Map<ResourceId, List<Operation>> lifecycle = new HashMap<>();
    private final Map<ResourceId, Operation> stopped = new TreeMap<>();

    public ResourceOperations(Optional<ActivityLog> log) {
        this.all = log.map(ActivityLog::operations).orElse(List.of()).stream()
                .filter(each -> each.outcome() != Outcome.FAILED)
                .toList();
        for (Operation each : all) {
            if (kind(each) != OperationKind.OTHER) {
                lifecycle
                        .computeIfAbsent(subject(each), id -> new ArrayList<>())
                        .add(each);
            }
        }
        for (ResourceId id : lifecycle.keySet()) {
            lastOf(id).filter(each -> kind(each) == OperationKind.STOP).ifPresent(each -> stopped.put(id, each));
        }
    }

    /** What an operation does to something that serves; an update of it that keeps its address counts as nothing. */
    public static OperationKind kind(Operation operation) {
        Wording name = Wording.of(operation.name());
        OperationKind kind = operation.kind();
        return SERVING.stream().noneMatch(name::startWith) || kind == OperationKind.WRITE ? OperationKind.OTHER : kind;
    }

    /**
     * What an operation is done to: the cluster of a node pool; the app of a revision that is restarted. A revision that
     * is deactivated leaves the app to another one.
     */
    private static ResourceId subject(Operation operation) {
        ResourceId id = operation.resource();
        boolean whole =
                id.key().contains("/agentpools/") || (isRevision(id) && kind(operation) == OperationKind.IN_PLACE);
        return whole ? id.parent() : id;
    }

    public static boolean isRevision(ResourceId id) {
        return id.key().contains("/revisions/");
    }

    /** The last thing done to something, or to the set that it is an instance of, that tells whether it runs. */
    public Optional<Operation> lastOf(ResourceId id) {
        return Stream.of(id, id.parent())
                .flatMap(each -> lifecycle.getOrDefault(each, List.of()).stream())
                .filter(each -> kind(each) != OperationKind.REPLACE)
                .reduce((first, second) -> second.started().isBefore(first.started()) ? first : second);
    }

    /** What was stopped and not started since, each with the operation that did it. */
    public Map<ResourceId, Operation> stopped() {
        return stopped;
    }

    public Stream<Operation> all() {
        return all.stream();
    }
}
