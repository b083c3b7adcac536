package dev.triage502.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments and lengths of time as a person reads them in a sentence; always UTC. */
public final class MomentText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT);
    private static final DateTimeFormatter YEAR_AND_TIME = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ROOT);

    private MomentText() {}

    /** {@code 14:04 UTC}; with its date where that is not the day of {@code seenFrom}. */
    public static String time(Instant at, Instant seenFrom) {
        ZonedDateTime moment = at.atZone(ZoneOffset.UTC);
        ZonedDateTime from = seenFrom.atZone(ZoneOffset.UTC);
        DateTimeFormatter format = moment.toLocalDate().equals(from.toLocalDate())
                ? TIME
                : moment.getYear() == from.getYear() ? DATE_AND_TIME : YEAR_AND_TIME;
        return format.format(moment) + " UTC";
    }

    /** {@code 3 Nov}; with the year where that is not the year of {@code seenFrom}. */
    public static String day(Instant at, Instant seenFrom) {
        ZonedDateTime moment = at.atZone(ZoneOffset.UTC);
        boolean sameYear = moment.getYear() == seenFrom.atZone(ZoneOffset.UTC).getYear();
        return (sameYear ? DAY : DAY_AND_YEAR).format(moment);
    }

    /** {@code 38 min}, {@code 1 h 17 min}, {@code 3 days}; {@code under 1 min} for less. */
    public static String span(Duration span) {
        long minutes = Math.round(span.toSeconds() / 60.0);
        if (minutes < 1) {
            return "under 1 min";
        }
        if (minutes < 60) {
            return minutes + " min";
        }
        if (minutes >= 48 * 60) {
            return Math.round(minutes / (24 * 60.0)) + " days";
        }
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
}
