package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTlsHandshakeFailedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslv3 alert handshake failure",
                "tlsv1 alert protocol version",
                "no shared cipher",
                "tlsv13 alert certificate required",
                "unexpected EOF while reading",
                "Connection reset by peer"
            })
    void shownByAHandshakeThatTheServerBreaksOff(String words) {
        Finding finding = judge(Scene.shop()
                        .shopHealth("Unhealthy", TlsScenes.CONNECTION_ERROR)
                        .look(TlsScenes.brokenOff(words)))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text()).isEqualTo("10.0.3.4 aborts the TLS handshake: \"" + words + "\"");
    }

    @Test
    void saysWhatTheServerMissesWhereItSaysSo() {
        assertThat(judge(Scene.shop()
                                .shopHealth("Unhealthy", TlsScenes.CONNECTION_ERROR)
                                .look(TlsScenes.brokenOff("tlsv13 alert certificate required")))
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .values())
                .containsEntry("handshake", "client-certificate");
        assertThat(judge(Scene.shop()
                                .shopHealth("Unhealthy", TlsScenes.CONNECTION_ERROR)
                                .look(TlsScenes.brokenOff("unexpected EOF while reading")))
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .values())
                .doesNotContainKey("handshake");
    }

    /** A v1 gateway has TLS 1.2 for its backends; that a client gets on with TLS 1.3 says nothing of it. */
    @Test
    void shownWhereTheAppTakesNewerVersionsThanAV1GatewaySpeaks() {
        String app = "{'id':'" + Scene.GROUP + "/providers/Microsoft.Web/sites/shop','name':'shop','properties':"
                + "{'state':'Running','hostNames':['shop.azurewebsites.net'],'siteConfig':{'minTlsVersion':'%s'}}}";
        String answered = "{'target':'shop.azurewebsites.net','scheme':'https','path':'/','connect':'ok','status':200,"
                + "'tls':{'protocol':'TLSv1.3','verified':true}}";
        Scene failing = Scene.v1()
                .pool("pool-shop", "shop.azurewebsites.net")
                .setting("set-shop", "{'port':443,'protocol':'Https','pickHostNameFromBackendAddress':true}")
                .rule("rule-shop", "pool-shop", "set-shop")
                .health("pool-shop", "set-shop", "shop.azurewebsites.net", "Unhealthy", TlsScenes.CONNECTION_ERROR)
                .look(answered);

        Finding finding = judge(failing.document(Source.BACKENDS, "{'sites':[" + app.formatted("1.3") + "]}"))
                .isShown(Confidence.CONFIRMED)
                .get(0);
        assertThat(finding.text()).contains("shop takes TLS 1.3 and nothing older");
        assertThat(finding.values()).containsEntry("min-tls", "1.3").containsEntry("handshake", "protocol");
    }

    /** The text about the dates, and the dates are good: no cipher was shared. */
    @Test
    void likelyByATextAboutDatesThatAreGood() {
        Scene scene = Scene.v1()
                .shop("'hostName':'shop.example.com'")
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.EXPIRED)
                .look(TlsScenes.good(""));

        assertThat(judge(scene).isShown(Confidence.LIKELY))
                .extracting(Finding::source)
                .containsExactly(Source.BACKEND_HEALTH, Source.DIRECT_PROBE);
        Judging.of(new BackendCertificateExpired(), scene).isNotShown();
    }

    @Test
    void onlyPossibleByATextThatSaysNoMore() {
        judge(Scene.shop().shopHealth("Unhealthy", TlsScenes.CONNECTION_ERROR)).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownByATextThatSaysNoMoreWhereASessionComesAbout() {
        Scene scene = Scene.shop()
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.CONNECTION_ERROR)
                .look(TlsScenes.good(""));

        judge(scene).isNotShown();
    }

    /** Members are addresses and no host is set: the default probe sends no name, and the server wants one. */
    @Test
    void likelyByATextThatSaysNoMoreWhereASessionComesAboutForANameThatIsNotSent() {
        Scene scene = Scene.v2()
                .pool("pool-shop", "10.0.3.4")
                .setting("set-shop", "{'port':443,'protocol':'Https'}")
                .rule("rule-shop", "pool-shop", "set-shop")
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.CONNECTION_ERROR)
                .look(TlsScenes.good(""));

        assertThat(judge(scene).isShown(Confidence.LIKELY))
                .extracting(Finding::text)
                .contains("10.0.3.4 completes the TLS handshake for SNI shop.example.com, but the gateway's probe sends"
                        + " no SNI");
    }

    /** A session comes about, and the server answers 400 for want of a certificate of the gateway's. */
    @Test
    void shownByAnAnswerThatWantsAClientCertificate() {
        Scene scene = Scene.shop()
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", received(400))
                .look("{'target':'10.0.3.4','scheme':'https','host':'shop.example.com','path':'/','status':400,"
                        + "'body':'<center>No required SSL certificate was sent</center>'}");

        assertThat(judge(scene).isShown(Confidence.CONFIRMED))
                .extracting(Finding::source)
                .containsExactly(Source.BACKEND_HEALTH, Source.DIRECT_PROBE);
        Judging.of(new ProbeStatusMismatch(), scene).isNotShown();
    }

    /** The certificate has been shown by then; the session ends for want of the client's. */
    @Test
    void shownByASessionThatEndsAfterTheCertificateWasShown() {
        Scene scene = Scene.shop()
                .shopHealth("Unhealthy", TlsScenes.CONNECTION_ERROR)
                .look(TlsScenes.good("'error':'tlsv13 alert certificate required'")
                        .replace("'status':200,", ""));

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    /** Probes are green for a name of their own: the name that clients bring may be the reason, or the handshake. */
    @Test
    void cannotTellByLiveRequestsOfWhichNoneIsAnsweredWhereNobodyLookedAtTheCertificate() {
        Scene scene = Scene.v2()
                .shop("'requestTimeout':30", "'host':'shop.internal','path':'/'", "10.0.3.4")
                .health("pool-shop", "set-shop", "10.0.3.4", "Healthy", TlsScenes.SUCCESS)
                .requests(9, 40, 502, closed());

        judge(scene).cannotTellWithout(Source.DIRECT_PROBE);
        Judging.of(new BackendCertificateNameMismatch(), scene)
                .cannotTellWithout(Source.ON_DEMAND_HEALTH, Source.BACKENDS, Source.DIRECT_PROBE);
    }

    /** The port of live requests may speak plain HTTP, or the handshake may fail there. */
    @Test
    void cannotTellWhereTheProbePassesOnAnotherPortAndNobodyLooked() {
        Scene scene = Scene.v2()
                .shop("'hostName':'shop.example.com'", "'host':'shop.example.com','path':'/','port':8443", "10.0.3.4")
                .health("pool-shop", "set-shop", "10.0.3.4", "Healthy", TlsScenes.SUCCESS)
                .requests(9, 40, 502, closed());

        judge(scene).cannotTellWithout(Source.DIRECT_PROBE);
        Judging.of(new ProbePortOrProtocolMismatch(), scene)
                .cannotTellWithout(Source.DIRECT_PROBE, Source.ON_DEMAND_HEALTH, Source.BACKENDS);
    }

    @Test
    void cannotTellWithoutTheConfigurationWhereNoRequestIsAnswered() {
        Scene scene = Scene.shop()
                .shopHealth("Healthy", TlsScenes.SUCCESS)
                .requests(9, 40, 502, closed())
                .without(Source.GATEWAY);

        judge(scene).cannotTellWithout(Source.BACKENDS, Source.GATEWAY, Source.DIRECT_PROBE);
    }

    @Test
    void notShownByLiveRequestsToAPortThatSpeaksPlainHttp() {
        Scene scene = Scene.shop()
                .requests(9, 40, 502, closed())
                .look(TlsScenes.brokenOff("SSL routines::wrong version number"));

        judge(scene).isNotShown();
    }

    @Test
    void notShownByLiveRequestsWhereALookShowsThatTheCertificateIsTheReason() {
        Scene scene = Scene.shop().requests(9, 40, 502, closed());

        judge(scene.look(TlsScenes.good(""))).isShown(Confidence.POSSIBLE);
        judge(scene.look(TlsScenes.good("'chain':['CN=shop.example.com'],'verified':false")))
                .isNotShown();
    }

    @Test
    void onlyPossibleByLiveRequestsThatAskForTheProbesName() {
        Scene scene = Scene.shop().shopHealth("Healthy", TlsScenes.SUCCESS).requests(9, 40, 502, closed());

        judge(scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownByTwoClosedConnections() {
        judge(Scene.shop().shopHealth("Healthy", TlsScenes.SUCCESS).requests(9, 2, 502, closed()))
                .isNotShown();
    }

    @Test
    void notShownWhereTheSessionWithTheServerIsOnRecord() {
        Scene scene = Scene.shop()
                .shopHealth("Healthy", TlsScenes.SUCCESS)
                .requests(9, 40, 502, closed().replace("'BackendSslProtocol':''", "'BackendSslProtocol':'TLSv1.2'"));

        judge(scene).isNotShown();
    }

    @Test
    void onlyPossibleWhereTheGatewayCouldNotEvenConnect() {
        Scene scene = Scene.shop()
                .shopHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .look(TlsScenes.brokenOff("Connection reset by peer"));

        judge(scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownByAPortThatSpeaksPlainHttp() {
        Scene scene = Scene.shop()
                .shopHealth("Unhealthy", Scene.CANNOT_CONNECT)
                .look(TlsScenes.brokenOff("SSL routines::wrong version number"));

        judge(scene).isNotShown();
    }

    @Test
    void notShownWhenTheBackendsAreHealthy() {
        judge(Scene.shop()
                        .shopHealth("Healthy", TlsScenes.SUCCESS)
                        .look(TlsScenes.brokenOff("sslv3 alert handshake failure")))
                .isNotShown();
    }

    /** The probe has a port of its own and is green; the port of live requests wants a client certificate. */
    @Test
    void shownByAnAlertAtThePortOfLiveRequestsWhateverTheProbeSeesElsewhere() {
        Scene scene = ownProbePort()
                .requests(9, 40, 502, closed())
                .look(TlsScenes.good("'error':'tlsv13 alert certificate required'")
                        .replace("'status':200,", ""));

        judge(scene).isShown(Confidence.CONFIRMED);
        Judging.of(new ProbePortOrProtocolMismatch(), scene).isNotShown();
    }

    @Test
    void anAlertForAnotherNameSaysNothingWhereTheNameOfTheRequestsGetsASession() {
        Scene scene = ownProbePort()
                .requests(9, 40, 502, closed())
                .look(TlsScenes.brokenOff("sslv3 alert handshake failure").replace("shop.example.com", "10.0.3.4"))
                .look(TlsScenes.good(""));

        judge(scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void withoutALogAnAlertCountsOnlyWhereTheProbeUsesAnotherPort() {
        String alert = TlsScenes.brokenOff("sslv3 alert handshake failure");

        judge(ownProbePort().look(alert)).isShown(Confidence.CONFIRMED);
        judge(Scene.shop().shopHealth("Healthy", TlsScenes.SUCCESS).look(alert)).isNotShown();
    }

    private static Scene ownProbePort() {
        return Scene.v2()
                .shop("'hostName':'shop.example.com'", "'host':'shop.example.com','path':'/','port':9443", "10.0.3.4")
                .health("pool-shop", "set-shop", "10.0.3.4", "Healthy", TlsScenes.SUCCESS);
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        judge(Scene.unread())
                .cannotTellWithout(
                        Source.BACKENDS, Source.GATEWAY, Source.BACKEND_HEALTH, Source.ACCESS_LOG, Source.DIRECT_PROBE);
    }

    private static String received(int status) {
        return "Received invalid status code: " + status + " in the backend server's HTTP response.";
    }

    private static String closed() {
        return "{'BackendPoolName':'pool-shop','BackendSettingName':'set-shop','ServerRouted':'10.0.3.4:443',"
                + "'ErrorInfo':'ERRORINFO_UPSTREAM_CLOSED_CONNECTION','SslEnabled':'on','BackendSslProtocol':'',"
                + "'Host':'www.example.com','OriginalHost':'www.example.com','RequestUri':'/','TimeTaken':0.02}";
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new BackendTlsHandshakeFailed(), scene);
    }
}
