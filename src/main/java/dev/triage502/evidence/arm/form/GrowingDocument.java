package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.incident.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document of one source, as several files add to it. */
final class GrowingDocument {

    private final Map<String, Map<String, JsonElement>> arrays = new LinkedHashMap<>();
    private final JsonObject others = new JsonObject();
    private @Nullable JsonElement whole;

    /** Adds an element of an array, or with no array a whole document; of two whole ones the later counts. */
    void add(String array, JsonElement element) {
        if (!array.isEmpty()) {
            put(array, element);
        } else if (element instanceof JsonObject object && isOfArrays(object)) {
            object.entrySet().forEach(field -> addField(field.getKey(), field.getValue()));
        } else {
            whole = element;
        }
    }

    JsonElement document() {
        if (whole != null) {
            return whole;
        }
        JsonObject document = new JsonObject();
        arrays.forEach((name, elements) -> {
            JsonArray array = new JsonArray();
            elements.values().forEach(array::add);
            document.add(name, array);
        });
        others.entrySet().forEach(field -> document.add(field.getKey(), field.getValue()));
        return document;
    }

    private static boolean isOfArrays(JsonObject object) {
        return object.size() == 1 && !object.has("id");
    }

    private void addField(String name, JsonElement value) {
        if (value instanceof JsonArray array) {
            arrays.computeIfAbsent(name, each -> new LinkedHashMap<>());
            array.forEach(each -> put(name, each));
        } else {
            others.add(name, value);
        }
    }

    /** A resource that two files hold is one resource; rows of logs have no id, and are all kept. */
    private void put(String array, JsonElement element) {
        Map<String, JsonElement> elements = arrays.computeIfAbsent(array, each -> new LinkedHashMap<>());
        String id = AnyCase.field(element, "id")
                .filter(JsonPrimitive.class::isInstance)
                .map(each -> ResourceId.of(each.getAsString()).key())
                .orElseGet(() -> "row " + elements.size());
        elements.putIfAbsent(id, element);
    }
}
