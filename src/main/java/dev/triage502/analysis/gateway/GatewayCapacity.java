package dev.triage502.analysis.gateway;

import dev.triage502.evidence.Counted;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.evidence.Source;
import java.util.Locale;
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
    private static final double PLENTY = 0.6;
    private static final double BUSY_PROCESSORS = 90;

    private GatewayCapacity() {}

    public static Stream<Finding> atTheCeiling(Gateway gateway, Metrics metrics) {
        if (gateway.scale().most().isEmpty()) {
            return Stream.empty();
        }
        double units = gateway.scale().most().getAsInt() * UNITS_PER_INSTANCE;
        return Stream.of(
                        above(gateway, metrics, "CapacityUnits", units),
                        above(gateway, metrics, "ComputeUnits", units),
                        above(gateway, metrics, "CurrentConnections", units * CONNECTIONS_PER_UNIT))
                .flatMap(each -> each);
    }

    public static Stream<Finding> above(Gateway gateway, Metrics metrics, String metric, double ceiling) {
        return metrics.of(metric)
                .map(Series::peak)
                .flatMap(peak -> peak.stream().boxed())
                .filter(peak -> peak >= ceiling * NEARLY_ALL)
                .map(peak -> reached(gateway, metric, peak, ceiling));
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
