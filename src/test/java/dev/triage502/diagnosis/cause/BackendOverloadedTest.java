package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendOverloadedTest {

    private static Scene failing() {
        return Scene.web().failed(8, 60, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30);
    }

    @Test
    void shownByResponseTimesThatRoseWithTheLoadBeforeRequestsFailed() {
        Scene scene = failing()
                .metric(
                        "BackendFirstByteResponseTime",
                        "average",
                        List.of("backendpool=pool-web"),
                        RequestTimeoutTest.ramp(120, 8000))
                .metric("CurrentConnections", "total", List.of(), RequestTimeoutTest.ramp(200, 1500));

        assertThat(Judging.of(new BackendOverloaded(), scene)
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .text())
                .contains(
                        "BackendFirstByteResponseTime of pool-web rose from 120 ms",
                        "CurrentConnections rose from 200");
    }

    /** A load is of all requests; that one path alone fails speaks for something that this path does. */
    @Test
    void lessSureWhereOnlyOnePathFails() {
        String other = "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                + "'ServerStatus':'200','RequestUri':'/shelf','TimeTaken':2,'ServerResponseLatency':'2'}";
        Scene scene = Scene.web();
        for (int i = 0; i < 60; i++) {
            scene.failed(8 - i / 20, 1, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30)
                    .requests(7, 1, 200, other)
                    .requests(7, 1, 200, other.replace("/shelf", "/"));
        }
        scene.metric(
                        "BackendFirstByteResponseTime",
                        "average",
                        List.of("backendpool=pool-web"),
                        RequestTimeoutTest.ramp(120, 8000))
                .metric("CurrentConnections", "total", List.of(), RequestTimeoutTest.ramp(200, 1500));

        Judging.of(new BackendOverloaded(), scene).isShown(Confidence.LIKELY);
    }

    @Test
    void onlyPossibleWhenTimesRoseAndTheLoadDidNot() {
        Scene scene = failing()
                .metric(
                        "BackendFirstByteResponseTime",
                        "average",
                        List.of("backendpool=pool-web"),
                        RequestTimeoutTest.ramp(120, 8000))
                .metric("TotalRequests", "total", List.of(), RequestTimeoutTest.ramp(300, 310));

        Judging.of(new BackendOverloaded(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void onlyPossibleWhenAFewRequestsAMinuteVaryAsTheyAlwaysDo() {
        double[] few = new double[60];
        for (int minute = 0; minute < 60; minute++) {
            few[minute] = new double[] {10, 7, 16, 9, 11, 5, 17, 8, 12}[minute % 9];
        }
        few[47] = 18;
        Scene scene = failing()
                .metric(
                        "BackendFirstByteResponseTime",
                        "average",
                        List.of("backendpool=pool-web"),
                        RequestTimeoutTest.ramp(120, 8000))
                .metric("TotalRequests", "total", List.of(), few);

        Judging.of(new BackendOverloaded(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void likelyWhenTheLogAgreesWithTheMetrics() {
        Scene scene = failing()
                .metric(
                        "BackendFirstByteResponseTime",
                        "average",
                        List.of("backendpool=pool-web"),
                        RequestTimeoutTest.ramp(120, 8000));
        for (int minute = 50; minute > 9; minute -= 5) {
            String latency = minute > 30 ? "0.1" : "6.5";
            scene.requests(
                    minute,
                    20,
                    200,
                    "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                            + "'ServerStatus':'200','ServerResponseLatency':'" + latency + "','TimeTaken':" + latency
                            + "}");
        }

        Judging.of(new BackendOverloaded(), scene).isShown(Confidence.LIKELY);
    }

    /** The metric is of the pool, the log's rows are of its setting: the one opposes the other all the same. */
    @Test
    void notShownByMetricsWhereThePoolAnsweredAllElseAsFastAsEver() {
        Scene scene = failing()
                .metric(
                        "BackendFirstByteResponseTime",
                        "average",
                        List.of("backendpool=pool-web"),
                        RequestTimeoutTest.ramp(120, 8000));
        for (int minute = 8; minute > 1; minute--) {
            scene.requests(
                    minute,
                    20,
                    200,
                    "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                            + "'ServerStatus':'200','ServerResponseLatency':'0.1','TimeTaken':0.1}");
        }

        Judging.of(new BackendOverloaded(), scene).isNotShown();
    }

    @Test
    void notShownWhenResponseTimesStayedFlat() {
        Scene scene = failing()
                .metric(
                        "BackendFirstByteResponseTime",
                        "average",
                        List.of("backendpool=pool-web"),
                        RequestTimeoutTest.ramp(120, 130))
                .metric("TotalRequests", "total", List.of(), RequestTimeoutTest.ramp(300, 3000));

        Judging.of(new BackendOverloaded(), scene).isNotShown();
    }

    @Test
    void notShownByARiseThatNobodySuffersFrom() {
        Scene scene = Scene.web()
                .served(10, 100, "10.0.2.4")
                .metric(
                        "BackendFirstByteResponseTime",
                        "average",
                        List.of("backendpool=pool-web"),
                        RequestTimeoutTest.ramp(120, 8000))
                .metric("TotalRequests", "total", List.of(), RequestTimeoutTest.ramp(300, 3000));

        Judging.of(new BackendOverloaded(), scene).isNotShown();
    }

    /** Without a log nothing else tells; a backend is not overloaded by a load that it has always had. */
    @Test
    void notShownWithoutALogWhereTheLoadStayedAsItWas() {
        Scene scene = Scene.web()
                .metric("FailedRequests", "total", List.of(), 0, 3, 1, 2, 0, 3)
                .metric("TotalRequests", "total", List.of(), 210, 205, 199, 220, 214, 208);

        assertThat(Judging.of(new BackendOverloaded(), scene)
                        .isNotShown()
                        .get(0)
                        .text())
                .contains("the load (TotalRequests) did not rise");
    }

    @Test
    void cannotTellWithoutALogWhereTheLoadRose() {
        Scene scene = Scene.web()
                .metric("FailedRequests", "total", List.of(), 0, 3, 1, 2, 0, 3)
                .metric("TotalRequests", "total", List.of(), RequestTimeoutTest.ramp(300, 3000));

        Judging.of(new BackendOverloaded(), scene).cannotTellWithout(Source.ACCESS_LOG);
    }

    @Test
    void cannotTellWithoutLogAndMetrics() {
        Judging.of(new BackendOverloaded(), Scene.unread()).cannotTellWithout(Source.ACCESS_LOG, Source.METRICS);
    }
}
