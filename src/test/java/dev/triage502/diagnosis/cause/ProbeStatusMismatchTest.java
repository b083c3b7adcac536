package dev.triage502.diagnosis.cause;

import static dev.triage502.diagnosis.cause.ProbeScenes.NO_LIVE;
import static dev.triage502.diagnosis.cause.ProbeScenes.defaultProbe;
import static dev.triage502.diagnosis.cause.ProbeScenes.look;
import static dev.triage502.diagnosis.cause.ProbeScenes.received;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeStatusMismatchTest {

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 405})
    void shownByAnAnswerOutsideTheProbesRange(int status) {
        Finding finding = judge(Scene.web().webHealth("Unhealthy", received(status)))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.values()).containsEntry("path", "/health").containsEntry("status", String.valueOf(status));
    }

    /** There may be no such path, or no such host. */
    @ParameterizedTest
    @ValueSource(ints = {400, 404, 421})
    void onlyPossibleWhereTheHostMayBeUnknownToo(int status) {
        Scene scene = Scene.web().webHealth("Unhealthy", received(status));

        assertThat(judge(scene).isShown(Confidence.POSSIBLE))
                .extracting(Finding::source)
                .containsOnly(Source.BACKEND_HEALTH);
    }

    @Test
    void shownByA404WhereTheHostIsSeenToBeServed() {
        Scene scene = Scene.web().health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(404));

        judge(scene.look(look("other.example.com", "/", 200))).isShown(Confidence.POSSIBLE);
        judge(scene.look(look("www.example.com", "/", 200))).isShown(Confidence.CONFIRMED);
    }

    @Test
    void shownByA404ThatAnotherHostGetsAsWell() {
        judge(Scene.web()
                        .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(404))
                        .look(look("other.example.com", "/health", 404)))
                .isShown(Confidence.CONFIRMED);
    }

    /** Host and port are in use, yet nobody tried whether the page is there for another host, or on another port. */
    @Test
    void likelyByA404WhereRequestsForTheHostAreServedByThePool() {
        judge(Scene.web().webHealth("Unhealthy", received(404)).served(30, 90, "10.0.2.5"))
                .isShown(Confidence.LIKELY);
    }

    /** The default probe asks for no host that could be another. */
    @Test
    void aMissingPageOfTheDefaultProbeNeedsNoLook() {
        Judging.of(
                        new DefaultProbeRejected(),
                        defaultProbe().webHealth("Unhealthy", received(404)).served(30, 90, "10.0.2.5"))
                .isShown(Confidence.CONFIRMED);
    }

    /** It may be stopped, or only a private endpoint may lead to it. */
    @Test
    void notByA403OfAnAppWhoseRulesWereNotReadAndOnlyPossibleWhileItsWayWasNot() {
        String app = "shop-prod.azurewebsites.net";
        Scene scene = Scene.v2()
                .shop("'hostName':'" + app + "'", "'pickHostNameFromBackendHttpSettings':true,'path':'/'", app)
                .health("pool-shop", "set-shop", app, "Unhealthy", received(403));
        String sites = "{'sites':[{'id':'" + Scene.GROUP + "/providers/Microsoft.Web/sites/shop-prod',"
                + "'properties':{'state':'Running','hostNames':['" + app + "']}}]}";

        judge(scene).isNotShown();
        judge(scene.document(Source.BACKENDS, sites)).isShown(Confidence.POSSIBLE);
        judge(scene.network()).isShown(Confidence.CONFIRMED);
        judge(scene.without(Source.BACKENDS)).isNotShown();
    }

    /** Where the network's own DNS servers lead takes a look to tell; past its private endpoint an app answers 403. */
    @Test
    void onlyPossibleByA403OfAnAppWithAnEndpointThatTheNetworksDnsServersMayMiss() {
        String app = "shop-prod.azurewebsites.net";
        String site = Scene.GROUP + "/providers/Microsoft.Web/sites/shop-prod";
        Scene scene = Scene.v2()
                .shop("'hostName':'" + app + "'", "'pickHostNameFromBackendHttpSettings':true,'path':'/'", app)
                .health("pool-shop", "set-shop", app, "Unhealthy", received(403))
                .document(
                        Source.BACKENDS,
                        "{'sites':[{'id':'" + site + "','properties':{'state':'Running','hostNames':['" + app
                                + "']}}]}")
                .network()
                .networkArray(
                        "privateEndpoints",
                        "[{'name':'pe','id':'" + Scene.GROUP + "/providers/Microsoft.Network/privateEndpoints/pe',"
                                + "'properties':{'privateLinkServiceConnections':[{'properties':{"
                                + "'privateLinkServiceId':'" + site + "','privateLinkServiceConnectionState':{"
                                + "'status':'Approved'}}}],'customDnsConfigs':[{'fqdn':'" + app
                                + "','ipAddresses':['10.0.2.9']}]}}]");

        judge(scene.dnsServers("10.0.9.4", "10.0.9.5")).isShown(Confidence.POSSIBLE);
    }

    /** Somebody else got the page for the very same request: the gateway is refused by where it comes from. */
    @Test
    void notByA403WhereTheSameRequestIsWelcomeFromElsewhere() {
        String app = "shop-prod.azurewebsites.net";
        Scene scene = Scene.v2()
                .shop("'hostName':'" + app + "'", "'pickHostNameFromBackendHttpSettings':true,'path':'/ok'", app)
                .health("pool-shop", "set-shop", app, "Unhealthy", received(403));
        String look =
                "{'target':'" + app + "','scheme':'https','host':'" + app + "','status':200,'from':'office','path':'";

        judge(scene.look(look + "/ok'}")).isNotShown();
        judge(scene.look(look + "/other'}")).isShown(Confidence.POSSIBLE);
    }

    /** Then who comes in is not what decides: the page alone is refused. */
    @Test
    void shownByA403OfAnAppThatWelcomesRequestsMeanwhile() {
        String app = "shop-prod.azurewebsites.net";
        Scene scene = Scene.v2()
                .shop("'hostName':'" + app + "'", "'pickHostNameFromBackendHttpSettings':true,'path':'/admin'", app)
                .health("pool-shop", "set-shop", app, "Unhealthy", received(403));

        judge(scene).isNotShown();
        scene.requests(
                3,
                9,
                200,
                "{'BackendPoolName':'pool-shop','BackendSettingName':'set-shop','ServerRouted':'" + app
                        + ":443','ServerStatus':'200'}");
        judge(scene).isShown(Confidence.POSSIBLE);
    }

    /** What its own list of callers lets in is nothing that Azure shows: it takes a look from elsewhere to tell. */
    @Test
    void likelyByA403OfAServerOfOnesOwnUntilSomebodyElseGetsItToo() {
        Scene scene = Scene.web().health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(403));

        judge(scene).isShown(Confidence.LIKELY);
        judge(scene.look(look("www.example.com", "/health", 403))).isShown(Confidence.CONFIRMED);
    }

    /** A revision that was taken out of use answers 404. */
    @Test
    void onlyPossibleByA404OfAContainerAppWhoseStateWasNotRead() {
        String app = "ca-shop.red-0a1b2c3d.westeurope.azurecontainerapps.io";
        Scene scene = Scene.v2()
                .shop("'hostName':'" + app + "'", "'pickHostNameFromBackendHttpSettings':true,'path':'/'", app)
                .health("pool-shop", "set-shop", app, "Unhealthy", received(404));

        judge(scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void shownByAnOlderTextThatDoesNotSayTheStatus() {
        judge(Scene.web()
                        .webHealth(
                                "Unhealthy",
                                "Probe status code mismatch. Received status code is different from expected."))
                .isShown(Confidence.CONFIRMED);
    }

    /** The flag waits for several failures; the text is as of now. */
    @Test
    void shownWhileTheFlagStillSaysHealthy() {
        judge(Scene.web().webHealth("Healthy", received(401))).isShown(Confidence.CONFIRMED);
    }

    @Test
    void shownByAnErrorWhileLiveRequestsAreServed() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", received(500))
                .served(3, 80, "10.0.2.4")
                .served(3, 80, "10.0.2.5");

        judge(scene).isShown(Confidence.CONFIRMED);
        Judging.of(new BackendReturnsError(), scene).isNotShown();
    }

    /** Requests reach a server for some probes' time after its probe has begun to fail, and these were served. */
    @Test
    void shownByAnErrorWhereTheLastRequestsBeforeTheServersWereMarkedDownWereServed() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", received(503))
                .served(11, 80, "10.0.2.4")
                .served(11, 80, "10.0.2.5")
                .failed(10, 40, 502, NO_LIVE, "", 0);

        judge(scene).isShown(Confidence.CONFIRMED);
        Judging.of(new BackendReturnsError(), scene).isNotShown();
    }

    @Test
    void shownByAnErrorWhereAnotherPathIsSeenToBeServed() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(500))
                .look(look("www.example.com", "/health", 500))
                .look(look("www.example.com", "/", 200));

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownByAnErrorOfWhichNobodyKnowsWhetherRequestsGetItToo() {
        judge(Scene.web().webHealth("Unhealthy", received(500))).isNotShown();
    }

    @Test
    void notShownWhereTheDefaultProbeIsAtWork() {
        assertThat(judge(defaultProbe().webHealth("Unhealthy", received(404))).isNotShown())
                .extracting(Finding::text)
                .contains("set-web has no custom probe");
    }

    @Test
    void notShownWhereAnotherHostGetsTheAnswerThatIsWanted() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(404))
                .look(look("shop.example.com", "/health", 200));

        judge(scene).isNotShown();
    }

    @Test
    void possibleByALookWhereBackendHealthWasNotRead() {
        judge(Scene.web().look(look("www.example.com", "/health", 404))).isShown(Confidence.POSSIBLE);
    }

    @Test
    void cannotTellWithoutTheGatewaysDocument() {
        judge(Scene.web().webHealth("Unhealthy", received(404)).without(Source.GATEWAY))
                .cannotTellWithout(
                        Source.GATEWAY,
                        Source.ACCESS_LOG,
                        Source.BACKENDS,
                        Source.ON_DEMAND_HEALTH,
                        Source.DIRECT_PROBE);
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        judge(Scene.unread())
                .cannotTellWithout(
                        Source.GATEWAY,
                        Source.BACKEND_HEALTH,
                        Source.ACCESS_LOG,
                        Source.BACKENDS,
                        Source.ON_DEMAND_HEALTH,
                        Source.DIRECT_PROBE);
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new ProbeStatusMismatch(), scene);
    }

    private static Scene withoutHealth(String path) {
        String columns = "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',";
        return Scene.web()
                .refused(Source.BACKEND_HEALTH)
                .requests(30, 40, 200, columns + "'ServerStatus':'200','RequestUri':'/'}")
                .requests(12, 9, 401, columns + "'ServerStatus':'401','RequestUri':'" + path + "'}")
                .failed(10, 50, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);
    }

    @Test
    void theLastAnswersStandInForABackendHealthThatCannotBeRead() {
        Judging.of(new ProbeStatusMismatch(), withoutHealth("/")).isShown(Confidence.LIKELY);
        Judging.of(new ProbeStatusMismatch(), withoutHealth("/health")).isShown(Confidence.LIKELY);
    }

    @Test
    void aScannersAnswersSayNothingOfTheProbe() {
        Judging.of(new ProbeStatusMismatch(), withoutHealth("/wp-login.php"))
                .cannotTellWithout(
                        Source.BACKEND_HEALTH, Source.BACKENDS, Source.ON_DEMAND_HEALTH, Source.DIRECT_PROBE);
    }
}
