package dev.triage502.diagnosis;

import java.util.Locale;

/** How sure a diagnosis is. Three levels with a meaning each; the order is from the surest down. */
public enum Confidence {
    /** A conclusive look shows it and nothing speaks against it. */
    CONFIRMED,
    /** Two sources point to it, or a conclusive look does and another speaks against it. */
    LIKELY,
    /** One source points to it, and others could look the same. */
    POSSIBLE;

    /** The word in documents: {@code confirmed}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
