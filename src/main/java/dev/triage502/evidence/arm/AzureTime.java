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

    private AzureTime() {}

    /** The moment, or nothing where the text is none. */
    static Optional<Instant> in(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            TemporalAccessor time =
                    FORMAT.parseBest(text.strip().replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof OffsetDateTime with
                            ? with.toInstant()
                            : ((LocalDateTime) time).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
