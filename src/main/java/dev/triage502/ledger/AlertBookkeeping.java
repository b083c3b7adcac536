package dev.triage502.ledger;

import dev.triage502.incident.Alert;
import dev.triage502.incident.Alert.Condition;
import dev.triage502.ledger.AlertDecision.What;
import dev.triage502.ledger.Ledger.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What to do with an alert, given what is known of its gateway.
 *
 * <p>A storm is one incident: whatever fires for a gateway within an hour of the alert that opened it joins it. A later
 * alert opens another, since what is wrong then may be something else. An incident closes when the last of its alerts
 * is resolved; whatever fires within an hour of that reopens it, and it is looked at anew. The same alert delivered
 * twice does nothing twice.
 */
public final class AlertBookkeeping {

    /** How long an incident takes in further alerts, and how long after its end it can be reopened. */
    public static final Duration WINDOW = Duration.ofHours(1);

    /** Whoever opened an incident announces it at once; after this long without, the next alert does it instead. */
    private static final Duration ANNOUNCED_WITHIN = Duration.ofSeconds(30);

    private AlertBookkeeping() {}

    /** The page with the alert in it, and what the alert comes to; {@code now} is when it reached us. */
    public static Turn<AlertDecision> enter(LedgerPage page, Alert alert, Instant now) {
        return alert.condition() == Condition.FIRED ? fired(page, alert, now) : resolved(page, alert, now);
    }

    /** The page after a revision of an incident was handed to those who investigate. */
    public static Turn<Boolean> announced(LedgerPage page, String incidentId, int revision) {
        return page.first(entry -> entry.hasId(incidentId))
                .map(entry -> new Turn<>(page.with(entry.announced(revision)), true))
                .orElseGet(() -> new Turn<>(page, false));
    }

    private static Turn<AlertDecision> fired(LedgerPage page, Alert alert, Instant now) {
        Optional<LedgerEntry> known = page.first(entry -> entry.holds(alert));
        if (known.isPresent()) {
            boolean announce = known.get().announced() < known.get().revision();
            return new Turn<>(page, AlertDecision.of(What.REPEATED, known.get(), announce));
        }
        if (isOver(page, alert)) {
            return new Turn<>(page, AlertDecision.none(What.ALREADY_OVER));
        }
        Optional<LedgerEntry> taking = page.first(entry -> takesIn(entry, alert));
        if (taking.isPresent()) {
            LedgerEntry joined = taking.get().joinedBy(alert);
            boolean forgotten = joined.announced() < joined.revision()
                    && now.isAfter(joined.seenAt().plus(ANNOUNCED_WITHIN));
            return new Turn<>(page.with(joined), AlertDecision.of(What.JOINED, joined, forgotten));
        }
        Optional<LedgerEntry> over = page.first(entry -> isReopenedBy(entry, alert));
        if (over.isPresent()) {
            LedgerEntry again = over.get().reopened(alert, now);
            return new Turn<>(page.with(again), AlertDecision.of(What.REOPENED, again, true));
        }
        LedgerEntry opened = LedgerEntry.opened(alert, now);
        return new Turn<>(page.plus(opened), AlertDecision.of(What.OPENED, opened, true));
    }

    private static Turn<AlertDecision> resolved(LedgerPage page, Alert alert, Instant now) {
        Optional<LedgerEntry> holding = page.first(entry -> entry.isAskedToClose(alert));
        if (holding.isEmpty()) {
            return new Turn<>(
                    page.plus(new LedgerPage.Early(alert.occurrence(), alert.at())), AlertDecision.none(What.NOT_OPEN));
        }
        LedgerEntry before = holding.get();
        boolean toldWhen = alert.at().isAfter(alert.firedAt());
        LedgerEntry after = before.resolved(alert, toldWhen ? alert.at() : now);
        What what = after.isOpen() ? What.ENDED : What.CLOSED;
        return new Turn<>(page.with(after), AlertDecision.of(what, after, false));
    }

    private static boolean isOver(LedgerPage page, Alert alert) {
        return page.early().stream()
                .anyMatch(one ->
                        one.occurrence().equals(alert.occurrence()) && !one.at().isBefore(alert.firedAt()));
    }

    private static boolean takesIn(LedgerEntry entry, Alert alert) {
        Duration apart =
                Duration.between(entry.incident().alertedAt(), alert.firedAt()).abs();
        boolean beforeItsEnd =
                entry.closedAt().map(end -> !alert.firedAt().isAfter(end)).orElse(true);
        return beforeItsEnd && apart.compareTo(WINDOW) <= 0;
    }

    private static boolean isReopenedBy(LedgerEntry entry, Alert alert) {
        return entry.closedAt()
                .filter(end -> alert.firedAt().isAfter(end) && !alert.firedAt().isAfter(end.plus(WINDOW)))
                .isPresent();
    }
}
