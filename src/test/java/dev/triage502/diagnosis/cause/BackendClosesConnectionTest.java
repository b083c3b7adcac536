package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Place;
import org.junit.jupiter.api.Test;

class BackendClosesConnectionTest {

    private static final String CLOSED = "ERRORINFO_UPSTREAM_CLOSED_CONNECTION";

    @Test
    void shownByIsolatedClosesBesideAnsweredRequests() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .served(20, 900, "10.0.2.4")
                .requests(19, 5, 200, sameOnCart())
                .failed(28, 2, 502, CLOSED, "10.0.2.4", 0.002)
                .failed(9, 1, 502, CLOSED, "10.0.2.4", 0.001);

        Finding finding = Judging.of(new BackendClosesConnection(), scene)
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text()).contains("10.0.2.4 closed the connection on 3 requests");
        assertThat(finding.target().at(Place.POOL)).contains("pool-web");
    }

    @Test
    void saysWhereAResponseHadBegun() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .served(8, 900, "10.0.2.4")
                .requests(
                        9,
                        3,
                        502,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                                + "'ServerStatus':'200','ErrorInfo':'ERRORINFO_UPSTREAM_CLOSED_CONNECTION','TimeTaken':0.4}");

        assertThat(Judging.of(new BackendClosesConnection(), scene)
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .text())
                .contains("closed the connection on 3 requests before the response was complete");
    }

    /** Something happened then: a name that leads elsewhere, a machine that went away. */
    @Test
    void onlyPossibleWhereNothingIsAnsweredAnyMore() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .served(30, 900, "10.0.2.4")
                .requests(30, 5, 200, sameOnCart())
                .failed(28, 200, 502, CLOSED, "10.0.2.4", 2);

        Judging.of(new BackendClosesConnection(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void onlyPossibleWhereTheServerAnswersNothingElse() {
        Judging.of(new BackendClosesConnection(), Scene.web().failed(9, 4, 502, CLOSED, "10.0.2.4", 0.002))
                .isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownWhereNoRequestAtAllIsAnsweredOverTls() {
        Scene scene = Scene.v2()
                .pool("pool-web", "10.0.2.4")
                .setting("set-web", "{'port':443,'protocol':'Https'}")
                .rule("rule-web", "pool-web", "set-web")
                .failed(9, 40, 502, CLOSED, "10.0.2.4", 0.01);

        Judging.of(new BackendClosesConnection(), scene).isNotShown();
    }

    /** Neighbours are answered; of this one nobody knows whether it passes its probe. */
    @Test
    void notShownWhereOneServerAnswersNothingOverTlsAndItsProbeIsNotKnownToPass() {
        Scene scene = Scene.v2()
                .pool("pool-web", "10.0.2.4", "10.0.2.5")
                .setting("set-web", "{'port':443,'protocol':'Https'}")
                .rule("rule-web", "pool-web", "set-web")
                .failed(9, 7, 502, CLOSED, "10.0.2.4", 0.01)
                .served(5, 20, "10.0.2.5");

        Judging.of(new BackendClosesConnection(), scene).isNotShown();
        Judging.of(new BackendClosesConnection(), scene.health("pool-web", "set-web", "10.0.2.4", "Healthy", "Success"))
                .isShown(Confidence.POSSIBLE);
    }

    /** Whether the setting uses TLS is not known, so the handshake may be what fails. */
    @Test
    void cannotTellWithoutTheConfigurationWhereNothingIsAnsweredAnyMore() {
        Scene scene = Scene.web()
                .without(Source.GATEWAY)
                .webHealth("Healthy", "Success")
                .served(30, 900, "10.0.2.4")
                .failed(28, 200, 502, CLOSED, "10.0.2.4", 0.01);

        Judging.of(new BackendClosesConnection(), scene).cannotTellWithout(Source.GATEWAY, Source.METRICS);
    }

    @Test
    void shownWithoutTheConfigurationWhereTheServerAnswersOthers() {
        Scene scene = Scene.web()
                .without(Source.GATEWAY)
                .webHealth("Healthy", "Success")
                .served(20, 900, "10.0.2.4")
                .requests(19, 5, 200, sameOnCart())
                .failed(28, 2, 502, CLOSED, "10.0.2.4", 0.002);

        Judging.of(new BackendClosesConnection(), scene).isShown(Confidence.CONFIRMED);
    }

    /** The last requests before a server is gone end like that. */
    @Test
    void notShownWhereTheServerIsGoneSince() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .served(30, 900, "10.0.2.4")
                .failed(28, 200, 502, CLOSED, "10.0.2.4", 0.01);

        assertThat(Judging.of(new BackendClosesConnection(), scene).isNotShown())
                .extracting(Finding::text)
                .contains("10.0.2.4 has not answered a request since, and its probe fails");
    }

    @Test
    void notShownWhereNoServerWasLeftSince() {
        Scene gone = Scene.web()
                .served(30, 900, "10.0.2.4")
                .failed(28, 20, 502, CLOSED, "10.0.2.4", 0.01)
                .failed(27, 200, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        Judging.of(new BackendClosesConnection(), gone).isNotShown();
        Judging.of(new BackendClosesConnection(), gone.requests(19, 5, 200, sameOnCart()))
                .isShown(Confidence.CONFIRMED);
    }

    /** It closes none that were made: there is nothing that listens. */
    @Test
    void notShownWhereTheServerRefusesDirectConnectionsToTheSamePort() {
        String refused =
                "{'target':'%s','scheme':'http','host':'www.example.com','path':'/','port':%d,'connect':'refused'}";

        assertThat(Judging.of(new BackendClosesConnection(), unansweredSince().look(refused.formatted("10.0.2.4", 80)))
                        .isNotShown())
                .extracting(Finding::text)
                .contains("10.0.2.4 refuses direct connections to the same port");
        Judging.of(new BackendClosesConnection(), unansweredSince().look(refused.formatted("10.0.2.4", 8080)))
                .isShown(Confidence.POSSIBLE);
        Judging.of(new BackendClosesConnection(), unansweredSince().look(refused.formatted("10.0.2.5", 80)))
                .isShown(Confidence.POSSIBLE);
        Judging.of(
                        new BackendClosesConnection(),
                        unansweredSince().look(refused.formatted("10.0.2.4", 80).replace("'refused'", "'ok'")))
                .isShown(Confidence.POSSIBLE);
    }

    private static Scene unansweredSince() {
        return Scene.web()
                .served(30, 900, "10.0.2.4")
                .requests(30, 5, 200, sameOnCart())
                .failed(28, 200, 502, CLOSED, "10.0.2.4", 0.01);
    }

    @Test
    void theRequestsThatItAnsweredAreCountedBesideThoseThatItClosed() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .served(20, 1, "10.0.2.4")
                .requests(19, 5, 200, sameOnCart())
                .failed(28, 2, 502, CLOSED, "10.0.2.4", 0.002);

        assertThat(Judging.of(new BackendClosesConnection(), scene).isShown(Confidence.CONFIRMED))
                .extracting(Finding::text)
                .containsExactly("10.0.2.4 closed the connection on 2 requests without a response (after up to 0.00 s),"
                        + " and answered 6 other requests");
    }

    @Test
    void weakerWhereOnlyOnePathIsCutOffAlways() {
        Scene scene = Scene.web()
                .webHealth("Healthy", "Success")
                .served(5, 900, "10.0.2.4")
                .failed(9, 7, 502, CLOSED, "10.0.2.4", 0.2);

        Judging.of(new BackendClosesConnection(), scene).isShown(Confidence.LIKELY);
        Judging.of(new BackendSendsInvalidResponse(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownWhenNoMemberWasUp() {
        Scene scene = Scene.web().failed(9, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        assertThat(Judging.of(new BackendClosesConnection(), scene).isNotShown())
                .isNotEmpty();
    }

    @Test
    void cannotTellWithoutTheLog() {
        Judging.of(new BackendClosesConnection(), Scene.unread())
                .cannotTellWithout(Source.ACCESS_LOG, Source.BACKEND_HEALTH, Source.METRICS, Source.GATEWAY);
    }

    @Test
    void notShownWhereTheServerAnswersTheGatewaysOtherInstances() {
        Scene scene = Scene.web().webHealth("Healthy", "Success");
        for (int i = 0; i < 20; i++) {
            scene.requests(28 - i, 1, 502, through("appgw_1", "502").replace("NO_ERROR", "UPSTREAM_CLOSED_CONNECTION"));
        }
        for (int i = 0; i < 60; i++) {
            scene.requests(10 + i % 15, 1, 200, through(i % 2 == 0 ? "appgw_0" : "appgw_2", "200"));
        }

        assertThat(Judging.of(new BackendClosesConnection(), scene).isNotShown())
                .extracting(Finding::text)
                .contains("all 20 failures of pool-web are on gateway instance appgw_1 (20 of 20 requests); 0 of 60"
                        + " elsewhere");
    }

    @Test
    void aStrayFailureElsewhereDoesNotMakeItThePools() {
        Scene scene = Scene.v2()
                .pool("pool-web", "10.0.2.4", "10.0.2.5")
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web")
                .failed(9, 1, 502, CLOSED, "10.0.2.5", 0.001);
        for (int i = 0; i < 20; i++) {
            scene.failed(28 - i, 1, 502, CLOSED, "10.0.2.4", 0.002);
        }
        for (int i = 0; i < 90; i++) {
            scene.served(10 + i % 15, 1, "10.0.2.5");
            scene.requests(19, 1, 200, sameOnCart().replace("10.0.2.4", i % 3 == 0 ? "10.0.2.4" : "10.0.2.5"));
        }

        assertThat(Judging.of(new BackendClosesConnection(), scene).isShown(Confidence.CONFIRMED))
                .extracting(finding -> finding.target().name())
                .containsExactly("10.0.2.4");
    }

    private static String through(String instance, String status) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                + "'ServerStatus':'" + status
                + "','ErrorInfo':'ERRORINFO_NO_ERROR','RequestUri':'/cart','TimeTaken':0.05,"
                + "'InstanceId':'" + instance + "'}";
    }

    private static String sameOnCart() {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80',"
                + "'ServerStatus':'200','RequestUri':'/cart','TimeTaken':0.05}";
    }
}
