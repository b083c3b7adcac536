package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows and records of logs: rows of a workspace, however they were exported; records as a storage account and an event
 * hub get them. One export may hold the access log, the activity log and others at once.
 */
final class LogRecordsForm implements DocumentForm {

    @Override
    public Optional<TakenDocument> take(JsonElement document) {
        List<TakenPart> parts = new ArrayList<>();
        Map<String, Integer> taken = new LinkedHashMap<>();
        Map<String, Integer> left = new LinkedHashMap<>();
        for (JsonObject record : rows(document)) {
            if (isOfAccessLog(record)) {
                parts.add(TakenPart.listed(Source.ACCESS_LOG, record));
                taken.merge("access log", 1, Integer::sum);
            } else if (ActivityRecord.isOne(record)) {
                parts.add(TakenPart.listed(Source.ACTIVITY_LOG, ActivityRecord.asEvent(record)));
                taken.merge("activity log", 1, Integer::sum);
            } else {
                left.merge(category(record), 1, Integer::sum);
            }
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new TakenDocument(counted(taken), parts)
                        .with(left.isEmpty() ? "" : "not used: " + counted(left)));
    }

    /** The rows, those of a log query's tables as objects. */
    static List<JsonObject> rows(JsonElement document) {
        List<JsonObject> tables = AnyCase.objects(document, "tables");
        return tables.isEmpty()
                ? AnyCase.elements(document)
                : tables.stream().flatMap(table -> rows(table).stream()).toList();
    }

    private static List<JsonObject> rows(JsonObject table) {
        List<String> columns = AnyCase.objects(table, "columns").stream()
                .map(column -> AnyCase.text(column, "name"))
                .toList();
        List<JsonObject> rows = new ArrayList<>();
        if (table.get("rows") instanceof JsonArray cells) {
            for (JsonElement each : cells) {
                if (each instanceof JsonArray row && row.size() == columns.size()) {
                    JsonObject named = new JsonObject();
                    for (int i = 0; i < row.size(); i++) {
                        named.add(columns.get(i), row.get(i));
                    }
                    rows.add(named);
                }
            }
        }
        return rows;
    }

    /** By its category, and where none is exported by what only a request has. */
    private static boolean isOfAccessLog(JsonObject record) {
        String category = AnyCase.text(record, "category");
        return category.isEmpty()
                ? has(record, "httpStatus")
                        && (has(record, "requestUri") || has(record, "serverRouted") || has(record, "timeTaken"))
                : category.equalsIgnoreCase("ApplicationGatewayAccessLog");
    }

    /** A column of a workspace's old table has its type behind its name. */
    private static boolean has(JsonObject record, String column) {
        return AnyCase.has(record, column) || AnyCase.has(record, column + "_s") || AnyCase.has(record, column + "_d");
    }

    static String category(JsonObject record) {
        String category = AnyCase.text(record, "category");
        return category.isEmpty() ? "unknown" : category;
    }

    private static String counted(Map<String, Integer> kinds) {
        return kinds.entrySet().stream()
                .map(each -> each.getKey() + ", " + TakenDocument.count(each.getValue(), "row"))
                .collect(Collectors.joining("; "));
    }
}
