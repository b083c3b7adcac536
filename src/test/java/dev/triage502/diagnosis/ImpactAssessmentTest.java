package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImpactAssessmentTest {

    @Test
    void whatIsHurtMostComesFirst() {
        Scene scene = Scene.web()
                .failed(9, 3, 502, "", "10.0.2.4", 1)
                .failed(5, 4, 502, "", "10.0.2.5", 1)
                .requests(3, 2, 502, "{'ListenerName':'lis-b','Host':'b.example.com','ServerRouted':'10.0.2.4:80'}")
                .requests(2, 7, 502, "{'ListenerName':'lis-a','OriginalHost':'a.example.com','Host':'x'}");

        assertThat(impact(scene)).get().satisfies(impact -> {
            assertThat(impact.failed()).isEqualTo(16);
            assertThat(impact.total()).isEqualTo(16);
            assertThat(impact.listeners()).containsExactly("lis-a", "lis-rule-web", "lis-b");
            assertThat(impact.hosts()).containsExactly("a.example.com", "www.example.com", "b.example.com");
            assertThat(impact.servers()).containsExactly("10.0.2.4", "10.0.2.5");
            assertThat(impact.since()).contains(Scene.AT.minusSeconds(9 * 60));
            assertThat(impact.until()).contains(Scene.AT.minusSeconds(2 * 60));
        });
    }

    @Test
    void amongEqualsTheOrderIsThatOfTheNames() {
        Scene scene = Scene.web().failed(9, 3, 502, "", "10.0.2.5", 1).failed(5, 3, 502, "", "10.0.2.4", 1);

        assertThat(impact(scene).orElseThrow().servers()).containsExactly("10.0.2.4", "10.0.2.5");
    }

    @Test
    void theMetricsCountWhereThereIsNoLog() {
        Scene scene = Scene.web()
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), 0, 2, 5)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 100, 90, 80);

        assertThat(impact(scene)).get().satisfies(impact -> {
            assertThat(impact.failed()).isEqualTo(7);
            assertThat(impact.total()).isEqualTo(277);
            assertThat(impact.since()).contains(Scene.AT.minusSeconds(2 * 60));
            assertThat(impact.until()).contains(Scene.AT.minusSeconds(60));
            assertThat(impact.listeners()).isEmpty();
        });
    }

    @Test
    void aLogWithoutRowsCountsNothing() {
        assertThat(impact(Scene.web().document(Source.ACCESS_LOG, "[]"))).isEmpty();
    }

    @Test
    void metricsThatDoNotCountAnswersSayNothing() {
        assertThat(impact(Scene.web().metric("CurrentConnections", "total", List.of(), 3)))
                .isEmpty();
    }

    private static Optional<Impact> impact(Scene scene) {
        return ImpactAssessment.of(scene.evidence(), new RequestOutcomes(scene.evidence()));
    }
}
