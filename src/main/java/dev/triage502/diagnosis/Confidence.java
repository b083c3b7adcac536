package dev.triage502.diagnosis;

import java.util.Locale;

/** How sure a diagnosis is. Three levels with a meaning each; the order is from the surest down. */
public enum Confidence {
    /** Direct evidence, and nothing contradicts it. */
    CONFIRMED,
    /** Two sources agree, one strong sign, or direct evidence that something contradicts: see {@link ConfidenceReason}. */
    LIKELY,
    /** One indirect sign; other causes would look the same. */
    POSSIBLE;

    /** The word in documents: {@code confirmed}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
