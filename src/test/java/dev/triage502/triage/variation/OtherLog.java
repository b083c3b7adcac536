package dev.triage502.triage.variation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The access log from the other table, row by row, or put together as the log query does. */
public final class OtherLog {

    /** Columns of AGWAccessLogs, and what AzureDiagnostics calls them; the newer table has some that the older lacks. */
    private static final Map<String, String> LEGACY = Map.ofEntries(
            Map.entry("HttpStatus", "httpStatus_d"),
            Map.entry("ServerStatus", "serverStatus_s"),
            Map.entry("ServerRouted", "serverRouted_s"),
            Map.entry("ErrorInfo", "error_info_s"),
            Map.entry("TimeTaken", "timeTaken_d"),
            Map.entry("ServerResponseLatency", "serverResponseLatency_s"),
            Map.entry("ServerConnectTime", "serverConnectTime_s"),
            Map.entry("ServerHeaderTime", "serverHeaderTime_s"),
            Map.entry("ClientResponseTime", "clientResponseTime_d"),
            Map.entry("BackendPoolName", "backendPoolName_s"),
            Map.entry("BackendSettingName", "backendSettingName_s"),
            Map.entry("RuleName", "ruleName_s"),
            Map.entry("ListenerName", "listenerName_s"),
            Map.entry("Host", "host_s"),
            Map.entry("OriginalHost", "originalHost_s"),
            Map.entry("RequestUri", "requestUri_s"),
            Map.entry("RequestQuery", "requestQuery_s"),
            Map.entry("OriginalRequestUriWithArgs", "originalRequestUriWithArgs_s"),
            Map.entry("ClientIp", "clientIP_s"),
            Map.entry("ClientPort", "clientPort_d"),
            Map.entry("HttpMethod", "httpMethod_s"),
            Map.entry("HttpVersion", "httpVersion_s"),
            Map.entry("InstanceId", "instanceId_s"),
            Map.entry("ReceivedBytes", "receivedBytes_d"),
            Map.entry("SentBytes", "sentBytes_d"),
            Map.entry("SslEnabled", "sslEnabled_s"),
            Map.entry("SslCipher", "sslCipher_s"),
            Map.entry("SslProtocol", "sslProtocol_s"),
            Map.entry("UserAgent", "userAgent_s"));

    /** What neither the table nor the log query adds by itself. */
    private static final Set<String> ALWAYS = Set.of(
            "TimeGenerated", "LastSeen", "Requests", "TimeTakenP95", "TimeTakenMax", "OperationName", "_ResourceId");

    private static final List<String> GROUPED = List.of(
            "HttpStatus",
            "ServerStatus",
            "ErrorInfo",
            "ServerRouted",
            "BackendPoolName",
            "BackendSettingName",
            "RuleName",
            "ListenerName",
            "Host",
            "OriginalHost",
            "RequestUri",
            "InstanceId",
            "SslEnabled",
            "BackendSslProtocol");

    private OtherLog() {}

    /** The rows as the other table has them. Those of v1 gateways are in one table only. */
    public static Variation otherTable(RecordedCase incident) {
        return rows(
                incident,
                rows -> rows.stream()
                        .map(row -> isLegacy(row) ? newer(row) : legacy(row))
                        .toList());
    }

    /** A row for each request where a row stood for many, none of them with what only a group has. */
    public static Variation single(RecordedCase incident) {
        return rows(
                incident,
                rows -> isMany(rows)
                        ? rows
                        : rows.stream().flatMap(row -> split(row).stream()).toList());
    }

    /** Each row for many requests as up to three rows for some of them, one after another. */
    public static Variation inParts(RecordedCase incident) {
        return rows(
                incident,
                rows -> rows.stream().flatMap(row -> parts(row).stream()).toList());
    }

    /** The rows as the log query puts them together, by the minute and by five minutes. */
    public static Variation grouped(RecordedCase incident) {
        return Variation.of(
                incident,
                Variation.each(
                        incident.documents(),
                        (source, read) ->
                                source == Source.ACCESS_LOG ? counted(read, changed(read, OtherLog::grouped)) : read),
                UnaryOperator.identity());
    }

    /** Rows for single requests can be compared one by one; together they come with what the log query counts of them. */
    private static JsonElement counted(JsonElement log, JsonElement grouped) {
        if (!(log instanceof JsonArray given) || isV1(given)) {
            return grouped;
        }
        List<JsonObject> rows = new ArrayList<>();
        given.forEach(row -> rows.add(row.getAsJsonObject()));
        if (rows.stream().anyMatch(row -> number(row, "Requests", 1) != 1)) {
            return grouped;
        }
        JsonObject whole = new JsonObject();
        whole.add("value", grouped);
        whole.add(
                "dimensions",
                CountedRequests.of(rows.stream()
                        .map(row -> isLegacy(row) ? newer(row) : row)
                        .toList()));
        return whole;
    }

