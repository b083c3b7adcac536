package dev.triage502.ledger;

import dev.triage502.incident.Alert;
import dev.triage502.incident.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One incident and the alerts that belong to it.
 *
 * @param incident  what was last asked to be investigated
 * @param revision  1 when it was opened, one more each time that it was reopened
 * @param announced the latest revision that was handed to those who investigate; 0 for none
 * @param seenAt    when the alert that asked for the latest revision reached us
 * @param closedAt  when the last of its alerts that can end was resolved; empty while it is open
 * @param firings   its alerts, the oldest first
 */
public record LedgerEntry(
        Incident incident,
        int revision,
        int announced,
        Instant seenAt,
        Optional<Instant> closedAt,
        List<Firing> firings) {

    private static final int MOST_FIRINGS = 200;

    /** One alert of an incident; {@code ends} is whether it will be said to be over. */
    public record Firing(String occurrence, Instant firedAt, boolean ends, Optional<Instant> resolvedAt) {

        boolean isGoingOn() {
            return ends && resolvedAt.isEmpty();
        }
    }

    public LedgerEntry {
        firings = List.copyOf(firings);
    }

    static LedgerEntry opened(Alert alert, Instant now) {
        return new LedgerEntry(alert.incident(), 1, 0, now, Optional.empty(), List.of(firing(alert)));
    }

    /** The same incident, looked at anew as of the alert that reopened it. */
    LedgerEntry reopened(Alert alert, Instant now) {
        Incident again = alert.incident();
        Incident same = new Incident(incident.id(), again.gateway(), again.from(), again.to(), again.alertedAt());
        return new LedgerEntry(same, revision + 1, announced, now, Optional.empty(), plus(alert));
    }

    LedgerEntry joinedBy(Alert alert) {
        return new LedgerEntry(incident, revision, announced, seenAt, closedAt, plus(alert));
    }

    LedgerEntry announced(int upTo) {
        return new LedgerEntry(incident, revision, Math.max(announced, upTo), seenAt, closedAt, firings);
    }

    /** This, with an alert resolved, and closed if that was the last. */
    LedgerEntry resolved(Alert alert, Instant at) {
        String occurrence = alert.occurrence();
        List<Firing> changed = firings.stream()
                .map(firing -> covers(firing, occurrence, alert.at())
                                && firing.resolvedAt().isEmpty()
                        ? new Firing(firing.occurrence(), firing.firedAt(), firing.ends(), Optional.of(at))
                        : firing)
                .toList();
        boolean over = changed.stream().noneMatch(Firing::isGoingOn);
        return new LedgerEntry(
                incident, revision, announced, seenAt, over && isOpen() ? Optional.of(at) : closedAt, changed);
    }

    boolean isOpen() {
        return closedAt.isEmpty();
    }

    boolean hasId(String id) {
        return incident.id().equals(id);
    }

    /** Whether it holds this very firing already. */
    boolean holds(Alert alert) {
        String occurrence = alert.occurrence();
        return firings.stream()
                .anyMatch(firing -> firing.occurrence().equals(occurrence)
                        && firing.firedAt().equals(alert.firedAt()));
    }

    /** Whether the alert, which says that something is over, speaks of one of these. */
    boolean isAskedToClose(Alert alert) {
        String occurrence = alert.occurrence();
        return firings.stream().anyMatch(firing -> covers(firing, occurrence, alert.at()));
    }

    private static boolean covers(Firing firing, String occurrence, Instant over) {
        return firing.occurrence().equals(occurrence) && !firing.firedAt().isAfter(over);
    }

    private List<Firing> plus(Alert alert) {
        List<Firing> all = new ArrayList<>(firings);
        all.add(firing(alert));
        return all.subList(Math.max(0, all.size() - MOST_FIRINGS), all.size());
    }

    private static Firing firing(Alert alert) {
        return new Firing(alert.occurrence(), alert.firedAt(), alert.ends(), Optional.empty());
    }
}
