package dev.triage502.incident;

import java.util.Locale;

/**
 * A name or an id of which the case does not count: two of one kind are equal, and sort alike, if they differ only in case. The
 * spelling that was read is kept for display.
 */
abstract sealed class CaselessText implements Comparable<CaselessText>
        permits ArmName, HostName, OperationName, ResourceId, ResourceType {

    /** As it was read. */
    final String text;

    /** In lower case, which is what counts. */
    final String key;

    CaselessText(String text) {
        this.text = text;
        this.key = text.toLowerCase(Locale.ROOT);
    }

    /** Whether a text is this in any spelling. */
    public final boolean is(String other) {
        return text.equalsIgnoreCase(other);
    }

    /** In lower case, for what is written in one spelling only: names in public DNS, types in Resource Graph. */
    public final String inLowerCase() {
        return key;
    }

    @Override
    public final int compareTo(CaselessText other) {
        return key.compareTo(other.key);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof CaselessText same && same.getClass() == getClass() && same.key.equals(key);
    }

    @Override
    public final int hashCode() {
        return key.hashCode();
    }

    /** The spelling that was read. */
    @Override
    public final String toString() {
        return text;
    }
}
