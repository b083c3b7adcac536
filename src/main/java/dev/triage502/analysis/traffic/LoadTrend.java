package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Point;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Did response times of a pool, and the load on it, rise before requests began to fail? */
public final class LoadTrend {

    private static final List<String> RESPONSE_TIMES =
            List.of("BackendFirstByteResponseTime", "BackendLastByteResponseTime", "BackendConnectTime");
    private static final List<String> LOADS = List.of(
            "AvgRequestCountPerHealthyHost",
            "TotalRequests",
            "CurrentConnections",
            "NewConnectionsPerSecond",
            "Throughput");

    /** Points below which a series shows no course. */
    private static final int ENOUGH = 4;

    /** Normal hours vary by half; a saturated backend slows by a multiple. */
    private static final double SLOWER = 3;

    private static final double MORE = 1.5;

    /** Over how many minutes the middle one is taken. */
    private static final int MINUTES = 5;

    /** Milliseconds below which nobody waits. */
    private static final double NOTICEABLE = 500;

    private LoadTrend() {}

    /** A finding for each pool whose response times rose together with the load, before requests to it failed. */
    public static Stream<Finding> risen(AccessLog log, Metrics metrics, Evidence evidence) {
        Map<String, Instant> onsets = new HashMap<>();
        Instant alerted = evidence.incident().alertedAt();
        return slow(
                        metrics,
                        pool -> onsets.computeIfAbsent(
                                pool, name -> onset(log, name).orElse(alerted)))
                .flatMap(each -> loadRise(metrics, each.onset())
                        .map(load -> Finding.of(
                                Source.METRICS,
                                narrowed(each.target(), Optional.of(log)),
                                each.text() + " while " + load))
                        .stream());
    }

    /** A finding for each pool whose answers slowed before its requests failed: as the load rose, where metrics tell, else by the log. */
    public static Stream<Finding> roseFirst(AccessLog log, Evidence evidence) {
        Stream<Finding> measured =
                evidence.metrics().toOptional().stream().flatMap(metrics -> risen(log, metrics, evidence));
        return evidence.isWhole(Source.METRICS) ? measured : Stream.concat(measured, slowed(log));
    }

    /**
     * A finding where the load was measured and stayed as it was until a moment, and no response time is known to have risen.
     * Answers without an error count as load here, since they fall where the backend is at its end, and do not stay.
     */
    public static Stream<Finding> steady(Metrics metrics, Instant until) {
        List<Series> loads = Stream.concat(
                        LOADS.stream().flatMap(metrics::of), metrics.of("ResponseStatus", "httpstatusgroup", "2xx"))
                .filter(series -> series.measured().size() >= ENOUGH)
                .toList();
        boolean changed = loads.stream()
                        .anyMatch(series -> rise(series, until, MORE, LoadTrend::highestForMinutes)
                                .isPresent())
                || slow(metrics, pool -> until).findAny().isPresent();
        return loads.isEmpty() || changed
                ? Stream.empty()
                : Stream.of(Finding.of(
                        Source.METRICS,
                        Target.of(Kind.GATEWAY, "gateway", ""),
                        "the load (" + loads.get(0).metric()
                                + ") did not rise, and no rise in response times was measured"));
    }

    /** A finding for each pool (or for the gateway, where the metric is not split) whose response times rose. */
    public static Stream<Finding> slowed(Metrics metrics, Instant onset, Evidence evidence) {
        return slow(metrics, pool -> onset)
                .map(each -> Finding.of(
                        Source.METRICS,
                        narrowed(each.target(), evidence.accessLog().toOptional()),
                        each.text()));
    }

    /** A metric that is not split speaks of the one pool whose requests fail, where there is one. */
    private static Target narrowed(Target target, Optional<AccessLog> log) {
        List<String> pools = log.stream()
                .flatMap(AccessLog::failing)
                .map(Row::pool)
                .distinct()
                .toList();
        boolean one = pools.size() == 1 && !pools.get(0).isEmpty();
        return target.kind() == Kind.GATEWAY && one ? Target.of(Kind.POOL, pools.get(0), "") : target;
    }

    /** Response times that rose before a moment. */
    private record Slow(Target target, Instant onset, String text) {}

    private static Stream<Slow> slow(Metrics metrics, Function<String, Instant> onsets) {
        return RESPONSE_TIMES.stream()
                .flatMap(metrics::of)
                .flatMap(series -> slow(series, onsets.apply(series.pool().orElse(""))).stream());
    }

    private static Optional<Slow> slow(Series series, Instant onset) {
        return rise(series, onset, SLOWER, LoadTrend::highest)
                .filter(rise -> rise.after() > NOTICEABLE)
                .map(rise -> new Slow(
                        pool(series),
                        onset,
                        series.metric()
                                + series.pool().map(pool -> " of " + pool).orElse("") + " rose from "
                                + duration(rise.before()) + " to " + duration(rise.after())));
    }

    /** When requests to a pool began to fail; an empty name means any pool. */
    private static Optional<Instant> onset(AccessLog log, String pool) {
        return log.failing()
                .filter(row -> pool.isEmpty() || row.pool().equalsIgnoreCase(pool))
                .map(Row::from)
                .min(Instant::compareTo);
    }

