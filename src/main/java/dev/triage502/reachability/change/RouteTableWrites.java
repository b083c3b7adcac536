package dev.triage502.reachability.change;

import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When were route tables last written? Of two that do not fit together, the one that was changed last is to be looked at. */
public final class RouteTableWrites {

    private static final String OF_TABLES = "microsoft.network/routetables/";
    private static final String ROUTES = "/routes/";

    private final Map<ResourceId, Instant> last = new HashMap<>();

    public RouteTableWrites(ResourceOperations changes) {
        changes.all()
                .filter(each -> Wording.of(each.name()).startWith(OF_TABLES))
                .forEach(each ->
                        last.merge(table(each), each.started(), (one, other) -> one.isAfter(other) ? one : other));
    }

    private static ResourceId table(Operation operation) {
        ResourceId id = operation.resource();
        return id.key().contains(ROUTES) ? id.parent() : id;
    }

    /** Whether one was seen to be written, and the other was not after that. */
    public boolean isLater(ResourceId one, ResourceId other) {
        Instant written = last.get(one);
        Instant before = last.get(other);
        return written != null && (before == null || before.isBefore(written));
    }
}
