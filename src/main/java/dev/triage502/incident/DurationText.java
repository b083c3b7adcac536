package dev.triage502.incident;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a length of time as people write it: {@code 90s}, {@code 30m}, {@code 2h}, {@code 1d}, or {@code PT30M}. */
public final class DurationText {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,5})([smhd])");

    /** As many days as the short form can say; beyond that a time minus the span may be no time. */
    private static final Duration LONGEST = Duration.ofDays(99_999);

    private DurationText() {}

    /** The length; empty if the text is none, or it is not a positive one. */
    public static Optional<Duration> read(String text) {
        Matcher matcher = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
        try {
            Duration span = matcher.matches()
                    ? of(Integer.parseInt(matcher.group(1)), matcher.group(2).charAt(0))
                    : Duration.parse(text.strip());
            boolean sensible = !span.isZero() && !span.isNegative() && span.compareTo(LONGEST) <= 0;
            return sensible ? Optional.of(span) : Optional.empty();
        } catch (DateTimeParseException neither) {
            return Optional.empty();
        }
    }

    private static Duration of(int number, char unit) {
        switch (unit) {
            case 's':
                return Duration.ofSeconds(number);
            case 'm':
                return Duration.ofMinutes(number);
            case 'h':
                return Duration.ofHours(number);
            default:
                return Duration.ofDays(number);
        }
    }
}
