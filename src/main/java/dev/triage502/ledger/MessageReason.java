package dev.triage502.ledger;

import java.util.Optional;
import java.util.stream.Stream;

/** Why a message about an incident is sent. */
public enum MessageReason {
    FIRST_DIAGNOSIS("diagnosed", "first diagnosis"),
    CHANGED("changed", "changed"),
    RECURRED("recurred", "recurred"),
    FLAPPING("flapping", "flapping"),
    RESOLVED("resolved", "alert resolved, recovery not measured"),
    RECOVERED("recovered", "recovered"),
    GIVEN_UP("given-up", "given up");

    private final String id;
    private final String words;

    MessageReason(String id, String words) {
        this.id = id;
        this.words = words;
    }

    /** As documents and idempotency keys have it. */
    public String id() {
        return id;
    }

    public String words() {
        return words;
    }

    /** The reason with an id; empty if there is none. */
    public static Optional<MessageReason> withId(String id) {
        return Stream.of(values()).filter(reason -> reason.id.equals(id)).findFirst();
    }
}
