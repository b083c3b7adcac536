package dev.triage502.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;

/** The body of a Resource Graph query, and how its answer says that there is more. */
final class ResourceGraphQuery {

    private static final int PAGE = 1000;

    private ResourceGraphQuery() {}

    static JsonObject body(String query, Set<String> subscriptions, String skipToken) {
        JsonObject options = new JsonObject();
        options.addProperty("$top", PAGE);
        options.addProperty("resultFormat", "objectArray");
        if (!skipToken.isEmpty()) {
            options.addProperty("$skipToken", skipToken);
        }
        JsonObject body = new JsonObject();
        if (!subscriptions.isEmpty()) {
            JsonArray array = new JsonArray();
            subscriptions.forEach(array::add);
            body.add("subscriptions", array);
        }
        body.addProperty("query", query);
        body.add("options", options);
        return body;
    }

    static String skipToken(JsonObject answer) {
        JsonElement token = answer.get("$skipToken");
        return token != null && token.isJsonPrimitive() ? token.getAsString() : "";
    }
}
