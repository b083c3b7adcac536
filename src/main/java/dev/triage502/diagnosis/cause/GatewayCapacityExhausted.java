package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The gateway's capacity units, connections or compute are used up.
 *
 * <p>One v2 instance is about ten capacity units, and one unit 2,500 connections (autoscaling documentation); a v1
 * gateway drops requests when its processors stay above 90 %.
 */
record GatewayCapacityExhausted() implements Cause {

    private static final double UNITS_PER_INSTANCE = 10;
    private static final double CONNECTIONS_PER_UNIT = 2500;
    private static final double NEARLY_ALL = 0.9;
    private static final double BUSY_PROCESSORS = 90;

    @Override
    public String id() {
        return "gateway-capacity-exhausted";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        return Verdict.of(
                Sign.conclusive(evidence.gateway(), evidence.metrics(), GatewayCapacityExhausted::atTheCeiling),
                Sign.conclusive(evidence.metrics(), metrics -> busy(metrics, evidence)),
                Sign.contrary(evidence.gateway(), evidence.metrics(), GatewayCapacityExhausted::room));
    }

    private static Stream<Finding> atTheCeiling(Gateway gateway, Metrics metrics) {
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

    private static Stream<Finding> above(Gateway gateway, Metrics metrics, String metric, double ceiling) {
        return metrics.of(metric)
                .map(Series::peak)
                .flatMap(peak -> peak.stream().boxed())
                .filter(peak -> peak >= ceiling * NEARLY_ALL)
                .map(peak -> Finding.of(
                                Source.METRICS,
                                gateway.target(),
                                String.format(
                                        java.util.Locale.ROOT,
                                        "%s of %s reached %.0f; %d instances give about %.0f",
                                        metric,
                                        gateway.id().name(),
                                        peak,
                                        gateway.scale().most().orElse(0),
                                        ceiling))
                        .with("instances", String.valueOf(gateway.scale().most().orElse(0))));
    }

    /** v1 only: {@code CpuUtilization} is not measured on v2. Half of the minutes above 90 % is steadily. */
    private static Stream<Finding> busy(Metrics metrics, Evidence evidence) {
        return metrics.of("CpuUtilization")
                .filter(series -> !series.measured().isEmpty())
                .filter(series -> series.measured().stream()
                                        .filter(point -> point.value().orElse(0) >= BUSY_PROCESSORS)
                                        .count()
                                * 2
                        >= series.measured().size())
                .map(series -> Finding.of(
                        Source.METRICS,
                        GatewayWrites.target(evidence.incident().gateway()),
                        "the gateway's processors were busy for "
                                + Math.round(series.peak().orElse(0))
                                + " % at the most, and above 90 % for half of the time or more"));
    }

    private static Stream<Finding> room(Gateway gateway, Metrics metrics) {
        OptionalDouble peak = metrics.of("CapacityUnits")
                .map(Series::peak)
                .flatMap(each -> each.stream().boxed())
                .mapToDouble(Double::doubleValue)
                .max();
        double units = gateway.scale().most().orElse(0) * UNITS_PER_INSTANCE;
        return peak.isPresent() && units > 0 && peak.getAsDouble() < units * 0.6
                ? Stream.of(Finding.of(
                        Source.METRICS,
                        gateway.target(),
                        String.format(
                                java.util.Locale.ROOT,
                                "CapacityUnits of %s reached %.0f of about %.0f",
                                gateway.id().name(),
                                peak.getAsDouble(),
                                units)))
                : Stream.empty();
    }

    @Override
    public AtFault atFault() {
        return AtFault.GATEWAY;
    }

    @Override
    public List<String> explains() {
        return List.of("backend-overloaded");
    }
}
