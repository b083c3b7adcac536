package dev.triage502.analysis.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether there is something to explain, since when, and whether it is over. */
class RequestOutcomesTest {

    private static final String NO_LIVE = "ERRORINFO_UPSTREAM_NO_LIVE";

    @Test
    void tenQuietMinutesWithServedRequestsAreARecovery() {
        assertThat(of(failedThenServed(10, 5)).hasRecovered()).isTrue();
        assertThat(of(failedThenServed(9, 5)).hasRecovered()).isFalse();
    }

    @Test
    void afterOneBurstFiveMinutesWithServedRequestsAreEnoughIfThatIsLongerThanItTook() {
        Scene burst = failedThenServed(8, 2).failed(11, 5, 502, NO_LIVE, "", 0);
        assertThat(of(burst).hasRecovered()).isTrue();

        assertThat(of(failedThenServed(8, 2)).hasRecovered()).as("one failure").isFalse();
        assertThat(of(failedThenServed(8, 4).failed(11, 5, 502, NO_LIVE, "", 0)).hasRecovered())
                .as("served for four minutes")
                .isFalse();
        assertThat(of(failedThenServed(8, 2).failed(15, 5, 502, NO_LIVE, "", 0)).hasRecovered())
                .as("it took seven minutes")
                .isFalse();
        assertThat(of(burst.served(10, 5, "10.0.2.4")).hasRecovered())
                .as("requests were served in between")
                .isFalse();
    }

    @Test
    void quietIsNoRecoveryWhereFailuresPausedForAsLongBefore() {
        Scene paused = failedThenServed(20, 5).failed(41, 3, 502, NO_LIVE, "", 0);

        assertThat(of(paused).hasRecovered()).isFalse();
        assertThat(of(failedThenServed(20, 5).failed(39, 3, 502, NO_LIVE, "", 0))
                        .hasRecovered())
                .isTrue();
    }

    @Test
    void aFailureThatLastedFillsThePauseAfterIt() {
        Scene scene = failedThenServed(20, 5)
                .requests(
                        45,
                        3,
                        502,
                        "{'BackendPoolName':'pool-web','ErrorInfo':'" + NO_LIVE + "','LastSeen':'"
                                + Scene.AT.minusSeconds(25 * 60) + "'}")
                .failed(44, 1, 502, NO_LIVE, "", 0);

        assertThat(of(scene).hasRecovered()).isTrue();
    }

    /** The gateway skips a server that stays silent; that its neighbour serves says nothing of it. */
    @Test
    void withoutHealthAServerThatFailedHasToBeSeenToServeAgain() {
        Scene scene = Scene.web()
                .failed(40, 5, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30)
                .served(5, 20, "10.0.2.5");

        assertThat(of(scene).hasRecovered()).isFalse();
        assertThat(of(scene.served(4, 20, "10.0.2.4")).hasRecovered()).isTrue();
    }

    @Test
    void requestsServedBeforeTheLastFailureAreNoRecovery() {
        assertThat(of(failedThenServed(20, 30)).hasRecovered()).isFalse();
    }

    @Test
    void metricsShowARecoveryOnlyWhereThereIsNoLogAndSomethingWasServed() {
        assertThat(of(measured(100, 100)).hasRecovered()).isTrue();
        assertThat(of(measured(100, 0)).hasRecovered()).isFalse();
        assertThat(of(measured(100, 100).failed(30, 1, 502, NO_LIVE, "", 0)).hasRecovered())
                .isFalse();
    }

