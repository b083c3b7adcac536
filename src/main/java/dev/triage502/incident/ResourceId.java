package dev.triage502.incident;

import java.util.Locale;
import java.util.Optional;

/**
 * Which Azure resource is meant: an ARM id such as
 * {@code /subscriptions/{s}/resourceGroups/{rg}/providers/Microsoft.Network/applicationGateways/{name}}.
 *
 * <p>Azure spells one id in several ways (alerts lower-case it, logs upper-case it), so two ids are equal when they
 * differ only in case. The spelling that was read is kept for display.
 */
public final class ResourceId extends CaselessText {

    private static final String GATEWAY_TYPE = "microsoft.network/applicationgateways";

    private ResourceId(String text) {
        super(text);
    }

    /** The id in the spelling given, a trailing slash dropped. */
    public static ResourceId of(String text) {
        String trimmed = text.strip();
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return new ResourceId(trimmed);
    }

    /** The id, if the text is the id of an application gateway itself or of something inside one. */
    public static Optional<ResourceId> gatewayIn(String text) {
        ResourceId id = of(text);
        String marker = "/providers/" + GATEWAY_TYPE + "/";
        int at = id.key.indexOf(marker);
        if (at < 0 || !id.key.startsWith("/subscriptions/")) {
            return Optional.empty();
        }
        int end = id.text.indexOf('/', at + marker.length());
        String gateway = end < 0 ? id.text : id.text.substring(0, end);
        return gateway.length() == at + marker.length() ? Optional.empty() : Optional.of(new ResourceId(gateway));
    }

    /** The subscription's id, or an empty string. */
    public String subscription() {
        return after("subscriptions");
    }

    /** The resource group's name in the spelling read, or an empty string. */
    public String resourceGroup() {
        return after("resourcegroups");
    }

    /** The last segment: the resource's own name. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The id of what holds this resource, two segments up: a subnet's virtual network, a rule's security group. */
    public ResourceId parent() {
        int last = text.lastIndexOf('/');
        int before = last < 0 ? -1 : text.lastIndexOf('/', last - 1);
        return before <= 0 ? this : new ResourceId(text.substring(0, before));
    }

    /** Whether it is one of a collection, which stands before its name: {@code virtualMachines}. */
    public boolean isOneOf(String collection) {
        return text.regionMatches(
                true, text.lastIndexOf('/') - collection.length() - 1, "/" + collection, 0, collection.length() + 1);
    }

    /** The segment that follows the one given (compared without regard to case), or an empty string. */
    public String after(String segment) {
        String[] parts = text.split("/", -1);
        for (int i = 0; i + 1 < parts.length; i++) {
            if (parts[i].equalsIgnoreCase(segment)) {
                return parts[i + 1];
            }
        }
        return "";
    }

    /** Whether this id's type is, ignoring case, the one given, such as {@code Microsoft.Compute/virtualMachines}. */
    public boolean hasType(String type) {
        return key.contains("/providers/" + type.toLowerCase(Locale.ROOT) + "/");
    }

    /** Whether this is the resource given or something inside it. */
    public boolean isWithin(ResourceId other) {
        return key.equals(other.key) || key.startsWith(other.key + "/");
    }

    /** The id in lower case: a key for maps, tables and comparisons. */
    public String key() {
        return key;
    }
}
