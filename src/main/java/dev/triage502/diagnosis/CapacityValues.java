package dev.triage502.diagnosis;

import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Scale;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Series;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many instances a gateway should have, by its present size and by the load that was measured; never fewer than now.
 * Ten capacity units and 25,000 connections an instance are all that it gives (autoscaling documentation), and 1,024
 * connections where its source ports run out; these numbers leave a quarter of it free.
 */
final class CapacityValues {

    private static final double UNITS = 10 * 0.75;
    private static final double CONNECTIONS = 25000 * 0.75;
    private static final double PORTS = 1024 * 0.75;
    private static final int MOST_V1 = 32;
    private static final int MOST_V2 = 125;

    /** What Azure allows where autoscaling has no maximum. */
    private static final int WITHOUT_MAXIMUM = 20;

    private CapacityValues() {}

    /** @param portsRunOut whether connections to public servers fail because no source port is free */
    static Map<String, String> of(Gateway gateway, Optional<Metrics> metrics, boolean portsRunOut) {
        double connections = portsRunOut ? PORTS : CONNECTIONS;
        Scale scale = gateway.scale();
        Map<String, String> values = new TreeMap<>();
        boolean v2 = gateway.sku().isV2();
        if (v2 && (scale.minimum().isPresent() || scale.maximum().isPresent())) {
            values.put("scaling", "autoscale");
            int most = scale.maximum().orElse(WITHOUT_MAXIMUM);
            int least = scale.minimum().orElse(0);
            int wanted = Math.min(MOST_V2, wanted(most, metrics, connections));
            Options before = new Options().with("--min-capacity", String.valueOf(least));
            values.put(
                    "capacity-before",
                    (scale.maximum().isPresent()
                                    ? before.with("--max-capacity", String.valueOf(most))
                                    : before.with("--remove", "autoscaleConfiguration.maxCapacity"))
                            .value());
            if (wanted > most) {
                values.put("new-maximum-capacity", String.valueOf(wanted));
                values.put("new-minimum-capacity", String.valueOf(Math.max(least, (wanted + 1) / 2)));
            }
        } else if (scale.capacity().isPresent()) {
            values.put("scaling", v2 ? "fixed" : "v1");
            int now = scale.capacity().getAsInt();
            int wanted =
                    Math.min(v2 ? MOST_V2 : MOST_V1, Math.max(wanted(now, metrics, connections), v2 ? 0 : 2 * now));
            values.put(
                    "capacity-before",
                    new Options().with("--capacity", String.valueOf(now)).value());
            if (wanted > now) {
                values.put("new-gateway-capacity", String.valueOf(wanted));
            }
        }
        return values;
    }

    /** Half as many again at least: what is used up shows less load than there is. Of a v1 gateway only the CPU is known, so twice as many. */
    private static int wanted(int now, Optional<Metrics> metrics, double connections) {
        int more = (int) Math.ceil(now * 1.5);
        return Math.max(
                more,
                Math.max(
                        instances(metrics, "CapacityUnits", UNITS),
                        instances(metrics, "CurrentConnections", connections)));
    }

    private static int instances(Optional<Metrics> metrics, String metric, double each) {
        return metrics.stream()
                .flatMap(all -> all.of(metric))
                .map(Series::peak)
                .flatMap(peak -> peak.stream().boxed())
                .mapToInt(peak -> (int) Math.ceil(peak / each))
                .max()
                .orElse(0);
    }
}
