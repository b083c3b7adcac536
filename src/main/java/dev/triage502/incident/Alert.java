package dev.triage502.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One thing that a monitoring rule said about one gateway: it fired, or what it fired for is over.
 *
 * @param gateway     the gateway that it is about
 * @param id          the monitor's id of this alert: the same when it fires and when it is resolved
 * @param rule        the rule
 * @param condition   whether it fired or is resolved
 * @param firedAt     when it fired; of an older schema's resolved alert, which does not tell, the same as {@code at}
 * @param at          the moment that it speaks of: when it fired, or when it was resolved as far as that was told
 * @param ends        whether such rules say when it is over; those of the activity log never do
 * @param windowStart where the time that the rule looked at begins; {@code firedAt} when that was not told
 */
public record Alert(
        ResourceId gateway,
        String id,
        AlertRule rule,
        Condition condition,
        Instant firedAt,
        Instant at,
        boolean ends,
        Instant windowStart) {

    /** The two things that a rule can say. */
    public enum Condition {
        FIRED,
        RESOLVED
    }

    /** A rule may look at two days; an investigation of that much log would be slow and dear. */
    private static final Duration LONGEST_LOOK_BACK = Duration.ofHours(24);

    /**
     * The incident that it opens: the hour before it, or longer if the rule itself looked at more. Its id is that of this
     * very firing, so that the same alert brought again names the same incident, and says nothing of what will be found.
     */
    public Incident incident() {
        Instant hour = firedAt.minus(Incident.LOOK_BACK);
        Instant longest = firedAt.minus(LONGEST_LOOK_BACK);
        Instant from = windowStart.isBefore(longest) ? longest : windowStart;
        String id = gateway.name().toLowerCase(Locale.ROOT) + "-"
                + Incident.digest(occurrence() + ' ' + firedAt).substring(0, 16);
        return new Incident(id, gateway, from.isBefore(hour) ? from : hour, firedAt, firedAt, rule.severity());
    }

    /**
     * A short name for what fired: alike in every copy of the alert and in the one that resolves it, whatever letters
     * it was spelled in. Not unique in time: some rules use one id whenever they fire.
     */
    public String occurrence() {
        return Incident.digest(gateway.key() + ' ' + id.toLowerCase(Locale.ROOT))
                .substring(0, 24);
    }

    /** The same, of a rule that is named otherwise. */
    public Alert of(AlertRule other) {
        return new Alert(gateway, id, other, condition, firedAt, at, ends, windowStart);
    }
}
