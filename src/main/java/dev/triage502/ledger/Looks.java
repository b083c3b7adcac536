package dev.triage502.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * Which investigations of an incident were asked for, and which were taken in.
 *
 * @param asked      the revision of the latest that was asked for, from 1
 * @param sends      how often its message was put into the queue
 * @param judged     the revision of the latest whose result was taken in; 0 for none
 * @param askedAt    when the latest was asked for
 * @param dueAt      when it is to be made
 * @param sentAt     when its message was last put into the queue; {@code askedAt} if it was not yet
 * @param followFrom when the alert came from which follow-ups are counted
 * @param step       how many follow-ups were asked for since
 */
public record Looks(
        int asked,
        int sends,
        int judged,
        Instant askedAt,
        Instant dueAt,
        Instant sentAt,
        Instant followFrom,
        int step) {

    /** Whoever asks for an investigation queues it at once; after this long without, another does it instead. */
    private static final Duration QUEUED_WITHIN = Duration.ofSeconds(30);

    /**
     * What is queued and not worked on after this long is queued again: with the minute until the timer runs next, that is
     * less than two minutes. From the fourth time on it takes twice as long each time, since then the queue is long.
     */
    private static final Duration BEGUN_WITHIN = Duration.ofSeconds(45);

    private static final int QUICK_SENDS = 3;
    private static final int LONGEST_FACTOR = 8;

    static Looks first(Instant now) {
        return new Looks(1, 0, 0, now, now, now, now, 0);
    }

    /** With another one asked for, because of an alert: the follow-ups begin again. */
    Looks ask(Instant now) {
        return new Looks(asked + 1, 0, judged, now, now, now, now, 0);
    }

    /** With the next follow-up asked for. */
    Looks askFollowUp(LifeRules rules, Instant now) {
        int next = step;
        Instant due = followFrom.plus(rules.delay(next));
        while (!due.isAfter(now)) {
            next++;
            due = followFrom.plus(rules.delay(next));
        }
        return new Looks(asked + 1, 0, judged, now, due, now, followFrom, next + 1);
    }

    Looks sent(int revision, Instant now) {
        return revision == asked ? new Looks(asked, sends + 1, judged, askedAt, dueAt, now, followFrom, step) : this;
    }

    Looks judged(int revision) {
        return new Looks(
                Math.max(asked, revision), sends, Math.max(judged, revision), askedAt, dueAt, sentAt, followFrom, step);
    }

    /** Whether one was asked for whose result is not known. */
    public boolean isOutstanding() {
        return judged < asked;
    }

    /** Whether one is to be made now. */
    boolean isDue(Instant now) {
        return isOutstanding() && !dueAt.isAfter(now);
    }

    /** Whether one was asked for and is in no queue, although there was time for that. */
    public boolean isForgotten(Instant now) {
        return isOutstanding() && sends == 0 && now.isAfter(askedAt.plus(QUEUED_WITHIN));
    }

    /** Whether one is in a queue, or was, and should have been begun: whoever took it may have died. */
    public boolean isLate(Instant now) {
        Instant from = sentAt.isAfter(dueAt) ? sentAt : dueAt;
        return isOutstanding() && sends > 0 && now.isAfter(from.plus(BEGUN_WITHIN.multipliedBy(factor())));
    }

    private int factor() {
        int slow = Math.min(Math.max(0, sends - QUICK_SENDS), LONGEST_FACTOR);
        return Math.min(1 << slow, LONGEST_FACTOR);
    }
}
