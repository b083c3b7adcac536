package dev.triage502.azure;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * What public lists say of Azure, as they were on the day that {@code src/test/resources/azure/published} names, each
 * with its source: role actions, log columns, metrics, api-versions.
 */
public final class PublishedFacts {

    private static final Path FOLDER = Path.of("src/test/resources/azure/published");

    private PublishedFacts() {}

    /** A public recording of what Azure answered, by the name of its file. */
    public static JsonObject recording(String name) {
        return read("recorded/" + name + ".json").getAsJsonObject();
    }

    /** The actions that providers publish. */
    public static Set<String> actions() {
        return texts(read("provider-operations.json").get("actions"));
    }

    /** The actions, wildcards included, that a built-in role holds. */
    public static Set<String> builtIn(String role) {
        Set<String> actions = new LinkedHashSet<>();
        read("provider-operations.json")
                .getAsJsonObject("builtInRoles")
                .getAsJsonObject(role)
                .getAsJsonArray("permissions")
                .forEach(each -> actions.addAll(texts(each.getAsJsonObject().get("actions"))));
        return actions;
    }

    /** The stable api-versions of a type; empty where the list does not hold the type. */
    public static Set<String> apiVersions(String type) {
        JsonObject types = read("api-versions.json").getAsJsonObject("types");
        return types.has(type.toLowerCase(Locale.ROOT))
                ? texts(types.getAsJsonObject(type.toLowerCase(Locale.ROOT)).get("stable"))
                : Set.of();
    }

    /** The columns of {@code AGWAccessLogs} in the list of one date, by name: {@code 2024-02-18}. */
    public static Map<String, String> accessLogColumns(String pageDate) {
        return schemas().stream()
                .filter(each -> each.get("table").getAsString().equals("AGWAccessLogs"))
                .filter(each -> each.get("pageDate").isJsonPrimitive()
                        && each.get("pageDate").getAsString().equals(pageDate))
                .map(each -> columns(each.getAsJsonObject("columns")))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The columns of {@code AGWAccessLogs} in China's list, as few as they may be: what its part that is known holds,
     * and from there on what the oldest list has.
     */
    public static Map<String, String> accessLogColumnsOfChina() {
        JsonObject china = schemas().stream()
                .filter(each -> each.get("cloud").getAsString().equals("china"))
                .findFirst()
                .orElseThrow();
        Map<String, String> columns = new LinkedHashMap<>(accessLogColumns("2024-02-18"));
        Map<String, String> newest = accessLogColumns("2026-07-27");
        texts(china.get("columnsSeen")).forEach(seen -> columns.put(seen, newest.get(seen)));
        texts(china.get("columnsAbsentWhereTheyWouldStand")).forEach(columns::remove);
        return columns;
    }

    /** The columns that {@code AzureDiagnostics} has for a gateway's generation, {@code v1} or {@code v2}. */
    public static Map<String, String> azureDiagnosticsColumns(String generation) {
        Map<String, String> columns = azureDiagnosticsWithOverflow();
        columns.putAll(columns(
                read("table-schemas.json").getAsJsonObject("azureDiagnostics").getAsJsonObject(generation)));
        return columns;
    }

    /** The columns that {@code AzureDiagnostics} has in any case; whatever a full table lacks stands in one of them. */
    public static Map<String, String> azureDiagnosticsWithOverflow() {
        Map<String, String> columns = new LinkedHashMap<>();
        texts(read("table-schemas.json").getAsJsonObject("azureDiagnostics").get("fixedColumns"))
                .forEach(name -> columns.put(
                        name,
                        name.equals("TimeGenerated")
                                ? "datetime"
                                : name.equals("AdditionalFields") ? "dynamic" : "string"));
        return columns;
    }

    /** The aggregations that an application gateway's metric supports; empty for a name that it does not have. */
    public static Set<String> aggregations(String metric) {
        return ofMetric(metric, "aggregations");
    }

    /** The dimensions that an application gateway's metric has. */
    public static Set<String> dimensions(String metric) {
        return ofMetric(metric, "dimensions");
    }

    private static Set<String> ofMetric(String metric, String field) {
        for (JsonElement each : read("metrics.json")
                .getAsJsonObject("metrics")
                .getAsJsonArray("Microsoft.Network/applicationGateways")) {
            if (each.getAsJsonObject().get("name").getAsString().equals(metric)) {
                return texts(each.getAsJsonObject().get(field));
            }
        }
        return Set.of();
    }

    private static List<JsonObject> schemas() {
        return StreamSupport.stream(
                        read("table-schemas.json").getAsJsonArray("schemas").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static Map<String, String> columns(JsonObject json) {
        Map<String, String> columns = new LinkedHashMap<>();
        json.entrySet()
                .forEach(each -> columns.put(each.getKey(), each.getValue().getAsString()));
        return columns;
    }

    private static Set<String> texts(JsonElement array) {
        Set<String> texts = new TreeSet<>();
        array.getAsJsonArray().forEach(each -> texts.add(each.getAsString()));
        return texts;
    }

    private static JsonObject read(String file) {
        try {
            return JsonParser.parseString(Files.readString(FOLDER.resolve(file)))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
