package dev.triage502.incident;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What makes an id no gateway's? Azure reads an id as a path, so {@code ..}, {@code ?}, {@code #} or {@code %2e} in one
 * would lead a call to another resource.
 *
 * <p>Source: naming rules of Azure resources (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules):
 * a resource group has 1 to 90 letters, digits, {@code _-.()} and no full stop at its end; an application gateway 1 to
 * 80 letters, digits, {@code _-.}, a letter or digit first, and one or {@code _} last.
 */
final class GatewayIdFault {

    static final String EXPECTED = "the resource ID of an application gateway,"
            + " /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Network/applicationGateways/NAME";

    private static final int LONGEST_SUBSCRIPTION = 36;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_GROUP = 90;

    private static final Pattern SUBSCRIPTION = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern GROUP = Pattern.compile("[\\p{L}\\p{Nd}_().-]*[\\p{L}\\p{Nd}_()-]");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_])?");

    private GatewayIdFault() {}

    /** What is wrong, in words for a message; empty if the id can be a gateway's. */
    static Optional<String> in(ResourceId gateway) {
        String[] parts = gateway.toString().split("/", -1);
        boolean isGateway = parts.length == 9
                && parts[0].isEmpty()
                && parts[1].equalsIgnoreCase("subscriptions")
                && parts[3].equalsIgnoreCase("resourceGroups")
                && parts[5].equalsIgnoreCase("providers")
                && parts[6].equalsIgnoreCase("Microsoft.Network")
                && parts[7].equalsIgnoreCase("applicationGateways");
        if (!isGateway) {
            return Optional.of("\"" + AlertFields.tail(gateway.toString()) + "\"");
        }
        return in("subscription", parts[2], SUBSCRIPTION, LONGEST_SUBSCRIPTION)
                .or(() -> in("resource group", parts[4], GROUP, LONGEST_GROUP))
                .or(() -> ofName(parts[8]));
    }

    /** What is wrong with a gateway's name; empty if Azure would give it. */
    static Optional<String> ofName(String name) {
        return in("gateway name", name, NAME, LONGEST_NAME);
    }

    private static Optional<String> in(String part, String text, Pattern right, int longest) {
        if (text.length() > longest) {
            return Optional.of("a " + part + " of " + text.length() + " characters, where Azure allows " + longest);
        }
        return right.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("the " + part + " \"" + AlertFields.cut(text) + "\"");
    }
}
