package dev.triage502.ledger;

import dev.triage502.incident.Incident;
import java.util.Optional;

/**
 * What an alert comes to.
 *
 * @param what     what was done with it
 * @param entry    the incident that it belongs to, as it is now
 * @param announce whether an investigation is to be queued now
 */
public record AlertDecision(What what, LedgerEntry entry, boolean announce) {

    /** What can be done with an alert. */
    public enum What {
        /** It opened an incident. */
        OPENED,
        /** It had been over, and is investigated again. */
        REOPENED,
        /** It belongs to an incident that is open: another rule, or another part of the gateway. */
        JOINED,
        /** We had it before. */
        REPEATED,
        /** It was the last of an incident's alerts to end, and whether requests are served again is measured. */
        ENDED,
        /** It ended, and others of its incident go on. */
        ENDED_IN_PART,
        /** It says that something is over that we never saw to begin: it is looked at all the same. */
        OPENED_OVER
    }

    public Incident incident() {
        return entry.incident();
    }

    /** The investigation that is to be made next, or was made last. */
    public int revision() {
        return entry.looks().asked();
    }

    static AlertDecision of(What what, LedgerEntry entry, boolean announce) {
        return new AlertDecision(what, entry, announce);
    }

    /** The investigation to queue, if one is. */
    public Optional<LedgerEntry> toAnnounce() {
        return announce ? Optional.of(entry) : Optional.empty();
    }
}
