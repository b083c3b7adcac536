package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of Azure's, read as Azure writes: keys in any case, numbers and booleans with or without quotation
 * marks, a resource's fields under {@code properties} or, as the command line prints them, beside its name.
 *
 * <p>A field that is not there, or is null, reads as nothing. A field of another kind than expected is
 * {@link MalformedDocument}: it must not pass for one that is not there.
 */
final class ArmObject {

    private final String where;
    private final JsonObject json;
    private final FieldNames fields;
    private final @Nullable FieldNames properties;

    /** What stands where an object should; empty for an object. */
    private final Optional<JsonElement> noObject;

    private ArmObject(String where, JsonObject json) {
        this(where, json, Optional.empty());
    }

    private ArmObject(String where, JsonObject json, Optional<JsonElement> noObject) {
        this.where = where;
        this.noObject = noObject;
        this.json = json;
        this.fields = new FieldNames(json);
        this.properties = fields.find("properties") instanceof JsonObject object ? new FieldNames(object) : null;
    }

    /** A document that has to be an object. */
    static ArmObject document(JsonElement document) {
        return of("", document);
    }

    /** The members of a document that has to be an array of objects. */
    static List<ArmObject> list(JsonElement document) {
        return elements("", document);
    }

    private static ArmObject of(String where, JsonElement element) {
        if (element instanceof JsonObject object) {
            return new ArmObject(where, object);
        }
        throw MalformedDocument.at(where, "an object", element);
    }

    /** An element that is no object costs itself, when it is read, and not the list. */
    private static ArmObject element(String where, JsonElement element) {
        return element instanceof JsonObject object
                ? new ArmObject(where, object)
                : new ArmObject(where, new JsonObject(), Optional.of(element));
    }

    private static List<ArmObject> elements(String where, JsonElement element) {
        if (!(element instanceof JsonArray array)) {
            throw MalformedDocument.at(where, "an array", element);
        }
        List<ArmObject> objects = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            objects.add(element(where + "[" + i + "]", array.get(i)));
        }
        return objects;
    }

    /** Whether there is such a field, and it is not null. */
    boolean has(String name) {
        return find(name) != null;
    }

    /** The field as it is, or null. */
    @Nullable
    JsonElement find(String name) {
        if (noObject.isPresent()) {
            throw MalformedDocument.at(where, "an object", noObject.get());
        }
        JsonElement own = fields.find(name);
        if (own != null) {
            return own;
        }
        if (properties != null) {
            return properties.find(name);
        }
        JsonElement instead = fields.find("properties");
        if (instead != null && !(instead instanceof JsonPrimitive text && text.isString())) {
            throw MalformedDocument.at(path("properties"), "an object", instead);
        }
        return null;
    }

    /** A field that is an object; where there is none, an object without fields. */
    ArmObject object(String name) {
        JsonElement found = find(name);
        return found == null ? new ArmObject(path(name), new JsonObject()) : of(path(name), found);
    }

    /** The objects of a field that is an array of them. */
    List<ArmObject> objects(String name) {
        JsonElement found = find(name);
        return found == null ? List.of() : elements(path(name), found);
    }

    /** The objects of a list that Azure writes even if it is empty: null in its place says nothing of what is in it. */
    List<ArmObject> members(String name) {
        JsonElement found = find(name);
        if (found == null && (fields.isNull(name) || (properties != null && properties.isNull(name)))) {
            throw MalformedDocument.at(path(name), "an array", JsonNull.INSTANCE);
        }
        return found == null ? List.of() : elements(path(name), found);
    }

    /** A text, or a number or a boolean as a text; an empty string where there is none. */
    String text(String name) {
        JsonElement found = find(name);
        if (found == null) {
            return "";
        }
        if (found.isJsonPrimitive()) {
            return found.getAsString();
        }
        throw MalformedDocument.at(path(name), "a text", found);
    }

    /** The first of the fields that holds a text. */
    String text(String name, String otherwise) {
        String first = text(name);
        return first.isEmpty() ? text(otherwise) : first;
    }

    /** The texts of an array, the empty ones left out; one text stands for an array of one. */
    List<String> texts(String name) {
        JsonElement found = find(name);
        if (!(found instanceof JsonArray array)) {
            String one = text(name);
            return one.isEmpty() ? List.of() : List.of(one);
        }
        List<String> texts = new ArrayList<>(array.size());
        for (JsonElement each : array) {
            if (each.isJsonPrimitive()) {
                texts.add(each.getAsString());
            } else if (!each.isJsonNull()) {
                throw MalformedDocument.at(path(name), "an array of texts", each);
            }
        }
        texts.removeIf(String::isEmpty);
        return texts;
    }

    /** The texts of a field for many, or of its twin for one: {@code addressPrefixes}, {@code addressPrefix}. */
    List<String> texts(String many, String one) {
        List<String> both = new ArrayList<>(texts(many));
        both.addAll(texts(one));
        return both.stream().distinct().toList();
    }

    OptionalInt integer(String name) {
        OptionalDouble number = number(name);
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        int whole = (int) number.getAsDouble();
        if (whole != number.getAsDouble()) {
            throw MalformedDocument.at(path(name), "a whole number", text(name));
        }
        return OptionalInt.of(whole);
    }

    /** A number; what Azure writes as {@code NaN} is none. */
    OptionalDouble number(String name) {
        String text = text(name).strip();
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            throw MalformedDocument.at(path(name), "a number", text);
        }
    }

    Optional<Boolean> flag(String name) {
        String text = text(name).strip();
        if (!text.isEmpty() && !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw MalformedDocument.at(path(name), "true or false", text);
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(Boolean.parseBoolean(text));
    }

    Optional<Instant> instant(String name) {
        String text = text(name);
        Optional<Instant> read = AzureTime.in(text);
        if (read.isEmpty() && !text.isBlank()) {
            throw MalformedDocument.at(path(name), "a time", text);
        }
        return read;
    }

    /** The id that stands in a field, by itself or as {@code {"id"}}. */
    Optional<ResourceId> reference(String name) {
        JsonElement found = find(name);
        String id = found instanceof JsonObject ? object(name).text("id") : text(name);
        return id.isBlank() ? Optional.empty() : Optional.of(ResourceId.of(id));
    }

    /** The name of what a field refers to, or an empty string. */
    String referredName(String name) {
        return reference(name).map(ResourceId::name).orElse("");
    }

    /** The ids in an array of references. */
    List<ResourceId> references(String name) {
        return objects(name).stream()
                .map(each -> each.text("id"))
                .filter(id -> !id.isBlank())
                .map(ResourceId::of)
                .toList();
    }

    Optional<ResourceId> id() {
        return reference("id");
    }

    /** The resource's own name, or the last segment of its id. */
    String name() {
        String name = text("name");
        return name.isEmpty() ? referredName("id") : name;
    }

    /** All fields of this object that are texts, in the order of their names. */
    Map<String, String> asTexts() {
        Map<String, String> texts = new TreeMap<>();
        json.entrySet().forEach(each -> {
            if (each.getValue().isJsonPrimitive()) {
                texts.put(each.getKey(), each.getValue().getAsString());
            }
        });
        return Collections.unmodifiableMap(texts);
    }

    /** A complaint about this object as a whole: what it holds instead of what was expected. */
    MalformedDocument lacks(String expected) {
        String fields = json.size() == 0 ? "no fields" : "the fields " + String.join(", ", json.keySet());
        return MalformedDocument.of(where, expected, fields);
    }

    JsonObject json() {
        return json;
    }

    private String path(String name) {
        return where.isEmpty() ? name : where + "." + name;
    }
}
