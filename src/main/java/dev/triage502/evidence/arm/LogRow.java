package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One row of a log, its columns by one name whatever the table: {@code ErrorInfo} of {@code AGWAccessLogs},
 * {@code error_info_s} of {@code AzureDiagnostics} and {@code properties.error_info} of a raw record are
 * {@code errorinfo}.
 */
final class LogRow {

    private final Map<String, String> columns;

    /** Columns that hold a list or an object where a text should be. */
    private final Set<String> unreadable;

    private LogRow(Map<String, String> columns, Set<String> unreadable) {
        this.columns = columns;
        this.unreadable = unreadable;
    }

    /**
     * The rows of an answer: an array of objects, the tables of a log query ({@code tables[].columns}, {@code rows}),
     * or the records that a storage account and an event hub receive.
     */
    static List<LogRow> rows(JsonElement document, Losses losses) {
        Map<String, String> names = new HashMap<>();
        if (document instanceof JsonArray) {
            return ArmObject.list(document).stream()
                    .map(row -> of(row.json(), names))
                    .toList();
        }
        ArmObject answer = ArmObject.document(document);
        if (answer.has("tables")) {
            List<LogRow> rows = new ArrayList<>();
            losses.each(answer, "tables", table -> {
                addTable(table, names, rows, losses);
                return table;
            });
            return rows;
        }
        for (String key : List.of("records", "value")) {
            if (answer.has(key)) {
                return answer.objects(key).stream()
                        .map(row -> of(row.json(), names))
                        .toList();
            }
        }
        throw answer.lacks("an array of rows, or tables");
    }

    private static void addTable(ArmObject table, Map<String, String> names, List<LogRow> rows, Losses losses) {
        List<String> columns =
                table.objects("columns").stream().map(ArmObject::name).toList();
        if (!(table.find("rows") instanceof JsonArray cells)) {
            throw table.lacks("a table with columns and rows");
        }
        for (JsonElement row : cells) {
            if (!(row instanceof JsonArray values) || values.size() > columns.size()) {
                losses.add("a row that has not a cell for each column");
                continue;
            }
            Map<String, String> named = new HashMap<>();
            Set<String> unreadable = new HashSet<>();
            for (int i = 0; i < values.size(); i++) {
                put(named, unreadable, name(columns.get(i), names), values.get(i));
            }
            rows.add(new LogRow(named, unreadable));
        }
    }

    private static LogRow of(JsonObject row, Map<String, String> names) {
        Map<String, String> columns = new HashMap<>();
        Set<String> unreadable = new HashSet<>();
        for (Map.Entry<String, JsonElement> cell : row.entrySet()) {
            if (cell.getValue() instanceof JsonObject properties) {
                unreadable.add(name(cell.getKey(), names));
                properties
                        .entrySet()
                        .forEach(each -> put(columns, unreadable, name(each.getKey(), names), each.getValue()));
            } else {
                put(columns, unreadable, name(cell.getKey(), names), cell.getValue());
            }
        }
        return new LogRow(columns, unreadable);
    }

    /** The fuller of two columns of one name counts: a table may hold {@code x_s} and {@code x_d}, one of them empty. */
    private static void put(Map<String, String> columns, Set<String> unreadable, String name, JsonElement cell) {
        if (!cell.isJsonPrimitive() && !cell.isJsonNull()) {
            unreadable.add(name);
        }
        String text = cell.isJsonPrimitive() ? cell.getAsString().strip() : "";
        if (!cell.isJsonNull() && (!text.isEmpty() || !columns.containsKey(name))) {
            columns.put(name, text);
        }
    }

    private static String name(String column, Map<String, String> names) {
        return names.computeIfAbsent(
                column,
                each -> each.toLowerCase(Locale.ROOT)
                        .replaceAll("_[sdgbt]$", "")
                        .replace("_", ""));
    }

    /** Whether one of these columns holds something that is no text, so that the row cannot be judged by it. */
    boolean isUnreadable(Set<String> names) {
        return !unreadable.isEmpty() && names.stream().anyMatch(unreadable::contains);
    }

    /** Whether the row has such a column, if only an empty one. */
    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** The cell's text; empty where there is none, and where a dash stands for none. */
    String text(String column) {
        String text = columns.getOrDefault(column, "");
        return text.equals("-") ? "" : text;
    }

    /** The last of what a retry joined by commas: what came of the last try. */
    /** A name that a client sent; none has a blank in it, so what follows one is a text of somebody's. */
    String name(String column) {
        return text(column).replaceFirst("(?s)\\s.*$", "");
    }

    String last(String column) {
        String text = text(column);
        String last = text.substring(text.lastIndexOf(',') + 1).strip();
        return last.equals("-") ? "" : last;
    }

    OptionalDouble number(String column) {
        String text = last(column);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    OptionalInt integer(String column) {
        OptionalDouble number = number(column);
        return number.isPresent() ? OptionalInt.of((int) number.getAsDouble()) : OptionalInt.empty();
    }
}
