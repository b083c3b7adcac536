package dev.triage502.reachability.change;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When was the gateway, and with it its pools, written, and by whom? */
public final class GatewayWriteTimes {

    private static final Duration SLACK = Duration.ofMinutes(1);

    /** How long a write of which no end is known may have been under way. */
    private static final Duration NEAR = Duration.ofHours(2);

    private final OperationTimeline writes;
    private final OperationTimeline done;
    private final Map<String, Instant> lastDoneBy = new HashMap<>();

    public GatewayWriteTimes(ResourceOperations changes, Optional<ResourceId> gateway) {
        this.writes = new OperationTimeline(
                changes.all()
                        .filter(each -> each.is("Microsoft.Network/applicationGateways/write"))
                        .filter(each -> gateway.filter(each.resource()::equals).isPresent()),
                each -> each.outcome() == ActivityLog.Outcome.STARTED
                        ? each.started().plus(NEAR)
                        : each.ended());
        this.done = new OperationTimeline(writes.all().filter(each -> each.outcome() == ActivityLog.Outcome.SUCCEEDED));
        done.all().forEach(each -> lastDoneBy.put(each.caller(), each.started()));
    }

    /** The write that was under way at a moment. */
    public Optional<Operation> under(Instant moment) {
        return writes.lastBy(moment.plus(SLACK), moment);
    }

    /** The last write that succeeded before a moment. */
    public Optional<Operation> lastDoneBy(Instant moment) {
        return done.lastBy(moment);
    }

    /**
     * Whether what was replaced is in the pools since: by any write before the moment of failure, or by a later one of
     * the writer that wrote them before.
     */
    public boolean renewed(Operation replaced, Instant failure) {
        Instant since = replaced.started();
        Optional<Operation> next = done.firstAfter(since);
        if (next.filter(each -> !each.started().isAfter(failure)).isPresent()) {
            return true;
        }
        Optional<String> writer = writes.lastBy(since.minusNanos(1)).map(Operation::caller);
        return writer.map(caller -> lastDoneBy.getOrDefault(caller, Instant.MIN).isAfter(since))
                .orElse(next.isPresent());
    }
}
