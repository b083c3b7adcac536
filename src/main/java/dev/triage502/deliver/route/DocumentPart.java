package dev.triage502.deliver.route;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** An object in a document that a person wrote, read with the place of each part, so that what is wrong can be found. */
final class DocumentPart {

    private static final int LONGEST_QUOTE = 60;

    private final JsonObject json;
    private final String path;
    private final List<String> problems;

    /** @param problems takes what is wrong */
    DocumentPart(JsonObject json, String path, List<String> problems) {
        this.json = json;
        this.path = path;
        this.problems = problems;
    }

    /** Reports names that mean nothing. */
    void only(Set<String> names, String what) {
        json.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name ->
                        problems.add(at(name) + ": not a setting of " + what + "; it has " + String.join(", ", names)));
    }

    boolean has(String name) {
        return json.has(name);
    }

    JsonElement get(String name) {
        return Optional.ofNullable(json.get(name)).orElse(JsonNull.INSTANCE);
    }

    /** Where a part is: {@code channels[0].url}. */
    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A value by what it is; nothing if it is missing or wrong, which is reported. */
    <T> Optional<T> value(String name, Function<String, Optional<T>> read, String expected) {
        return has(name) ? value(at(name), get(name), read, expected) : Optional.empty();
    }

    /** The values of a list; those that are wrong are reported. */
    <T> Set<T> values(String name, Function<String, Optional<T>> read, String expected) {
        Set<T> values = new LinkedHashSet<>();
        List<JsonElement> all = list(name);
        for (int i = 0; i < all.size(); i++) {
            value(at(name) + "[" + i + "]", all.get(i), read, expected).ifPresent(values::add);
        }
        return values;
    }

    private <T> Optional<T> value(String at, JsonElement element, Function<String, Optional<T>> read, String expected) {
        Optional<T> value =
                element instanceof JsonPrimitive primitive ? read.apply(primitive.getAsString()) : Optional.empty();
        if (value.isEmpty()) {
            wrong(at, element, expected);
        }
        return value;
    }

    /** The texts of an object by their names. */
    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!has(name)) {
            return texts;
        }
        if (!(get(name) instanceof JsonObject object)) {
            wrong(at(name), get(name), "an object of texts");
            return texts;
        }
        object.entrySet()
                .forEach(each -> value(at(name) + "." + each.getKey(), each.getValue(), Optional::of, "a text")
                        .ifPresent(text -> texts.put(each.getKey(), text)));
        return texts;
    }

    /** A part that is an object; an empty one if it is missing or wrong. */
    DocumentPart part(String name) {
        if (has(name) && !(get(name) instanceof JsonObject)) {
            wrong(at(name), get(name), "an object");
        }
        return new DocumentPart(get(name) instanceof JsonObject object ? object : new JsonObject(), at(name), problems);
    }

    /** The objects of a list. */
    List<DocumentPart> parts(String name) {
        List<DocumentPart> parts = new ArrayList<>();
        List<JsonElement> all = list(name);
        for (int i = 0; i < all.size(); i++) {
            String at = at(name) + "[" + i + "]";
            if (all.get(i) instanceof JsonObject object) {
                parts.add(new DocumentPart(object, at, problems));
            } else {
                wrong(at, all.get(i), "an object");
            }
        }
        return parts;
    }

    private List<JsonElement> list(String name) {
        if (has(name) && !(get(name) instanceof JsonArray)) {
            wrong(at(name), get(name), "a list");
        }
        List<JsonElement> all = new ArrayList<>();
        if (get(name) instanceof JsonArray array) {
            array.forEach(all::add);
        }
        return all;
    }

    /** This part, reporting to somebody else. */
    DocumentPart reportingTo(List<String> others) {
        return new DocumentPart(json, path, others);
    }

    void problem(String name, String words) {
        problems.add(at(name) + ": " + words);
    }

    void wrong(String at, JsonElement found, String expected) {
        problems.add(at + ": found " + quoted(found) + "; use " + expected);
    }

    private static String quoted(JsonElement found) {
        String text = found.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
