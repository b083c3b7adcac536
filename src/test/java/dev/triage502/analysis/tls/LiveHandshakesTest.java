package dev.triage502.analysis.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What direct handshakes show at the port of live requests, whatever the probe sees elsewhere. */
class LiveHandshakesTest {

    private static final String BROKEN = "'error':'sslv3 alert handshake failure'";
    private static final String OTHER_SITE = "'subject':'CN=default','san':['default.example'],'issuer':'CN=CA'";

    /** A setting that asks for the client's host, and requests for {@code shop.example.com} of which none is answered. */
    private static Scene failing() {
        return Scene.v2()
                .shop("'requestTimeout':30", "'host':'probe.internal','path':'/'", "10.0.3.4")
                .requests(
                        9,
                        40,
                        502,
                        "{'BackendPoolName':'pool-shop','BackendSettingName':'set-shop','ServerRouted':'10.0.3.4:443',"
                                + "'ErrorInfo':'ERRORINFO_UPSTREAM_CLOSED_CONNECTION','SslEnabled':'on',"
                                + "'BackendSslProtocol':'','Host':'shop.example.com','OriginalHost':'shop.example.com'}");
    }

    private static String look(String host, String more, String tls) {
        return "{'target':'10.0.3.4','scheme':'https','host':'" + host + "','path':'/'" + more + ",'tls':{" + tls
                + "}}";
    }

    private static List<Finding> brokenOff(Scene scene) {
        Evidence evidence = scene.evidence();
        Gateway gateway = evidence.gateway().toOptional().orElseThrow();
        return LiveHandshakes.of(evidence, LiveTlsFailures.of(evidence))
                .brokenOff(gateway)
                .toList();
    }

    private static List<Finding> anotherSite(Scene scene) {
        Evidence evidence = scene.evidence();
        Gateway gateway = evidence.gateway().toOptional().orElseThrow();
        AccessLog log = evidence.accessLog().toOptional().orElseThrow();
        return LiveHandshakes.of(evidence, LiveTlsFailures.of(evidence))
                .anotherSite(log, gateway)
                .toList();
    }

    @Test
    void aHandshakeThatTheServerBreaksOffIsToldWithItsName() {
        assertThat(brokenOff(failing().look(look("shop.example.com", "", BROKEN))))
                .extracting(Finding::text)
                .containsExactly("10.0.3.4 aborts the TLS handshake on the port that requests use (SNI"
                        + " shop.example.com): \"sslv3 alert handshake failure\"");
        assertThat(brokenOff(failing().look(look("10.0.3.4", "", BROKEN))))
                .extracting(Finding::text)
                .containsExactly("10.0.3.4 aborts the TLS handshake on the port that requests use: \"sslv3 alert"
                        + " handshake failure\"");
    }

    /** The server may want a name that it knows. */
    @Test
    void whereALookAskedForTheNameOfTheRequestsThatOneCounts() {
        Scene broken = failing()
                .look(look("shop.example.com", "", BROKEN))
                .look(look("www.example.com", ",'status':200", OTHER_SITE));
        Scene answered = failing()
                .look(look("www.example.com", "", BROKEN))
                .look(look("shop.example.com", ",'status':200", OTHER_SITE));

        assertThat(brokenOff(broken)).singleElement().satisfies(finding -> {
            assertThat(finding.text())
                    .endsWith("\"sslv3 alert handshake failure\", and completes it for SNI www.example.com");
            assertThat(finding.values()).containsEntry("handshake", "name").containsEntry("names", "www.example.com");
        });
        assertThat(brokenOff(answered)).isEmpty();
    }

    @Test
    void oneHandshakeThatSucceedsIsEnough() {
        assertThat(brokenOff(failing()
                        .look(look("a.example.com", "", BROKEN))
                        .look(look("b.example.com", ",'status':200", OTHER_SITE))))
                .isEmpty();
    }

    @Test
    void aLookAtAnotherPortOrAnotherPoolOrWithoutTlsSaysNothing() {
        assertThat(brokenOff(failing().look(look("shop.example.com", ",'port':8443", BROKEN))))
                .isEmpty();
        assertThat(brokenOff(failing().look(look("shop.example.com", "", BROKEN).replace("10.0.3.4", "10.0.3.99"))))
                .isEmpty();
        assertThat(brokenOff(failing().look(look("shop.example.com", "", BROKEN).replace("https", "http"))))
                .isEmpty();
    }

    @Test
    void aServerThatShowsAnotherSiteWithoutANameDoesNotKnowTheRequestsName() {
        List<Finding> findings = anotherSite(failing().look(look("10.0.3.4", ",'status':200", OTHER_SITE)));

        assertThat(findings)
                .extracting(Finding::text)
                .containsExactly(
                        "all 40 requests through set-shop ended before a response; SNI is shop.example.com",
                        "10.0.3.4, without SNI, presents a certificate for default.example");
        assertThat(findings.get(0).values()).containsEntry("uncovered-name", "shop.example.com");
    }

    @Test
    void aCertificateWithoutAlternativeNamesIsToldByItsSubject() {
        assertThat(anotherSite(
                        failing().look(look("10.0.3.4", ",'status':200", "'subject':'CN=default','issuer':'CN=CA'"))))
                .extracting(Finding::text)
                .contains("10.0.3.4, without SNI, presents a certificate for CN=default");
    }

    @Test
    void aServerThatHasACertificateForTheNameKnowsIt() {
        assertThat(anotherSite(failing()
                        .look(look("10.0.3.4", ",'status':200", OTHER_SITE))
                        .look(look(
                                "shop.example.com",
                                ",'status':200",
                                "'subject':'CN=shop','san':['shop.example.com'],'issuer':'CN=CA'"))))
                .isEmpty();
    }

    @Test
    void aLookForAnotherNameShowsNoSiteOfTheServersOwn() {
        assertThat(anotherSite(failing().look(look("www.example.com", ",'status':200", OTHER_SITE))))
                .isEmpty();
        assertThat(anotherSite(failing().look(look("10.0.3.4", "", OTHER_SITE + "," + BROKEN))))
                .as("it was broken off")
                .isEmpty();
    }
}
