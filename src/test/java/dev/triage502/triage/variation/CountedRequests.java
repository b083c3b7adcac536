package dev.triage502.triage.variation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What Log Analytics counts beside rows that stand for many: failed and served requests by what they have in common. */
final class CountedRequests {

    private static final Map<String, Function<JsonObject, String>> DIMENSIONS = new LinkedHashMap<>(Map.of(
            "server", row -> text(row, "ServerRouted"),
            "instance", row -> text(row, "InstanceId"),
            "path", row -> text(row, "RequestUri").replaceAll("/(\\d+|[0-9a-fA-F-]{16,})", "/*"),
            "host",
                    row -> (text(row, "OriginalHost").isEmpty() ? text(row, "Host") : text(row, "OriginalHost"))
                            .toLowerCase(Locale.ROOT)));

    private CountedRequests() {}

    /** Of each pool, from its first failed request to its last; each row is one request. */
    static JsonArray of(List<JsonObject> rows) {
        Map<String, List<JsonObject>> pools = new TreeMap<>();
        rows.forEach(row -> pools.computeIfAbsent(text(row, "BackendPoolName"), pool -> new ArrayList<>())
                .add(row));
        JsonArray counts = new JsonArray();
        pools.forEach((pool, requests) -> {
            List<String> failures = requests.stream()
                    .filter(CountedRequests::isFailed)
                    .map(row -> text(row, "TimeGenerated"))
                    .sorted()
                    .toList();
            if (!failures.isEmpty()) {
                List<JsonObject> meanwhile = requests.stream()
                        .filter(row -> isFailed(row) || isServed(row))
                        .filter(row -> text(row, "TimeGenerated").compareTo(failures.get(0)) >= 0
                                && text(row, "TimeGenerated").compareTo(failures.get(failures.size() - 1)) <= 0)
                        .toList();
                DIMENSIONS.forEach((dimension, value) -> count(pool, dimension, value, meanwhile, counts));
            }
        });
        return counts;
    }

    private static void count(
            String pool,
            String dimension,
            Function<JsonObject, String> value,
            List<JsonObject> requests,
            JsonArray counts) {
        Map<String, long[]> byValue = new TreeMap<>();
        requests.stream()
                .filter(row -> !value.apply(row).isEmpty())
                .forEach(row -> byValue.computeIfAbsent(value.apply(row), of -> new long[2])[isFailed(row) ? 0 : 1]++);
        byValue.forEach((of, count) -> {
            JsonObject one = new JsonObject();
            one.addProperty("BackendPoolName", pool);
            one.addProperty("Dimension", dimension);
            one.addProperty("Value", of);
            one.addProperty("Failed", count[0]);
            one.addProperty("Served", count[1]);
            one.addProperty("Values", 1);
            counts.add(one);
        });
    }

    private static boolean isFailed(JsonObject row) {
        return status(row) >= 500;
    }

    private static boolean isServed(JsonObject row) {
        return status(row) > 0
                && status(row) < 499
                && !text(row, "ServerRouted").isEmpty();
    }

    private static double status(JsonObject row) {
        return text(row, "HttpStatus").isEmpty() ? 0 : Double.parseDouble(text(row, "HttpStatus"));
    }

    private static String text(JsonObject row, String column) {
        JsonElement cell = row.get(column);
        return cell == null || cell.isJsonNull() ? "" : cell.getAsString();
    }
}
