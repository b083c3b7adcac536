package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kql/dimensions.kql} makes of an access log: by each value of each dimension, how many requests of a pool
 * failed and how many were served, from its first failed request to its last. Rows that stand for many requests lack most
 * of these columns, so nothing is counted by them; what a case has recorded is answered as it is.
 */
final class DimensionsQuery {

    private static final int MOST_POOLS = 8;
    private static final int MOST_VALUES = 8;
    private static final String[] COLUMNS = {
        "BackendPoolName",
        "string",
        "Dimension",
        "string",
        "Value",
        "string",
        "Failed",
        "long",
        "Served",
        "long",
        "Values",
        "long"
    };

    /** The size of a request, in steps. */
    private static final List<Map.Entry<Double, String>> SIZES = List.of(
            Map.entry(1e3, "below 1 KB"),
            Map.entry(1e4, "1 KB to 10 KB"),
            Map.entry(1e5, "10 KB to 100 KB"),
            Map.entry(1e6, "100 KB to 1 MB"),
            Map.entry(1e7, "1 MB to 10 MB"));

    private static final Map<String, Function<LogRequest, @Nullable String>> DIMENSIONS = dimensions();

    private DimensionsQuery() {}

    private static Map<String, Function<LogRequest, @Nullable String>> dimensions() {
        Map<String, Function<LogRequest, @Nullable String>> all = new LinkedHashMap<>();
        all.put("server", request -> last(request.text("ServerRouted")));
        all.put("instance", request -> request.text("InstanceId"));
        all.put("path", RequestsQuery::path);
        all.put("method", request -> request.text("HttpMethod"));
        all.put("host", DimensionsQuery::host);
        all.put("httpVersion", request -> request.text("HttpVersion"));
        all.put("clientTls", request -> request.text("SslProtocol"));
        all.put("requestSize", DimensionsQuery::size);
        all.put(
                "minute",
                request -> request.from().truncatedTo(ChronoUnit.MINUTES).toString());
        return all;
    }

    static JsonObject answer(JsonElement document, List<LogRequest> log) {
        return RecordedPart.table(document, "dimensions", COLUMNS).orElseGet(() -> counted(log));
    }

    private static JsonObject counted(List<LogRequest> log) {
        LogTable table = new LogTable(COLUMNS);
        if (log.stream().anyMatch(request -> request.requests() != 1)) {
            return table.toJson();
        }
        Map<String, List<LogRequest>> failing = log.stream()
                .filter(DimensionsQuery::isFailed)
                .collect(Collectors.groupingBy(DimensionsQuery::pool, TreeMap::new, Collectors.toList()));
        failing.entrySet().stream()
                .sorted(Comparator.comparing(each -> -requests(each.getValue())))
                .limit(MOST_POOLS)
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> add(table, each.getKey(), each.getValue(), log));
        return table.toJson();
    }

    private static void add(LogTable table, String pool, List<LogRequest> failed, List<LogRequest> log) {
        Instant first = failed.stream()
                .map(LogRequest::from)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = failed.stream()
                .map(LogRequest::from)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<LogRequest> compared = log.stream()
                .filter(request -> pool(request).equals(pool))
                .filter(request -> isFailed(request) || isServed(request))
                .filter(request ->
                        !request.from().isBefore(first) && !request.from().isAfter(last))
                .toList();
        DIMENSIONS.forEach((name, value) -> {
            Map<String, long[]> counts = new TreeMap<>();
            for (LogRequest request : compared) {
                String of = value.apply(request);
                if (of != null && !of.isEmpty() && !of.equals("-")) {
                    counts.computeIfAbsent(of, key -> new long[2])[isFailed(request) ? 0 : 1] += request.requests();
                }
            }
            add(table, pool, name, counts);
        });
    }

    private static void add(LogTable table, String pool, String dimension, Map<String, long[]> counts) {
        List<Map.Entry<String, long[]>> ranked = counts.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, long[]>>comparingLong(each -> -each.getValue()[0])
                        .thenComparingLong(each -> -each.getValue()[1]))
                .toList();
        for (Map.Entry<String, long[]> each : ranked.subList(0, Math.min(MOST_VALUES, ranked.size()))) {
            table.add(List.<Object>of(pool, dimension, each.getKey(), each.getValue()[0], each.getValue()[1], 1));
        }
        if (ranked.size() > MOST_VALUES) {
            List<Map.Entry<String, long[]>> others = ranked.subList(MOST_VALUES, ranked.size());
            table.add(List.<Object>of(pool, dimension, "*", sum(others, 0), sum(others, 1), others.size()));
        }
    }

    private static long sum(List<Map.Entry<String, long[]>> counts, int which) {
        return counts.stream().mapToLong(each -> each.getValue()[which]).sum();
    }

    static boolean isFailed(LogRequest request) {
        return request.status() >= 500;
    }

    static boolean isServed(LogRequest request) {
        return request.status() > 0
                && request.status() < 499
                && !last(request.text("ServerRouted")).isEmpty();
    }

    static String pool(LogRequest request) {
        return Objects.toString(request.text("BackendPoolName"), "");
    }

    /** The host name that the client asked for. */
    static String host(LogRequest request) {
        String asked = Objects.toString(request.text("OriginalHost"), "");
        return (asked.isEmpty() ? Objects.toString(request.text("Host"), "") : asked).toLowerCase(Locale.ROOT);
    }

    private static String size(LogRequest request) {
        if (request.number("ReceivedBytes").isEmpty()) {
            return "";
        }
        double bytes = request.number("ReceivedBytes").getAsDouble();
        return SIZES.stream()
                .filter(step -> bytes < step.getKey())
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("10 MB or more");
    }

    /** After a second try the fields of both are joined by commas; the last counts. */
    static String last(@Nullable String joined) {
        String text = Objects.toString(joined, "");
        List<String> parts = new ArrayList<>(List.of(text.split(",", -1)));
        return parts.get(parts.size() - 1).strip();
    }

    static long requests(List<LogRequest> requests) {
        return requests.stream().mapToLong(LogRequest::requests).sum();
    }
}
