package dev.triage502.analysis.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which live requests end in the TLS handshake, and for which name. */
class LiveTlsFailuresTest {

    private static final String SHOP = "shop.example.com";
    private static final String PATH = "'path':'/'";

    /** A setting that asks for the client's own host. */
    private static Scene clients(String... members) {
        return Scene.v2().shop("'requestTimeout':30", "'host':'probe.internal'," + PATH, members);
    }

    private static Scene clients() {
        return clients("10.0.3.4", "10.0.3.5");
    }

    private static String row(String host, String errorInfo, String protocol) {
        return "{'BackendPoolName':'pool-shop','BackendSettingName':'set-shop','ServerRouted':'10.0.3.4:443',"
                + "'ErrorInfo':'" + errorInfo + "','SslEnabled':'on','BackendSslProtocol':'" + protocol + "','Host':'"
                + host + "','OriginalHost':'" + host + "','RequestUri':'/','TimeTaken':0.02,'ServerStatus':'"
                + (protocol.isEmpty() ? "" : "200") + "'}";
    }

    private static String closed(String host) {
        return row(host, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "");
    }

    /** What a v1 gateway's log has: nothing of TLS with the server. */
    private static String closedUntold(String host) {
        return closed(host).replace("'SslEnabled':'on',", "");
    }

    private static Scene failing(Scene scene, String host) {
        return scene.requests(9, 40, 502, closed(host));
    }

    private static Scene served(Scene scene, int minutesBefore, String host) {
        return scene.requests(minutesBefore, 40, 200, row(host, "ERRORINFO_NO_ERROR", "TLSv1.2"));
    }

    private static LiveTlsFailures live(Scene scene) {
        return LiveTlsFailures.of(scene.evidence());
    }

    private static AccessLog log(Scene scene) {
        return scene.evidence().accessLog().toOptional().orElseThrow();
    }

    private static List<LiveFailures> unanswered(Scene scene) {
        Evidence evidence = scene.evidence();
        Gateway gateway = evidence.gateway().toOptional().orElseThrow();
        return LiveTlsFailures.of(evidence).unanswered(log(scene), gateway).toList();
    }

    private static List<String> hosts(Stream<Row> rows) {
        return rows.map(Row::clientHost).distinct().sorted().toList();
    }

    private static List<String> forTheirName(Scene scene) {
        return hosts(live(scene).unansweredForTheirName(log(scene)).stream());
    }

    @ParameterizedTest
    @CsvSource({"3,1", "2,0"})
    void fewerThanThreeRequestsCanEndByChance(int requests, int groups) {
        assertThat(unanswered(clients().requests(9, requests, 502, closed(SHOP))))
                .hasSize(groups);
    }

    @Test
    void requestsThroughASettingThatSpeaksHttpHaveNoHandshake() {
        Scene scene = Scene.web()
                .requests(
                        9,
                        40,
                        502,
                        closed(SHOP).replace("pool-shop", "pool-web").replace("set-shop", "set-web"));

        assertThat(unanswered(scene)).isEmpty();
    }

    @Test
    void aSessionThatCameAboutBeforeWasNotTheMatter() {
        assertThat(unanswered(
                        clients().requests(9, 40, 502, row(SHOP, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "TLSv1.2"))))
                .isEmpty();
        assertThat(unanswered(clients().requests(9, 40, 502, row(SHOP, "ERRORINFO_UPSTREAM_TIMED_OUT", ""))))
                .isEmpty();
    }

    @Test
    void whatWasServedBeforeSaysNothingOfNow() {
        assertThat(unanswered(served(failing(clients(), SHOP), 20, SHOP))).hasSize(1);
        assertThat(unanswered(served(failing(clients(), SHOP), 5, SHOP))).isEmpty();
    }

    /** Each name is a case of its own where the client's is asked for. */
    @Test
    void aNameForWhichNoSessionComesAboutIsToldBesideOneThatIsServed() {
        Scene scene = served(failing(failing(clients(), SHOP), "www.example.com"), 5, "WWW.example.com");

        assertThat(unanswered(scene)).singleElement().satisfies(failures -> {
            assertThat(hosts(failures.rows().stream())).containsExactly(SHOP);
            assertThat(failures.requests()).isEqualTo(40);
        });
        assertThat(forTheirName(scene)).containsExactly(SHOP);
    }

    @Test
    void whereAllFailTheirNamesAreNotTheMatter() {
        assertThat(forTheirName(failing(failing(clients(), SHOP), "www.example.com")))
                .isEmpty();
    }

