package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What is at a path of field names in an answer as Azure gave it? Names are taken as they are spelled, and what is not
 * there, or of another kind, is nothing: for deciding what to ask next, not for facts.
 */
final class ArmFields {

    private ArmFields() {}

    /** Every text at the end of a path of names, {@code properties.subnets.id}; arrays on it are gone through. */
    static List<String> texts(JsonElement document, String path) {
        List<String> found = new ArrayList<>();
        walk(document, path, end -> {
            if (end.isJsonPrimitive() && !end.getAsString().isBlank()) {
                found.add(end.getAsString());
            }
        });
        return found;
    }

    /** As {@link #texts}, each text an id. */
    static List<ResourceId> ids(JsonElement document, String path) {
        return texts(document, path).stream().map(ResourceId::of).toList();
    }

    /** Every id of an Azure resource that a document mentions, in the order of their keys. */
    static Set<ResourceId> mentionedIn(JsonElement document) {
        Set<ResourceId> ids = new LinkedHashSet<>();
        everyText(document, text -> {
            if (text.regionMatches(true, 0, "/subscriptions/", 0, 15) && text.length() < 1000) {
                ids.add(ResourceId.of(text));
            }
        });
        return ids;
    }

    /** The objects among a document's elements. */
    static Stream<JsonObject> objects(JsonElement document) {
        return document instanceof JsonArray array
                ? StreamSupport.stream(array.spliterator(), false)
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                : Stream.empty();
    }

    /** An object's own id. */
    static ResourceId idOf(JsonObject resource) {
        return ids(resource, "id").stream().findFirst().orElseGet(() -> ResourceId.of(""));
    }

    private static void walk(JsonElement at, String path, Consumer<JsonElement> end) {
        if (at instanceof JsonArray array) {
            array.forEach(each -> walk(each, path, end));
        } else if (path.isEmpty()) {
            end.accept(at);
        } else if (at instanceof JsonObject object) {
            int dot = path.indexOf('.');
            JsonElement next = object.get(dot < 0 ? path : path.substring(0, dot));
            if (next != null) {
                walk(next, dot < 0 ? "" : path.substring(dot + 1), end);
            }
        }
    }

    private static void everyText(JsonElement at, Consumer<String> each) {
        if (at instanceof JsonArray array) {
            array.forEach(inner -> everyText(inner, each));
        } else if (at instanceof JsonObject object) {
            object.entrySet().forEach(entry -> everyText(entry.getValue(), each));
        } else if (at.isJsonPrimitive()) {
            each.accept(at.getAsString());
        }
    }
}
