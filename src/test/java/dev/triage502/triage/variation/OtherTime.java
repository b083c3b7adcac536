package dev.triage502.triage.variation;

import dev.triage502.collect.RecordedCase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The same incident months later, its times written in the other ways that Azure has. */
public final class OtherTime {

    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)");

    private OtherTime() {}

    /** By whole days, so that no minute moves into another bin. */
    public static Variation later(RecordedCase incident) {
        Duration shift = Duration.ofDays(131);
        return rewritten(incident, shift, Instant::toString);
    }

    /** At another time of day, by whole bins of five minutes: nights and office hours mean nothing. */
    public static Variation hoursLater(RecordedCase incident) {
        return rewritten(incident, Duration.ofMinutes(12 * 60 + 35), Instant::toString);
    }

    /** Without fractions of seconds, and with an offset in figures. */
    public static Variation coarse(RecordedCase incident) {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);
        return rewritten(incident, Duration.ZERO, time -> format.format(time.truncatedTo(ChronoUnit.SECONDS)));
    }

    /** With seven digits after the point. */
    public static Variation fine(RecordedCase incident) {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
        return rewritten(incident, Duration.ZERO, format::format);
    }

    private interface Writing {
        String of(Instant time);
    }

    private static Variation rewritten(RecordedCase incident, Duration shift, Writing writing) {
        UnaryOperator<String> change = text -> TIME.matcher(text)
                .replaceAll(found -> writing.of(
                        OffsetDateTime.parse(found.group()).toInstant().plus(shift)));
        return Variation.of(
                incident,
                incident.gateway(),
                incident.alertedAt().plus(shift),
                Variation.each(
                        incident.documents(),
                        (source, read) -> JsonTree.mapped(read, (key, text) -> change.apply(text))),
                UnaryOperator.identity());
    }
}
