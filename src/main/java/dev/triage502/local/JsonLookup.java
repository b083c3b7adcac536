package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands at a name in a JSON tree, where anything may be missing or of another kind. */
final class JsonLookup {

    private JsonLookup() {}

    static JsonObject object(JsonElement parent, String name) {
        return parent instanceof JsonObject object && object.get(name) instanceof JsonObject child
                ? child
                : new JsonObject();
    }

    /** The objects of an array; what is no object is left out. */
    static List<JsonObject> objects(JsonElement parent, String name) {
        List<JsonObject> found = new ArrayList<>();
        if (parent instanceof JsonObject object && object.get(name) instanceof JsonArray array) {
            found.addAll(objects(array));
        }
        return found;
    }

    static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> found = new ArrayList<>();
        for (JsonElement each : array) {
            if (each instanceof JsonObject child) {
                found.add(child);
            }
        }
        return found;
    }

    static String text(JsonElement parent, String name) {
        return parent instanceof JsonObject object
                        && object.get(name) != null
                        && object.get(name).isJsonPrimitive()
                ? object.get(name).getAsString()
                : "";
    }

    /** The text at the end of a way through objects: {@code text(row, "operationName", "value")}. */
    static String text(JsonElement parent, String first, String second) {
        return text(object(parent, first), second);
    }

    static JsonArray array(Iterable<? extends JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }

    static JsonObject of(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    static JsonObject of(String name, JsonElement value) {
        JsonObject object = new JsonObject();
        object.add(name, value);
        return object;
    }

    static Optional<JsonElement> parse(byte[] bytes) {
        try {
            return Optional.of(JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)));
        } catch (JsonParseException notJson) {
            return Optional.empty();
        }
    }
}