    @Test
    void aNameOfTwoRequestsMayBeChance() {
        Scene scene = served(clients().requests(9, 2, 502, closed(SHOP)), 5, "www.example.com");

        assertThat(forTheirName(scene)).isEmpty();
    }

    @Test
    void aServedRequestWithoutItsHostMayBeOfAnyName() {
        assertThat(forTheirName(served(failing(clients(), SHOP), 5, ""))).isEmpty();
    }

    @Test
    void failingRequestsWithoutAHostAreNoName() {
        assertThat(forTheirName(served(failing(clients(), ""), 5, "www.example.com")))
                .isEmpty();
    }

    @Test
    void aSettingThatAsksForOneNameOnlyHasNoNamesToTellApart() {
        Scene scene = served(failing(Scene.shop(), SHOP), 5, "www.example.com");

        assertThat(unanswered(scene)).isEmpty();
        assertThat(forTheirName(scene)).isEmpty();
    }

    /** Where the configuration was not understood the log tells by itself which settings speak TLS. */
    @Test
    void withoutTheConfigurationTheLogTells() {
        Scene scene = served(failing(clients(), SHOP), 5, "www.example.com");
        String rewritten = closed(SHOP).replace("'Host':'" + SHOP, "'Host':'inner.example");
        Scene fixed = served(clients().requests(9, 40, 502, rewritten), 5, "www.example.com");

        assertThat(forTheirName(scene.without(Source.GATEWAY))).containsExactly(SHOP);
        assertThat(forTheirName(fixed.without(Source.GATEWAY)))
                .as("another host is asked for than the client's")
                .isEmpty();
        assertThat(forTheirName(served(clients().requests(9, 40, 502, closedUntold(SHOP)), 5, "www.example.com")
                        .without(Source.GATEWAY)))
                .as("nothing says that it was TLS")
                .isEmpty();
    }

    private static String look(String host, String certificateOf) {
        return "{'target':'10.0.3.4','scheme':'https','host':'" + host + "','path':'/','tls':{'subject':'CN="
                + certificateOf + "','san':['" + certificateOf + "'],'issuer':'CN=CA'}}";
    }

    /** A log that says nothing of TLS leaves it to a look at the certificate. */
    @ParameterizedTest
    @CsvSource({
        "shop.example.com,www.example.com,true",
        "SHOP.example.com,www.example.com,true",
        "cart.example.com,www.example.com,true",
        "cart.example.com,shop.example.com,false",
        "shop.example.com,shop.example.com,false",
        "shop.other.com,www.example.com,false",
        "shop.com,www.example.com,false"
    })
    void whereTheLogDoesNotTellALookAtTheNameOrASisterDoes(String asked, String certificate, boolean told) {
        Scene scene = served(clients().requests(9, 40, 502, closedUntold(SHOP)), 5, "www.example.com");

        assertThat(forTheirName(scene)).as("nobody looked").isEmpty();
        assertThat(forTheirName(scene.look(look(asked, certificate)))).isEqualTo(told ? List.of(SHOP) : List.of());
    }

    private static List<String> seenUnnamed(Scene scene) {
        Evidence evidence = scene.evidence();
        return LiveTlsFailures.of(evidence)
                .seenUnnamed(log(scene), evidence.gateway().toOptional().orElseThrow())
                .map(Finding::text)
                .toList();
    }

    @Test
    void aCertificateForAnotherNameThanTheRequestsAskForIsTold() {
        Scene scene = failing(clients(), SHOP).look(look(SHOP, "www.example.com"));

        assertThat(seenUnnamed(scene))
                .containsExactly("all 40 requests through set-shop ended before a response; for SNI shop.example.com"
                        + " the servers present a certificate for www.example.com");
        assertThat(seenUnnamed(failing(
                                Scene.v2().shop("'validateSNI':false", "'host':'probe.internal'," + PATH, "10.0.3.4"),
                                SHOP)
                        .look(look(SHOP, "www.example.com"))))
                .as("the setting does not check the name")
                .isEmpty();
    }

    private static List<Finding> unexplained(Scene scene) {
        Evidence evidence = scene.evidence();
        return LiveTlsFailures.of(evidence)
                .unexplained(log(scene), evidence.gateway().toOptional().orElseThrow())
                .toList();
    }

    @Test
    void whatNothingExplainsIsToldWithTheNamesOfRequestsAndProbe() {
        Scene scene = failing(clients(), SHOP).document(Source.DIRECT_PROBE, "[]");

        assertThat(unexplained(scene))
                .extracting(Finding::text)
                .containsExactly(
                        "all 40 requests through set-shop ended before a response; no TLS session with the servers was"
                                + " logged",
                        "set-shop sends SNI shop.example.com with requests, but its probe sends SNI probe.internal");
    }

