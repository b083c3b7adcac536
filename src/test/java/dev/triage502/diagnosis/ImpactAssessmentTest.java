package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.diagnosis.Diagnosis.Impact.Count;
import dev.triage502.diagnosis.Diagnosis.Impact.HostImpact;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.PoolHealth;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
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
            assertThat(impact.count().failed()).isEqualTo(16);
            assertThat(impact.count().total()).isEqualTo(16);
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
            assertThat(impact.count().failed()).isEqualTo(7);
            assertThat(impact.count().total()).isEqualTo(277);
            assertThat(impact.since()).contains(Scene.AT.minusSeconds(2 * 60));
            assertThat(impact.until()).contains(Scene.AT.minusSeconds(60));
            assertThat(impact.listeners()).isEmpty();
        });
    }

    /** {@code TotalRequests} counts successful requests only. */
    @Test
    void theSuccessfulRequestsAreNoBase() {
        Scene scene = Scene.web()
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), 0, 20, 30)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=4xx"), 10, 0, 0)
                .metric("TotalRequests", "total", List.of(), 40, 1, 0);

        assertThat(impact(scene).orElseThrow().count())
                .isEqualTo(new Count(50, 60, Source.METRICS, Optional.empty(), Optional.empty()));
    }

    @Test
    void aLongTimeWithoutARequestIsKnownFromItsLastOne() {
        assertThat(impact(Scene.web().served(40, 60, "10.0.2.4").served(12, 6, "10.0.2.4"))
                        .orElseThrow()
                        .count()
                        .quietSince())
                .contains(Scene.AT.minusSeconds(12 * 60));
        assertThat(impact(Scene.web().served(9, 60, "10.0.2.4"))
                        .orElseThrow()
                        .count()
                        .quietSince())
                .isEmpty();
    }

    @Test
    void metricsThatEndAreNotTakenForSilence() {
        Scene silent = Scene.web()
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 9, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Scene flowing = Scene.web().metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 9, 8, 0, 0, 0, 7);

        assertThat(impact(silent).orElseThrow().count().quietSince()).contains(Scene.AT.minusSeconds(11 * 60));
        assertThat(impact(flowing).orElseThrow().count().quietSince()).isEmpty();
    }

    @Test
    void theMetricsCountWhereTheLogEndsBeforeTheFailures() {
        Scene scene = Scene.web()
                .served(20, 60, "10.0.2.4")
                .failed(17, 3, 502, "", "10.0.2.4", 1)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), 3, 0, 0, 40, 50, 60)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 60, 9, 9, 9, 9, 9);

        assertThat(impact(scene)).get().satisfies(impact -> {
            assertThat(impact.count())
                    .isEqualTo(new Count(
                            153, 258, Source.METRICS, Optional.of(Scene.AT.minusSeconds(17 * 60)), Optional.empty()));
            assertThat(impact.until()).as("by the metrics, which go on").contains(Scene.AT.minusSeconds(60));
            assertThat(impact.byHost())
                    .as("by the log")
                    .extracting(HostImpact::failed)
                    .containsExactly(3L);
        });
    }

    @Test
    void nobodyIsSaidToBeSparedByALogThatEndsBeforeTheFailures() {
        Scene late = Scene.web()
                .requests(20, 40, 200, backend("b.example.com", "200"))
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), 40, 50, 60)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 9, 9, 9);

        assertThat(impact(late)).get().satisfies(impact -> {
            assertThat(impact.count().logEnds()).isPresent();
            assertThat(impact.notAffected()).isEmpty();
        });
    }

    @Test
    void theLogCountsWhereItIsAsNewAsTheMetricsOrTheyCountLess() {
        Scene upToDate = Scene.web()
                .failed(1, 30, 502, "", "10.0.2.4", 1)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), 70, 0);
        Scene fewer = Scene.web()
                .failed(17, 30, 502, "", "10.0.2.4", 1)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), 0, 1, 1);

        assertThat(impact(upToDate).orElseThrow().count())
                .isEqualTo(new Count(30, 30, Source.ACCESS_LOG, Optional.empty(), Optional.empty()));
        assertThat(impact(fewer).orElseThrow().count())
                .isEqualTo(new Count(
                        30, 30, Source.ACCESS_LOG, Optional.of(Scene.AT.minusSeconds(17 * 60)), Optional.empty()));
    }

    @Test
    void eachHostIsCountedWithItsOwnTimeAndThoseThatAreServedAreNamed() {
        Scene scene = Scene.web()
                .requests(30, 5, 500, backend("a.example.com", "500"))
                .requests(21, 2, 502, backend("A.example.com", "502"))
                .requests(20, 40, 200, backend("a.example.com", "200"))
                .requests(10, 90, 200, backend("b.example.com", "200"))
                .requests(9, 1, 404, backend("c.example.com", "404"));

        assertThat(impact(scene)).get().satisfies(impact -> {
            assertThat(impact.byHost())
                    .containsExactly(new HostImpact(
                            "a.example.com",
                            7,
                            47,
                            Scene.AT.minusSeconds(30 * 60),
                            Scene.AT.minusSeconds(20 * 60),
                            OptionalLong.empty()));
            assertThat(impact.notAffected()).containsExactly("b.example.com", "c.example.com");
        });
    }

    /** What was counted over all requests is whole; rows are the most frequent ones. */
    @Test
    void theSeriesByHostGoesBeforeTheRows() {
        String at = Scene.AT.minusSeconds(600).toString();
        String point =
                "{'TimeGenerated':'" + at + "','Host':'%s','Requests':%d,'FailedByGateway':%d,'FailedByBackend':%d}";
        Scene scene = Scene.web()
                .document(
                        Source.ACCESS_LOG,
                        "{'value':[{'TimeGenerated':'" + at + "','HttpStatus':502,'OriginalHost':'a.example.com'}],"
                                + "'minutes':[" + String.format(point, "a.example.com", 50, 4, 3) + ","
                                + String.format(point, "b.example.com", 60, 0, 0) + ","
                                + String.format(point, "*", 70, 1, 0) + "]}");

        assertThat(impact(scene)).get().satisfies(impact -> {
            assertThat(impact.count().failed()).isEqualTo(8);
            assertThat(impact.count().total()).isEqualTo(180);
            assertThat(impact.byHost()).extracting(HostImpact::host).containsExactly("a.example.com");
            assertThat(impact.notAffected()).containsExactly("b.example.com");
        });
    }

    /** What happened before the first failure says nothing of how bad it is now. */
    @Test
    void theRequestsSinceTheFirstFailureAreCountedByMinute() {
        String early = Scene.AT.minusSeconds(1200).toString();
        String late = Scene.AT.minusSeconds(600).toString();
        String point =
                "{'TimeGenerated':'%s','Host':'a.example.com','Requests':%d,'FailedByGateway':%d,'FailedByBackend':0}";
        Scene scene = Scene.web()
                .document(
                        Source.ACCESS_LOG,
                        "{'value':[{'TimeGenerated':'" + late + "','HttpStatus':502,'OriginalHost':'a.example.com'}],"
                                + "'minutes':[" + String.format(point, early, 90, 0) + ","
                                + String.format(point, late, 10, 10) + "]}");

        assertThat(impact(scene).orElseThrow().byHost()).singleElement().satisfies(host -> {
            assertThat(host.total()).isEqualTo(100);
            assertThat(host.totalSince()).hasValue(10);
        });
    }

    private static String backend(String host, String status) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','OriginalHost':'" + host
                + "','ServerRouted':'10.0.2.4:80','ServerStatus':'" + status + "','ErrorInfo':'ERRORINFO_NO_ERROR'}";
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

    private static Scene oneOfTwo() {
        return Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Healthy", "Success")
                .health("pool-web", "set-web", "10.0.2.5", "Unhealthy", Scene.TIMED_OUT);
    }

    private static NamedCause cause(Target... target) {
        return new NamedCause(
                "backend-pool-empty",
                Optional.empty(),
                Optional.empty(),
                Stream.of(target).findFirst(),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of());
    }

    @Test
    void thePoolAtFaultIsToldWithHowManyOfItsServersAreHealthy() {
        NamedCause pool = cause(Target.server("10.0.2.5", "pool-web"));

        assertThat(ImpactAssessment.ofPool(oneOfTwo().evidence(), pool)).contains(new PoolHealth("pool-web", 1, 2));
        assertThat(ImpactAssessment.ofPool(oneOfTwo().evidence(), cause(Target.server("10.0.2.5", "pool-other"))))
                .isEmpty();
        assertThat(ImpactAssessment.ofPool(oneOfTwo().evidence(), cause())).isEmpty();
    }

    @Test
    void aServerIsHealthyIfItIsThroughEverySetting() {
        Scene twice = oneOfTwo().health("pool-web", "set-api", "10.0.2.4", "Unhealthy", Scene.TIMED_OUT);

        assertThat(ImpactAssessment.ofEachPool(twice.evidence())).containsExactly(new PoolHealth("pool-web", 0, 2));
    }

    @Test
    void eachPoolIsCountedByItself() {
        Scene scene = oneOfTwo().health("pool-api", "set-web", "10.0.3.4", "Healthy", "Success");

        assertThat(ImpactAssessment.ofEachPool(scene.evidence()))
                .containsExactlyInAnyOrder(new PoolHealth("pool-web", 1, 2), new PoolHealth("pool-api", 1, 1));
    }

    @Test
    void aPoolWithAServerOfUnknownHealthIsNotCounted() {
        Scene scene = oneOfTwo().health("pool-api", "set-web", "10.0.3.4", "Unknown", "");

        assertThat(ImpactAssessment.ofEachPool(scene.evidence())).containsExactly(new PoolHealth("pool-web", 1, 2));
    }
}
