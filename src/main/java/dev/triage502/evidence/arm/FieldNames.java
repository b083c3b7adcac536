package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the fields of one JSON object by their names in any case. Most names asked for are not there. */
final class FieldNames {

    private final JsonObject json;

    /** Which lengths its names have, a bit for each, so that a name that cannot be there costs nothing. */
    private final long lengths;

    FieldNames(JsonObject json) {
        long seen = 0;
        for (String name : json.keySet()) {
            seen |= bit(name);
        }
        this.json = json;
        this.lengths = seen;
    }

    /** The field, or null where there is none or it is null. */
    @Nullable
    JsonElement find(String name) {
        if ((lengths & bit(name)) == 0) {
            return null;
        }
        JsonElement found = json.get(name);
        return found == null ? inAnyCase(name) : found.isJsonNull() ? null : found;
    }

    /** Whether the field is there and holds null. */
    boolean isNull(String name) {
        return (lengths & bit(name)) != 0
                && json.entrySet().stream()
                        .anyMatch(field -> field.getKey().equalsIgnoreCase(name)
                                && field.getValue().isJsonNull());
    }

    private @Nullable JsonElement inAnyCase(String name) {
        for (Map.Entry<String, JsonElement> field : json.entrySet()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue().isJsonNull() ? null : field.getValue();
            }
        }
        return null;
    }

    private static long bit(String name) {
        return 1L << (name.length() & 63);
    }
}
