package dev.triage502.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Looks into JSON that another program wrote, or another version of this one: what is missing, or is of another kind, reads
 * as empty.
 */
public final class JsonTree {

    private JsonTree() {}

    /** The text, number or truth value at the name, as text. */
    public static String text(JsonElement parent, String name) {
        return parent instanceof JsonObject object && object.get(name) instanceof JsonPrimitive value
                ? value.getAsString()
                : "";
    }

    /** The text at the end of a way through objects: {@code text(row, "operationName", "value")}. */
    public static String text(JsonElement parent, String first, String second) {
        return text(object(parent, first), second);
    }

    /** The object at the name, or one without members. */
    public static JsonObject object(JsonElement parent, String name) {
        return parent instanceof JsonObject object && object.get(name) instanceof JsonObject child
                ? child
                : new JsonObject();
    }

    /** The objects of the array at the name. */
    public static List<JsonObject> objects(JsonElement parent, String name) {
        return objects(array(parent, name));
    }

    /** The objects of an array. */
    public static List<JsonObject> objects(JsonArray array) {
        return elements(array)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    /** The texts of the array at the name. */
    public static List<String> texts(JsonElement parent, String name) {
        return elements(array(parent, name))
                .filter(JsonPrimitive.class::isInstance)
                .map(JsonElement::getAsString)
                .toList();
    }

    private static JsonArray array(JsonElement parent, String name) {
        return parent instanceof JsonObject object && object.get(name) instanceof JsonArray array
                ? array
                : new JsonArray();
    }

    private static Stream<JsonElement> elements(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
