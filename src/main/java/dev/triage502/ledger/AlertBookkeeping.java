package dev.triage502.ledger;

import dev.triage502.incident.Alert;
import dev.triage502.incident.Alert.Condition;
import dev.triage502.incident.Incident;
import dev.triage502.incident.MomentText;
import dev.triage502.ledger.AlertDecision.What;
import dev.triage502.ledger.Ledger.Turn;
import dev.triage502.ledger.LedgerEntry.Firing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What to do with an alert, given what is known of its gateway.
 *
 * <p>A gateway has one incident at a time: whatever fires for it joins the one that is not closed. What fires within an hour
 * of the closing reopens it; what fires later opens another. An alert that is resolved before it fired, or of which nothing
 * but that is heard, opens an incident too: it was an outage, and is looked at. The same alert twice does nothing twice.
 */
public final class AlertBookkeeping {

    /** How long after it was closed an incident is reopened by what fires. */
    public static final Duration WINDOW = Duration.ofHours(1);

    /** Another alert of an open incident has it looked at again if that was last asked for so long ago. */
    private static final Duration LOOKED_AT_LATELY = Duration.ofMinutes(10);

    private AlertBookkeeping() {}

    /** The page with the alert in it, and what the alert comes to; {@code now} is when it reached us. */
    public static Turn<AlertDecision> enter(LedgerPage page, Alert alert, LifeRules rules, Instant now) {
        return alert.condition() == Condition.FIRED ? fired(page, alert, rules, now) : resolved(page, alert, now);
    }

    private static Turn<AlertDecision> fired(LedgerPage page, Alert alert, LifeRules rules, Instant now) {
        Optional<LedgerEntry> known = page.first(entry -> entry.holds(alert));
        if (known.isPresent()) {
            return repeated(page, known.get(), name(alert) + " delivered again: ignored", now);
        }
        Optional<LedgerEntry> taking = page.first(entry -> takesIn(entry, alert));
        if (taking.isEmpty()) {
            return opened(page, alert, What.OPENED, firing(page, alert), now);
        }
        LedgerEntry before = taking.get();
        boolean late = before.isClosed() && !isAfterTheEnd(before, alert);
        boolean again = !late && (isOver(before) || before.isResolved());
        LedgerEntry joined = before.plus(firing(page, alert))
                .noted(
                        now,
                        name(alert) + " fired" + at(alert.firedAt(), now) + ": "
                                + (again ? "failing again" : "joined"));
        if (late) {
            return turn(page, joined, What.JOINED, false);
        }
        LedgerEntry after = again
                ? begunAgain(joined, alert, rules, now)
                : joined.with(joined.course().news(now));
        boolean look = again || now.isAfter(before.looks().askedAt().plus(LOOKED_AT_LATELY));
        return asked(page, after, again ? What.REOPENED : What.JOINED, look, now);
    }

    private static LedgerEntry begunAgain(LedgerEntry joined, Alert alert, LifeRules rules, Instant now) {
        Incident hour = alert.incident();
        Incident same = joined.isClosed()
                ? new Incident(
                        joined.id(),
                        joined.incident().gateway(),
                        hour.from(),
                        hour.to(),
                        hour.alertedAt(),
                        hour.severity())
                : joined.incident();
        LedgerEntry begun = joined.with(same).with(joined.course().begunAgain(now));
        return begun.course().isFlapping()
                ? begun.after(LifeEvent.FLAPPED, begun.flapping(now), rules, now)
                : begun.after(LifeEvent.FIRED, "", rules, now);
    }

    private static Turn<AlertDecision> resolved(LedgerPage page, Alert alert, Instant now) {
        Optional<LedgerEntry> holding = page.first(entry -> entry.isAskedToEnd(alert));
        boolean toldWhen = alert.at().isAfter(alert.firedAt());
        Instant at = toldWhen ? alert.at() : now;
        if (holding.isPresent()) {
            LedgerEntry before = holding.get();
            LedgerEntry after = before.resolved(alert, at);
            if (after.equals(before)) {
                boolean unannounced =
                        before.looks().isOutstanding() && before.looks().sends() == 0;
                return new Turn<>(page, AlertDecision.of(What.REPEATED, before, unannounced));
            }
            boolean last = after.isResolved() && !before.isResolved();
            LedgerEntry noted = after.with(after.course().news(now))
                    .noted(now, name(alert) + " resolved" + (last ? "" : "; others go on"));
            return asked(page, noted, last ? What.ENDED : What.ENDED_IN_PART, last && !noted.isClosed(), now);
        }
        Firing over = new Firing(alert.occurrence(), alert.firedAt(), true, Optional.of(at));
        Optional<LedgerEntry> open = page.first(entry -> !entry.isClosed());
        if (open.isPresent()) {
            LedgerEntry joined =
                    open.get().plus(over).noted(now, name(alert) + " resolved, and was not seen to fire: joined");
            return asked(page, joined, What.ENDED_IN_PART, joined.isResolved(), now);
        }
        return opened(page, alert, What.OPENED_OVER, over, now);
    }

