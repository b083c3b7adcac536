package dev.triage502.analysis.traffic;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Point;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * By the metrics alone: do the servers' own 5xx account for the 5xx that clients got?
 *
 * <p>{@code BackendResponseStatus} counts what servers answered and leaves out what the gateway made; what clients got is
 * {@code ResponseStatus}, or {@code FailedRequests} where that was not measured.
 */
public final class BackendErrorShare {

    /** How many of the clients' errors have to be the servers' own; minutes are cut a little differently in each metric. */
    private static final double NEARLY_ALL = 0.9;

    /** An error of the servers that is always there must not hide what began just now. */
    private static final Duration LATELY = Duration.ofMinutes(10);

    private BackendErrorShare() {}

    /** A finding for each pool and setting whose servers gave errors, where together they gave nearly all; else none. */
    public static Stream<Finding> nearlyAll(Metrics metrics) {
        List<Series> client = clientErrors(metrics);
        List<Series> backend =
                metrics.of("BackendResponseStatus", "httpstatusgroup", "5xx").toList();
        Instant last = client.stream()
                .flatMap(each -> each.measured().stream())
                .filter(point -> point.value().orElse(0) > 0)
                .map(Point::at)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        if (last.equals(Instant.MIN) || !isNearlyAll(backend, client, point -> true)) {
            return Stream.empty();
        }
        Instant lately = last.minus(LATELY);
        if (!isNearlyAll(backend, client, point -> !point.at().isBefore(lately))) {
            return Stream.empty();
        }
        long total = Math.round(sum(client, point -> true));
        return backend.stream().filter(each -> each.sum() > 0).map(each -> described(each, total));
    }

    private static List<Series> clientErrors(Metrics metrics) {
        List<Series> measured =
                metrics.of("ResponseStatus", "httpstatusgroup", "5xx").toList();
        return measured.isEmpty() ? metrics.of("FailedRequests").toList() : measured;
    }

    private static boolean isNearlyAll(List<Series> backend, List<Series> client, Predicate<Point> when) {
        double all = sum(client, when);
        return all > 0 && sum(backend, when) >= NEARLY_ALL * all;
    }

    private static double sum(List<Series> series, Predicate<Point> when) {
        return series.stream()
                .flatMap(each -> each.measured().stream())
                .filter(when)
                .mapToDouble(point -> point.value().orElse(0))
                .sum();
    }

    private static Finding described(Series own, long total) {
        String pool = own.pool().orElse("");
        Target target = (pool.isEmpty() ? Target.of(Kind.GATEWAY, "gateway", "") : Target.of(Kind.POOL, pool, ""))
                .on(Place.SETTING, pool.isEmpty() ? "" : own.setting().orElse(""));
        return Finding.of(
                        Source.METRICS,
                        target,
                        "the backends" + (pool.isEmpty() ? "" : " of " + pool)
                                + String.format(
                                        Locale.ROOT,
                                        " returned %,d of the %,d 5xx responses themselves (metric"
                                                + " BackendResponseStatus)",
                                        Math.round(own.sum()),
                                        total))
                .with("pool", pool);
    }
}
