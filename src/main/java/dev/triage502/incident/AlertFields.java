package dev.triage502.incident;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A JSON object as Azure Monitor writes them: names in any letter case, numbers where text is documented, objects and
 * lists that came as text, nulls for what is missing. Knows its place, for messages.
 */
final class AlertFields {

    private static final int LONGEST_QUOTE = 80;

    /** No alert nests half as deep; what does is meant to overflow the stack. */
    private static final int DEEPEST = 40;

    private final String place;
    private final JsonObject object;

    private AlertFields(String place, JsonObject object) {
        this.place = place;
        this.object = object;
    }

    /** The object that an element is, or that its text holds. */
    static Optional<AlertFields> of(String place, JsonElement element) {
        return unfold(element) instanceof JsonObject object
                ? Optional.of(new AlertFields(place, object))
                : Optional.empty();
    }

    static AlertFields none(String place) {
        return new AlertFields(place, new JsonObject());
    }

    boolean has(String name) {
        return get(name).isPresent();
    }

    /** The place of a field of this object. */
    String place(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    Optional<String> text(String name) {
        return get(name)
                .filter(JsonElement::isJsonPrimitive)
                .map(value -> value.getAsString().strip())
                .filter(text -> !text.isEmpty());
    }

    Optional<AlertFields> object(String name) {
        return get(name).flatMap(value -> of(place(name), value));
    }

    AlertFields objectOrNone(String name) {
        return object(name).orElseGet(() -> none(place(name)));
    }

    AlertFields needObject(String name, String expected) throws UnreadableAlert {
        Optional<AlertFields> found = object(name);
        if (found.isEmpty()) {
            throw new UnreadableAlert(place(name), expected, came(name));
        }
        return found.get();
    }

    /** The objects of a list; one object that is not in a list counts as a list of it. */
    List<AlertFields> objects(String name) {
        List<AlertFields> found = new ArrayList<>();
        JsonElement value = get(name).map(AlertFields::unfold).orElseGet(JsonArray::new);
        if (value instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) {
                of(place(name) + "[" + i + "]", list.get(i)).ifPresent(found::add);
            }
        } else {
            of(place(name), value).ifPresent(found::add);
        }
        return found;
    }

    /** Every text at or below a field. */
    List<String> texts(String name) {
        List<String> found = new ArrayList<>();
        get(name).ifPresent(value -> eachText(unfold(value), DEEPEST, found::add));
        return found;
    }

    /** Every text in this object. */
    List<String> texts() {
        List<String> found = new ArrayList<>();
        eachText(object, DEEPEST, found::add);
        return found;
    }

    /** What stands in a field, in words. */
    String came(String name) {
        return get(name).map(AlertFields::describe).orElse("nothing");
    }

    Optional<JsonElement> get(String name) {
        JsonElement exact = object.get(name);
        if (exact == null) {
            for (Map.Entry<String, JsonElement> field : object.entrySet()) {
                if (field.getKey().equalsIgnoreCase(name)) {
                    exact = field.getValue();
                    break;
                }
            }
        }
        return exact == null || exact.isJsonNull() ? Optional.empty() : Optional.of(exact);
    }

    @Override
    public String toString() {
        return describe(object);
    }

    /** An element in words, short enough for a message. */
    static String describe(JsonElement element) {
        if (element instanceof JsonObject object) {
            return object.size() == 0 ? "an empty object" : "an object with " + cut(String.join(", ", object.keySet()));
        }
        if (element instanceof JsonArray list) {
            return list.size() == 0 ? "an empty list" : "a list of " + list.size();
        }
        return element.isJsonNull() ? "null" : "\"" + cut(element.getAsString()) + "\"";
    }

    static String cut(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    /** An id, short: of a long one the end, which has its type and name. */
    static String tail(String id) {
        return id.length() <= LONGEST_QUOTE ? id : "…" + id.substring(id.length() - LONGEST_QUOTE);
    }

    private static void eachText(JsonElement element, int levels, Consumer<String> each) {
        if (levels == 0) {
            return;
        }
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(field -> eachText(field.getValue(), levels - 1, each));
        } else if (element instanceof JsonArray list) {
            list.forEach(entry -> eachText(entry, levels - 1, each));
        } else if (element.isJsonPrimitive()) {
            each.accept(element.getAsString());
        }
    }

    /** An object or list that came as text is what the text holds; all else stays. */
    private static JsonElement unfold(JsonElement element) {
        if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
            String text = element.getAsString().strip();
            if (text.startsWith("{") || text.startsWith("[")) {
                try {
                    return JsonParser.parseString(text);
                } catch (JsonParseException notJson) {
                    return element;
                }
            }
        }
        return element;
    }
}
