package dev.triage502.diagnosis.cause;

import static dev.triage502.diagnosis.cause.ProbeScenes.NO_LIVE;
import static dev.triage502.diagnosis.cause.ProbeScenes.look;
import static dev.triage502.diagnosis.cause.ProbeScenes.received;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendReturnsErrorTest {

    @Test
    void shownByRequestsThatAServerAnswersWithAnErrorOfItsOwn() {
        Finding finding = judge(Scene.web()
                        .webHealth("Healthy", ProbeScenes.SUCCESS)
                        .requests(9, 12, 502, own(502, "/cart"))
                        .served(9, 400, "10.0.2.5"))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text()).contains("10.0.2.4 itself returned 502 to 12 requests");
        assertThat(finding.values()).containsEntry("path", "/cart");
        assertThat(finding.target().name()).isEqualTo("10.0.2.4");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501, 505})
    void shownByAnErrorThatNoGatewayGives(int status) {
        judge(Scene.web()
                        .webHealth("Healthy", ProbeScenes.SUCCESS)
                        .requests(9, 12, status, own(status, "/cart"))
                        .served(9, 400, "10.0.2.5"))
                .isShown(Confidence.CONFIRMED);
    }

    @Test
    void likelyByMetricsThatCountTheErrorsOfClientsAsTheServersOwn() {
        Finding finding = judge(measured(new double[] {0, 4, 30, 40}, new double[] {0, 4, 29, 39}))
                .isShown(Confidence.LIKELY)
                .get(0);

        assertThat(finding.target().name()).isEqualTo("pool-web");
        assertThat(finding.text()).contains("72 of the 74 5xx responses");
    }

    @Test
    void notShownByMetricsThatLeaveTheErrorsToTheGateway() {
        judge(measured(new double[] {0, 4, 30, 40}, new double[] {0, 4, 4, 4})).isNotShown();
    }

    /** Errors that the servers always give say nothing of the burst that began a minute ago. */
    @Test
    void notShownByMetricsWhereTheNewestErrorsAreTheGatewaysOwn() {
        double[] own = new double[40];
        Arrays.fill(own, 100);
        double[] clients = own.clone();
        for (int minute = 36; minute < 40; minute++) {
            own[minute] = 0;
        }

        judge(measured(clients, own)).isNotShown();
    }

    /** The log names the servers and says which of the errors are theirs; the sums cannot say more. */
    @Test
    void notShownByMetricsWhereTheLogCountsFailuresOfTheGateway() {
        judge(measured(new double[] {0, 40}, new double[] {0, 40}).failed(1, 40, 502, NO_LIVE, "", 0))
                .isNotShown();
    }

    private static Scene measured(double[] clients, double[] own) {
        return Scene.web()
                .webHealth("Healthy", ProbeScenes.SUCCESS)
                .metric("ResponseStatus", "total", List.of("httpstatusgroup=5xx"), clients)
                .metric(
                        "BackendResponseStatus",
                        "total",
                        List.of("httpstatusgroup=5xx", "backendpool=pool-web", "backendhttpsetting=set-web"),
                        own);
    }

    @Test
    void onlyPossibleByAProbeThatGetsAnErrorWhereNothingElseWasSeen() {
        judge(Scene.web().webHealth("Unhealthy", received(502))).isShown(Confidence.POSSIBLE);
    }

    @Test
    void shownByAProbeThatGetsAnErrorWhereAnotherPathFailsAsWell() {
        Scene scene = Scene.web().health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(502));

        judge(scene.look(look("www.example.com", "/health", 502))).isShown(Confidence.LIKELY);
        judge(scene.look(look("www.example.com", "/cart", 500))).isShown(Confidence.CONFIRMED);
    }

    @Test
    void shownByAProbeOfTheRootThatGetsAnError() {
        judge(ProbeScenes.defaultProbe().webHealth("Unhealthy", received(502))).isShown(Confidence.CONFIRMED);
    }

    @Test
    void possibleByAProbeThatGetsAnErrorWithoutTheGatewaysDocument() {
        judge(Scene.web().webHealth("Unhealthy", received(503)).without(Source.GATEWAY))
                .isShown(Confidence.POSSIBLE);
    }

    @Test
    void shownByAProbeAndByRequestsThatGetErrors() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(500))
                .requests(12, 30, 500, own(500, "/"))
                .failed(10, 200, 502, NO_LIVE, "", 0);

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    /** What was served long before the probe began to fail says nothing of now: a database that went away. */
    @Test
    void possibleByAProbeThatGetsAnErrorWhereRequestsWereServedLongBefore() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(503))
                .served(40, 900, "10.0.2.4")
                .failed(10, 200, 502, NO_LIVE, "", 0);

        judge(scene).isShown(Confidence.POSSIBLE);
    }

    /** What it served before its neighbour began to fail says nothing of the time since. */
    @Test
    void aServerThatGotNoRequestSinceItsNeighbourFailsSharesTheCauseOfTheSameStatus() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", received(503))
                .served(13, 50, "10.0.2.5")
                .requests(
                        12,
                        3,
                        503,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ServerStatus':'503','ErrorInfo':'ERRORINFO_NO_ERROR'}")
                .failed(12, 20, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0.001);

        judge(scene).isShown(Confidence.CONFIRMED);
        Judging.of(new ProbeStatusMismatch(), scene).isNotShown();
    }

    /** A v1 gateway names no pool where no server is left: that is when the pool's own rows end. */
    @Test
    void whatWasServedLongBeforeCountsAsLittleWhereTheLogNamesNoPool() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", received(503))
                .served(40, 50, "10.0.2.4")
                .served(40, 50, "10.0.2.5")
                .requests(12, 20, 502, "{'ErrorInfo':'ERRORINFO_UPSTREAM_NO_LIVE','TimeTaken':0.001}");

        Judging.of(new ProbeStatusMismatch(), scene).isNotShown();
        Judging.of(new ProbeStatusMismatch(), scene.served(5, 50, "10.0.2.4")).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownByAProbeThatGetsAnErrorWhileRequestsAreServed() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(500))
                .served(2, 900, "10.0.2.4");

        judge(scene).isNotShown();
    }

    @Test
    void notShownByA502OfTheGatewaysOwn() {
        Scene scene = Scene.web()
                .webHealth("Healthy", ProbeScenes.SUCCESS)
                .requests(9, 40, 502, own(502, "/").replace("ERRORINFO_NO_ERROR", NO_LIVE))
                .requests(9, 40, 502, own(502, "/").replace("NO_ERROR", "UPSTREAM_CLOSED_CONNECTION"));

        judge(scene).isNotShown();
    }

    @Test
    void notShownByAProbeThatGetsA404() {
        judge(Scene.web().webHealth("Unhealthy", received(404))).isNotShown();
    }

    @Test
    void possibleByALookWhereBackendHealthWasNotRead() {
        judge(Scene.web().look(look("www.example.com", "/health", 503))).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownWhenTheBackendsAreHealthy() {
        judge(Scene.web().webHealth("Healthy", ProbeScenes.SUCCESS).served(2, 900, "10.0.2.4"))
                .isNotShown();
    }

    @Test
    void oneServerIsNamedWhereOthersHaveStrayErrorsOnly() {
        String error = "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                + "'ServerStatus':'502','ErrorInfo':'ERRORINFO_NO_ERROR','RequestUri':'/','TimeTaken':0.1}";
        Scene scene = Scene.v2()
                .pool("pool-web", "10.0.2.4", "10.0.2.5")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web")
                .requests(9, 1, 502, error.replace("10.0.2.4", "10.0.2.5"));
        for (int i = 0; i < 30; i++) {
            scene.requests(28 - i / 2, 1, 502, error)
                    .served(20, 1, "10.0.2.4")
                    .served(20, 1, "10.0.2.5")
                    .served(19, 1, "10.0.2.5")
                    .served(18, 1, "10.0.2.5");
        }

        assertThat(Judging.of(new BackendReturnsError(), scene).isShown(Confidence.CONFIRMED))
                .extracting(finding -> finding.target().name())
                .containsExactly("10.0.2.4");
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        judge(Scene.unread())
                .cannotTellWithout(
                        Source.GATEWAY,
                        Source.BACKEND_HEALTH,
                        Source.ACCESS_LOG,
                        Source.METRICS,
                        Source.BACKENDS,
                        Source.ON_DEMAND_HEALTH,
                        Source.DIRECT_PROBE);
    }

    /** What another address answers, to which the name was led astray, is not the backend's answer; it may be so until somebody looks. */
    @Test
    void onlyPossibleByAnotherAddressAndNotShownWhereTheFormerOneStillServes() {
        Scene led = Scene.v2()
                .pool("pool-web", "shop.corp.example")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web")
                .health("pool-web", "set-web", "shop.corp.example", "Unhealthy", received(502))
                .requests(20, 100, 200, at("10.0.2.9", 200))
                .requests(9, 40, 502, at("10.0.2.4", 502));

        judge(led).isShown(Confidence.POSSIBLE);
        judge(led.document(
                        Source.DIRECT_PROBE,
                        "[{'target':'10.0.2.9','scheme':'http','host':'shop.corp.example','path':'/','status':200}]"))
                .isNotShown();
    }

    /** Whose address it is tells the pool, and where neither that nor health was read it may have been led there. */
    @Test
    void onlyPossibleByAnAddressThatTookThePlaceOfTheOneThatServed() {
        Scene replaced =
                Scene.unread().requests(20, 100, 200, at("10.0.2.9", 200)).requests(9, 40, 502, at("10.0.2.4", 502));

        judge(replaced).isShown(Confidence.POSSIBLE);
        judge(Scene.web().requests(20, 100, 200, at("10.0.2.9", 200)).requests(9, 40, 502, at("10.0.2.4", 502)))
                .isShown(Confidence.CONFIRMED);
        judge(replaced.requests(8, 40, 200, at("10.0.2.9", 200))).isShown(Confidence.CONFIRMED);
    }

    private static String at(String server, int status) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'" + server
                + ":80','ServerStatus':'" + status
                + "','ErrorInfo':'ERRORINFO_NO_ERROR','RequestUri':'/','Host':'www.example.com'}";
    }

    private static String own(int status, String path) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                + "'ServerStatus':'" + status + "','ErrorInfo':'ERRORINFO_NO_ERROR','RequestUri':'" + path
                + "','Host':'www.example.com'}";
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new BackendReturnsError(), scene);
    }
}
