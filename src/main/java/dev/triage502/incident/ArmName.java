package dev.triage502.incident;

import java.util.Locale;

/**
 * The name of a resource or of a part of one, in some places of a server: Azure writes one name in several cases, so two names are equal
 * if they differ only in case. The spelling that was read is kept for display.
 *
 * <p>Source: names of Azure resources are not case-sensitive, and what Azure answers may differ in case from what was
 * asked (Azure Resource Manager, "Naming rules and restrictions for Azure resources").
 */
public final class ArmName implements Comparable<ArmName> {

    private final String text;
    private final String key;

    private ArmName(String text) {
        this.text = text;
        this.key = text.toLowerCase(Locale.ROOT);
    }

    /** The name in this spelling, which may be empty where nothing is named. */
    public static ArmName of(String text) {
        return new ArmName(text);
    }

    /** Whether a text is this name in any spelling. */
    public boolean is(String other) {
        return text.equalsIgnoreCase(other);
    }

    /** Whether nothing is named. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public int compareTo(ArmName other) {
        return key.compareTo(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArmName name && name.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** The spelling that was read. */
    @Override
    public String toString() {
        return text;
    }
}
