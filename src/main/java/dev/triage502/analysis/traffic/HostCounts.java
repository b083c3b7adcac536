package dev.triage502.analysis.traffic;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Point;
import dev.triage502.evidence.Metrics.Series;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How many servers of a pool pass their probe, by the gateway's own counts, minute by minute. Where a pool in use has
 * servers and none of them passes, requests get 502 whether or not anything counts those.
 */
final class HostCounts {

    private final Optional<Gateway> gateway;
    private final List<Series> healthy;
    private final Map<String, Series> unhealthy = new HashMap<>();

    private HostCounts(Optional<Gateway> gateway, List<Series> healthy, Stream<Series> unhealthy) {
        this.gateway = gateway;
        this.healthy = healthy;
        unhealthy.forEach(each -> this.unhealthy.put(key(each), each));
    }

    static HostCounts of(Evidence evidence) {
        Optional<Metrics> metrics = evidence.metrics().toOptional();
        return new HostCounts(
                evidence.gateway().toOptional(),
                metrics.stream()
                        .flatMap(each -> each.of("HealthyHostCount"))
                        .filter(each -> !each.measured().isEmpty())
                        .toList(),
                metrics.stream().flatMap(each -> each.of("UnhealthyHostCount")));
    }

    /** Whether anything was counted. */
    boolean areKnown() {
        return !healthy.isEmpty();
    }

    /** The minutes in which some pool in use had no server left that passed its probe. */
    Stream<Instant> minutesWithNobodyUp() {
        return healthy.stream().filter(this::isInUse).flatMap(this::withNobodyUp);
    }

    /** The pools in use that have no server left that passes its probe; an empty name where the counts tell of none. */
    Stream<String> poolsWithNobodyUpNow() {
        return healthy.stream()
                .filter(this::isInUse)
                .filter(this::hasNobodyUpNow)
                .map(each -> each.pool().orElse(""));
    }

    /** The pools in use of which some server fails its probe by the newest count; an empty name where the counts tell of none. */
    Stream<String> poolsWithSomebodyDownNow() {
        return unhealthy.values().stream()
                .filter(this::isInUse)
                .filter(each -> each.latest().orElse(0) >= 1)
                .map(each -> each.pool().orElse(""));
    }

    private boolean hasNobodyUpNow(Series series) {
        List<Point> measured = series.measured();
        Instant newest = measured.get(measured.size() - 1).at();
        return withNobodyUp(series).anyMatch(newest::equals);
    }

    private Stream<Instant> withNobodyUp(Series series) {
        Map<Instant, OptionalDouble> failing = new TreeMap<>();
        Optional.ofNullable(unhealthy.get(key(series))).stream()
                .flatMap(each -> each.measured().stream())
                .forEach(point -> failing.put(point.at(), point.value()));
        return series.measured().stream()
                .filter(point -> point.value().orElse(1) == 0)
                .map(Point::at)
                // A pool without servers has none that could be up.
                .filter(at -> failing.getOrDefault(at, OptionalDouble.empty()).orElse(0) > 0);
    }

    private boolean isInUse(Series series) {
        Optional<String> pool = series.pool();
        return pool.isEmpty()
                || gateway.map(each -> each.rules().stream()
                                .anyMatch(rule -> rule.pool().equalsIgnoreCase(pool.get())
                                        && series.setting()
                                                .map(rule.setting()::equalsIgnoreCase)
                                                .orElse(true)))
                        .orElse(true);
    }

    private static String key(Series series) {
        return (series.pool().orElse("") + "~" + series.setting().orElse("")).toLowerCase(Locale.ROOT);
    }
}
