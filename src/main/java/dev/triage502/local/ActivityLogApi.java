package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.incident.OperationName;
import dev.triage502.incident.ResourceId;
import dev.triage502.json.JsonTree;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The activity log's {@code GET …/eventtypes/management/values} over a recorded answer.
 *
 * <p>The service takes a range of time, alone or with one more condition, and nothing else.
 * Source: https://learn.microsoft.com/rest/api/monitor/activity-logs/list
 */
final class ActivityLogApi {

    private static final Pattern FILTER = Pattern.compile(
            "eventTimestamp\\s+ge\\s+'([^']+)'(?:\\s+and\\s+eventTimestamp\\s+le\\s+'([^']+)')?"
                    + "(?:\\s+and\\s+(resourceGroupName|resourceUri|resourceProvider|correlationId)\\s+eq\\s+'([^']+)')?",
            Pattern.CASE_INSENSITIVE);

    private ActivityLogApi() {}

    static PretendAnswer answer(PretendRequest call, JsonElement recorded, int pageSize) {
        Matcher filter = FILTER.matcher(call.parameter("$filter").strip());
        if (!filter.matches()) {
            return PretendAnswer.badRequest(
                    "BadRequest", "The filter '" + call.parameter("$filter") + "' is not supported.");
        }
        Optional<Instant> from = instant(filter.group(1));
        Optional<Instant> to = filter.group(2) == null ? Optional.of(Instant.MAX) : instant(filter.group(2));
        if (from.isEmpty() || to.isEmpty() || from.get().isAfter(to.get())) {
            return PretendAnswer.badRequest(
                    "BadRequest", "The start time must be earlier than the end time, both in ISO 8601.");
        }
        List<JsonObject> rows = new ArrayList<>();
        for (JsonObject row : JsonTree.objects(recorded, "value")) {
            Optional<Instant> at = instant(JsonTree.text(row, "eventTimestamp"));
            boolean within = at.isPresent()
                    && !at.get().isBefore(from.get())
                    && !at.get().isAfter(to.get());
            if (within && matches(row, filter.group(3), filter.group(4))) {
                rows.add(row);
            }
        }
        return ListPaging.page(call, selected(rows, call.parameter("$select")), pageSize);
    }

    /** Newest first, as the service answers; with {@code $select} only the fields named, and the id. */
    private static List<JsonObject> selected(List<JsonObject> rows, String select) {
        List<JsonObject> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing((JsonObject row) ->
                        instant(JsonTree.text(row, "eventTimestamp")).orElse(Instant.MIN))
                .reversed());
        if (select.isEmpty()) {
            return sorted;
        }
        Set<String> fields = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        fields.add("id");
        for (String field : select.split(",", -1)) {
            fields.add(field.strip());
        }
        sorted.replaceAll(row -> {
            JsonObject fewer = new JsonObject();
            row.entrySet().stream()
                    .filter(each -> fields.contains(each.getKey()))
                    .forEach(each -> fewer.add(each.getKey(), each.getValue()));
            return fewer;
        });
        return sorted;
    }

    private static boolean matches(JsonObject row, String field, String value) {
        if (field == null) {
            return true;
        }
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "resourceuri" ->
                ResourceId.of(JsonTree.text(row, "resourceId")).isWithin(ResourceId.of(value));
            case "correlationid" -> JsonTree.text(row, "correlationId").equalsIgnoreCase(value);
            case "resourceprovider" ->
                JsonTree.text(row, "resourceProviderName", "value").equalsIgnoreCase(value)
                        || OperationName.of(JsonTree.text(row, "operationName", "value"))
                                .isOn(value);
            default ->
                JsonTree.text(row, "resourceGroupName").equalsIgnoreCase(value)
                        || ResourceId.of(JsonTree.text(row, "resourceId"))
                                .resourceGroup()
                                .equalsIgnoreCase(value);
        };
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
