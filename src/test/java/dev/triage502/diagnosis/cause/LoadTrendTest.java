package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.analysis.traffic.LoadTrend;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Target.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Response times and load, one value a minute for half an hour; requests begin to fail ten minutes before the end. */
class LoadTrendTest {

    private static final List<String> OF_WEB = List.of("backendpool=pool-web");

    @ParameterizedTest
    @CsvSource({
        "200,600,true",
        "200,599,false",
        "100,500,false",
        "100,501,true",
    })
    void timesRoseWhereTheyTrebledAndSomebodyWaits(double calm, double slow, boolean rose) {
        Scene scene =
                failing(10, "pool-web").metric("BackendFirstByteResponseTime", "average", OF_WEB, step(calm, slow, 15));

        assertThat(slowed(scene)).hasSize(rose ? 1 : 0);
    }

    @Test
    void timesThatRoseAfterRequestsFailedAreNoReasonForIt() {
        Scene scene =
                failing(20, "pool-web").metric("BackendFirstByteResponseTime", "average", OF_WEB, step(100, 9000, 12));

        assertThat(risen(scene.metric("TotalRequests", "total", List.of(), step(100, 900, 25))))
                .isEmpty();
    }

    @Test
    void aPoolIsJudgedByTheTimeWhenItsOwnRequestsFailed() {
        Scene scene = failing(5, "pool-web")
                .requests(25, 9, 502, "{'BackendPoolName':'pool-other','ErrorInfo':'ERRORINFO_UPSTREAM_TIMED_OUT'}")
                .metric("BackendFirstByteResponseTime", "average", OF_WEB, step(100, 9000, 9))
                .metric("TotalRequests", "total", List.of(), step(100, 900, 12));

        assertThat(risen(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.target().kind()).isEqualTo(Kind.POOL);
            assertThat(finding.target().name()).isEqualTo("pool-web");
            assertThat(finding.text())
                    .isEqualTo("BackendFirstByteResponseTime of pool-web rose from 100 ms to 9.0 s while TotalRequests"
                            + " rose from 100 to 900");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "100,150,true",
        "100,149,false",
        "0,1,true",
    })
    void theLoadRoseWhereItGrewByHalf(double calm, double more, boolean rose) {
        Scene scene = failing(10, "pool-web")
                .metric("BackendFirstByteResponseTime", "average", OF_WEB, step(100, 9000, 15))
                .metric("TotalRequests", "total", List.of(), step(calm, more, 15));

        assertThat(risen(scene)).hasSize(rose ? 1 : 0);
    }

    @Test
    void aLoadThatRoseForTwoMinutesOnlyDidNotRise() {
        double[] spike = step(100, 100, 15);
        spike[16] = 160;
        spike[17] = 160;

        assertThat(risen(failing(10, "pool-web")
                        .metric("BackendFirstByteResponseTime", "average", OF_WEB, step(100, 9000, 15))
                        .metric("TotalRequests", "total", List.of(), spike)))
                .isEmpty();
    }

    @Test
    void aLoadThatIsHighInThreeMinutesOfFiveRose() {
        double[] load = step(100, 100, 15);
        load[15] = 160;
        load[17] = 170;
        load[18] = 180;

        assertThat(risen(failing(10, "pool-web")
                        .metric("BackendFirstByteResponseTime", "average", OF_WEB, step(100, 9000, 15))
                        .metric("TotalRequests", "total", List.of(), load)))
                .hasSize(1);
    }

    @Test
    void aMetricThatIsNotSplitSpeaksOfTheOnlyPoolWhoseRequestsFail() {
        assertThat(slowed(failing(10, "pool-web")
                        .metric("BackendLastByteResponseTime", "average", List.of(), step(100, 9000, 15))))
                .extracting(finding -> finding.target().name())
                .containsExactly("pool-web");
        assertThat(slowed(failing(10, "pool-web")
                        .requests(9, 3, 502, "{'BackendPoolName':'pool-api'}")
                        .metric("BackendLastByteResponseTime", "average", List.of(), step(100, 9000, 15))))
                .extracting(finding -> finding.target().kind())
                .containsExactly(Kind.GATEWAY);
    }

