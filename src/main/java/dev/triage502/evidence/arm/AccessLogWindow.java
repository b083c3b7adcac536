package dev.triage502.evidence.arm;

import dev.triage502.incident.Incident;
import java.time.Instant;

/**
 * Which requests count as an incident's? One rule for the log query and for rows that were recorded, so that both give
 * the same figures.
 *
 * @param from the first moment that counts
 * @param to   the last moment that counts
 */
public record AccessLogWindow(Instant from, Instant to) {

    /** The window of an incident: the time that is looked at, and nothing around it. */
    public static AccessLogWindow of(Incident incident) {
        return new AccessLogWindow(incident.from(), incident.to());
    }

    /** Whether a row counts. A row of many requests counts if some of them may lie within. */
    public boolean holds(Instant first, Instant last) {
        return !last.isBefore(from) && !first.isAfter(to);
    }
}
