package dev.triage502.ledger;

import dev.triage502.incident.MomentText;
import dev.triage502.ledger.Ledger.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What an investigation, its failure, and the passing of time come to for an incident. */
public final class LookBookkeeping {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration CALM = Duration.ofMinutes(30);

    private LookBookkeeping() {}

    /**
     * Whether an investigation is to be made.
     *
     * @param needed false if it, or a later one, was taken in or asked for
     * @param entry  its incident; empty if the ledger does not have it
     */
    public record Begin(boolean needed, Optional<LedgerEntry> entry) {}

    /** That an investigation is about to begin. */
    public static Turn<Begin> begin(LedgerPage page, String id, int revision, LifeRules rules, Instant now) {
        Optional<LedgerEntry> found = page.entry(id);
        if (found.isEmpty()) {
            return new Turn<>(page, new Begin(true, found));
        }
        LedgerEntry entry = found.get();
        if (revision <= entry.looks().judged() || revision < entry.looks().asked() || entry.isClosed()) {
            return new Turn<>(page, new Begin(false, found));
        }
        LedgerEntry after = entry.after(LifeEvent.LOOK_BEGAN, "", rules, now);
        LedgerPage next = after.equals(entry) ? page : page.with(after);
        return new Turn<>(next, new Begin(true, next.entry(id)));
    }

    /** What an investigation found; one that is older than another that was taken in changes nothing. */
    public static Turn<Optional<LedgerEntry>> found(
            LedgerPage page, String id, int revision, LookResult result, LifeRules rules, Instant now) {
        Optional<LedgerEntry> kept = page.entry(id);
        if (kept.isEmpty()) {
            return new Turn<>(page, Optional.empty());
        }
        LedgerEntry before = kept.get();
        if (revision <= before.looks().judged()) {
            return new Turn<>(page, kept);
        }
        LedgerEntry taken = before.with(before.looks().judged(revision))
                .noted(now, "investigation " + revision + ": " + result.name().words());
        if (before.isClosed()) {
            return turn(page, taken);
        }
        LedgerEntry judged = judged(page, taken, result, rules, now);
        LedgerEntry settled = judged.isResolved() ? judged.after(LifeEvent.SETTLED, "", rules, now) : judged;
        return turn(page, followed(settled.withPauseOver(rules, now), rules, now));
    }

    private static LedgerEntry judged(
            LedgerPage page, LedgerEntry entry, LookResult result, LifeRules rules, Instant now) {
        Optional<KnownFault> before = entry.known();
        boolean hadCause = before.filter(known -> known.name().isCause()).isPresent();
        boolean quiet = result.foundNoFault() && result.affected().isEmpty();
        if (result.isRecovered() || quiet && (hadCause || entry.isResolved() && before.isPresent())) {
            Recovery recovery = RecoveryText.of(entry, result, now);
            return entry.with(entry.course().with(Optional.of(recovery)))
                    .after(LifeEvent.RECOVERY_MEASURED, recovery.sentence(), rules, now);
        }
        if (entry.isResolved() && !result.unmeasured().isEmpty()) {
            LedgerEntry known = before.isPresent() ? entry : entry.with(known(entry, result));
            return known.after(
                    LifeEvent.RECOVERY_UNMEASURED,
                    "Alert resolved. Recovery could not be measured, because " + result.unmeasured() + ".",
                    rules,
                    now);
        }
        if (before.isEmpty()) {
            return first(page, entry, result, rules, now);
        }
        FaultName was = before.get().name();
        FaultName is = result.name();
        boolean wasOver =
                entry.course().recovery().isPresent() || entry.course().begins().size() > 1;
        if (wasOver && is.isCause() && isBack(entry)) {
            String now502 = was.isSameAs(is) ? is.words() + " again" : "now " + is.words();
            return entry.with(known(entry, result))
                    .with(entry.course().with(Optional.<Recovery>empty()))
                    .after(LifeEvent.FAULT_BACK, "Failing again: " + now502 + ".", rules, now);
        }
        if (!is.isCause() && (hadCause || is.root().equals(was.root()))) {
            return entry.after(LifeEvent.FAULT_SAME, "", rules, now);
        }
        if (was.isSameAs(is) && !is.isSurerThan(was)) {
            return entry.after(LifeEvent.FAULT_SAME, "", rules, now);
        }
        String sentence = "Was " + was.words() + ", now " + is.words() + ".";
        Optional<Recurrence> again =
                entry.course().recurrence().isPresent() ? Optional.empty() : recurrence(page, entry, is);
        LedgerEntry changed = entry.with(known(entry, result));
        return again.map(each -> changed.with(changed.course().with(each)))
                .orElse(changed)
                .after(
                        LifeEvent.FAULT_CHANGED,
                        sentence + again.map(each -> " " + words(each, now)).orElse(""),
                        rules,
                        now);
    }

    private static boolean isBack(LedgerEntry entry) {
        return List.of(LifeState.RECOVERED, LifeState.RESOLVED, LifeState.OPEN, LifeState.INVESTIGATING)
                .contains(entry.state());
    }

    private static LedgerEntry first(
            LedgerPage page, LedgerEntry entry, LookResult result, LifeRules rules, Instant now) {
        LedgerEntry known = entry.with(known(entry, result));
        Optional<Recurrence> again = recurrence(page, entry, result.name());
        return again.map(each -> known.with(known.course().with(each))
                        .after(LifeEvent.FAULT_RECURRED, words(each, now), rules, now))
                .orElseGet(() -> known.after(
                        LifeEvent.FAULT_FOUND,
                        "First diagnosis: " + result.name().words() + ".",
                        rules,
                        now));
    }

