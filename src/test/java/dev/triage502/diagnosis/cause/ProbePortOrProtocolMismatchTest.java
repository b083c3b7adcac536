package dev.triage502.diagnosis.cause;

import static dev.triage502.diagnosis.cause.ProbeScenes.received;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbePortOrProtocolMismatchTest {

    @Test
    void shownWhereTheSamePathAnswersOnAnotherPort() {
        Scene scene = one(404).look(look(80, "http", "'status':404")).look(look(8080, "http", "'status':200"));

        List<Finding> findings = judge(scene).isShown(Confidence.CONFIRMED);

        assertThat(findings).extracting(Finding::text).contains("10.0.2.4 returns 200 for /health on port 8080");
        assertThat(findings).anyMatch(each -> "8080".equals(each.values().get("open-port")));
        Judging.of(new ProbeStatusMismatch(), scene).isNotShown();
    }

    @Test
    void shownWhereTheSamePathAnswersOnAnotherPortAskedByAddress() {
        Scene scene = one(404).look(look(80, "http", "'status':404")).look(byAddress(9090, 200));

        judge(scene).isShown(Confidence.CONFIRMED);
        Judging.of(new ProbeStatusMismatch(), scene).isNotShown();
    }

    @Test
    void theHostDiffersWhereTheAddressGetsTheAnswerOnTheProbedPortToo() {
        Scene scene = one(404).look(look(80, "http", "'status':404"))
                .look(byAddress(80, 200))
                .look(byAddress(9090, 200));

        judge(scene).isNotShown();
        Judging.of(new ProbeHostMismatch(), scene).isShown(Confidence.CONFIRMED);
    }

    private static String byAddress(int port, int status) {
        return look(port, "http", "'status':" + status).replace("www.example.com", "10.0.2.4");
    }

    @Test
    void shownWhereTheSamePathAnswersOverTls() {
        judge(one(404).look(look(443, "https", "'status':200"))).isShown(Confidence.CONFIRMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The plain HTTP request was sent to HTTPS port",
                "Client sent an HTTP request to an HTTPS server.",
                "This combination of host and port requires TLS.",
                "You are speaking plain HTTP to an SSL-enabled server port."
            })
    void shownByAnAnswerThatSaysThatThePortSpeaksTls(String body) {
        judge(one(400).look(look(80, "http", "'status':400,'body':'" + body + "'")))
                .isShown(Confidence.CONFIRMED);
    }

    @Test
    void shownByAnAnswerThatRejectsTheVersionOfHttp() {
        String body = "'body':'An HTTP/1.x request was sent to an HTTP/2 only endpoint.'";

        judge(one(400).look(look(80, "http", "'status':400," + body))).isShown(Confidence.CONFIRMED);
        // A page that speaks of HTTP/2 is no such answer.
        assertThat(judge(one(404).look(look(80, "http", "'status':404," + body)))
                        .verdict())
                .isNotInstanceOf(Verdict.Shown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSL routines::wrong version number",
                "Unsupported or unrecognized SSL message",
                "tls: first record does not look like a TLS handshake"
            })
    void shownByAHandshakeWithAPortThatSpeaksPlainHttp(String words) {
        Scene scene = Scene.shop()
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.CONNECTION_ERROR)
                .look(TlsScenes.brokenOff(words));

        assertThat(judge(scene).isShown(Confidence.CONFIRMED).get(0).target().name())
                .isEqualTo("set-shop");
    }

    @Test
    void shownByAServerThatClosesPlainConnectionsAndSpeaksTls() {
        String reset = look(80, "http", "'connect':'ok','error':'connection reset by peer'");
        String mutual = look(
                80, "https", "'connect':'ok','tls':{'protocol':'TLSv1.3','error':'alert certificate required (116)'}");

        Finding finding = judge(refusing().look(reset).look(mutual))
                .isShown(Confidence.CONFIRMED)
                .get(0);
        assertThat(finding.text())
                .contains("closes plain connections on this port and speaks TLS there: \"alert certificate required");
        assertThat(finding.values()).containsEntry("open-protocol", "Https").containsEntry("mutual-tls", "yes");
        // Whoever answers plain requests as well speaks both.
        assertThat(judge(refusing().look(look(80, "http", "'status':200")).look(mutual))
                        .verdict())
                .isNotInstanceOf(Verdict.Shown.class);
    }

    @Test
    void shownByAServerThatSpeaksHttp2Only() {
        Scene scene = Scene.web()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.CANNOT_CONNECT)
                .look(look(80, "http", "'error':'received HTTP/2 frames in answer to an HTTP/1.1 request'"));

        assertThat(judge(scene).isShown(Confidence.CONFIRMED))
                .anySatisfy(finding -> assertThat(finding.values())
                        .containsEntry("http2-only", "yes")
                        .doesNotContainKey("open-protocol"));
    }

    @Test
    void shownByAServerThatDoesNotTakeTheProxyHeader() {
        Scene scene = Scene.web()
                .webHealth(
                        "Unhealthy",
                        "Verify that the backend server is set up to accept the Proxy protocol header sent by the"
                                + " probes.");

        assertThat(judge(scene).isShown(Confidence.CONFIRMED).get(0).values()).containsEntry("proxy-protocol", "yes");
    }

    /** Probes are content with their own port; requests go to another one that nobody answers. */
    @Test
    void likelyByLiveRequestsToAnotherPortThanTheProbes() {
        Scene scene = ownPort()
                .health("pool-web", "set-web", "10.0.2.4", "Healthy", ProbeScenes.SUCCESS)
                .requests(9, 30, 502, closed());

        assertThat(judge(scene).isShown(Confidence.LIKELY))
                .extracting(Finding::text)
                .containsExactly(
                        "all 30 requests to port 8443 of pool-web got no response",
                        "the probe of set-web succeeds on port 80, but requests go to port 8443");
    }

    @Test
    void shownWhereThePortOfThoseRequestsAnswersOverTlsOnly() {
        Scene scene = ownPort()
                .health("pool-web", "set-web", "10.0.2.4", "Healthy", ProbeScenes.SUCCESS)
                .requests(9, 30, 502, closed())
                .look(look(8443, "http", "'connect':'ok','error':'empty reply from server'"))
                .look(look(8443, "https", "'status':200"));

        Finding finding = judge(scene).isShown(Confidence.CONFIRMED).get(0);

        assertThat(finding.text())
                .isEqualTo("10.0.2.4 returns 200 for /health over TLS on port 8443, where set-web uses plain HTTP");
        assertThat(finding.target().kind()).isEqualTo(Kind.SETTING);
        assertThat(finding.values())
                .containsEntry("open-port", "8443")
                .containsEntry("open-protocol", "Https")
                .containsEntry("server", "10.0.2.4");
        judge(scene.look(look(8443, "http", "'status':200"))).isShown(Confidence.LIKELY);
        judge(answeringOverTls()).isShown(Confidence.LIKELY);
    }

    @Test
    void notShownWhereSomeOfThoseRequestsAreAnswered() {
        Scene scene = ownPort()
                .health("pool-web", "set-web", "10.0.2.4", "Healthy", ProbeScenes.SUCCESS)
                .requests(9, 30, 502, closed())
                .requests(
                        4,
                        30,
                        200,
                        "{'BackendPoolName':'pool-web','BackendSettingName':'set-web',"
                                + "'ServerRouted':'10.0.2.4:8443','ServerStatus':'200','ErrorInfo':'ERRORINFO_NO_ERROR'}");

        judge(scene).isNotShown();
    }

    @Test
    void notShownWhereProbesAndRequestsGoToOnePort() {
        Scene scene = Scene.web().webHealth("Healthy", ProbeScenes.SUCCESS).requests(9, 30, 502, closed());

        judge(scene).isNotShown();
    }

    /** From one place it is closed, from another it answers: no other port is in it. */
    @Test
    void notShownByOnePortThatIsClosedFromSomewhereOnly() {
        Scene scene = Scene.web()
                .webHealth("Unhealthy", Scene.TIMED_OUT)
                .document(
                        Source.DIRECT_PROBE,
                        "[{'target':'10.0.2.4:80','scheme':'http','path':'/health','connect':'ok','status':200,'from':'vm-1'},"
                                + "{'target':'10.0.2.4:80','scheme':'http','path':'/health','connect':'timeout','from':'vm-2'}]")
                .without(Source.GATEWAY);

        judge(scene).isNotShown();
    }

    @Test
    void onlyPossibleByAnotherPortWhereNothingShowsHowTheServersDo() {
        Scene scene = Scene.web()
                .network()
                .document(
                        Source.DIRECT_PROBE,
                        "[{'target':'10.0.2.4:80','scheme':'http','path':'/health','connect':'refused'},"
                                + "{'target':'10.0.2.4:8080','scheme':'http','path':'/health','connect':'ok','status':200}]");

        judge(scene).isShown(Confidence.POSSIBLE);
    }

    /** A member that is known by name is looked at by its address, on whatever port. */
    @Test
    void shownByAnotherPortAtTheAddressWhereANamedServerWasLookedAt() {
        Scene scene = Scene.v2()
                .pool("pool-web", "web.corp.example")
                .probe("probe-web", "{'protocol':'Http','host':'web.corp.example','path':'/health'}")
                .setting(
                        "set-web",
                        "{'port':80,'protocol':'Http','probe':{'id':'" + Scene.GATEWAY + "/probes/probe-web'}}")
                .rule("rule-web", "pool-web", "set-web")
                .health("pool-web", "set-web", "web.corp.example", "Unhealthy", received(404))
                .document(
                        Source.DIRECT_PROBE,
                        "[{'target':'10.0.2.4:80','scheme':'http','host':'web.corp.example','path':'/health','connect':'ok',"
                                + "'status':404},{'target':'10.0.2.4:9000','scheme':'http','host':'10.0.2.4',"
                                + "'path':'/health','connect':'ok','status':200}]");

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void namesTheProbeThatHasAPortOfItsOwn() {
        Scene scene = ownPort()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(404))
                .look(look(80, "http", "'status':404"))
                .look(look(8443, "http", "'status':200"));

        Target target = judge(scene).isShown(Confidence.CONFIRMED).get(0).target();

        assertThat(target.kind()).isEqualTo(Kind.PROBE);
        assertThat(target.name()).isEqualTo("probe-web");
    }

    @Test
    void likelyByABadRequestOverPlainHttpToAPortOfTls() {
        Scene scene = Scene.v2()
                .pool("pool-web", "10.0.2.4")
                .setting("set-web", "{'port':443,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web")
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(400));

        assertThat(judge(scene).isShown(Confidence.LIKELY))
                .extracting(Finding::text)
                .contains("set-web uses HTTP on port 443");
        Judging.of(new DefaultProbeRejected(), scene).isNotShown();
    }

    @Test
    void cannotTellByA404Alone() {
        judge(one(404))
                .cannotTellWithout(Source.DIRECT_PROBE, Source.ACCESS_LOG, Source.BACKENDS, Source.ON_DEMAND_HEALTH);
    }

    @Test
    void notShownWhereTheOtherPortAnswersAsBadly() {
        judge(one(404).look(look(80, "http", "'status':404")).look(look(8080, "http", "'status':404")))
                .isNotShown();
    }

    @Test
    void notShownWhenTheBackendsAreHealthy() {
        judge(Scene.web()
                        .webHealth("Healthy", ProbeScenes.SUCCESS)
                        .look(look(80, "http", "'status':400,'body':'The plain HTTP request was sent to HTTPS port'")))
                .isNotShown();
    }

    private static Scene refusing() {
        return Scene.web().health("pool-web", "set-web", "10.0.2.4", "Unhealthy", CANNOT_CONNECT);
    }

    private static final String CANNOT_CONNECT =
            "Cannot connect to backend server. Check whether any NSG/UDR/Firewall is blocking access to the server.";

    private static Scene one(int status) {
        return Scene.web().health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(status));
    }

    /** Requests go to 8443, the probe to 80. */
    /** Nobody read how the probes do. */
    private static Scene answeringOverTls() {
        return ownPort().requests(9, 30, 502, closed()).look(look(8443, "https", "'status':200"));
    }

    private static Scene ownPort() {
        return Scene.v2()
                .pool("pool-web", "10.0.2.4")
                .setting(
                        "set-web",
                        "{'port':8443,'protocol':'Http','probe':{'id':'" + Scene.GATEWAY + "/probes/probe-web'}}")
                .probe("probe-web", "{'protocol':'Http','host':'www.example.com','path':'/health','port':80}")
                .rule("rule-web", "pool-web", "set-web");
    }

    private static String closed() {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:8443',"
                + "'ErrorInfo':'ERRORINFO_UPSTREAM_CLOSED_CONNECTION','RequestUri':'/','TimeTaken':0.01}";
    }

    private static String look(int port, String scheme, String answer) {
        return "{'target':'10.0.2.4:" + port + "','scheme':'" + scheme + "','host':'www.example.com','path':'/health',"
                + answer + "}";
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new ProbePortOrProtocolMismatch(), scene);
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
}
