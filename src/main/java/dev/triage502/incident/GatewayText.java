package dev.triage502.incident;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which gateway does a person mean by an ARM id, by the address of a portal's page, or by a name? */
public final class GatewayText {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,79}");

    private final String given;

    public GatewayText(String given) {
        this.given = given.strip();
    }

    /** The id, if the text holds one: an ARM id, or an address of the portal, encoded or not. */
    public Optional<ResourceId> id() {
        String decoded = decoded(given);
        int at = decoded.toLowerCase(Locale.ROOT).indexOf("/subscriptions/");
        return at < 0
                ? Optional.empty()
                : ResourceId.gatewayIn(decoded.substring(at).split("[?#&\\s]", 2)[0])
                        .filter(id -> NAME.matcher(id.name()).matches()
                                && !id.resourceGroup().isEmpty()
                                && !id.resourceGroup().endsWith("."));
    }

    /** Whether the text can be a gateway's name. */
    public boolean isName() {
        return NAME.matcher(given).matches();
    }

    /** What was given, without space around it. */
    @Override
    public String toString() {
        return given;
    }

    private static String decoded(String text) {
        try {
            return text.contains("%") ? URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8) : text;
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