    /** How often closed incidents of the gateway had this cause at this target; empty if none had. */
    private static Optional<Recurrence> recurrence(LedgerPage page, LedgerEntry entry, FaultName name) {
        List<LedgerPage.Past> same = page.past().stream()
                .filter(past -> !past.id().equals(entry.id()))
                .filter(past -> name.isCause()
                        && past.root().equals(name.root())
                        && past.target().equalsIgnoreCase(name.target()))
                .toList();
        if (same.isEmpty()) {
            return Optional.empty();
        }
        LedgerPage.Past last = same.get(same.size() - 1);
        return Optional.of(new Recurrence(same.size() + 1, same.get(0).openedAt(), last.openedAt(), last.id()));
    }

    private static String words(Recurrence again, Instant now) {
        return "Recurred: " + ordinal(again.times()) + " time since " + MomentText.day(again.first(), now)
                + ", same cause and target; last on " + MomentText.time(again.last(), now) + ".";
    }

    private static KnownFault known(LedgerEntry entry, LookResult result) {
        Optional<Instant> since = entry.known()
                .flatMap(KnownFault::since)
                .filter(at -> entry.course().begins().size() == 1);
        return new KnownFault(
                result.name(),
                entry.looks().judged(),
                result.resource(),
                since.or(result::since),
                result.affected().or(() -> entry.known().flatMap(KnownFault::affected)));
    }

    /** That an investigation was given up. */
    public static Turn<Optional<LedgerEntry>> gaveUp(
            LedgerPage page, String id, int revision, String why, LifeRules rules, Instant now) {
        Optional<LedgerEntry> kept = page.entry(id);
        if (kept.isEmpty() || revision <= kept.get().looks().judged()) {
            return new Turn<>(page, kept);
        }
        LedgerEntry entry = kept.get()
                .with(kept.get().looks().judged(revision))
                .noted(now, "investigation " + revision + " was given up: " + why)
                .after(LifeEvent.LOOK_GIVEN_UP, "The investigation was given up: " + why + ".", rules, now);
        return turn(page, followed(entry, rules, now));
    }

    /** With the next follow-up asked for, unless it is closed or another investigation is asked for already. */
    private static LedgerEntry followed(LedgerEntry entry, LifeRules rules, Instant now) {
        return entry.isClosed() || entry.looks().isOutstanding()
                ? entry
                : entry.with(entry.looks().askFollowUp(rules, now));
    }

    /** What the passing of time comes to. */
    public static Turn<Optional<LedgerEntry>> tick(LedgerPage page, String id, LifeRules rules, Instant now) {
        Optional<LedgerEntry> kept = page.entry(id);
        if (kept.isEmpty()) {
            return new Turn<>(page, kept);
        }
        LedgerEntry before = kept.get();
        LedgerEntry timed = before.isClosed() ? before : timed(before, rules, now);
        LedgerEntry after = timed.withPauseOver(rules, now);
        return after.equals(before) ? new Turn<>(page, kept) : turn(page, after);
    }

    private static LedgerEntry timed(LedgerEntry entry, LifeRules rules, Instant now) {
        Course course = entry.course();
        List<Instant> begins = course.begins();
        boolean calm = entry.state() == LifeState.FLAPPING
                && !now.isBefore(begins.get(begins.size() - 1).plus(CALM));
        if (calm) {
            LedgerEntry open = entry.after(LifeEvent.CALM, "", rules, now);
            return open.with(open.looks().ask(now)).with(open.speech().waitingFor(Optional.empty()));
        }
        boolean over = entry.state() == LifeState.RECOVERED || entry.state() == LifeState.RESOLVED;
        if (over && !now.isBefore(course.newsAt().plus(HOUR))) {
            return entry.after(LifeEvent.HOUR_OVER, "", rules, now);
        }
        if (!now.isBefore(course.newsAt().plus(rules.followFor()))) {
            return entry.after(LifeEvent.FOLLOWED_OUT, "", rules, now);
        }
        return entry;
    }

    /** That an investigation was queued. */
    public static Turn<Optional<LedgerEntry>> queued(LedgerPage page, String id, int revision, Instant now) {
        return changed(page, id, entry -> entry.with(entry.looks().sent(revision, now)));
    }

    /** That each channel has a message, or was given up. */
    public static Turn<Optional<LedgerEntry>> settled(LedgerPage page, String id, int number) {
        return changed(page, id, entry -> entry.with(entry.speech().settled(number)));
    }

    private static Turn<Optional<LedgerEntry>> changed(LedgerPage page, String id, UnaryOperator<LedgerEntry> change) {
        Optional<LedgerEntry> kept = page.entry(id);
        Optional<LedgerEntry> after = kept.map(change);
        return after.equals(kept) ? new Turn<>(page, kept) : turn(page, after.orElseThrow());
    }

    private static Turn<Optional<LedgerEntry>> turn(LedgerPage page, LedgerEntry entry) {
        LedgerPage next = page.with(entry);
        return new Turn<>(next, next.entry(entry.id()));
    }

    private static String ordinal(int number) {
        switch (number) {
            case 2:
                return "second";
            case 3:
                return "third";
            case 4:
                return "fourth";
            case 5:
                return "fifth";
            default:
                return number + "th";
        }
    }
}
