package dev.triage502.incident;

import java.util.Locale;

/**
 * The type of a resource, such as {@code Microsoft.Network/virtualNetworks/subnets}. The case does not count. The spelling
 * that was read is kept for display.
 */
public final class ResourceType {

    private final String text;
    private final String key;

    private ResourceType(String text) {
        this.text = text;
        this.key = text.toLowerCase(Locale.ROOT);
    }

    /** The type in this spelling, which may be empty where none is known. */
    public static ResourceType of(String text) {
        return new ResourceType(text);
    }

    /** Whether a text is this type in any spelling. */
    public boolean is(String other) {
        return text.equalsIgnoreCase(other);
    }

    /** The type of the resource that one of this type stands in, or this: {@code Microsoft.Network/virtualNetworks}. */
    public ResourceType ofTop() {
        int namespaceEnd = text.indexOf('/');
        int end = namespaceEnd < 0 ? -1 : text.indexOf('/', namespaceEnd + 1);
        return end < 0 ? this : new ResourceType(text.substring(0, end));
    }

    /** This, with its first part in the spelling of a type that it stands in: {@code Microsoft.Network/…}. */
    public ResourceType below(ResourceType top) {
        return new ResourceType(top.text + text.substring(top.text.length()));
    }

    /** The type in lower case, as Resource Graph writes it. */
    public String inLowerCase() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceType type && type.key.equals(key);
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
