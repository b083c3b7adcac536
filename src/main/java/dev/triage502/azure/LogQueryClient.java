package dev.triage502.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.util.Context;
import com.azure.monitor.query.LogsQueryClient;
import com.azure.monitor.query.LogsQueryClientBuilder;
import com.azure.monitor.query.models.LogsColumnType;
import com.azure.monitor.query.models.LogsQueryOptions;
import com.azure.monitor.query.models.LogsQueryResult;
import com.azure.monitor.query.models.LogsTableCell;
import com.azure.monitor.query.models.LogsTableRow;
import com.azure.monitor.query.models.QueryTimeInterval;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.incident.ResourceId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What do the logs of a resource say? Asked through the resource, so nobody has to know which workspace holds them. */
public final class LogQueryClient {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

    private final LogsQueryClient client;
    private final ServiceEndpoints endpoints;

    LogQueryClient(HttpPipeline pipeline, ServiceEndpoints endpoints) {
        this.client = new LogsQueryClientBuilder()
                .pipeline(pipeline)
                .endpoint(endpoints.logs().toString())
                .buildClient();
        this.endpoints = endpoints;
    }

    /** The rows of a query over a window, an object a row; a cell without a value is left out. */
    public Reading<JsonArray> query(CallContext ask, ResourceId resource, String kql, Instant from, Instant to) {
        return GuardedCall.of(ask.source(), () -> Reading.present(rows(result(ask, resource, kql, from, to))));
    }

    private LogsQueryResult result(CallContext ask, ResourceId resource, String kql, Instant from, Instant to) {
        Duration left = ask.deadline().remaining();
        Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left.plusSeconds(1) : LONGEST_WAIT;
        return client.queryResourceWithResponse(
                        resource.toString(),
                        kql,
                        new QueryTimeInterval(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC)),
                        new LogsQueryOptions().setServerTimeout(wait).setAllowPartialErrors(true),
                        new Context(BlockingPolicy.DEADLINE, ask.deadline())
                                .addData(BlockingPolicy.SCOPE, endpoints.logsScope()))
                .getValue();
    }

    private static JsonArray rows(LogsQueryResult result) {
        if (result.getAllTables() == null || result.getAllTables().isEmpty()) {
            if (result.getError() != null) {
                throw new RefusedCall(
                        Why.UNREACHABLE,
                        String.valueOf(result.getError().getCode()),
                        String.valueOf(result.getError().getMessage()));
            }
            return new JsonArray();
        }
        JsonArray rows = new JsonArray();
        for (LogsTableRow row : result.getTable().getRows()) {
            JsonObject object = new JsonObject();
            for (LogsTableCell cell : row.getRow()) {
                JsonElement value = value(cell);
                if (value != null) {
                    object.add(cell.getColumnName(), value);
                }
            }
            rows.add(object);
        }
        return rows;
    }

    /** By the column's type; a number that comes as text is one all the same, and "NaN" is no value. */
    private static @Nullable JsonElement value(LogsTableCell cell) {
        String text = cell.getValueAsString();
        if (text == null) {
            return null;
        }
        LogsColumnType type = cell.getColumnType();
        if (LogsColumnType.BOOL.equals(type)) {
            return new JsonPrimitive(Boolean.parseBoolean(text));
        }
        boolean number = LogsColumnType.INT.equals(type)
                || LogsColumnType.LONG.equals(type)
                || LogsColumnType.REAL.equals(type)
                || LogsColumnType.DECIMAL.equals(type);
        return number ? number(text) : new JsonPrimitive(text);
    }

    private static @Nullable JsonElement number(String text) {
        try {
            return new JsonPrimitive(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
