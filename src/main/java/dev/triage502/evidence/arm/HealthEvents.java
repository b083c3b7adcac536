package dev.triage502.evidence.arm;

import com.google.gson.JsonObject;
import java.util.List;

/** How do Service Health's events join the document on a gateway's health? */
public final class HealthEvents {

    /** HTML for a web page, many times as long as all the rest. */
    private static final List<String> LEFT_OUT =
            List.of("article", "description", "faqs", "recommendedActions", "links");

    /** The name of the list in the document. */
    public static final String LIST = "serviceEvents";

    private HealthEvents() {}

    /** Adds a list of events, and why it ends early if it does, to the document on the gateway's health. */
    public static void add(JsonObject status, JsonObject list) {
        ResourceReferences.listed(list).forEach(HealthEvents::shorten);
        status.add(LIST, list.get("value"));
        if (list.has("unread")) {
            status.add("unread", list.get("unread"));
        }
    }

    private static void shorten(JsonObject event) {
        if (event.get("properties") instanceof JsonObject properties) {
            LEFT_OUT.forEach(properties::remove);
        }
    }
}
