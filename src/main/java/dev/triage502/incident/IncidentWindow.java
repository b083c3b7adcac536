package dev.triage502.incident;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Can anything be asked about a window of time? It has passed, and is more than nothing and at most a day. */
public final class IncidentWindow {

    /** What a person is told to write. */
    public static final String TIME_EXPECTED = "a time such as 2026-03-02T08:14:31Z";

    /** What a window has to be. */
    public static final String EXPECTED = "a window of at most 24 hours that ends after it starts";

    /** More than that is a lot of log, and the answer is about the end of it. */
    private static final Duration LONGEST = Duration.ofHours(24);

    /** By so much may the clock of whoever asks be ahead. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private IncidentWindow() {}

    /** The moment that a person wrote; empty if it is none, or one that no incident can be at. */
    public static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.strip()).toInstant()).filter(IncidentWindow::isTime);
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** Whether the year has four digits, as ids of incidents and keys of the store hold it. */
    public static boolean isTime(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        return year >= 1970 && year <= 9999;
    }

    /** Whether a window's end has not come yet. */
    public static boolean isFuture(Instant to, Instant now) {
        return to.isAfter(now.plus(CLOCKS_DIFFER));
    }

    /** Whether there is a window between the two, and it is not too long. */
    public static boolean hasLength(Instant from, Instant to) {
        return from.isBefore(to) && Duration.between(from, to).compareTo(LONGEST) <= 0;
    }
}
