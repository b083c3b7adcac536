package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resource, or a block in one, as the azurerm provider keeps it.
 *
 * @param type   the resource's type, or the block's name
 * @param values its attributes
 */
record TerraformResource(String type, JsonObject values) {

    /** Behind the name of a field that refers to something by its id: {@code {"probe":{"id":"…"}}}. */
    private static final String REFERENCE = ":id";

    /** Behind the name of a field that is a list of such references. */
    private static final String REFERENCES = ":ids";

    String text(String attribute) {
        return Optional.ofNullable(values.get(attribute))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .orElse("");
    }

    /** The blocks of a name. */
    List<TerraformResource> blocks(String name) {
        return AnyCase.objects(values, name).stream()
                .map(block -> new TerraformResource(name, block))
                .toList();
    }

    /** The texts of a list. */
    List<String> texts(String attribute) {
        return values.get(attribute) instanceof JsonArray array
                ? AnyCase.stream(array)
                        .filter(JsonElement::isJsonPrimitive)
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of();
    }

    /** The attributes under the names that Azure has for them. Terraform writes an empty text where nothing is set. */
    JsonObject renamed(Map<String, String> names) {
        JsonObject renamed = new JsonObject();
        names.forEach((attribute, field) -> {
            JsonElement value = values.get(attribute);
            if (value != null && !value.isJsonNull() && !isEmpty(value)) {
                add(renamed, field, value);
            }
        });
        return renamed;
    }

    private static void add(JsonObject to, String field, JsonElement value) {
        if (field.endsWith(REFERENCES)) {
            JsonArray references = new JsonArray();
            value.getAsJsonArray().forEach(id -> references.add(reference(id)));
            to.add(field.substring(0, field.length() - REFERENCES.length()), references);
        } else if (field.endsWith(REFERENCE)) {
            to.add(field.substring(0, field.length() - REFERENCE.length()), reference(value));
        } else {
            to.add(field, value);
        }
    }

    private static JsonObject reference(JsonElement id) {
        JsonObject reference = new JsonObject();
        reference.add("id", id);
        return reference;
    }

    private static boolean isEmpty(JsonElement value) {
        return value instanceof JsonPrimitive text
                        && text.isString()
                        && text.getAsString().isEmpty()
                || value instanceof JsonArray array && array.isEmpty();
    }
}
