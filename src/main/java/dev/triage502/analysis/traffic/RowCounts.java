package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.DimensionCounts.Count;
import dev.triage502.evidence.RequestDimension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The counts of each dimension by the rows alone, where Log Analytics was not asked to count and each row is one request. Rows
 * that stand for many are not counted: the log query masks what never fails and drops what is rare, and a group of requests
 * is no sample of independent ones. Rows know fewer dimensions.
 */
final class RowCounts {

    private static final Map<RequestDimension, Function<Row, String>> DIMENSIONS = dimensions();

    private RowCounts() {}

    private static Map<RequestDimension, Function<Row, String>> dimensions() {
        Map<RequestDimension, Function<Row, String>> all = new LinkedHashMap<>();
        all.put(RequestDimension.SERVER, RowCounts::server);
        all.put(RequestDimension.INSTANCE, Row::instance);
        all.put(RequestDimension.PATH, RowCounts::path);
        all.put(RequestDimension.HOST, RowCounts::host);
        return all;
    }

    static List<Count> of(AccessLog log) {
        if (log.rows().stream().anyMatch(row -> row.requests() != 1)) {
            return List.of();
        }
        Map<String, List<Row>> failing = log.rows().stream()
                .filter(RowCounts::isFailed)
                .collect(Collectors.groupingBy(Row::pool, TreeMap::new, Collectors.toList()));
        List<Count> counts = new ArrayList<>();
        failing.forEach((pool, rows) -> {
            Instant first = rows.stream().map(Row::from).min(Instant::compareTo).orElseThrow();
            Instant last = rows.stream().map(Row::to).max(Instant::compareTo).orElseThrow();
            List<Row> compared = log.rows().stream()
                    .filter(row -> row.pool().equals(pool) && (isFailed(row) || row.isServed()))
                    .filter(row -> !row.to().isBefore(first) && !row.from().isAfter(last))
                    .toList();
            DIMENSIONS.forEach((dimension, value) -> counts.addAll(counts(pool, dimension, value, compared)));
        });
        return counts;
    }

    private static List<Count> counts(
            String pool, RequestDimension dimension, Function<Row, String> value, List<Row> rows) {
        Map<String, long[]> byValue = new TreeMap<>();
        for (Row row : rows) {
            String of = value.apply(row);
            if (!of.isEmpty()) {
                byValue.computeIfAbsent(of, key -> new long[2])[isFailed(row) ? 0 : 1] += row.requests();
            }
        }
        return byValue.entrySet().stream()
                .map(each -> new Count(pool, dimension, each.getKey(), each.getValue()[0], each.getValue()[1], 1))
                .toList();
    }

    private static boolean isFailed(Row row) {
        return row.status() >= 500;
    }

    private static String server(Row row) {
        return row.serverAddress()
                + (row.serverPort().isPresent() ? ":" + row.serverPort().getAsInt() : "");
    }

    private static String host(Row row) {
        return isMasked(row.clientHost()) ? "" : row.clientHost().toLowerCase(Locale.ROOT);
    }

    /** Without what numbers things in it, as the log query writes a path; none where it had been written so before. */
    private static String path(Row row) {
        return isMasked(row.path()) ? "" : row.path().replaceAll("/(\\d+|[0-9a-fA-F-]{16,})", "/*");
    }

    /** Clients ask for no star: whoever exported the row put it in the place of what never fails. */
    private static boolean isMasked(String text) {
        return text.equals("*") || text.endsWith("/*");
    }
}
