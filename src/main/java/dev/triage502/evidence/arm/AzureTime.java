package dev.triage502.evidence.arm;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** A moment as Azure writes one: ISO 8601 with any offset, or without one and then in UTC. */
final class AzureTime {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ISO_DATE_TIME;
    private static final String USUAL = "0000-00-00T00:00:00";

    private AzureTime() {}

    /** The moment, or nothing where the text is none. */
    static Optional<Instant> in(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(isUsual(text) ? usual(text) : parsed(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant parsed(String text) {
        TemporalAccessor time =
                FORMAT.parseBest(text.strip().replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime with
                ? with.toInstant()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
    }

    /** Whether it is {@code 2026-03-02T08:30:00Z} with or without a fraction. Logs and metrics hold thousands of these. */
    private static boolean isUsual(String text) {
        int end = text.length() - 1;
        boolean fraction = end > USUAL.length() && text.charAt(USUAL.length()) == '.';
        if (end < USUAL.length() || text.charAt(end) != 'Z' || (end > USUAL.length() && !fraction)) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            char usual = i < USUAL.length() ? USUAL.charAt(i) : i == USUAL.length() ? '.' : '0';
            if (usual == '0' ? c < '0' || c > '9' : c != usual) {
                return false;
            }
        }
        return end <= USUAL.length() + 10;
    }

    private static Instant usual(String text) {
        int nanos = 0;
        for (int i = 0; i < 9; i++) {
            int at = USUAL.length() + 1 + i;
            nanos = nanos * 10 + (at < text.length() - 1 ? text.charAt(at) - '0' : 0);
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }
}