    /** A finding for each pool whose served requests took a multiple of what they took before, by the log alone. */
    public static Stream<Finding> slowed(AccessLog log) {
        return log.served()
                .map(Row::pool)
                .distinct()
                .sorted()
                .flatMap(pool -> onset(log, pool).flatMap(onset -> slowed(log, pool, onset)).stream());
    }

    private static Optional<Finding> slowed(AccessLog log, String pool, Instant onset) {
        Instant first = log.rows().get(0).from();
        Instant middle = first.plus(Duration.between(first, onset).dividedBy(2));
        Predicate<Row> early = row -> row.pool().equals(pool) && row.from().isBefore(middle);
        Predicate<Row> late = row -> row.pool().equals(pool)
                && !row.from().isBefore(middle)
                && row.from().isBefore(onset.plus(Duration.ofMinutes(1)));
        OptionalDouble before = latency(log, early);
        OptionalDouble after = latency(log, late);
        boolean rose = before.isPresent()
                && after.isPresent()
                && after.getAsDouble() > 1
                && after.getAsDouble() >= SLOWER * before.getAsDouble()
                && !areOthersAsFast(log, pool, early, late);
        return rose
                ? Optional.of(Finding.of(
                        Source.ACCESS_LOG,
                        Target.of(Kind.POOL, pool, ""),
                        String.format(
                                Locale.ROOT,
                                "the average response time of %s rose from %.1f s to %.1f s",
                                pool,
                                before.getAsDouble(),
                                after.getAsDouble())))
                : Optional.empty();
    }

    /**
     * Whether the paths that do not fail are answered as fast as before: servers at their limit are slow for all paths, and a path
     * that takes longer by itself is slow alone.
     */
    private static boolean areOthersAsFast(AccessLog log, String pool, Predicate<Row> early, Predicate<Row> late) {
        Set<String> failing = log.failing()
                .filter(row -> row.pool().equals(pool))
                .map(Row::path)
                .collect(Collectors.toSet());
        Predicate<Row> other = row -> !failing.contains(row.path());
        OptionalDouble before = latency(log, early.and(other));
        OptionalDouble after = latency(log, late.and(other));
        return !failing.contains("")
                && before.isPresent()
                && after.isPresent()
                && after.getAsDouble() * 1000 < NOTICEABLE
                && after.getAsDouble() < MORE * before.getAsDouble();
    }

    private static OptionalDouble latency(AccessLog log, Predicate<Row> which) {
        double sum = 0;
        long count = 0;
        for (Row row : log.served().filter(which).toList()) {
            if (row.serverLatency().isPresent()) {
                sum += row.serverLatency().getAsDouble() * row.requests();
                count += row.requests();
            }
        }
        return count < 3 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }

    private static Optional<String> loadRise(Metrics metrics, Instant onset) {
        return LOADS.stream()
                .flatMap(metrics::of)
                .flatMap(series -> rise(series, onset, MORE, LoadTrend::highestForMinutes)
                        .map(rise ->
                                series.metric() + " rose from " + round(rise.before()) + " to " + round(rise.after()))
                        .stream())
                .findFirst();
    }

    /** What a series was at first, and the most it reached before failures began. */
    private record Rise(double before, double after) {}

    /** A rise by a factor: before is the median of the first third, after is how high it came from there to the onset. */
    private static Optional<Rise> rise(
            Series series, Instant onset, double factor, ToDoubleFunction<List<Point>> height) {
        List<Point> points = series.measured();
        if (points.size() < ENOUGH) {
            return Optional.empty();
        }
        int early = Math.max(2, points.size() / 3);
        double before = median(points.subList(0, early));
        double after = height.applyAsDouble(points.stream()
                .skip(early)
                .filter(point -> !point.at().isAfter(onset.plus(Duration.ofMinutes(1))))
                .toList());
        return after >= factor * before && after > before ? Optional.of(new Rise(before, after)) : Optional.empty();
    }

    private static double highest(List<Point> points) {
        return points.stream()
                .mapToDouble(point -> point.value().orElse(0))
                .max()
                .orElse(0);
    }

    /**
     * The most that lasted: a few requests vary by more than half from minute to minute, so it is the middle one of some
     * minutes that counts.
     */
    private static double highestForMinutes(List<Point> points) {
        double most = 0;
        for (int end = Math.min(MINUTES, points.size()); end <= points.size() && end > 0; end++) {
            most = Math.max(most, median(points.subList(Math.max(0, end - MINUTES), end)));
        }
        return most;
    }

    private static double median(List<Point> points) {
        double[] values = points.stream()
                .mapToDouble(point -> point.value().orElse(0))
                .sorted()
                .toArray();
        return values[values.length / 2];
    }

    private static Target pool(Series series) {
        return series.pool().map(pool -> Target.of(Kind.POOL, pool, "")).orElse(Target.of(Kind.GATEWAY, "gateway", ""));
    }

    /** {@code 89 ms}, {@code 17.8 s}. */
    private static String duration(double millis) {
        return millis < 1000 ? round(millis) + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }

    private static String round(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
}
