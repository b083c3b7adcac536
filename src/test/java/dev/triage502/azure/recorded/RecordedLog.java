package dev.triage502.azure.recorded;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which tables of a workspace hold a case's access log? A row of the case that stands for many requests becomes as many
 * rows, in a table with the columns of a dated list, each in the type that the list says.
 */
final class RecordedLog {

    private RecordedLog() {}

    static Map<String, KustoEngine.Table> tables(
            @Nullable JsonElement log, Map<String, String> schema, String resource, Instant from, Instant until) {
        Map<String, KustoEngine.Table> tables = new TreeMap<>();
        if (!(log instanceof JsonArray rows)) {
            return tables;
        }
        List<Map<String, @Nullable Object>> specific = new ArrayList<>();
        List<Map<String, @Nullable Object>> legacy = new ArrayList<>();
        Set<String> legacyColumns =
                new LinkedHashSet<>(List.of("TimeGenerated", "Category", "ResourceId", "AdditionalFields"));
        for (JsonElement element : rows) {
            JsonObject row = element.getAsJsonObject();
            if (row.has("_ResourceId") && !row.get("_ResourceId").getAsString().equalsIgnoreCase(resource)) {
                continue; // a query of a resource sees that resource's rows alone
            }
            boolean old = row.keySet().stream().anyMatch(name -> name.endsWith("_s") || name.endsWith("_d"));
            Map<String, @Nullable Object> values = old ? legacy(row) : specific(row, schema);
            if (old) {
                legacyColumns.addAll(values.keySet());
            }
            for (Map<String, @Nullable Object> one : requests(row, values, old ? "timeTaken_d" : "TimeTaken")) {
                Instant time = (Instant) one.get("TimeGenerated");
                if (time != null && !time.isBefore(from) && !time.isAfter(until)) {
                    (old ? legacy : specific).add(one);
                }
            }
        }
        boolean anyOld = legacyColumns.size() > 4;
        if (!anyOld || !specific.isEmpty()) {
            tables.put("AGWAccessLogs", KustoEngine.Table.of(List.copyOf(schema.keySet()), specific));
        }
        if (anyOld) {
            legacy.forEach(
                    row -> legacyColumns.forEach(column -> row.putIfAbsent(column, column.endsWith("_d") ? null : "")));
            tables.put("AzureDiagnostics", KustoEngine.Table.of(List.copyOf(legacyColumns), legacy));
        }
        return tables;
    }

    private static Map<String, @Nullable Object> specific(JsonObject row, Map<String, String> schema) {
        Map<String, JsonElement> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        row.entrySet().forEach(field -> given.put(field.getKey(), field.getValue()));
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        schema.forEach((name, type) -> values.put(name, typed(given.get(name), type)));
        return values;
    }

    private static Map<String, @Nullable Object> legacy(JsonObject row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("Category", "ApplicationGatewayAccessLog");
        row.entrySet().forEach(field -> {
            String name = field.getKey();
            String type = name.endsWith("_d") ? "real" : name.equals("TimeGenerated") ? "datetime" : "string";
            if (!name.equals("LastSeen") && !name.equals("Requests")) {
                values.put(name, typed(field.getValue(), type));
            }
        });
        return values;
    }

    private static @Nullable Object typed(@Nullable JsonElement value, String type) {
        String text = value == null || value.isJsonNull() ? "" : value.getAsString();
        return switch (type) {
            case "int", "long" -> text.matches("-?\\d+(\\.0)?") ? (Object) (long) Double.parseDouble(text) : null;
            case "real" -> text.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?") ? (Object) Double.valueOf(text) : null;
            case "datetime" -> Instant.parse(text);
            default -> text;
        };
    }

    /** As many rows as requests, spread over the time, so that median, 95th percentile and maximum are the case's. */
    private static List<Map<String, @Nullable Object>> requests(
            JsonObject row, Map<String, @Nullable Object> values, String taken) {
        int count = row.has("Requests") ? row.get("Requests").getAsInt() : 1;
        Instant first = (Instant) values.get("TimeGenerated");
        Instant last = row.has("LastSeen") ? Instant.parse(row.get("LastSeen").getAsString()) : first;
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count && first != null && last != null; i++) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>(values);
            Duration later = count == 1
                    ? Duration.ZERO
                    : Duration.between(first, last).multipliedBy(i).dividedBy(count - 1);
            one.put("TimeGenerated", first.plus(later));
            if (count > 2 && i == count - 1 && row.has("TimeTakenMax")) {
                one.put(taken, row.get("TimeTakenMax").getAsDouble());
            } else if (count > 2 && i >= Math.ceil(count * 0.95) - 1 && row.has("TimeTakenP95")) {
                one.put(taken, row.get("TimeTakenP95").getAsDouble());
            }
            rows.add(one);
        }
        return rows;
    }
}
