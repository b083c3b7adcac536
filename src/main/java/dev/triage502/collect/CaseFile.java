package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.StrictJson;
import dev.triage502.collect.RecordedCase.Expected;
import dev.triage502.collect.RecordedCase.Window;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.GatewayText;
import dev.triage502.incident.IncidentWindow;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code case.json}, the one file of a case that people write: what the case is, and what the right answer is. */
final class CaseFile {

    static final String FILE = "case.json";

    private CaseFile() {}

    /** The case; every complaint says {@code where}, what was seen and what would be right. */
    static RecordedCase read(String where, String folder, byte[] bytes, SourceDocuments documents) {
        JsonObject json = object(where, bytes);
        Optional<String> alertedAt = text(json, "alertedAt");
        Instant at = alertedAt
                .map(value -> instant(where, "alertedAt", value))
                .orElseThrow(() -> new UnreadableCase(where
                        + ": alertedAt is missing; set it to when the alert fired, e.g. \"2026-01-31T09:10:00Z\""));
        Optional<Expected> expected = json.has("expected") ? Optional.of(expected(where, json)) : Optional.empty();
        String id = text(json, "id").orElse(folder);
        ResourceId gateway = text(json, "gateway")
                .map(value -> new GatewayText(value)
                        .id()
                        .orElseThrow(() -> new UnreadableCase(where + ": gateway is \"" + value
                                + "\"; use the resource ID of an application gateway, or omit it")))
                .orElseGet(() -> GatewayName.in(documents));
        Optional<Window> window = text(json, "from")
                .map(from -> new Window(
                        instant(where, "from", from),
                        text(json, "to").map(to -> instant(where, "to", to)).orElse(at)));
        window.filter(span -> !span.from().isBefore(span.to())).ifPresent(span -> {
            throw new UnreadableCase(
                    where + ": from is " + span.from() + " and to is " + span.to() + "; from must be before to");
        });
        return new RecordedCase(id, text(json, "title").orElse(""), gateway, at, expected, documents, window);
    }

    /** Whether an object is a case's description, and no document of Azure's. */
    static boolean isOne(JsonObject json) {
        return text(json, "alertedAt").isPresent() && !json.has("properties") && !json.has("value");
    }

    /** A time that the description has, if it is one. */
    static Optional<Instant> time(JsonObject json, String name) {
        return text(json, name).flatMap(IncidentWindow::time);
    }

    /** The gateway that the description names, if it names one. */
    static Optional<ResourceId> gateway(JsonObject json) {
        return text(json, "gateway").flatMap(value -> new GatewayText(value).id());
    }

    static JsonObject write(RecordedCase recorded) {
        JsonObject json = new JsonObject();
        json.addProperty("id", recorded.id());
        json.addProperty("title", recorded.title());
        json.addProperty("alertedAt", recorded.alertedAt().toString());
        recorded.window().ifPresent(window -> {
            json.addProperty("from", window.from().toString());
            json.addProperty("to", window.to().toString());
        });
        if (!recorded.gateway().equals(GatewayName.in(recorded.documents()))) {
            json.addProperty("gateway", recorded.gateway().toString());
        }
        recorded.expected().ifPresent(expected -> {
            JsonObject right = new JsonObject();
            right.addProperty("rootCause", expected.rootCause());
            right.add("alsoAcceptable", array(expected.alsoAcceptable()));
            right.add("mustNotName", array(expected.mustNotName()));
            right.add("mustAlsoName", array(expected.mustAlsoName()));
            expected.target().ifPresent(target -> right.addProperty("target", target));
            json.add("expected", right);
        });
        return json;
    }

    private static JsonObject object(String where, byte[] bytes) {
        try {
            if (StrictJson.parse(bytes) instanceof JsonObject object) {
                return object;
            }
            throw new UnreadableCase(where + " is not a JSON object; use {\"id\":\"…\",\"alertedAt\":\"…\"}");
        } catch (StrictJson.Malformed e) {
            throw new UnreadableCase(where + ": " + e.getMessage());
        }
    }

    private static Instant instant(String where, String name, String value) {
        return IncidentWindow.time(value)
                .orElseThrow(() -> new UnreadableCase(
                        where + ": " + name + " is \"" + value + "\"; use a time such as 2026-01-31T09:10:00Z"));
    }

    private static Expected expected(String where, JsonObject json) {
        if (!(json.get("expected") instanceof JsonObject expected)) {
            throw new UnreadableCase(
                    where + ": expected is " + json.get("expected") + "; use an object with a rootCause, or omit it");
        }
        return new Expected(
                text(expected, "rootCause")
                        .orElseThrow(() ->
                                new UnreadableCase(where + ": expected has no rootCause; set it to the ID of a cause")),
                texts(where, expected, "alsoAcceptable"),
                texts(where, expected, "mustNotName"),
                texts(where, expected, "mustAlsoName"),
                text(expected, "target"));
    }

    private static List<String> texts(String where, JsonObject json, String name) {
        JsonElement value = json.get(name);
        if (value == null || value.isJsonNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof JsonArray array) {
            for (JsonElement each : array) {
                if (each.isJsonPrimitive()) {
                    texts.add(each.getAsString());
                }
            }
            if (texts.size() == array.size()) {
                return texts;
            }
        }
        throw new UnreadableCase(where + ": " + name + " is " + value + "; use a list of IDs");
    }

    private static Optional<String> text(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value != null && value.isJsonPrimitive() ? Optional.of(value.getAsString()) : Optional.empty();
    }

    private static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
