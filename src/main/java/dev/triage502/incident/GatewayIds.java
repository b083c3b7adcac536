package dev.triage502.incident;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which gateways do texts name? Their ids stand alone, inside longer ids, in addresses and in queries.
 *
 * @param gateways each once, in the order of the texts
 * @param faults   of each text that is an id of a gateway and cannot be right, what is wrong with it
 */
record GatewayIds(List<ResourceId> gateways, List<String> faults) {

    private static final String START = "/subscriptions/";

    /** A name begins with a letter or digit and ends with one or with an underscore: a full stop after it is prose. */
    private static final Pattern MENTIONED = Pattern.compile(
            "/subscriptions/[^/\\s\"'<>]+/resourceGroups/[^/\\s\"'<>]+"
                    + "/providers/Microsoft\\.Network/applicationGateways/[a-z0-9](?:[a-z0-9._-]*[a-z0-9_])?(?!%)",
            Pattern.CASE_INSENSITIVE);

    GatewayIds {
        gateways = List.copyOf(gateways);
        faults = List.copyOf(faults);
    }

    /** What the texts name. In prose and addresses, what cannot be an id is no mention of a gateway. */
    static GatewayIds in(Collection<String> texts) {
        Set<ResourceId> found = new LinkedHashSet<>();
        List<String> faults = new ArrayList<>();
        for (String text : texts) {
            if (isOneId(text)) {
                Optional<ResourceId> id = ResourceId.gatewayIn(text);
                id.flatMap(GatewayIdFault::in).ifPresentOrElse(faults::add, () -> id.ifPresent(found::add));
            } else {
                mentionedIn(text, found);
            }
        }
        return new GatewayIds(List.copyOf(found), faults);
    }

    boolean isEmpty() {
        return gateways.isEmpty();
    }

    /** @throws UnreadableAlert if ids stand here, and none of them can be right */
    GatewayIds refusedIfAllFaulty(String place) throws UnreadableAlert {
        if (gateways.isEmpty() && !faults.isEmpty()) {
            throw new UnreadableAlert(place, GatewayIdFault.EXPECTED, faults.get(0));
        }
        return this;
    }

    private static boolean isOneId(String text) {
        String id = ResourceId.of(text).key();
        return id.startsWith(START)
                && id.indexOf(START, START.length() - 1) < 0
                && id.chars().noneMatch(Character::isWhitespace);
    }

    private static void mentionedIn(String text, Set<ResourceId> found) {
        Matcher matcher = MENTIONED.matcher(decoded(text));
        while (matcher.find()) {
            ResourceId id = ResourceId.of(matcher.group());
            if (GatewayIdFault.in(id).isEmpty()) {
                found.add(id);
            }
        }
    }

    private static String decoded(String text) {
        if (!Wording.of(text).has("%2fproviders%2f")) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException strayPercentSign) {
            return text;
        }
    }
}
