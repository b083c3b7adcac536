package dev.triage502.incident;

/**
 * The type of a resource, such as {@code Microsoft.Network/virtualNetworks/subnets}. The case does not count. The spelling
 * that was read is kept for display.
 */
public final class ResourceType extends CaselessText {

    private ResourceType(String text) {
        super(text);
    }

    /** The type in this spelling, which may be empty where none is known. */
    public static ResourceType of(String text) {
        return new ResourceType(text);
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
}
