package dev.triage502.ledger;

import dev.triage502.incident.Alert;
import dev.triage502.incident.Incident;
import dev.triage502.incident.MomentText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One incident: what belongs to it, where it is in its life, and what was done about it.
 *
 * @param incident its id, its gateway, and the window that its first investigation looks at
 * @param state    where it is in its life
 * @param looks    the investigations that were asked for
 * @param known    what the latest investigation found that found something
 * @param course   how it went
 * @param firings  its alerts, the oldest first
 * @param speech   what was said of it
 * @param history  every decision on it, the oldest first
 */
public record LedgerEntry(
        Incident incident,
        LifeState state,
        Looks looks,
        Optional<KnownFault> known,
        Course course,
        List<Firing> firings,
        Speech speech,
        List<HistoryLine> history) {

    private static final int MOST_FIRINGS = 200;
    private static final int MOST_LINES = 120;

    /** A window of more than this is slow to read and says no more. */
    private static final Duration LONGEST_WINDOW = Duration.ofHours(24);

    /** One alert of an incident; {@code ends} is whether it will be said to be over. */
    public record Firing(String occurrence, Instant firedAt, boolean ends, Optional<Instant> resolvedAt) {

        boolean isGoingOn() {
            return ends && resolvedAt.isEmpty();
        }
    }

    public LedgerEntry {
        firings = List.copyOf(firings);
        history = List.copyOf(history);
    }

    static LedgerEntry opened(Incident incident, Firing firing, Instant now) {
        return new LedgerEntry(
                incident,
                LifeState.OPEN,
                Looks.first(now),
                Optional.empty(),
                Course.opened(now),
                List.of(firing),
                Speech.none(),
                List.of());
    }

    static Firing firing(Alert alert) {
        return new Firing(alert.occurrence(), alert.firedAt(), alert.ends(), Optional.empty());
    }

    public String id() {
        return incident.id();
    }

    boolean hasId(String id) {
        return incident.id().equals(id);
    }

    public boolean isClosed() {
        return state == LifeState.CLOSED;
    }

    /** Whether it holds this very firing already. */
    boolean holds(Alert alert) {
        String occurrence = alert.occurrence();
        return firings.stream()
                .anyMatch(firing -> firing.occurrence().equals(occurrence)
                        && firing.firedAt().equals(alert.firedAt()));
    }

    /** Whether the alert, which says that something is over, speaks of one of these. */
    boolean isAskedToEnd(Alert alert) {
        String occurrence = alert.occurrence();
        return firings.stream().anyMatch(firing -> covers(firing, occurrence, alert.at()));
    }

    /** Whether one of its alerts was resolved, and none that can end goes on. */
    boolean isResolved() {
        return firings.stream().noneMatch(Firing::isGoingOn)
                && firings.stream().anyMatch(firing -> firing.resolvedAt().isPresent());
    }

    /** What the investigation with this revision looks at. */
    public Incident window(int revision, Instant now) {
        if (revision == 1 || !now.isAfter(incident.to())) {
            return incident;
        }
        Instant from = now.minus(LONGEST_WINDOW).isAfter(incident.from()) ? now.minus(LONGEST_WINDOW) : incident.from();
        return new Incident(incident.id(), incident.gateway(), from, now, incident.alertedAt(), incident.severity());
    }

    LedgerEntry plus(Firing firing) {
        List<Firing> all = new ArrayList<>(firings);
        all.add(firing);
        return with(all.subList(Math.max(0, all.size() - MOST_FIRINGS), all.size()));
    }

    /** This, with those of its alerts resolved that the alert speaks of. */
    LedgerEntry resolved(Alert alert, Instant at) {
        String occurrence = alert.occurrence();
        return with(firings.stream()
                .map(firing -> covers(firing, occurrence, alert.at())
                                && firing.resolvedAt().isEmpty()
                        ? new Firing(firing.occurrence(), firing.firedAt(), firing.ends(), Optional.of(at))
                        : firing)
                .toList());
    }

    /** A rule that is resolved at the moment it fired, as far as was told, fired before. */
    private static boolean covers(Firing firing, String occurrence, Instant over) {
        return firing.occurrence().equals(occurrence) && !firing.firedAt().isAfter(over);
    }

    LedgerEntry noted(Instant now, String text) {
        List<HistoryLine> all = new ArrayList<>(history);
        all.add(new HistoryLine(now, text));
        return with(
                incident,
                state,
                looks,
                known,
                course,
                firings,
                speech,
                all.subList(Math.max(0, all.size() - MOST_LINES), all.size()));
    }

    LedgerEntry withoutHistory() {
        return with(incident, state, looks, known, course, firings, speech, List.of());
    }

    /**
     * This, after an event: in the state to which that leads, and with what is to be said of it.
     *
     * @param sentence what happened, for the message
     */
    LedgerEntry after(LifeEvent event, String sentence, LifeRules rules, Instant now) {
        Optional<IncidentLifecycle.Transition> way = IncidentLifecycle.after(state, event);
        if (way.isEmpty()) {
            return this;
        }
        LifeState to = way.get().to();
        LedgerEntry there = to == state
                ? this
                : with(to).with(course.news(now))
                        .noted(now, "state: " + state.id() + " to " + to.id() + ", since " + event.words());
        if (to == LifeState.CLOSED && !isClosed()) {
            there = there.with(there.course().closed(now));
        }
        return way.get().says().isPresent() ? there.says(way.get().says().get(), sentence, rules, now) : there;
    }

    /** Says something now, or when the least pause since the last message is over. */
    LedgerEntry says(MessageReason reason, String sentence, LifeRules rules, Instant now) {
        if (cancelsWhatWaits(reason)) {
            return with(speech.waitingFor(Optional.empty())).noted(now, "not reported: over before it was");
        }
        if (!maySpeak(rules, now)) {
            return with(speech.waitingFor(Optional.of(new Speech.Pending(reason, sentence))))
                    .noted(now, "to be reported after the least pause: " + reason.words());
        }
        return spoken(reason, sentence, now);
    }

    /** That failures are back takes back that they ended, if nobody was told of it yet. */
    private boolean cancelsWhatWaits(MessageReason reason) {
        return reason == MessageReason.CHANGED
                && speech.pending()
                        .filter(waiting -> waiting.reason() == MessageReason.RECOVERED
                                || waiting.reason() == MessageReason.RESOLVED)
                        .isPresent();
    }

    /** A message carries the latest report, so there has to be one. */
    private boolean maySpeak(LifeRules rules, Instant now) {
        return looks.judged() > 0
                && speech.lastAt()
                        .map(last -> !now.isBefore(last.plus(pause(rules))))
                        .orElse(true);
    }

    /** The long pause holds between two messages that it flaps; the first of them waits only the usual one. */
    private Duration pause(LifeRules rules) {
        boolean toldSo =
                speech.lastReason().filter(MessageReason.FLAPPING::equals).isPresent();
        return rules.pauseIn(toldSo ? state : LifeState.OPEN);
    }

    /** This, with what was waiting said, if the least pause is over. */
    LedgerEntry withPauseOver(LifeRules rules, Instant now) {
        Optional<Speech.Pending> waiting = speech.pending();
        if (waiting.isEmpty() || !maySpeak(rules, now)) {
            return this;
        }
        Speech.Pending one = waiting.get();
        boolean flaps = one.reason() == MessageReason.FLAPPING;
        return spoken(one.reason(), flaps ? flapping(now) : one.sentence(), now);
    }

    private LedgerEntry spoken(MessageReason reason, String sentence, Instant now) {
        String event = reason == MessageReason.FLAPPING
                ? reason.id() + "-" + course.series().size()
                : reason.id();
        IncidentMessage message =
                new IncidentMessage(speech.count() + 1, looks.judged(), reason, event, state, now, sentence, false);
        return with(speech.said(message))
                .noted(now, "message " + message.number() + ": " + reason.words() + ". " + sentence);
    }

    /** {@code Flapping: 7 times since 13:00 UTC.} */
    String flapping(Instant now) {
        List<Instant> series = course.series();
        return "Flapping: " + series.size() + " times since " + MomentText.time(series.get(0), now) + ".";
    }

    LedgerEntry with(Incident other) {
        return with(other, state, looks, known, course, firings, speech, history);
    }

    LedgerEntry with(LifeState other) {
        return with(incident, other, looks, known, course, firings, speech, history);
    }

    LedgerEntry with(Looks other) {
        return with(incident, state, other, known, course, firings, speech, history);
    }

    LedgerEntry with(KnownFault other) {
        return with(incident, state, looks, Optional.of(other), course, firings, speech, history);
    }

    LedgerEntry with(Course other) {
        return with(incident, state, looks, known, other, firings, speech, history);
    }

    private LedgerEntry with(List<Firing> others) {
        return with(incident, state, looks, known, course, others, speech, history);
    }

    LedgerEntry with(Speech other) {
        return with(incident, state, looks, known, course, firings, other, history);
    }

    private static LedgerEntry with(
            Incident incident,
            LifeState state,
            Looks looks,
            Optional<KnownFault> known,
            Course course,
            List<Firing> firings,
            Speech speech,
            List<HistoryLine> history) {
        return new LedgerEntry(incident, state, looks, known, course, firings, speech, history);
    }
}
