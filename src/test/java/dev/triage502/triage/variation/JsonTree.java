package dev.triage502.triage.variation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;

/** Goes through a JSON tree text by text. */
final class JsonTree {

    private JsonTree() {}

    /** Shows each text of the tree, with the key that it stands under. */
    static void texts(JsonElement tree, BiConsumer<String, String> look) {
        mapped("", tree, (key, text) -> {
            look.accept(key, text);
            return text;
        });
    }

    /** The tree with each text replaced by what is made of its key and itself; keys stay. */
    static JsonElement mapped(JsonElement tree, BinaryOperator<String> change) {
        return mapped("", tree, change);
    }

    private static JsonElement mapped(String key, JsonElement tree, BinaryOperator<String> change) {
        if (tree instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(mapped(key, each, change)));
            return copy;
        }
        if (tree instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            for (Map.Entry<String, JsonElement> field : object.entrySet()) {
                copy.add(field.getKey(), mapped(field.getKey(), field.getValue(), change));
            }
            return copy;
        }
        return tree instanceof JsonPrimitive primitive && primitive.isString()
                ? new JsonPrimitive(change.apply(key, primitive.getAsString()))
                : tree;
    }
}
