package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of a recorded access log under the names of {@code AGWAccessLogs}, whichever table it came from: what the
 * part {@code gateway-log.kql} of a query makes of it.
 *
 * @param columns what the row has, names in lower case without the suffixes that the older table gives them
 */
record LogRequest(Instant from, Instant to, long requests, Map<String, JsonElement> columns) {

    private static final Pattern V1_STATUS = Pattern.compile("SERVER-STATUS=([^&]*)");
    private static final Pattern V1_ROUTED = Pattern.compile("SERVER-ROUTED=([^&]*)");

    /** The row, or nothing where it has no time or is the gateway's own. */
    static Optional<LogRequest> of(JsonObject row) {
        Map<String, JsonElement> columns = new HashMap<>();
        for (Map.Entry<String, JsonElement> cell : row.entrySet()) {
            if (cell.getValue() instanceof JsonObject properties) {
                properties.entrySet().forEach(each -> columns.putIfAbsent(plain(each.getKey()), each.getValue()));
            } else if (!cell.getValue().isJsonNull()) {
                columns.put(plain(cell.getKey()), cell.getValue());
            }
        }
        Instant from = instant(columns, "timegenerated", "timestamp", "time");
        if (from == null || "127.0.0.1".equals(text(columns, "clientip"))) {
            return Optional.empty();
        }
        Instant to = instant(columns, "lastseen");
        long requests = Math.round(number(columns, "requests").orElse(1));
        firstGeneration(columns);
        return Optional.of(new LogRequest(from, to == null ? from : to, requests, columns));
    }

    /** The first generation counts milliseconds, and tells what the server did in the query field. */
    private static void firstGeneration(Map<String, JsonElement> columns) {
        String query = String.valueOf(text(columns, "requestquery"));
        String instance = String.valueOf(text(columns, "instanceid"));
        if (!instance.startsWith("ApplicationGatewayRole") && !query.contains("SERVER-ROUTED")) {
            return;
        }
        columns.put("serverstatus", new JsonPrimitive(found(V1_STATUS, query)));
        columns.put("serverrouted", new JsonPrimitive(found(V1_ROUTED, query)));
        number(columns, "timetaken").ifPresent(taken -> columns.put("timetaken", new JsonPrimitive(taken / 1000)));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    int status() {
        return (int) number("HttpStatus").orElse(number("ServerStatus").orElse(0));
    }

    /** A column as text; null where the row has no such column. */
    @Nullable
    String text(String column) {
        return text(columns, plain(column));
    }

    OptionalDouble number(String column) {
        return number(columns, plain(column));
    }

    private static @Nullable String text(Map<String, JsonElement> columns, String column) {
        JsonElement value = columns.get(column);
        return value == null || !value.isJsonPrimitive() ? null : value.getAsString();
    }

    private static OptionalDouble number(Map<String, JsonElement> columns, String column) {
        try {
            String text = text(columns, column);
            return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static @Nullable Instant instant(Map<String, JsonElement> columns, String... names) {
        for (String name : names) {
            String text = text(columns, name);
            if (text != null) {
                try {
                    return OffsetDateTime.parse(text).toInstant();
                } catch (DateTimeException notATime) {
                    // Another name may have one.
                }
            }
        }
        return null;
    }

    private static String plain(String column) {
        return column.toLowerCase(Locale.ROOT).replaceAll("_[sdgbt]$", "").replace("_", "");
    }
}