    private interface Change {
        List<JsonObject> of(List<JsonObject> rows);
    }

    private static Variation rows(RecordedCase incident, Change change) {
        return Variation.of(
                incident,
                Variation.each(
                        incident.documents(),
                        (source, read) -> source == Source.ACCESS_LOG ? changed(read, change) : read),
                UnaryOperator.identity());
    }

    /** A log is its rows, or an object that has them beside counts of all requests. */
    private static JsonElement changed(JsonElement log, Change change) {
        if (log instanceof JsonArray rows && !isV1(rows)) {
            return changed(rows, change);
        }
        if (log instanceof JsonObject more && more.get("value") instanceof JsonArray rows && !isV1(rows)) {
            JsonObject copy = more.deepCopy();
            copy.add("value", changed(rows, change));
            return copy;
        }
        return log;
    }

    private static JsonArray changed(JsonArray rows, Change change) {
        List<JsonObject> all = new ArrayList<>();
        rows.forEach(row -> all.add(row.getAsJsonObject()));
        JsonArray other = new JsonArray();
        change.of(all).forEach(other::add);
        return other;
    }

    private static boolean isV1(JsonArray rows) {
        return rows.toString().contains("SERVER-ROUTED");
    }

    private static boolean isLegacy(JsonObject row) {
        return row.has("httpStatus_d");
    }

    private static JsonObject legacy(JsonObject row) {
        JsonObject other = new JsonObject();
        row.entrySet().forEach(each -> {
            String column = LEGACY.getOrDefault(each.getKey(), ALWAYS.contains(each.getKey()) ? each.getKey() : "");
            if (column.endsWith("_d") && each.getValue() instanceof JsonPrimitive number) {
                other.addProperty(column, Double.parseDouble(number.getAsString()));
            } else if (column.endsWith("_s")) {
                other.addProperty(
                        column,
                        each.getValue().isJsonNull() ? "" : each.getValue().getAsString());
            } else if (!column.isEmpty()) {
                other.add(column, each.getValue());
            }
        });
        text(row, "_ResourceId").ifPresent(id -> other.addProperty("ResourceId", id.toUpperCase(Locale.ROOT)));
        other.addProperty("Category", "ApplicationGatewayAccessLog");
        other.addProperty("ResourceType", "APPLICATIONGATEWAYS");
        other.addProperty("Type", "AzureDiagnostics");
        return other;
    }

    private static JsonObject newer(JsonObject row) {
        Map<String, String> newer = LEGACY.entrySet().stream()
                .collect(Collectors.toMap(each -> each.getValue().toLowerCase(Locale.ROOT), Map.Entry::getKey));
        JsonObject other = new JsonObject();
        row.entrySet().forEach(each -> {
            String column = newer.getOrDefault(
                    each.getKey().toLowerCase(Locale.ROOT), ALWAYS.contains(each.getKey()) ? each.getKey() : "");
            boolean dash = each.getValue().isJsonPrimitive()
                    && each.getValue().getAsString().equals("-");
            if (!column.isEmpty()) {
                other.add(column, dash ? JsonNull.INSTANCE : each.getValue());
            }
        });
        other.addProperty("Type", "AGWAccessLogs");
        return other;
    }

    /** A case of so many requests is no other for a row each, only slower to read. */
    private static boolean isMany(List<JsonObject> rows) {
        return rows.stream().mapToDouble(row -> number(row, "Requests", 1)).sum() > 3000;
    }

    private static List<JsonObject> split(JsonObject row) {
        long requests = row.has("Requests") ? row.get("Requests").getAsLong() : 1;
        if (requests <= 1) {
            return List.of(row);
        }
        Instant from = Instant.parse(row.get("TimeGenerated").getAsString());
        Duration span =
                Duration.between(from, Instant.parse(text(row, "LastSeen").orElse(from.toString())));
        String taken = isLegacy(row) ? "timeTaken_d" : "TimeTaken";
        List<JsonObject> rows = new ArrayList<>();
        for (long i = 0; i < requests; i++) {
            JsonObject one = row.deepCopy();
            one.addProperty(
                    "TimeGenerated",
                    from.plus(span.multipliedBy(i).dividedBy(requests - 1)).toString());
            if (i * 2 == requests || (requests < 3 && i == 1)) {
                one.add(taken, row.has("TimeTakenMax") ? row.get("TimeTakenMax") : row.get(taken));
            }
            List.of("Requests", "LastSeen", "TimeTakenP95", "TimeTakenMax").forEach(one::remove);
            rows.add(one);
        }
        return rows;
    }

