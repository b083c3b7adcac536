package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Diagnosis.Minute;
import dev.triage502.diagnosis.RequestTimeline.HealthPoint;
import dev.triage502.diagnosis.RequestTimeline.PoolMinutes;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Point;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MeasuredMinutesTest {

    private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");
    private static final Incident INCIDENT = Incident.between(
            ResourceId.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw"),
            START,
            START.plusSeconds(600));

    private static Series series(String metric, Map<String, String> dimensions, double... values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(new Point(
                    START.plusSeconds(i * 60L),
                    OptionalDouble.of(values[i]),
                    OptionalDouble.empty(),
                    OptionalDouble.empty()));
        }
        return new Series(metric, dimensions, points);
    }

    private static Series status(String metric, String group, double... values) {
        return series(metric, Map.of("httpstatusgroup", group), values);
    }

    private static Series hosts(String metric, String place, double... values) {
        return series(metric, Map.of("backendsettingspool", place), values);
    }

    private static MeasuredMinutes minutes(Series... series) {
        return new MeasuredMinutes(new Metrics(List.of(series)), INCIDENT);
    }

    @Test
    void whatTheBackendsDidNotReturnTheGatewayMade() {
        assertThat(minutes(
                                status("ResponseStatus", "2xx", 40, 10),
                                status("ResponseStatus", "5xx", 0, 30),
                                status("BackendResponseStatus", "5xx", 0, 4))
                        .requests())
                .containsExactly(
                        new Minute(START, 40, 0, 0, OptionalDouble.empty()),
                        new Minute(START.plusSeconds(60), 40, 26, 4, OptionalDouble.empty()));
    }

    /** Without the backends' responses nobody knows who made the failures. */
    @Test
    void withoutTheBackendsResponsesNothingIsSaid() {
        assertThat(minutes(status("ResponseStatus", "5xx", 30)).requests()).isEmpty();
    }

    @Test
    void thePoolAtFaultComesFirstAndItsWorstSettingCounts() {
        assertThat(minutes(
                                hosts("HealthyHostCount", "pool-a~set", 2, 2),
                                hosts("HealthyHostCount", "pool-web~set-1", 2, 2),
                                hosts("HealthyHostCount", "pool-web~set-2", 2, 0),
                                hosts("UnhealthyHostCount", "pool-web~set-2", 0, 2))
                        .pools("pool-web"))
                .containsExactly(
                        new PoolMinutes(
                                "pool-web",
                                List.of(new HealthPoint(START, 2, 0), new HealthPoint(START.plusSeconds(60), 0, 2))),
                        new PoolMinutes(
                                "pool-a",
                                List.of(new HealthPoint(START, 2, 0), new HealthPoint(START.plusSeconds(60), 2, 0))));
    }
}
