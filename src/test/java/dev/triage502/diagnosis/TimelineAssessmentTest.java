package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Diagnosis.Minute;
import dev.triage502.diagnosis.Diagnosis.PoolHealth;
import dev.triage502.diagnosis.RequestTimeline.PoolMinutes;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests minute by minute, beside how many servers were healthy. */
class TimelineAssessmentTest {

    private static final String AT = Scene.AT.minusSeconds(600).toString();

    private static Scene measured() {
        return Scene.web()
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 40, 10)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), 0, 30)
                .metric("BackendResponseStatus", "total", List.of("httpstatusgroup=5xx"), 0, 4)
                .metric("HealthyHostCount", "average", List.of("backendsettingspool=pool-a~set-a"), 1, 1)
                .metric("UnhealthyHostCount", "average", List.of("backendsettingspool=pool-a~set-a"), 0, 1)
                .metric("HealthyHostCount", "average", List.of("backendsettingspool=pool-web~set-web"), 2, 0)
                .metric("UnhealthyHostCount", "average", List.of("backendsettingspool=pool-web~set-web"), 0, 2);
    }

    private static Scene logged(Scene scene) {
        return scene.document(
                Source.ACCESS_LOG,
                "{'value':[{'TimeGenerated':'" + AT + "','HttpStatus':502,'OriginalHost':'a.example'}],'minutes':["
                        + "{'TimeGenerated':'" + AT + "','Host':'a.example','Requests':50,'FailedByGateway':4,"
                        + "'FailedByBackend':3}]}");
    }

    private static Optional<RequestPath> path(Scene scene) {
        return PathScenes.path(scene, PathScenes.confirmed("backend-not-listening", PathScenes.FOUR), Optional.empty());
    }

    private static Optional<RequestTimeline> timeline(Scene scene, Optional<PoolHealth> health) {
        return TimelineAssessment.of(scene.evidence(), path(scene), health);
    }

    @Test
    void theMetricsCountWhereTheLogWasNotCountedByMinutes() {
        RequestTimeline timeline = timeline(measured(), Optional.empty()).orElseThrow();

        assertThat(timeline.countedBy()).isEqualTo(Source.METRICS);
        assertThat(timeline.minutes()).extracting(Minute::failedByGateway).containsExactly(0L, 26L);
        assertThat(timeline.timeoutSeconds()).as("of the setting on the path").hasValue(30);
    }

    @Test
    void theLogCountsBeforeTheMetrics() {
        RequestTimeline timeline =
                timeline(logged(measured()), Optional.empty()).orElseThrow();

        assertThat(timeline.countedBy()).isEqualTo(Source.ACCESS_LOG);
        assertThat(timeline.minutes()).extracting(Minute::requests).containsExactly(50L);
        assertThat(timeline.pools()).as("only the metrics have them").isNotEmpty();
    }

    @Test
    void thePoolAtFaultComesFirst() {
        assertThat(timeline(measured(), Optional.of(new PoolHealth("pool-a", 1, 2)))
                        .orElseThrow()
                        .pools())
                .extracting(PoolMinutes::pool)
                .startsWith("pool-a");
        assertThat(timeline(measured(), Optional.empty()).orElseThrow().pools())
                .as("else the one on the path")
                .extracting(PoolMinutes::pool)
                .startsWith("pool-web");
    }

    @Test
    void withoutMetricsTheMinutesOfTheLogStandAlone() {
        assertThat(timeline(logged(Scene.web()), Optional.empty()).orElseThrow().pools())
                .isEmpty();
        assertThat(TimelineAssessment.of(logged(Scene.web()).evidence(), Optional.empty(), Optional.empty())
                        .orElseThrow()
                        .timeoutSeconds())
                .as("no path tells the setting")
                .isEmpty();
    }

    @Test
    void whereNobodyCountedByMinutesThereIsNoTimeline() {
        assertThat(timeline(Scene.web(), Optional.empty())).isEmpty();
        assertThat(timeline(Scene.web().served(5, 3, "10.0.2.4"), Optional.empty()))
                .isEmpty();
    }
}
