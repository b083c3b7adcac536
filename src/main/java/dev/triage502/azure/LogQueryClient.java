package dev.triage502.azure;

import static dev.triage502.json.JsonTree.text;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.incident.ResourceId;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What do the logs of a resource say? Asked through the resource, so nobody has to know which workspace holds them. */
public final class LogQueryClient {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final HttpHeaderName PREFER = HttpHeaderName.fromString("Prefer");
    private static final Set<String> NUMBERS = Set.of("int", "long", "real", "decimal");

    private final HttpPipeline pipeline;
    private final ServiceEndpoints endpoints;

    LogQueryClient(HttpPipeline pipeline, ServiceEndpoints endpoints) {
        this.pipeline = pipeline;
        this.endpoints = endpoints;
    }

    /** The rows of a query over a window, and what was left out of them. */
    public Reading<LogRows> query(CallContext ask, ResourceId resource, String kql, Instant from, Instant to) {
        return GuardedCall.of(ask.source(), () -> Reading.present(rows(kql, send(ask, resource, kql, from, to))));
    }

    private HttpResponse send(CallContext ask, ResourceId resource, String kql, Instant from, Instant to) {
        JsonObject body = new JsonObject();
        body.addProperty("query", kql);
        body.addProperty("timespan", from + "/" + to);
        HttpRequest request = new HttpRequest(HttpMethod.POST, url(resource).toString());
        request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
        request.setHeader(HttpHeaderName.ACCEPT, "application/json");
        request.setHeader(PREFER, "wait=" + wait(ask).toSeconds() + ",include-permissions=true");
        request.setBody(body.toString());
        Context context = new Context(BlockingPolicy.DEADLINE, ask.deadline())
                .addData(BlockingPolicy.SCOPE, endpoints.logsScope());
        return pipeline.sendSync(request, context);
    }

    private static Duration wait(CallContext ask) {
        Duration left = ask.deadline().remaining();
        return left.compareTo(LONGEST_WAIT) < 0 ? left.plusSeconds(1) : LONGEST_WAIT;
    }

    private URI url(ResourceId resource) {
        StringBuilder url = new StringBuilder(endpoints.logs().toString());
        for (String segment : resource.toString().split("/", -1)) {
            if (!segment.isEmpty()) {
                url.append('/')
                        .append(URLEncoder.encode(segment, StandardCharsets.UTF_8)
                                .replace("+", "%20"));
            }
        }
        return URI.create(url + "/query");
    }

    private static LogRows rows(String kql, HttpResponse response) throws StrictJson.Malformed {
        if (response.getStatusCode() == 204) {
            return new LogRows(new JsonArray(), List.of(), List.of(), Optional.empty());
        }
        JsonElement document = StrictJson.parse(response.getBodyAsBinaryData().toBytes());
        if (!(document instanceof JsonObject answer)) {
            throw malformed("an answer that is no object");
        }
        Optional<String> error = error(answer);
        if (!(answer.get("tables") instanceof JsonArray tables)) {
            throw error.map(said -> new RefusedCall(Why.UNREACHABLE, "PartialError", said))
                    .orElseGet(() -> malformed("an answer without \"tables\""));
        }
        LogPermissions permissions = new LogPermissions(answer);
        JsonArray rows = tables.isEmpty() ? new JsonArray() : rows(primary(tables));
        return new LogRows(rows, permissions.hiddenWorkspaces(), permissions.deniedTables(kql), error);
    }

    /** The first table holds the result, whatever its name; statistics may follow. */
    private static JsonObject primary(JsonArray tables) {
        if (tables.get(0) instanceof JsonObject table) {
            return table;
        }
        throw malformed("a table that is no object");
    }

    private static JsonArray rows(JsonObject table) {
        if (!(table.get("columns") instanceof JsonArray columns) || !(table.get("rows") instanceof JsonArray cells)) {
            throw malformed("a table without \"columns\" or \"rows\"");
        }
        JsonArray rows = new JsonArray();
        for (JsonElement row : cells) {
            if (!(row instanceof JsonArray values) || values.size() != columns.size()) {
                throw malformed("a row with other cells than the table has columns");
            }
            rows.add(row(columns, values));
        }
        return rows;
    }

    private static JsonObject row(JsonArray columns, JsonArray values) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < columns.size(); i++) {
            JsonObject column = columns.get(i) instanceof JsonObject each ? each : new JsonObject();
            JsonElement value = value(text(column, "type"), values.get(i));
            if (value != null) {
                object.add(text(column, "name"), value);
            }
        }
        return object;
    }

    /** By the column's type; a number that comes as text is one all the same, and "NaN" is no value. */
    private static @Nullable JsonElement value(String type, JsonElement cell) {
        if (cell.isJsonNull()) {
            return null;
        }
        String text = cell.isJsonPrimitive() ? cell.getAsString() : cell.toString();
        if (type.equalsIgnoreCase("bool")) {
            return new JsonPrimitive(text.equalsIgnoreCase("true") || text.equals("1"));
        }
        return NUMBERS.stream().anyMatch(type::equalsIgnoreCase) ? number(text) : new JsonPrimitive(text);
    }

    private static @Nullable JsonElement number(String text) {
        try {
            return new JsonPrimitive(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** What an answer of 200 says went wrong: part of the rows did not come. */
    private static Optional<String> error(JsonObject answer) {
        return answer.get("error") instanceof JsonObject error
                ? Optional.of((text(error, "code") + ": " + text(error, "message")).strip())
                : Optional.empty();
    }

    private static RefusedCall malformed(String message) {
        return new RefusedCall(Why.MALFORMED, "MalformedAnswer", message);
    }
}
