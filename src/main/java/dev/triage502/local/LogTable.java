package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table as Log Analytics answers it: {@code {"tables":[{"name","columns":[{"name","type"}],"rows":[[…]]}]}}. */
final class LogTable {

    private final JsonArray columns = new JsonArray();
    private final List<JsonArray> rows = new ArrayList<>();

    /** With columns given as name and type by turns. */
    LogTable(String... namesAndTypes) {
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            JsonObject column = JsonLookup.of("name", namesAndTypes[i]);
            column.addProperty("type", namesAndTypes[i + 1]);
            columns.add(column);
        }
    }

    /** One more row: texts, numbers, and null for an empty cell. */
    void add(List<? extends @Nullable Object> cells) {
        JsonArray row = new JsonArray();
        for (Object cell : cells) {
            row.add(cell(cell));
        }
        rows.add(row);
    }

    private static JsonElement cell(@Nullable Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        }
        return value instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive(value.toString());
    }

    JsonObject toJson() {
        JsonObject table = JsonLookup.of("name", "PrimaryResult");
        table.add("columns", columns);
        table.add("rows", JsonLookup.array(rows));
        return JsonLookup.of("tables", JsonLookup.array(List.of(table)));
    }
}