    @Test
    void namesAreComparedOnlyWhereSomebodyLookedAtTheCertificate() {
        assertThat(unexplained(failing(clients(), SHOP))).hasSize(1);
    }

    @Test
    void aProbeThatSendsNoNameIsSaidToSendNone() {
        Scene scene = Scene.v2()
                .pool("pool-shop", "10.0.3.4")
                .setting("set-shop", "{'port':443,'protocol':'Https'}")
                .rule("rule-shop", "pool-shop", "set-shop")
                .document(Source.DIRECT_PROBE, "[]");

        assertThat(unexplained(failing(scene, SHOP)))
                .extracting(Finding::text)
                .contains("set-shop sends SNI shop.example.com with requests, but its probe sends no SNI");
    }

    /** Which name is sent is not known then; it is not said to be none. */
    @Test
    void nothingIsSaidOfTheNameWhereTheLogHasNoHosts() {
        Scene scene = failing(clients("10.0.3.4"), "")
                .health("pool-shop", "set-shop", "10.0.3.4", "Healthy", "Success")
                .document(Source.DIRECT_PROBE, "[]");

        assertThat(unexplained(scene)).hasSize(1);
        assertThat(source(live(scene.without(Source.DIRECT_PROBE)).undecidedFor()))
                .as("the probe's name may be another")
                .contains(Source.DIRECT_PROBE);
    }

    @Test
    void aV1GatewayAsksForThePoolsName() {
        Scene scene = Scene.v1()
                .shop("'hostName':'live.example.com'", "'host':'live.example.com'," + PATH, SHOP)
                .requests(9, 40, 502, closedUntold("www.example.com"))
                .look("{'target':'" + SHOP + "','scheme':'https','host':'" + SHOP
                        + "','path':'/','tls':{'subject':'CN=other','san':['other.example'],'issuer':'CN=CA'}}");

        assertThat(seenUnnamed(scene)).singleElement().asString().contains("for SNI shop.example.com the servers");
    }

    private static Optional<Source> source(Optional<CouldNotRead<?>> unread) {
        return unread.map(CouldNotRead::source);
    }

    @Test
    void aLookWouldTellWhyNoSessionComesAbout() {
        Scene scene = failing(clients(), SHOP);

        assertThat(source(live(scene).undecidedFor())).contains(Source.DIRECT_PROBE);
        assertThat(source(live(scene).undecidedForName())).contains(Source.DIRECT_PROBE);
        assertThat(source(live(scene).undecidedForPort())).contains(Source.DIRECT_PROBE);
        assertThat(live(scene.document(Source.DIRECT_PROBE, "[]")).undecidedFor())
                .isEmpty();
    }

    @Test
    void theConfigurationWouldTellWhereItWasNotRead() {
        Scene scene = failing(clients(), SHOP).without(Source.GATEWAY);

        assertThat(source(live(scene).undecidedFor())).contains(Source.GATEWAY);
        assertThat(live(served(scene, 5, SHOP)).undecidedFor())
                .as("requests are served")
                .isEmpty();
    }

    /** A probe of the same port that passes leaves the name; one for the same name as well leaves neither. */
    @Test
    void aProbeThatPassesSettlesThePort() {
        Scene scene =
                failing(clients("10.0.3.4"), SHOP).health("pool-shop", "set-shop", "10.0.3.4", "Healthy", "Success");

        assertThat(live(scene).undecidedForPort()).isEmpty();
        assertThat(source(live(scene).undecidedForName())).contains(Source.DIRECT_PROBE);
        Scene sameName = failing(Scene.shop(), SHOP).shopHealth("Healthy", "Success");
        assertThat(live(sameName).undecidedFor()).isEmpty();
    }

    @Test
    void aNameThatIsServedSettlesThePort() {
        Scene scene = served(failing(clients(), SHOP), 5, "www.example.com");

        assertThat(live(scene).undecidedForPort()).isEmpty();
        assertThat(source(live(scene).undecidedFor())).contains(Source.DIRECT_PROBE);
    }

    @Test
    void theNameIsSettledWhereTheSettingDoesNotCheckItOrTheServerIsKnownToHaveIt() {
        Scene unchecked =
                failing(Scene.v2().shop("'validateSNI':false", "'host':'probe.internal'," + PATH, "10.0.3.4"), SHOP);
        Scene member = failing(Scene.v2().shop("'requestTimeout':30", "'host':'probe.internal'," + PATH, SHOP), SHOP);

        assertThat(live(unchecked).undecidedForName()).isEmpty();
        assertThat(live(member).undecidedForName()).isEmpty();
    }
}
