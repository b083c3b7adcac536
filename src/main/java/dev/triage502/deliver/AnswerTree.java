package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/** Looks into the answer of an API; what is missing, or is of another kind, reads as empty. */
final class AnswerTree {

    private AnswerTree() {}

    static JsonElement member(JsonElement json, String name) {
        return json instanceof JsonObject object && object.has(name) ? object.get(name) : new JsonObject();
    }

    static String text(JsonElement json, String name) {
        return member(json, name) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    static List<JsonObject> objects(JsonElement json, String name) {
        List<JsonObject> objects = new ArrayList<>();
        if (member(json, name) instanceof JsonArray array) {
            array.forEach(each -> {
                if (each instanceof JsonObject object) {
                    objects.add(object);
                }
            });
        }
        return objects;
    }

    static List<String> texts(JsonElement json, String name) {
        List<String> texts = new ArrayList<>();
        if (member(json, name) instanceof JsonArray array) {
            array.forEach(each -> {
                if (each instanceof JsonPrimitive value) {
                    texts.add(value.getAsString());
                }
            });
        }
        return texts;
    }
}
