package dev.triage502.report;

import com.google.gson.JsonObject;
import java.util.Optional;

/**
 * Where a reader of a message about one incident can go on. Each is a whole address, or absent where there is none: the
 * app may not know its own address, and a cause may have no page.
 *
 * <p>Those of the page and of the feedback may open the incident for whoever has them, so they belong into messages
 * and nowhere else: not into the store, and not into a log.
 *
 * @param page          the page of the incident
 * @param causePage     what is known of the cause in general
 * @param feedbackRight asks to confirm that the diagnosis was right; opening it records nothing
 * @param feedbackWrong asks what the true cause was; opening it records nothing
 * @param portal        the gateway in the Azure portal
 */
public record IncidentLinks(
        Optional<String> page,
        Optional<String> causePage,
        Optional<String> feedbackRight,
        Optional<String> feedbackWrong,
        Optional<String> portal) {

    /** No links at all. */
    public static IncidentLinks none() {
        return new IncidentLinks(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** As {@code links} in the document of a message; an absent one is left out. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        page.ifPresent(url -> json.addProperty("page", url));
        causePage.ifPresent(url -> json.addProperty("cause", url));
        feedbackRight.ifPresent(url -> json.addProperty("feedbackRight", url));
        feedbackWrong.ifPresent(url -> json.addProperty("feedbackWrong", url));
        portal.ifPresent(url -> json.addProperty("portal", url));
        return json;
    }

    /** Without the addresses: they may open the incident. */
    @Override
    public String toString() {
        return "IncidentLinks" + toJson().keySet();
    }
}