    /** A refused client certificate, a WAF block, a redirect: the gateway answered before it tried a server. */
    @Test
    void requestsThatTheGatewayAnsweredItselfAskNoPool() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.CANNOT_CONNECT)
                .requests(5, 20, 400, "{'ErrorInfo':'ERRORINFO_HTTPS_NO_CERT','ListenerName':'lis-web'}");

        assertThat(of(scene).sawFailure()).isFalse();
        assertThat(of(scene.served(4, 20, "10.0.2.4")).sawFailure()).isTrue();
    }

    /** Rows of the last minutes may be on their way: what they would show is not known, so they do not count as quiet. */
    @Test
    void aLogThatEndsLongBeforeTheAlertIsQuietOnlyAsFarAsItGoes() {
        Scene late = Scene.web()
                .webHealth("Healthy", "Success")
                .served(60, 300, "10.0.2.4")
                .failed(24, 5, 502, NO_LIVE, "", 0)
                .served(22, 300, "10.0.2.4");

        assertThat(of(late).hasRecovered()).isFalse();
        assertThat(of(late.metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), minutes(50, 50)))
                        .hasRecovered())
                .as("a metric counts the requests since, and no failed one")
                .isTrue();
    }

    @Test
    void pausesBetweenFailuresAreMeasuredByMetricsWhereThereIsNoLog() {
        double[] errors = minutes(0, 0);
        errors[0] = 5;
        errors[20] = 5;
        errors[40] = 5;
        double[] once = minutes(0, 0);
        once[40] = 5;

        assertThat(of(erring(errors)).hasRecovered()).isFalse();
        assertThat(of(erring(once)).hasRecovered()).isTrue();
    }

    private static Scene erring(double... errors) {
        return Scene.web()
                .webHealth("Healthy", "Success")
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), errors)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), minutes(100, 100));
    }

    /** A session that is cut ends with status 101 and is no failed request: a count of those alone does not show it. */
    @Test
    void sessionsMayBeCutUnseenWhereOnlyFailedRequestsAreCounted() {
        Scene scene = Scene.web().metric("FailedRequests", "total", List.of(), 0, 0);

        assertThat(of(scene).maySessionsBeCutUnseen()).isTrue();
        assertThat(of(scene.metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 9, 9))
                        .maySessionsBeCutUnseen())
                .isFalse();
        assertThat(of(scene.metric("ResponseStatus", "total", List.of("httpstatusgroup=1xx"), 2, 0))
                        .maySessionsBeCutUnseen())
                .isTrue();
        assertThat(of(scene.served(3, 9, "10.0.2.4")).maySessionsBeCutUnseen()).isFalse();
    }

    @Test
    void errorsAreNotServedRequests() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .metric("FailedRequests", "total", List.of(), minutes(5, 0))
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), minutes(5, 0));

        assertThat(of(scene).sawFailure()).isTrue();
        assertThat(of(scene).hasRecovered()).isFalse();
    }

    @Test
    void failedRequestsAreAFailureByThemselves() {
        Scene scene = Scene.web().metric("FailedRequests", "total", List.of(), 0, 3, 0);

        assertThat(of(scene).sawFailure()).isTrue();
        assertThat(of(scene).onset()).contains(Scene.AT.minusSeconds(2 * 60));
        assertThat(of(scene).lastFailure()).contains(Scene.AT.minusSeconds(2 * 60));
        assertThat(of(scene).isCounted()).isFalse();
    }

    @Test
    void theLogTellsTheOnsetBeforeTheMetrics() {
        Scene scene =
                Scene.web().failed(1, 3, 502, NO_LIVE, "", 0).metric("FailedRequests", "total", List.of(), 5, 5, 5);

        assertThat(of(scene).onset()).contains(Scene.AT.minusSeconds(60));
    }

    @Test
    void nothingIsObservedWithoutACountOfRequests() {
        assertThat(of(Scene.web()).isObserved()).isFalse();
        assertThat(of(Scene.web().document(Source.ACCESS_LOG, "[]")).isObserved())
                .isFalse();
        assertThat(of(Scene.web().metric("CurrentConnections", "total", List.of(), 9))
                        .isObserved())
                .isFalse();
        assertThat(of(Scene.web().metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 9))
                        .isObserved())
                .isTrue();
        assertThat(of(Scene.web().served(3, 9, "10.0.2.4")).isObserved()).isTrue();
    }

    @Test
    void aPoolIsDownWhereNoneOfItsServersPassesThroughOneSetting() {
        Scene twoSettings = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.CANNOT_CONNECT)
                .health("pool-web", "set-web", "10.0.2.5", "Unhealthy", Scene.CANNOT_CONNECT)
                .health("pool-web", "set-other", "10.0.2.4", "Healthy", "Success");
        Scene oneOfTwo = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.CANNOT_CONNECT)
                .health("POOL-web", "Set-web", "10.0.2.5", "Healthy", "Success");

        assertThat(of(twoSettings).sawFailure()).isTrue();
        assertThat(of(oneOfTwo).sawFailure()).isFalse();
    }

    @Test
    void healthThatIsUnknownIsAFailureOnlyWhereNothingIsServed() {
        Scene unknown = Scene.web().webHealth("Unknown", Scene.NOT_RETRIEVED);

        assertThat(of(unknown).sawFailure()).isTrue();
        assertThat(of(unknown.served(3, 9, "10.0.2.4")).sawFailure()).isFalse();
        assertThat(of(unknown).needsExplaining()).isTrue();
    }

    @Test
    void silenceIsAFailureWhereConnectionsAreGoneAsWell() {
        Scene silent = Scene.web().served(25, 90, "10.0.2.4").webHealth("Healthy", "Success");

        assertThat(of(silent).sawFailure()).isFalse();
        assertThat(of(silent.metric("CurrentConnections", "total", List.of(), 9, 9, 1))
                        .sawFailure())
                .isFalse();
        assertThat(of(silent.metric("CurrentConnections", "total", List.of(), 9, 9, 0))
                        .sawFailure())
                .isTrue();
    }

    @Test
    void aGatewayThatNeverHadConnectionsDidNotFallSilent() {
        Scene scene = Scene.web().served(25, 90, "10.0.2.4").metric("CurrentConnections", "total", List.of(), 0, 0);

        assertThat(of(scene).sawFailure()).isFalse();
    }

    @Test
    void aLogThatIsAFewMinutesLateIsNotSilent() {
        Scene scene = Scene.web().served(10, 90, "10.0.2.4").metric("CurrentConnections", "total", List.of(), 9, 0);

        assertThat(of(scene).sawFailure()).isFalse();
    }

    @Test
    void aLogThatEndsLongBeforeTheAlertMayBeLateWhereRequestsCameSteadily() {
        Scene steady = Scene.web().served(60, 90, "10.0.2.4").served(25, 90, "10.0.2.4");

        assertThat(of(steady).endsEarly()).isTrue();
        assertThat(of(steady).needsExplaining()).isTrue();
        assertThat(of(steady.metric("TotalRequests", "total", List.of(), 9)).endsEarly())
                .as("a metric counts the requests since")
                .isFalse();
        assertThat(of(Scene.web().served(60, 1, "10.0.2.4").served(25, 1, "10.0.2.4"))
                        .endsEarly())
                .as("requests are rare")
                .isFalse();
        assertThat(of(Scene.web().served(60, 90, "10.0.2.4").served(9, 90, "10.0.2.4"))
                        .endsEarly())
                .as("a few minutes")
                .isFalse();
        assertThat(of(Scene.web().served(25, 90, "10.0.2.4")).endsEarly())
                .as("one moment has no rate")
                .isFalse();
    }

    @Test
    void withoutALogResponsesThatEndedShowTheSilence() {
        double[] ended = new double[30];
        java.util.Arrays.fill(ended, 0, 15, 9);
        double[] going = new double[30];
        java.util.Arrays.fill(going, 9);

        assertThat(of(silentBy(ended)).sawFailure()).isTrue();
        assertThat(of(silentBy(going)).sawFailure()).isFalse();
        assertThat(of(silentBy(new double[30])).sawFailure())
                .as("none ever came")
                .isFalse();
    }

    private static Scene silentBy(double... responses) {
        return Scene.web()
                .webHealth("Healthy", "Success")
                .metric("CurrentConnections", "total", List.of(), 9, 9, 0)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), responses);
    }

    @Test
    void aPoolWithNobodyLeftIsAFailureWhereRequestsAskForIt() {
        Scene counted = Scene.web()
                .pool("pool-api", "10.0.4.4", "10.0.4.5")
                .setting("set-api", "{'port':80,'protocol':'Http'}")
                .rule("rule-api", "pool-api", "set-api")
                .metric("HealthyHostCount", "average", List.of("backendsettingspool=pool-api~set-api"), 2, 0)
                .metric("UnhealthyHostCount", "average", List.of("backendsettingspool=pool-api~set-api"), 0, 2);

        assertThat(of(counted).sawFailure()).as("no log tells").isTrue();
        assertThat(of(counted.served(3, 9, "10.0.2.4")).sawFailure())
                .as("requests go to another pool")
                .isFalse();
    }

    @Test
    void countsFailingRequestsOnceHoweverManyTargetsTheyWentBy() {
        RequestOutcomes traffic = of(Scene.web().failed(5, 4, 502, "", "10.0.2.4", 1));

        assertThat(traffic.failedBy(
                        List.of(Target.of(Kind.POOL, "pool-web", ""), Target.server("10.0.2.4", "pool-web"))))
                .isEqualTo(4);
        assertThat(traffic.failedBy(List.of(Target.server("10.0.2.5", "pool-web"))))
                .isZero();
    }

    private static RequestOutcomes of(Scene scene) {
        return new RequestOutcomes(scene.evidence());
    }

    private static Scene failedThenServed(int failed, int served) {
        return Scene.web()
                .webHealth("Healthy", "Success")
                .failed(failed, 40, 502, NO_LIVE, "", 0)
                .served(served, 100, "10.0.2.4");
    }

    /** Errors in the first minutes of an hour, and what was served before and since. */
    private static Scene measured(double before, double since) {
        double[] served = new double[60];
        for (int minute = 0; minute < 60; minute++) {
            served[minute] = minute < 10 ? before : since;
        }
        return Scene.web()
                .webHealth("Healthy", "Success")
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), minutes(5, 0))
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), served);
    }

    private static double[] minutes(double first, double then) {
        double[] values = new double[60];
        for (int minute = 0; minute < 60; minute++) {
            values[minute] = minute < 10 ? first : then;
        }
        return values;
    }
}
