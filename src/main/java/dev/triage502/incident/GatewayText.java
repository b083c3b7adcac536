package dev.triage502.incident;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Which gateway does a person mean by an ARM id, by the address of a portal's page, or by a name? */
public final class GatewayText {

    private static final String START = "/subscriptions/";

    private final String given;

    public GatewayText(String given) {
        this.given = given.strip();
    }

    /** The id, if the text holds one that can be right: an ARM id, or an address of the portal, encoded or not. */
    public Optional<ResourceId> id() {
        return held().filter(id -> GatewayIdFault.in(id).isEmpty());
    }

    /** Whether the text can be a gateway's name. */
    public boolean isName() {
        return GatewayIdFault.ofName(given).isEmpty();
    }

    /** What keeps it from naming a gateway, in words for a message; empty if it names one. */
    public Optional<String> fault() {
        if (isName() || id().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                given.isEmpty()
                        ? "nothing"
                        : held().flatMap(GatewayIdFault::in)
                                .orElseGet(() -> given.matches("[A-Za-z0-9._-]+")
                                        ? GatewayIdFault.ofName(given).orElseThrow()
                                        : "\"" + AlertFields.cut(given) + "\""));
    }

    /** What was given, without space around it. */
    @Override
    public String toString() {
        return given;
    }

    /** An id is taken as it is, since a mark in it would be part of a name; an address ends at a mark and is decoded. */
    private Optional<ResourceId> held() {
        if (Wording.of(given).startWith(START)) {
            return ResourceId.gatewayIn(given);
        }
        String decoded = decoded(given);
        int at = decoded.toLowerCase(Locale.ROOT).indexOf(START);
        return at < 0
                ? Optional.empty()
                : ResourceId.gatewayIn(decoded.substring(at).split("[?#&\\s]", 2)[0]);
    }

    private static String decoded(String text) {
        try {
            return text.contains("%") ? URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8) : text;
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
