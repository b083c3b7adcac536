package dev.triage502.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the platform says of the gateway's own health, and of its services.
 *
 * @param state     {@code AVAILABLE} … as Azure says; silence of ten minutes is {@code UNKNOWN} and proves nothing
 * @param initiator who began it, where the state is not available
 * @param title     Azure's words
 * @param summary   Azure's words
 * @param occurred  since when the state holds
 * @param resolved  the end of a fault that is over but still shown
 * @param serviceEvents what Service Health says of the services in the gateway's subscription, in the order of time
 */
public record ResourceHealth(
        State state,
        Initiator initiator,
        String title,
        String summary,
        Optional<Instant> occurred,
        Optional<Instant> resolved,
        Reading<List<ServiceEvent>> serviceEvents) {

    /** Azure's availability states. */
    public enum State {
        AVAILABLE,
        UNAVAILABLE,
        DEGRADED,
        UNKNOWN
    }

    /** Who began an event. */
    public enum Initiator {
        PLATFORM,
        USER,
        UNSAID
    }
}
