package dev.triage502.incident;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * What is to be investigated: one gateway over one window of time.
 *
 * @param id       a name that a store can use as a key; opaque for an alert's, of gateway and time where somebody asks
 * @param gateway  the gateway that answers 502
 * @param from     the window's beginning
 * @param to       the window's end: the evidence is judged as of this moment
 * @param alertedAt when somebody or something first complained; between {@code from} and {@code to}
 * @param severity  of the alert, from 0 (critical) to 4; empty where none fired or it did not say
 */
public record Incident(
        String id, ResourceId gateway, Instant from, Instant to, Instant alertedAt, OptionalInt severity) {

    /** How far back an investigation looks when nobody says otherwise. */
    public static final Duration LOOK_BACK = Duration.ofHours(1);

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm").withZone(ZoneOffset.UTC);

    /** One without a severity. */
    public Incident(String id, ResourceId gateway, Instant from, Instant to, Instant alertedAt) {
        this(id, gateway, from, to, alertedAt, OptionalInt.empty());
    }

    /** The incident that an alert at this moment opens: the hour before it. */
    public static Incident alertedAt(ResourceId gateway, Instant alertedAt) {
        return between(gateway, alertedAt.minus(LOOK_BACK), alertedAt);
    }

    /** The incident that somebody asks about with a window of their own. */
    public static Incident between(ResourceId gateway, Instant from, Instant to) {
        return new Incident(idOf(gateway, to), gateway, from, to, to);
    }

    /** The same incident looked at until a later moment. */
    public Incident until(Instant later) {
        return new Incident(id, gateway, from, later, alertedAt, severity);
    }

    private static String idOf(ResourceId gateway, Instant alertedAt) {
        return gateway.name().toLowerCase(java.util.Locale.ROOT) + "-" + MINUTE.format(alertedAt) + "-"
                + digest(gateway.key()).substring(0, 6);
    }

    /** SHA-256 in hexadecimal; keys made of ids hold no character that a table or a blob name refuses. */
    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
