package dev.triage502.ledger;

import java.util.Optional;
import java.util.stream.Stream;

/** Where an incident is in its life; {@link IncidentLifecycle} has the ways from one state to another. */
public enum LifeState {
    /** An alert opened it, and no investigation has begun since. */
    OPEN("open"),
    /** Its first investigation, or the first after it was reopened, is under way. */
    INVESTIGATING("investigating"),
    /** An investigation has ended and was reported. */
    DIAGNOSED("diagnosed"),
    /** A later investigation found something else, or failures that had ended are back. */
    CHANGED("changed"),
    /** It ends and begins again too often for a message each time. */
    FLAPPING("flapping"),
    /** Its alerts are resolved, and whether requests are served again could not be measured. */
    RESOLVED("resolved"),
    /** Requests are served again, as measured. */
    RECOVERED("recovered"),
    /** Its investigation failed each time that it was tried. */
    GIVEN_UP("given-up"),
    /** It is over; what fires within an hour reopens it. */
    CLOSED("closed");

    private final String id;

    LifeState(String id) {
        this.id = id;
    }

    /** As documents have it: {@code given-up}. */
    public String id() {
        return id;
    }

    /** The state with an id; empty if there is none. */
    public static Optional<LifeState> withId(String id) {
        return Stream.of(values()).filter(state -> state.id.equals(id)).findFirst();
    }
}
