package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.remedy.command.AzCommand;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code --set}, {@code --add} and {@code --remove}, which every generated update takes; az-cli.md, the table of empty strings. */
final class GenericUpdate {

    private static final Pattern STEP = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:\\[(\\d+)])?");
    private static final Pattern SNAKE = Pattern.compile("_([a-z0-9])");

    private GenericUpdate() {}

    static void apply(AzCommand command, Resource resource) {
        for (String assignment : command.many("--set")) {
            int equals = assignment.indexOf('=');
            if (equals < 0) {
                throw new Refused("--set " + assignment + " holds no =", "az-cli.md, Empty string");
            }
            set(resource, assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        List<String> added = command.many("--add");
        if (!added.isEmpty()) {
            add(resource, added);
        }
        List<String> removed = command.many("--remove");
        if (!removed.isEmpty()) {
            remove(resource, removed);
        }
    }

    private static void set(Resource resource, String path, String value) {
        Place place = Place.of(resource, path, !AzCommand.isNull(value));
        if (AzCommand.isNull(value)) {
            place.remove();
        } else {
            place.set(value(value));
        }
    }

    private static void add(Resource resource, List<String> words) {
        JsonObject item = new JsonObject();
        JsonArray list = Place.of(resource, words.get(0), true).list();
        for (int i = 1; i < words.size(); i++) {
            String[] pair = words.get(i).split("[= ]", 2);
            if (pair.length == 2) {
                item.add(pair[0], value(pair[1]));
            } else if (i + 1 < words.size()) {
                item.add(words.get(i), value(words.get(++i)));
            } else {
                list.add(value(words.get(i)));
                return;
            }
        }
        list.add(item);
    }

    private static void remove(Resource resource, List<String> words) {
        Place place = Place.of(resource, words.get(0), false);
        if (words.size() == 1) {
            place.remove();
        } else {
            int index = Integer.parseInt(words.get(1));
            if (index >= place.list().size()) {
                throw new Refused("--remove " + String.join(" ", words) + " is beyond the list", "assumed");
            }
            place.list().remove(index);
        }
    }

    private static JsonElement value(String text) {
        if (text.matches("true|false")) {
            return new JsonPrimitive(Boolean.valueOf(text));
        }
        if (text.matches("\\d{1,9}")) {
            return new JsonPrimitive(Integer.valueOf(text));
        }
        if (text.startsWith("[") || text.startsWith("{")) {
            try {
                return JsonParser.parseString(text);
            } catch (JsonParseException e) {
                throw new Refused("\"" + text + "\" is no JSON", "assumed");
            }
        }
        return new JsonPrimitive(text);
    }

    /** A field, or an element of a list; under {@code properties} unless it stands beside them. */
    private record Place(JsonObject holder, String field, int index) {

        static Place of(Resource resource, String path, boolean make) {
            String[] steps = path.split("\\.");
            JsonObject holder =
                    resource.json().has(name(steps[0])) && !name(steps[0]).equals("properties")
                                    || name(steps[0]).equals("tags")
                            ? resource.json()
                            : resource.properties();
            for (int i = name(steps[0]).equals("properties") ? 1 : 0; i < steps.length - 1; i++) {
                Place here = step(holder, steps[i]);
                JsonElement next = here.get();
                if (next == null && make && here.index < 0) {
                    next = new JsonObject();
                    holder.add(here.field, next);
                }
                if (!(next instanceof JsonObject inner)) {
                    if (make) {
                        throw new Refused("there is no " + path + " to set", "az-cli.md: \"Couldn't find …\"");
                    }
                    return new Place(new JsonObject(), name(steps[steps.length - 1]), -1);
                }
                holder = inner.get("properties") instanceof JsonObject nested && !inner.has(name(steps[i + 1]))
                        ? nested // az shows a part's fields without "properties" around them
                        : inner;
            }
            return step(holder, steps[steps.length - 1]);
        }

        private static Place step(JsonObject holder, String step) {
            Matcher matcher = STEP.matcher(step);
            if (!matcher.matches()) {
                throw new Refused("\"" + step + "\" is no name of a field", "assumed");
            }
            return new Place(
                    holder, name(matcher.group(1)), matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2)));
        }

        private static String name(String step) {
            String bare = step.replaceFirst("\\[\\d+]$", "");
            return SNAKE.matcher(bare).replaceAll(found -> found.group(1).toUpperCase(java.util.Locale.ROOT));
        }

        @org.jspecify.annotations.Nullable
        JsonElement get() {
            JsonElement value = holder.get(field);
            if (index < 0) {
                return value;
            }
            return value instanceof JsonArray array && index < array.size() ? array.get(index) : null;
        }

        void set(JsonElement value) {
            if (index < 0) {
                holder.add(field, value);
            } else if (holder.get(field) instanceof JsonArray array && index < array.size()) {
                array.set(index, value);
            } else {
                throw new Refused("there is no " + field + "[" + index + "]", "assumed");
            }
        }

        void remove() {
            if (index < 0) {
                holder.remove(field);
            } else if (holder.get(field) instanceof JsonArray array && index < array.size()) {
                array.remove(index);
            }
        }

        JsonArray list() {
            if (!(holder.get(field) instanceof JsonArray)) {
                holder.add(field, new JsonArray());
            }
            return holder.getAsJsonArray(field);
        }
    }
}
