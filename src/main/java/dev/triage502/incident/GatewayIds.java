package dev.triage502.incident;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which gateways does a text name? Their ids stand alone, inside longer ids, in addresses and in queries. */
final class GatewayIds {

    /** A name begins with a letter or digit and ends with one or with an underscore: a full stop after it is prose. */
    private static final Pattern ID = Pattern.compile(
            "/subscriptions/[^/\\s\"'<>]+/resourceGroups/[^/\\s\"'<>]+"
                    + "/providers/Microsoft\\.Network/applicationGateways/[a-z0-9](?:[a-z0-9._-]*[a-z0-9_])?",
            Pattern.CASE_INSENSITIVE);

    private GatewayIds() {}

    /** The gateways that the texts name, each once, in their order. */
    static List<ResourceId> in(Collection<String> texts) {
        Set<ResourceId> found = new LinkedHashSet<>();
        for (String text : texts) {
            Matcher matcher = ID.matcher(decoded(text));
            while (matcher.find()) {
                found.add(ResourceId.of(matcher.group()));
            }
        }
        return List.copyOf(found);
    }

    private static String decoded(String text) {
        if (!text.toLowerCase(Locale.ROOT).contains("%2fproviders%2f")) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException strayPercentSign) {
            return text;
        }
    }
}
