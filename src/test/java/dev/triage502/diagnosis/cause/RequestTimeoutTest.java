package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.Situation;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTimeoutTest {

    private static Scene slow(double seconds) {
        return Scene.web().failed(10, 6, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", seconds);
    }

    @Test
    void shownByRequestsThatEndWhenTheSettingsTimeIsOver() {
        List<Finding> findings = Judging.of(new RequestTimeout(), slow(30.02).served(8, 50, "10.0.2.4"))
                .isShown(Confidence.CONFIRMED);

        assertThat(findings.get(0).text())
                .contains("6 requests to 10.0.2.4", "30.0 s", "the request timeout of set-web is 30 s");
        assertThat(findings.get(0).values()).containsEntry("limit", "30");
    }

    @Test
    void shownByTwiceTheTimeWhereASecondMemberWasTried() {
        Judging.of(new RequestTimeout(), slow(60.1).served(8, 50, "10.0.2.4")).isShown(Confidence.CONFIRMED);
    }

    @Test
    void ofMembersByNameAllHaveToPassTheirProbe() {
        Judging.of(new RequestTimeout(), named("Healthy")).isShown(Confidence.CONFIRMED);
        Judging.of(new RequestTimeout(), named("Unhealthy")).isNotShown();
    }

    /** Two members by name, of which one is healthy, and requests that waited for an address. */
    private static Scene named(String other) {
        return Scene.v2()
                .shop("'requestTimeout':30", "'path':'/'", "one.internal", "two.internal")
                .health("pool-shop", "set-shop", "one.internal", "Healthy", "")
                .health("pool-shop", "set-shop", "two.internal", other, Scene.CANNOT_CONNECT)
                .requests(
                        10,
                        6,
                        504,
                        "{'BackendPoolName':'pool-shop','BackendSettingName':'set-shop','ServerRouted':'10.0.3.4:443',"
                                + "'ErrorInfo':'ERRORINFO_UPSTREAM_TIMED_OUT','TimeTaken':30.02}");
    }

    /** One instance of the gateway does not reach the servers; that the others do says nothing of the timeout. */
    @Test
    void notShownByTheAnswersToOtherInstancesOfTheGateway() {
        Scene scene = Scene.web();
        for (int minute = 20; minute > 2; minute--) {
            scene.requests(minute, 1, 504, from("appgw_1", "ERRORINFO_UPSTREAM_TIMED_OUT", "30.02"))
                    .requests(minute, 1, 200, from("appgw_0", "ERRORINFO_NO_ERROR", "0.1"));
        }

        Judging.of(new RequestTimeout(), scene).isNotShown();
    }

    private static String from(String instance, String error, String seconds) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:443','InstanceId':'"
                + instance + "','ErrorInfo':'" + error + "','TimeTaken':" + seconds + "}";
    }

    /** A name may lead to two addresses: the probe passes by the one, and requests to the other wait. */
    @Test
    void notShownByTheProbeOfANameWhereAnotherAddressAnswers() {
        Judging.of(
                        new RequestTimeout(),
                        named("Healthy")
                                .requests(
                                        8,
                                        9,
                                        200,
                                        "{'BackendPoolName':'pool-shop','BackendSettingName':'set-shop',"
                                                + "'ServerRouted':'10.0.3.5:443','ErrorInfo':'ERRORINFO_NO_ERROR'}"))
                .isNotShown();
    }

    /** A network path that was cut looks the same, until the probe notices. */
    @Test
    void notShownWhereTheServerAnsweredBeforeOnly() {
        Judging.of(new RequestTimeout(), slow(30.02).served(12, 50, "10.0.2.4")).isNotShown();
    }

    /** All servers were lost and came back: that they answer again says nothing of the way to them before. */
    @Test
    void notShownByAnswersThatCameOnlyAfterTheServersWereLostAndBack() {
        Scene over = Scene.web()
                .failed(20, 6, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30.02)
                .failed(19, 6, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0.001)
                .served(12, 50, "10.0.2.4");

        Judging.of(new RequestTimeout(), over).isNotShown();
        Judging.of(
                        new RequestTimeout(),
                        over.failed(9, 6, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30.02)
                                .served(8, 50, "10.0.2.4"))
                .isShown(Confidence.CONFIRMED);
    }

    /** Connections that are open go on for a while where a rule drops new ones. */
    @Test
    void notShownWhereTheServerTakesNoConnectionFromElsewhereEither() {
        Scene scene = slow(30.02).served(8, 50, "10.0.2.4");

        Judging.of(
                        new RequestTimeout(),
                        scene.document(
                                Source.DIRECT_PROBE,
                                "[{'target':'10.0.2.4:80','scheme':'http','path':'/','connect':'timeout','elapsedMs':10000}]"))
                .isNotShown();
        Judging.of(
                        new RequestTimeout(),
                        scene.document(
                                Source.DIRECT_PROBE,
                                "[{'target':'10.0.2.4:8081','scheme':'http','path':'/','connect':'timeout','elapsedMs':10000}]"))
                .isShown(Confidence.CONFIRMED);
    }

    /** What passes at the port of the probe may be dropped at that of requests. */
    @Test
    void notShownByAProbeThatPassesOnAnotherPort() {
        Judging.of(new RequestTimeout(), probed("'port':8081,")).isNotShown();
        Judging.of(new RequestTimeout(), probed("")).isShown(Confidence.CONFIRMED);
    }

    private static Scene probed(String port) {
        return Scene.v2()
                .shop("'requestTimeout':30", port + "'path':'/'", "10.0.3.4")
                .health("pool-shop", "set-shop", "10.0.3.4", "Healthy", "")
                .requests(
                        10,
                        6,
                        504,
                        "{'BackendPoolName':'pool-shop','BackendSettingName':'set-shop','ServerRouted':'10.0.3.4:443',"
                                + "'ErrorInfo':'ERRORINFO_UPSTREAM_TIMED_OUT','TimeTaken':30.02}");
    }

    @Test
    void notShownWhereNothingShowsThatTheServerWasReached() {
        Judging.of(new RequestTimeout(), slow(30.02)).isNotShown();
    }

    /** Without the configuration nothing tells that they lasted as long as they may: they waited for a connection. */
    @Test
    void notShownByRequestsThatGotNoConnectionWhereTheLimitIsNotKnown() {
        Scene scene = Scene.unread().requests(10, 6, 504, waited("")).requests(8, 50, 200, answered("0.002"));

        Judging.of(new RequestTimeout(), scene)
                .cannotTellWithout(Source.GATEWAY, Source.BACKEND_HEALTH, Source.DIRECT_PROBE, Source.METRICS);
        Judging.of(new RequestTimeout(), scene.requests(9, 6, 504, waited("0.002")))
                .isShown(Confidence.POSSIBLE);
        Judging.of(
                        new RequestTimeout(),
                        Scene.unread().requests(10, 6, 504, waited("")).requests(8, 50, 200, answered("")))
                .isShown(Confidence.POSSIBLE);
    }

    private static String answered(String connected) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                + "'ServerStatus':'200','ErrorInfo':'ERRORINFO_NO_ERROR','ServerConnectTime':'" + connected
                + "','TimeTaken':0.2,'RequestUri':'/'}";
    }

    @Test
    void notShownByTheAnswersOfANeighbour() {
        Judging.of(new RequestTimeout(), slow(30.02).served(8, 50, "10.0.2.5")).isNotShown();
    }

    @Test
    void shownByAConnectionMadeForTheRequest() {
        Judging.of(new RequestTimeout(), Scene.web().requests(10, 6, 504, waited("0.002")))
                .isShown(Confidence.CONFIRMED);
    }

    /** The connection may be from before the server fell silent: the gateway had no server left right afterwards. */
    @Test
    void notShownByAConnectionOfTheMinuteInWhichAllServersWereLost() {
        Scene scene = Scene.web()
                .requests(10, 6, 504, waited("0.002"))
                .failed(9, 300, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        Judging.of(new RequestTimeout(), scene).isNotShown();
    }

    /** The probe is green again; it was not when the gateway had no server left. */
    @Test
    void notShownByAProbeThatIsGreenAgainAfterAllServersWereLost() {
        Scene scene = slow(30.02)
                .failed(9, 300, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .webHealth("Healthy", "Success");

        Judging.of(new RequestTimeout(), scene).isNotShown();
    }

    @Test
    void shownForTheServerThatWasReachedAndNotForTheOneThatFellSilent() {
        List<Finding> findings = Judging.of(
                        new RequestTimeout(),
                        slow(30.02)
                                .served(8, 50, "10.0.2.4")
                                .failed(10, 40, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.5", 30.01))
                .isShown(Confidence.CONFIRMED);

        assertThat(findings).extracting(finding -> finding.target().name()).containsOnly("10.0.2.4");
    }

    @Test
    void likelyByADirectAnswerSlowerThanTheSettingWaitsWhereFailuresWereCounted() {
        Scene scene = Scene.web().webHealth("Healthy", "Success").look(answeredAfter(41_000));

        Judging.of(new RequestTimeout(), scene.metric("FailedRequests", "total", List.of(), 0, 3, 2))
                .isShown(Confidence.LIKELY);
    }

    @Test
    void nothingIsShownByADirectAnswerWithinTheSettingsTime() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .look(answeredAfter(29_000))
                .metric("FailedRequests", "total", List.of(), 0, 3, 2);

        Judging.of(new RequestTimeout(), scene).cannotTellWithout(Source.ACCESS_LOG);
    }

    /** Requests for that path go through another setting, which may wait longer. */
    @Test
    void nothingIsShownByASlowDirectAnswerForAPathThatLeadsElsewhere() {
        Scene scene = Scene.v2()
                .pool("pool-web", "10.0.2.4")
                .pool("pool-render", "10.0.2.9")
                .setting("set-web", "{'port':80,'protocol':'Http','requestTimeout':30}")
                .pathRule("rule-web", "/render*", "pool-render", "pool-web", "set-web")
                .webHealth("Healthy", "Success")
                .look(answeredAfter(41_000))
                .metric("FailedRequests", "total", List.of(), 0, 3, 2);

        Judging.of(new RequestTimeout(), scene).cannotTellWithout(Source.ACCESS_LOG);
    }

    @Test
    void notShownByASlowDirectAnswerWhereNothingFailed() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .look(answeredAfter(41_000))
                .metric("FailedRequests", "total", List.of(), 0, 0, 0)
                .served(8, 50, "10.0.2.4");

        Judging.of(new RequestTimeout(), scene).isNotShown();
    }

    @Test
    void onlyPossibleByASlowDirectAnswerWhereHealthWasNotRead() {
        Scene scene = Scene.web().look(answeredAfter(41_000)).metric("FailedRequests", "total", List.of(), 0, 3, 2);

        Judging.of(new RequestTimeout(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void likelyByWebSocketSessionsThatAllEndWhenTheSettingsTimeIsOver() {
        Scene scene = sessions(30.0, 30.01, 30.02, 30.0);

        assertThat(Judging.of(new RequestTimeout(), scene)
                        .isShown(Confidence.LIKELY)
                        .get(0)
                        .text())
                .contains("4 WebSocket sessions", "30 s");
        assertThat(new Situation(scene.evidence()).traffic().needsExplaining()).isTrue();
    }

    @Test
    void notShownByWebSocketSessionsOfManyLengths() {
        Scene scene = sessions(30.0, 612.4, 8.1, 30.4, 1290);

        Judging.of(new RequestTimeout(), scene).isNotShown();
        assertThat(new Situation(scene.evidence()).traffic().sawFailure()).isFalse();
    }

    private static Scene sessions(double... lengths) {
        Scene scene = Scene.web().served(50, 50, "10.0.2.4");
        for (int i = 0; i < lengths.length; i++) {
            scene.requests(
                    40 - i,
                    1,
                    101,
                    "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                            + "'ServerStatus':'101','ErrorInfo':'ERRORINFO_NO_ERROR','TimeTaken':" + lengths[i] + "}");
        }
        return scene;
    }

    private static String waited(String connectTime) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                + "'ErrorInfo':'ERRORINFO_UPSTREAM_TIMED_OUT','TimeTaken':30.01,'ServerConnectTime':'" + connectTime
                + "'}";
    }

    private static String answeredAfter(int millis) {
        return "{'target':'10.0.2.4:80','scheme':'http','host':'www.example.com','path':'/render','status':200,"
                + "'elapsedMs':" + millis + "}";
    }

    @Test
    void shownOnTheFirstGenerationByTheTimeThoughItAnswers502WithoutACode() {
        Scene scene = Scene.v1()
                .pool("pool-web", "10.0.2.4")
                .setting("set-web", "{'port':80,'protocol':'Http','requestTimeout':30}")
                .rule("rule-web", "pool-web", "set-web")
                .webHealth("Healthy", "Success")
                .failed(10, 6, 502, "", "10.0.2.4", 30.01);

        Judging.of(new RequestTimeout(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhenRequestsAllEndAtOneTimeWellBelowTheTimeOut() {
        assertThat(Judging.of(new RequestTimeout(), slow(12).served(8, 50, "10.0.2.4"))
                        .isNotShown()
                        .get(0)
                        .text())
                .contains("12.0 s", "well before the request timeout of set-web");
    }

    @Test
    void onlyPossibleWhenRequestsEndAtManyTimesBelowTheTimeOut() {
        Scene scene = slow(12).failed(9, 6, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 21)
                .served(8, 50, "10.0.2.4");

        Judging.of(new RequestTimeout(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownWhereTheLoadHadRisenWithTheResponseTimesBefore() {
        Scene scene = slow(30.02)
                .requests(
                        8,
                        50,
                        200,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ServerStatus':'200','ServerResponseLatency':'7','TimeTaken':7}")
                .metric("BackendFirstByteResponseTime", "average", List.of(), ramp(100, 9000))
                .metric("TotalRequests", "total", List.of(), ramp(300, 2000));

        assertThat(Judging.of(new RequestTimeout(), scene).isShown(Confidence.LIKELY))
                .isNotEmpty();
        Judging.of(new BackendOverloaded(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhenNoFailingRequestTimedOut() {
        Scene scene = Scene.web()
                .served(8, 50, "10.0.2.4")
                .failed(10, 6, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.4", 0.01);

        assertThat(Judging.of(new RequestTimeout(), scene).isNotShown()).isNotEmpty();
    }

    @Test
    void cannotTellWhenTheLogCouldNotBeRead() {
        Judging.of(new RequestTimeout(), Scene.unread())
                .cannotTellWithout(
                        Source.ACCESS_LOG, Source.GATEWAY, Source.BACKEND_HEALTH, Source.DIRECT_PROBE, Source.METRICS);
    }

    /** An hour that is calm for 40 minutes and then rises until the end. */
    static double[] ramp(double calm, double peak) {
        double[] values = new double[60];
        for (int i = 0; i < 60; i++) {
            values[i] = i < 40 ? calm : calm + (peak - calm) * Math.min(1, (i - 39) / 8.0);
        }
        return values;
    }

    /** Ten requests to {@code 10.0.2.4} end at the timeout, and forty to its neighbour do not. */
    private static Scene oneSlowServer(String neighboursPath) {
        Scene scene = Scene.web();
        for (int i = 0; i < 10; i++) {
            scene.failed(30 - i, 1, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30.02);
        }
        for (int i = 0; i < 40; i++) {
            scene.requests(
                    30 - i / 5,
                    1,
                    200,
                    "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.5:80',"
                            + "'ServerStatus':'200','ErrorInfo':'ERRORINFO_NO_ERROR','TimeTaken':0.2,'RequestUri':'"
                            + neighboursPath + "'}");
        }
        return scene.served(19, 1, "10.0.2.4");
    }

    @Test
    void aServerThatAloneIsSlowIsNamedAndNotTheTimeout() {
        Finding alone = Judging.of(new RequestTimeout(), oneSlowServer("/cart"))
                .isShown(Confidence.CONFIRMED)
                .get(0);
        assertThat(alone.values()).containsEntry("slow-server", "10.0.2.4");
        assertThat(alone.text()).contains("the other servers of pool-web answered the same path in time");

        Finding otherPath = Judging.of(new RequestTimeout(), oneSlowServer("/"))
                .isShown(Confidence.CONFIRMED)
                .get(0);
        assertThat(otherPath.values()).doesNotContainKey("slow-server");
    }
}
