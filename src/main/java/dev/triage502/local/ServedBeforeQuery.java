package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code kql/served-before.kql} makes of an access log: when each server last answered a request of its pool. What a
 * case has recorded of it is answered as it is.
 */
final class ServedBeforeQuery {

    private static final int MOST_ROWS = 200;
    private static final String[] COLUMNS = {
        "BackendPoolName", "string", "ServerRouted", "string", "LastServed", "datetime", "Requests", "long"
    };

    private ServedBeforeQuery() {}

    static JsonObject answer(JsonElement document, List<LogRequest> log) {
        return RecordedPart.table(document, "servedBefore", COLUMNS).orElseGet(() -> counted(log));
    }

    private record Place(String pool, String server) {}

    private static JsonObject counted(List<LogRequest> log) {
        Map<Place, List<LogRequest>> places = log.stream()
                .filter(DimensionsQuery::isServed)
                .collect(Collectors.groupingBy(
                        request -> new Place(
                                DimensionsQuery.pool(request), DimensionsQuery.last(request.text("ServerRouted"))),
                        () -> new TreeMap<>(Comparator.comparing(Place::pool).thenComparing(Place::server)),
                        Collectors.toList()));
        LogTable table = new LogTable(COLUMNS);
        places.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Place, List<LogRequest>> each) -> last(each.getValue()))
                        .reversed())
                .limit(MOST_ROWS)
                .forEach(each -> table.add(List.<Object>of(
                        each.getKey().pool(),
                        each.getKey().server(),
                        last(each.getValue()),
                        DimensionsQuery.requests(each.getValue()))));
        return table.toJson();
    }

    private static Instant last(List<LogRequest> requests) {
        return requests.stream()
                .map(LogRequest::to)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