    private static Turn<AlertDecision> opened(LedgerPage page, Alert alert, What what, Firing firing, Instant now) {
        Incident asFired = alert.incident();
        Incident incident = firing.resolvedAt()
                .filter(asFired.to()::isBefore)
                .map(asFired::until)
                .orElse(asFired);
        String how = what == What.OPENED_OVER ? " resolved, and was not seen to fire: opened" : " fired: opened";
        LedgerEntry opened =
                LedgerEntry.opened(incident, firing, now).noted(now, name(alert) + how + at(alert.firedAt(), now));
        return new Turn<>(page.plus(opened), AlertDecision.of(what, opened, true));
    }

    /** The page with the entry and, if wanted, another investigation asked for, unless one is about to begin anyway. */
    private static Turn<AlertDecision> asked(LedgerPage page, LedgerEntry entry, What what, boolean look, Instant now) {
        Looks looks = entry.looks();
        boolean about = looks.isDue(now) && entry.state() == LifeState.OPEN && looks.sends() == 0;
        if (!look || about || entry.isClosed()) {
            return turn(page, entry, what, looks.isForgotten(now));
        }
        return turn(page, entry.with(looks.ask(now)), what, true);
    }

    /** The same again; noted once, however often it comes. */
    private static Turn<AlertDecision> repeated(LedgerPage page, LedgerEntry entry, String text, Instant now) {
        boolean unannounced = entry.looks().isOutstanding() && entry.looks().sends() == 0;
        boolean noted = entry.history().stream().anyMatch(line -> line.text().equals(text));
        return noted
                ? new Turn<>(page, AlertDecision.of(What.REPEATED, entry, unannounced))
                : turn(page, entry.noted(now, text), What.REPEATED, unannounced);
    }

    private static Turn<AlertDecision> turn(LedgerPage page, LedgerEntry entry, What what, boolean announce) {
        LedgerPage next = page.with(entry);
        return new Turn<>(next, AlertDecision.of(what, next.entry(entry.id()).orElse(entry), announce));
    }

    /** Versions before 0.2 may have heard of its end before it fired. */
    private static Firing firing(LedgerPage page, Alert alert) {
        Firing firing = LedgerEntry.firing(alert);
        Optional<Instant> over = page.early().stream()
                .filter(one ->
                        one.occurrence().equals(alert.occurrence()) && !one.at().isBefore(alert.firedAt()))
                .map(LedgerPage.Early::at)
                .findFirst();
        return new Firing(firing.occurrence(), firing.firedAt(), firing.ends(), over);
    }

    private static boolean takesIn(LedgerEntry entry, Alert alert) {
        return entry.course()
                .closedAt()
                .filter(end -> entry.isClosed())
                .map(end -> !alert.firedAt().isAfter(end.plus(WINDOW))
                        && !alert.firedAt().isBefore(entry.incident().from()))
                .orElse(!entry.isClosed());
    }

    private static boolean isAfterTheEnd(LedgerEntry entry, Alert alert) {
        return entry.course()
                .closedAt()
                .filter(end -> alert.firedAt().isAfter(end))
                .isPresent();
    }

    private static boolean isOver(LedgerEntry entry) {
        return entry.isClosed()
                || entry.state() == LifeState.RECOVERED
                || entry.state() == LifeState.RESOLVED
                || entry.state() == LifeState.GIVEN_UP;
    }

    private static String name(Alert alert) {
        return "alert \"" + alert.rule().name() + "\"";
    }

    /** When it fired, where that is not when it came. */
    private static String at(Instant fired, Instant now) {
        boolean apart = Duration.between(fired, now).abs().compareTo(Duration.ofMinutes(2)) > 0;
        return apart ? " (fired " + MomentText.time(fired, now) + ")" : "";
    }
}
