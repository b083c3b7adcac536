package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query's answer that a case holds beside the rows of its access log: what was counted cannot be counted again. */
final class RecordedPart {

    private RecordedPart() {}

    /**
     * The recorded rows as a table, if the case has such a part.
     *
     * @param columns names and types by turns; a cell that a row lacks is empty
     */
    static Optional<JsonObject> table(JsonElement document, String part, String... columns) {
        if (!(document instanceof JsonObject whole) || !(whole.get(part) instanceof JsonArray rows)) {
            return Optional.empty();
        }
        LogTable table = new LogTable(columns);
        for (JsonObject row : JsonTree.objects(rows)) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (int i = 0; i < columns.length; i += 2) {
                JsonElement cell = row.get(columns[i]);
                boolean empty = cell == null || !cell.isJsonPrimitive();
                cells.add(
                        empty ? null : cell.getAsJsonPrimitive().isNumber() ? cell.getAsNumber() : cell.getAsString());
            }
            table.add(cells);
        }
        return Optional.of(table.toJson());
    }
}
