package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the activity log says of the power of things that are in no document: the last action on them that succeeded. */
final class LoggedPower {

    private static final Map<String, String> STATES = Map.of(
            "start", "running",
            "restart", "running",
            "stop", "stopped",
            "poweroff", "stopped",
            "deallocate", "deallocated");

    private LoggedPower() {}

    /** The state by the resource's id in lower case. */
    static Map<String, String> of(SourceDocuments documents) {
        Map<String, String> states = new TreeMap<>();
        Map<String, String> times = new TreeMap<>();
        JsonElement log = documents
                .get(Source.ACTIVITY_LOG)
                .toOptional()
                .map(LoggedPower::events)
                .orElseGet(JsonArray::new);
        for (JsonElement each : log.getAsJsonArray()) {
            JsonObject event = each.getAsJsonObject();
            String[] operation =
                    named(event, "operationName").toLowerCase(Locale.ROOT).split("/");
            String id = Resource.text(event, "resourceId").toLowerCase(Locale.ROOT);
            String time = Resource.text(event, "eventTimestamp");
            String verb = operation.length < 2 ? "" : operation[operation.length - 2];
            if (STATES.containsKey(verb)
                    && named(event, "status").equals("Succeeded")
                    && time.compareTo(times.getOrDefault(id, "")) > 0) {
                times.put(id, time);
                states.put(id, STATES.getOrDefault(verb, ""));
            }
        }
        return states;
    }

    private static JsonArray events(JsonElement document) {
        return document instanceof JsonObject object && object.get("value") instanceof JsonArray events
                ? events
                : new JsonArray();
    }

    private static String named(JsonObject event, String field) {
        return event.get(field) instanceof JsonObject inner ? Resource.text(inner, "value") : "";
    }
}
