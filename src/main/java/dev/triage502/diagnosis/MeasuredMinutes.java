package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.Minute;
import dev.triage502.diagnosis.RequestTimeline.HealthPoint;
import dev.triage502.diagnosis.RequestTimeline.PoolMinutes;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Point;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.incident.Incident;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the gateway's metrics counted within the window, minute by minute. */
final class MeasuredMinutes {

    private static final String STATUS_GROUP = "httpstatusgroup";
    private static final int MOST_POOLS = 2;

    private final Metrics metrics;
    private final Incident incident;

    MeasuredMinutes(Metrics metrics, Incident incident) {
        this.metrics = metrics;
        this.incident = incident;
    }

    /**
     * All responses, and the 5xx among them by who made them: those that the backends did not return, the gateway made. Empty
     * where one of the two was not measured.
     */
    List<Minute> requests() {
        Map<Instant, Double> backend = byMinute(metrics.of("BackendResponseStatus", STATUS_GROUP, "5xx"));
        Map<Instant, Double> failed = byMinute(metrics.of("ResponseStatus", STATUS_GROUP, "5xx"));
        if (metrics.of("BackendResponseStatus").findAny().isEmpty()) {
            return List.of();
        }
        List<Minute> minutes = new ArrayList<>();
        byMinute(metrics.of("ResponseStatus")).forEach((at, all) -> {
            long errors = Math.round(failed.getOrDefault(at, 0.0));
            long byBackend = Math.min(errors, Math.round(backend.getOrDefault(at, 0.0)));
            minutes.add(new Minute(at, Math.round(all), errors - byBackend, byBackend, OptionalDouble.empty()));
        });
        return minutes;
    }

    /** The pools whose servers were counted: the one named, then others that were never without a failing server, then the rest. */
    List<PoolMinutes> pools(String first) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        metrics.of("HealthyHostCount").forEach(each -> each.pool().ifPresent(names::add));
        return names.stream()
                .map(this::pool)
                .filter(pool -> !pool.points().isEmpty())
                .sorted(Comparator.comparing((PoolMinutes pool) -> !pool.pool().equalsIgnoreCase(first))
                        .thenComparing(PoolMinutes::isAlwaysHealthy))
                .limit(MOST_POOLS)
                .toList();
    }

    private PoolMinutes pool(String name) {
        Map<Instant, Double> unhealthy = new TreeMap<>();
        of("UnhealthyHostCount", name).forEach(point -> unhealthy.merge(at(point), value(point), Math::max));
        Map<Instant, Double> healthy = new TreeMap<>();
        of("HealthyHostCount", name).forEach(point -> healthy.merge(at(point), value(point), Math::min));
        return new PoolMinutes(
                name,
                healthy.entrySet().stream()
                        .map(each -> new HealthPoint(
                                each.getKey(),
                                Math.round(each.getValue()),
                                Math.round(unhealthy.getOrDefault(each.getKey(), 0.0))))
                        .toList());
    }

    private Stream<Point> of(String metric, String pool) {
        return metrics.of(metric)
                .filter(each -> each.pool().filter(pool::equalsIgnoreCase).isPresent())
                .flatMap(this::within);
    }

    private Map<Instant, Double> byMinute(Stream<Series> series) {
        Map<Instant, Double> sums = new TreeMap<>();
        series.flatMap(this::within).forEach(point -> sums.merge(at(point), value(point), Double::sum));
        return sums;
    }

    private Stream<Point> within(Series series) {
        return series.measured().stream()
                .filter(point -> !point.at().isBefore(incident.from().truncatedTo(ChronoUnit.MINUTES))
                        && !point.at().isAfter(incident.to()));
    }

    private static Instant at(Point point) {
        return point.at().truncatedTo(ChronoUnit.MINUTES);
    }

    private static double value(Point point) {
        return point.value().orElse(0);
    }
}