    private static List<JsonObject> parts(JsonObject row) {
        long requests = row.has("Requests") ? row.get("Requests").getAsLong() : 1;
        long parts = Math.min(3, requests);
        if (parts < 2) {
            return List.of(row);
        }
        Instant from = Instant.parse(row.get("TimeGenerated").getAsString());
        Duration span =
                Duration.between(from, Instant.parse(text(row, "LastSeen").orElse(from.toString())));
        List<JsonObject> rows = new ArrayList<>();
        for (long i = 0; i < parts; i++) {
            JsonObject one = row.deepCopy();
            one.addProperty(
                    "TimeGenerated",
                    from.plus(span.multipliedBy(i).dividedBy(parts)).toString());
            one.addProperty(
                    "LastSeen",
                    from.plus(span.multipliedBy(i + 1).dividedBy(parts)).toString());
            one.addProperty("Requests", requests * (i + 1) / parts - requests * i / parts);
            rows.add(one);
        }
        return rows;
    }

    private static List<JsonObject> grouped(List<JsonObject> given) {
        List<JsonObject> rows =
                given.stream().map(row -> isLegacy(row) ? newer(row) : row).toList();
        Set<String> failing = rows.stream()
                .filter(OtherLog::isFailing)
                .flatMap(row -> Stream.concat(text(row, "RequestUri").stream(), text(row, "OriginalHost").stream()))
                .collect(Collectors.toSet());
        Map<String, List<JsonObject>> groups = new LinkedHashMap<>();
        for (JsonObject row : rows) {
            if (text(row, "ClientIp").filter("127.0.0.1"::equals).isPresent()) {
                continue;
            }
            JsonObject key = key(row, failing);
            long minutes = Instant.parse(row.get("TimeGenerated").getAsString()).getEpochSecond() / 60;
            key.addProperty("Minute", isFailing(row) ? minutes : minutes / 5 * 5);
            groups.computeIfAbsent(key.toString(), unused -> new ArrayList<>()).add(row);
        }
        return groups.values().stream().map(group -> together(group, failing)).toList();
    }

    /** What the query groups by: of what is served, host and path are kept only where they fail as well. */
    private static JsonObject key(JsonObject row, Set<String> failing) {
        JsonObject key = new JsonObject();
        for (String column : GROUPED) {
            boolean numbers = column.equals("HttpStatus");
            String text = text(row, column).orElse("");
            if (!isFailing(row)
                    && column.endsWith("Host")
                    && !failing.contains(text(row, "OriginalHost").orElse(""))) {
                text = "*";
            }
            if (!isFailing(row) && column.equals("RequestUri") && !failing.contains(text)) {
                text = "/*";
            }
            if (numbers) {
                key.addProperty(column, (long) Double.parseDouble(text.isEmpty() ? "0" : text));
            } else {
                key.addProperty(column, text);
            }
        }
        text(row, "_ResourceId").ifPresent(id -> key.addProperty("_ResourceId", id));
        return key;
    }

    private static boolean isFailing(JsonObject row) {
        return text(row, "HttpStatus").map(Double::parseDouble).orElse(0.0) >= 499;
    }

    private static JsonObject together(List<JsonObject> group, Set<String> failing) {
        JsonObject row = key(group.get(0), failing);
        row.addProperty(
                "Requests",
                group.stream()
                        .mapToLong(each -> (long) number(each, "Requests", 1))
                        .sum());
        row.addProperty(
                "TimeGenerated",
                group.stream()
                        .map(each -> each.get("TimeGenerated").getAsString())
                        .min(String::compareTo)
                        .orElseThrow());
        row.addProperty(
                "LastSeen",
                group.stream()
                        .map(each -> text(each, "LastSeen")
                                .orElse(each.get("TimeGenerated").getAsString()))
                        .max(String::compareTo)
                        .orElseThrow());
        median(group, "TimeTaken").ifPresent(value -> row.addProperty("TimeTaken", value));
        row.addProperty(
                "TimeTakenP95",
                group.stream()
                        .mapToDouble(each -> number(each, "TimeTakenP95", number(each, "TimeTaken", 0)))
                        .max()
                        .orElse(0));
        row.addProperty(
                "TimeTakenMax",
                group.stream()
                        .mapToDouble(each -> number(each, "TimeTakenMax", number(each, "TimeTaken", 0)))
                        .max()
                        .orElse(0));
        median(group, "ServerResponseLatency").ifPresent(value -> row.addProperty("ServerResponseLatency", value));
        median(group, "ServerConnectTime").ifPresent(value -> row.addProperty("ServerConnectTime", value));
        return row;
    }

    private static Optional<Double> median(List<JsonObject> group, String column) {
        List<Double> values = group.stream()
                .map(each -> number(each, column, Double.NaN))
                .filter(each -> !each.isNaN())
                .sorted()
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get((values.size() - 1) / 2));
    }

    private static double number(JsonObject row, String column, double otherwise) {
        return text(row, column)
                .filter(text -> !text.isEmpty() && !text.equals("-"))
                .map(Double::parseDouble)
                .orElse(otherwise);
    }

    private static Optional<String> text(JsonObject row, String column) {
        JsonElement cell = row.get(column);
        return cell != null && cell.isJsonPrimitive() ? Optional.of(cell.getAsString()) : Optional.empty();
    }
}
