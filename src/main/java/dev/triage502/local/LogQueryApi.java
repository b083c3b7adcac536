package dev.triage502.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import dev.triage502.json.JsonTree;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Log Analytics' {@code POST /v1{resourceId}/query} over recorded access-log rows.
 *
 * <p>Nothing here runs KQL: a query says its name in its first line, {@code // triage502: NAME}, and is answered as
 * that query would be. Source: https://learn.microsoft.com/azure/azure-monitor/logs/api/overview
 */
final class LogQueryApi {

    private static final Pattern NAME = Pattern.compile("\\s*//\\s*triage502:\\s*([a-z0-9-]+)\\s*\\R[\\s\\S]*");
    private static final String ACTION = "Microsoft.Insights/logs/read";

    private final PretendResources estate;

    LogQueryApi(PretendResources estate) {
        this.estate = estate;
    }

    PretendAnswer answer(PretendRequest call) {
        if (!call.is("POST") || !Wording.of(call.path()).endIn("/query")) {
            return PretendAnswer.error(404, "PathNotFoundError", "The requested path does not exist");
        }
        String resource = call.path().substring("/v1".length(), call.path().length() - "/query".length());
        if (!ResourceId.of(resource).equals(estate.gateway())) {
            return PretendAnswer.error(
                    404, "ResourceNotFoundError", "The resource '" + resource + "' could not be found");
        }
        Optional<JsonObject> body = call.json();
        String query = body.map(each -> JsonTree.text(each, "query")).orElse("");
        if (query.isBlank() || !Wording.of(call.header("Content-Type")).startWith("application/json")) {
            return PretendAnswer.badRequest("BadArgumentError", "The request had some invalid properties");
        }
        Optional<PretendAnswer> unknownColumn = LogSchema.refusal(query);
        if (unknownColumn.isPresent()) {
            return unknownColumn.get();
        }
        boolean permissions = call.header("Prefer").contains("include-permissions=true");
        String timespan = JsonTree.text(body.get(), "timespan");
        Reading<JsonElement> log = estate.document(Source.ACCESS_LOG);
        return log.unread().filter(unread -> unread.why() == Why.NOT_COLLECTED).isPresent()
                ? PretendAnswer.error(
                        403,
                        "InsufficientAccessError",
                        "The provided credentials have insufficient access to perform the requested operation")
                : RecordedRefusal.or(
                        log,
                        ACTION,
                        resource,
                        rows -> permissions
                                ? withPermissions(resource, run(resource, query, timespan, rows))
                                : run(resource, query, timespan, rows));
    }

    /** Which workspaces hold the resource's logs, and which of them the caller may query: here all. */
    private PretendAnswer withPermissions(String resource, PretendAnswer answer) {
        if (answer.status() != 200 || !(answer.body() instanceof JsonObject body)) {
            return answer;
        }
        List<String> workspaces = estate.document(Source.DIAGNOSTIC_SETTINGS).toOptional().stream()
                .flatMap(settings -> JsonTree.objects(settings, "value").stream())
                .map(setting -> JsonTree.text(JsonTree.object(setting, "properties"), "workspaceId"))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        JsonObject of = JsonLookup.of("resourceId", resource);
        JsonArray ids = new JsonArray();
        workspaces.forEach(ids::add);
        of.add("dataSources", ids);
        JsonObject permissions = new JsonObject();
        permissions.add("resources", JsonLookup.array(List.of(of)));
        permissions.add(
                "dataSources",
                JsonLookup.array(workspaces.stream()
                        .map(id -> JsonLookup.of("resourceId", id))
                        .toList()));
        JsonObject whole = body.deepCopy();
        whole.add("permissions", permissions);
        return answer.withBody(whole);
    }

    private static PretendAnswer run(String resource, String query, String timespan, JsonElement document) {
        Matcher name = NAME.matcher(query);
        if (!name.matches()) {
            return PretendAnswer.badRequest(
                    "BadArgumentError",
                    "The pretend Azure answers only queries that begin with \"// triage502: NAME\".");
        }
        Optional<Span> span = span(timespan);
        if (span.isEmpty()) {
            return PretendAnswer.badRequest(
                    "BadArgumentError", "The timespan '" + timespan + "' is not start/end in ISO 8601.");
        }
        List<LogRequest> log = rows(document).stream()
                .filter(row -> isOf(resource, row))
                .flatMap(row -> LogRequest.of(row).stream())
                .filter(request -> !request.to().isBefore(span.get().from())
                        && !request.from().isAfter(span.get().to()))
                .toList();
        return switch (name.group(1)) {
            case "requests" -> PretendAnswer.ok(RequestsQuery.answer(log));
            case "newest-row" -> PretendAnswer.ok(newest(log));
            case "dimensions" -> PretendAnswer.ok(DimensionsQuery.answer(document, log));
            case "minutes" ->
                PretendAnswer.ok(MinutesQuery.answer(
                        document, log, span.get().from(), span.get().to()));
            case "served-before" -> PretendAnswer.ok(ServedBeforeQuery.answer(document, log));
            default ->
                PretendAnswer.badRequest(
                        "BadArgumentError", "The pretend Azure knows no query of the name '" + name.group(1) + "'.");
        };
    }

    /** A workspace's table: every one here is on the plan Analytics. */
    static PretendAnswer table(PretendRequest call, ArmPath path) {
        JsonObject properties = JsonLookup.of("plan", "Analytics");
        JsonObject table = JsonLookup.of("id", path.path());
        table.add("properties", properties);
        return call.is("GET") ? PretendAnswer.ok(table) : ResourcesApi.otherThanGet(call, path);
    }

    /** A workspace may hold rows of other gateways; a query through a resource gets those of the resource. */
    private static boolean isOf(String resource, JsonObject row) {
        String ids = JsonTree.text(row, "_ResourceId") + JsonTree.text(row, "ResourceId");
        return ids.isEmpty() || Wording.of(ids).has(ResourceId.of(resource).key());
    }

    private static JsonElement newest(List<LogRequest> log) {
        LogTable table = new LogTable("NewestRow", "datetime", "Rows", "long");
        List<@Nullable Object> row = new ArrayList<>();
        row.add(log.stream().map(LogRequest::to).max(Comparator.naturalOrder()).orElse(null));
        row.add(log.stream().mapToLong(LogRequest::requests).sum());
        table.add(row);
        return table.toJson();
    }

    /** An array of rows, or the records of an export. */
    private static List<JsonObject> rows(JsonElement document) {
        if (document instanceof JsonArray array) {
            return JsonTree.objects(array);
        }
        List<JsonObject> records = JsonTree.objects(document, "records");
        return records.isEmpty() ? JsonTree.objects(document, "value") : records;
    }

    private record Span(Instant from, Instant to) {}

    private static Optional<Span> span(String text) {
        String[] ends = text.split("/", -1);
        try {
            return ends.length != 2
                    ? Optional.empty()
                    : Optional.of(new Span(
                            OffsetDateTime.parse(ends[0]).toInstant(),
                            OffsetDateTime.parse(ends[1]).toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
