package dev.triage502.analysis.gateway;

import dev.triage502.evidence.Counted;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.evidence.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much of what its instances can do did the gateway use?
 *
 * <p>One v2 instance is about ten capacity units, and one unit 2,500 connections (autoscaling documentation); a v1
 * gateway drops requests when its processors stay above 90 %.
 */
public final class GatewayCapacity {

    private static final double UNITS_PER_INSTANCE = 10;
    private static final double CONNECTIONS_PER_UNIT = 2500;
    private static final double NEARLY_ALL = 0.9;
    private static final double ALL = 0.97;
    private static final double PLENTY = 0.6;
    private static final double NO_MORE = 1.05;
    private static final int LONG_MINUTES = 10;
    private static final double BUSY_PROCESSORS = 90;

    private GatewayCapacity() {}

    /** What came near its limit, except what had been there for long before the first failure and then rose no further. */
    public static Stream<Finding> atTheCeiling(Gateway gateway, Metrics metrics, Optional<Instant> onset) {
        return limits(gateway).entrySet().stream()
                .flatMap(limit -> metrics.of(limit.getKey())
                        .filter(series -> !isBorne(series, limit.getValue(), onset))
                        .flatMap(series -> reached(gateway, series, limit.getValue())));
    }

    /** That, where nothing else came near its limit: requests were served with it. */
    public static Stream<Finding> borne(Gateway gateway, Metrics metrics, Optional<Instant> onset) {
        if (atTheCeiling(gateway, metrics, onset).findAny().isPresent()) {
            return Stream.empty();
        }
        return limits(gateway).entrySet().stream()
                .flatMap(limit -> metrics.of(limit.getKey())
                        .filter(series -> isBorne(series, limit.getValue(), onset))
                        .map(series -> Finding.of(
                                Source.METRICS,
                                gateway.target(),
                                series.metric() + " had been as high for at least " + LONG_MINUTES
                                        + " minutes before the first failure")));
    }

    private static Map<String, Double> limits(Gateway gateway) {
        if (gateway.scale().most().isEmpty()) {
            return Map.of();
        }
        double units = gateway.scale().most().getAsInt() * UNITS_PER_INSTANCE;
        Map<String, Double> limits = new LinkedHashMap<>();
        limits.put("CapacityUnits", units);
        limits.put("ComputeUnits", units);
        limits.put("CurrentConnections", units * CONNECTIONS_PER_UNIT);
        return limits;
    }

    private static boolean isBorne(Series series, double ceiling, Optional<Instant> onset) {
        if (onset.isEmpty()) {
            return false;
        }
        List<Double> before = series.measured().stream()
                .filter(point -> point.at().isBefore(onset.get().minus(Duration.ofMinutes(1))))
                .map(point -> point.value().orElse(0))
                .toList();
        double highest = before.stream().max(Double::compare).orElse(0.0);
        long near =
                before.stream().filter(value -> value >= ceiling * NEARLY_ALL).count();
        // Brief peaks do not count: over so long a time the averages of the minutes say what was in use.
        return near >= LONG_MINUTES && highest < ceiling * ALL && series.peak().orElse(0) <= highest * NO_MORE;
    }

    public static Stream<Finding> above(Gateway gateway, Metrics metrics, String metric, double ceiling) {
        return metrics.of(metric).flatMap(series -> reached(gateway, series, ceiling));
    }

    private static Stream<Finding> reached(Gateway gateway, Series series, double ceiling) {
        return series.peak().stream()
                .boxed()
                .filter(peak -> peak >= ceiling * NEARLY_ALL)
                .map(peak -> reached(gateway, series.metric(), peak, ceiling));
    }

    private static Finding reached(Gateway gateway, String metric, double peak, double ceiling) {
        int instances = gateway.scale().most().orElse(0);
        String text = String.format(
                Locale.ROOT,
                "%s of %s reached %,.0f of about %,.0f (%s)",
                metric,
                gateway.id().name(),
                peak,
                ceiling,
                Counted.of(instances, "instance"));
        return Finding.of(Source.METRICS, gateway.target(), text).with("instances", String.valueOf(instances));
    }

    /** v1 only: {@code CpuUtilization} is not measured on v2. Half of the minutes above 90 % is steadily. */
    public static Stream<Finding> busy(Metrics metrics, Evidence evidence) {
        return metrics.of("CpuUtilization")
                .filter(series -> !series.measured().isEmpty())
                .filter(series -> series.measured().stream()
                                        .filter(point -> point.value().orElse(0) >= BUSY_PROCESSORS)
                                        .count()
                                * 2
                        >= series.measured().size())
                .map(series -> Finding.of(
                        Source.METRICS,
                        GatewayOperations.target(evidence.incident().gateway()),
                        "the gateway's CPU peaked at "
                                + Math.round(series.peak().orElse(0))
                                + "% and was above 90% for at least half of the time"));
    }

    public static Stream<Finding> room(Gateway gateway, Metrics metrics) {
        double units = gateway.scale().most().orElse(0) * UNITS_PER_INSTANCE;
        return metrics
                .of("CapacityUnits")
                .flatMap(series -> series.peak().stream().boxed())
                .max(Double::compare)
                .filter(peak -> peak < units * PLENTY)
                .map(peak -> reached(gateway, "CapacityUnits", peak, units))
                .stream();
    }
}
