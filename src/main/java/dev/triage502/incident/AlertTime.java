package dev.triage502.incident;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** When did it happen? Azure Monitor's times: ISO 8601, up to nine decimals, with {@code Z}, an offset or neither. */
final class AlertTime {

    private static final String EXPECTED = "a time such as 2026-03-02T08:14:31Z";

    private AlertTime() {}

    static Optional<Instant> in(AlertFields fields, String name) {
        return fields.text(name).flatMap(AlertTime::parse).filter(IncidentWindow::isTime);
    }

    /** The first of the named fields that is there; it must be a time. */
    static Instant need(AlertFields fields, List<String> names) throws UnreadableAlert {
        for (String name : names) {
            if (fields.has(name)) {
                Optional<Instant> time = in(fields, name);
                if (time.isEmpty()) {
                    throw new UnreadableAlert(fields.place(name), EXPECTED, fields.came(name));
                }
                return time.get();
            }
        }
        throw new UnreadableAlert(fields.place(names.get(0)), EXPECTED, "nothing");
    }

    private static Optional<Instant> parse(String text) {
        String iso = text.replace(' ', 'T');
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException noOffset) {
            try {
                return Optional.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException noTime) {
                return Optional.empty();
            }
        }
    }
}
