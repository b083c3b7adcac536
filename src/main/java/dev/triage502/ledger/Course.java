package dev.triage502.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an incident went.
 *
 * @param version    one more each time that the incident changes
 * @param openedAt   when its first alert reached us
 * @param begins     when its failures began, again each time that they had been over
 * @param newsAt     when it last changed, or an alert of it came
 * @param recovery   the measured end of its failures; empty while they go on
 * @param closedAt   when it was closed; empty while it is not
 * @param recurrence earlier incidents with the same cause and target
 */
public record Course(
        int version,
        Instant openedAt,
        List<Instant> begins,
        Instant newsAt,
        Optional<Recovery> recovery,
        Optional<Instant> closedAt,
        Optional<Recurrence> recurrence) {

    private static final int MOST_BEGINS = 100;

    /** Begins further apart than this are no flapping. */
    private static final Duration SERIES = Duration.ofHours(1);

    private static final int FLAPPING_FROM = 3;

    public Course {
        begins = List.copyOf(begins);
    }

    static Course opened(Instant now) {
        return new Course(0, now, List.of(now), now, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Course next() {
        return new Course(version + 1, openedAt, begins, newsAt, recovery, closedAt, recurrence);
    }

    Course news(Instant now) {
        return new Course(version, openedAt, begins, now, recovery, closedAt, recurrence);
    }

    Course begunAgain(Instant now) {
        List<Instant> all = new ArrayList<>(begins);
        all.add(now);
        List<Instant> latest = all.subList(Math.max(0, all.size() - MOST_BEGINS), all.size());
        return new Course(version, openedAt, latest, now, Optional.empty(), Optional.empty(), recurrence);
    }

    Course with(Optional<Recovery> measured) {
        return new Course(version, openedAt, begins, newsAt, measured, closedAt, recurrence);
    }

    Course closed(Instant now) {
        return new Course(version, openedAt, begins, newsAt, recovery, Optional.of(now), recurrence);
    }

    Course with(Recurrence again) {
        return new Course(version, openedAt, begins, newsAt, recovery, closedAt, Optional.of(again));
    }

    /** The begins of the latest series, of which no two in a row are more than an hour apart. */
    public List<Instant> series() {
        int from = begins.size() - 1;
        while (from > 0
                && Duration.between(begins.get(from - 1), begins.get(from)).compareTo(SERIES) <= 0) {
            from--;
        }
        return begins.subList(Math.max(0, from), begins.size());
    }

    /** Whether it began three times within an hour. */
    boolean isFlapping() {
        int size = begins.size();
        return size >= FLAPPING_FROM
                && Duration.between(begins.get(size - FLAPPING_FROM), begins.get(size - 1))
                                .compareTo(SERIES)
                        <= 0;
    }
}
