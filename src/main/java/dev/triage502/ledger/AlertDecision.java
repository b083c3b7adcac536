package dev.triage502.ledger;

import dev.triage502.incident.Incident;
import java.util.Optional;

/**
 * What an alert comes to.
 *
 * @param what     what was done with it
 * @param incident the incident that it belongs to; empty if it belongs to none
 * @param revision which look at the incident: 1, or more when it was reopened
 * @param announce whether those who investigate must be told of this revision, now
 */
public record AlertDecision(What what, Optional<Incident> incident, int revision, boolean announce) {

    /** What can be done with an alert. */
    public enum What {
        /** It opened an incident. */
        OPENED,
        /** Its incident had been over for less than an hour, and is investigated anew. */
        REOPENED,
        /** Its incident is being looked at already: another rule, or another part of the gateway. */
        JOINED,
        /** We had it before. */
        REPEATED,
        /** It was the last of an incident's alerts to end. */
        CLOSED,
        /** It ended, and others of its incident go on. */
        ENDED,
        /** It says that something is over that we never saw to begin. */
        NOT_OPEN,
        /** It fired, but we were told before that it is over. */
        ALREADY_OVER
    }

    static AlertDecision none(What what) {
        return new AlertDecision(what, Optional.empty(), 0, false);
    }

    static AlertDecision of(What what, LedgerEntry entry, boolean announce) {
        return new AlertDecision(what, Optional.of(entry.incident()), entry.revision(), announce);
    }
}
