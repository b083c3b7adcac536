package dev.triage502.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Looks into a document of ours; what is missing reads as empty, since documents of other versions are read too. */
public final class DocumentTree {

    private DocumentTree() {}

    public static String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    public static JsonObject object(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject inner ? inner : new JsonObject();
    }

    public static List<JsonObject> objects(JsonObject object, String name) {
        List<JsonObject> inner = new ArrayList<>();
        if (object.get(name) instanceof JsonArray array) {
            array.forEach(each -> {
                if (each instanceof JsonObject item) {
                    inner.add(item);
                }
            });
        }
        return inner;
    }

    public static List<String> texts(JsonObject object, String name) {
        List<String> inner = new ArrayList<>();
        if (object.get(name) instanceof JsonArray array) {
            array.forEach(each -> {
                if (each.isJsonPrimitive()) {
                    inner.add(each.getAsString());
                }
            });
        }
        return inner;
    }

    static JsonArray array(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    /** Adds a text unless it is empty. */
    static void put(JsonObject object, String name, String text) {
        if (!text.isEmpty()) {
            object.addProperty(name, text);
        }
    }
}