    @Test
    void threePointsTellNothing() {
        Scene scene = failing(1, "pool-web").metric("BackendFirstByteResponseTime", "average", OF_WEB, 100, 100, 9000);

        assertThat(slowed(scene)).isEmpty();
        assertThat(slowed(failing(1, "pool-web")
                        .metric("BackendFirstByteResponseTime", "average", OF_WEB, 100, 100, 100, 9000)))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0.4,1.3,3,true",
        "0.4,1.1,3,false",
        "0.1,1.0,3,false",
        "0.4,1.3,2,false",
    })
    void theLogAloneShowsAnswersThatTrebledAndTookMoreThanASecond(
            String before, String after, int requests, boolean rose) {
        Scene scene = failing(10, "pool-web");
        for (int minute = 28; minute > 10; minute--) {
            boolean early = minute > 18;
            boolean counted = early ? minute == 28 : minute == 11;
            if (counted) {
                scene.requests(
                        minute,
                        requests,
                        200,
                        "{'BackendPoolName':'pool-web','ServerRouted':'10.0.2.4:80','ServerStatus':'200',"
                                + "'ServerResponseLatency':'" + (early ? before : after) + "'}");
            }
        }

        assertThat(LoadTrend.slowed(log(scene.evidence()))).hasSize(rose ? 1 : 0);
    }

    /** Servers at their limit are slow for all: a path that takes longer by itself is slow alone. */
    @ParameterizedTest
    @CsvSource({
        "0.05,0.05,false",
        "0.05,0.07,false",
        "0.05,0.08,true",
        "0.4,0.55,true",
    })
    void aPathThatIsSlowWhileOthersAreAsFastAsBeforeIsNoLoad(String before, String after, boolean rose) {
        Scene scene = Scene.web()
                .requests(
                        10,
                        60,
                        504,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ErrorInfo':'ERRORINFO_UPSTREAM_TIMED_OUT','RequestUri':'/draft','TimeTaken':30}");
        served(scene, 28, "/draft", "4");
        served(scene, 28, "/*", before);
        served(scene, 11, "/draft", "21");
        served(scene, 11, "/*", after);

        assertThat(LoadTrend.slowed(log(scene.evidence()))).hasSize(rose ? 1 : 0);
    }

    private static void served(Scene scene, int minutesBefore, String path, String seconds) {
        scene.requests(
                minutesBefore,
                20,
                200,
                "{'BackendPoolName':'pool-web','ServerRouted':'10.0.2.4:80','ServerStatus':'200','RequestUri':'" + path
                        + "','ServerResponseLatency':'" + seconds + "'}");
    }

    private static List<Finding> slowed(Scene scene) {
        Evidence evidence = scene.evidence();
        return LoadTrend.slowed(metrics(evidence), log(evidence).onset().orElseThrow(), evidence)
                .toList();
    }

    private static List<Finding> risen(Scene scene) {
        Evidence evidence = scene.evidence();
        return LoadTrend.risen(log(evidence), metrics(evidence), evidence).toList();
    }

    private static AccessLog log(Evidence evidence) {
        return evidence.accessLog().toOptional().orElseThrow();
    }

    private static Metrics metrics(Evidence evidence) {
        return evidence.metrics().toOptional().orElseThrow();
    }

    private static Scene failing(int minutesBefore, String pool) {
        return Scene.web()
                .requests(
                        minutesBefore,
                        60,
                        504,
                        "{'BackendPoolName':'" + pool + "','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ErrorInfo':'ERRORINFO_UPSTREAM_TIMED_OUT','TimeTaken':30}");
    }

    /** Half an hour of one value, and of another in the last minutes. */
    private static double[] step(double first, double then, int lastMinutes) {
        double[] values = new double[30];
        Arrays.fill(values, first);
        Arrays.fill(values, 30 - lastMinutes, 30, then);
        return values;
    }
}
