package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;

class BackendCertificateNameMismatchTest {

    private static final String APP = "shop-prod.azurewebsites.net";

    @Test
    void shownByTheGatewaysOwnProbe() {
        assertThat(judge(Scene.shop().shopHealth("Unhealthy", TlsScenes.NAME)).isShown(Confidence.CONFIRMED))
                .hasSize(2);
    }

    @Test
    void shownByACertificateSeenDirectly() {
        Finding finding = judge(Scene.shop().look(TlsScenes.good("'san':['intranet.example.com']")))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text()).contains("presents a certificate for intranet.example.com (SNI shop.example.com)");
        assertThat(finding.values())
                .containsEntry("names", "intranet.example.com")
                .containsEntry("uncovered-name", "shop.example.com");
    }

    @Test
    void notShownByACertificateSeenForANameThatTheGatewayDoesNotAskFor() {
        Scene scene =
                Scene.v2().shop("'hostName':'internal.example.com'").look(TlsScenes.good("'san':['shop.example.com']"));

        judge(scene).isNotShown();
    }

    /** Only the alternative names count where there are any, and a star stands for one label. */
    @Test
    void shownByAStarThatStandsForTooLittle() {
        judge(Scene.shop().look(TlsScenes.good("'san':['*.shop.example.com','example.com']")))
                .isShown(Confidence.CONFIRMED);
    }

    /** The first generation asks for the pool's name, whatever the setting says. */
    @Test
    void comparesWithThePoolsNameOnAFirstGenerationGateway() {
        Scene scene = Scene.v1()
                .shop("'hostName':'shop.example.com'", "'host':'shop.example.com','path':'/'", "web1.example.com")
                .health("pool-shop", "set-shop", "web1.example.com", "Unhealthy", TlsScenes.CONNECTION_ERROR)
                .look("{'target':'web1.example.com','scheme':'https','host':'web1.example.com','path':'/','tls':{"
                        + "'subject':'CN=shop.example.com','san':['shop.example.com'],'issuer':'CN=Issuing CA'}}");

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void onlyLikelyWhereTheServerShowsTheRightNameByNow() {
        Scene scene = Scene.shop()
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.NAME)
                .look(TlsScenes.good(""));

        judge(scene).isShown(Confidence.LIKELY);
    }

    /** The text has been printed where the authority was the fault: azure-docs#44425, AGIC#927. */
    @Test
    void notShownWhereTheNameIsRightAndTheAuthorityIsNotKnown() {
        Scene scene = Scene.shop()
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.NAME)
                .look(TlsScenes.good("'verified':false,'error':'self-signed certificate in certificate chain'"));

        judge(scene).isNotShown();
        Judging.of(new BackendCertificateUntrusted(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhereTheSettingDoesNotCheckTheName() {
        Scene scene = Scene.v2()
                .shop("'hostName':'shop.example.com','validateSNI':false")
                .shopHealth("Unhealthy", TlsScenes.NAME)
                .look(TlsScenes.good("'san':['intranet.example.com']"));

        judge(scene).isNotShown();
    }

    /** The probe sends the member's name, live requests send the client's: health is green and nothing works. */
    @Test
    void likelyByLiveRequestsAloneThatAskAPlatformForTheClientsName() {
        Scene scene = app("'pickHostNameFromBackendAddress':false")
                .health("pool-shop", "set-shop", APP, "Healthy", TlsScenes.SUCCESS)
                .requests(9, 40, 502, closed("www.example.com"));

        assertThat(judge(scene).isShown(Confidence.LIKELY))
                .extracting(Finding::source)
                .containsExactly(Source.ACCESS_LOG, Source.GATEWAY);
        Judging.of(new BackendTlsHandshakeFailed(), scene).isNotShown();
        Judging.of(new BackendClosesConnection(), scene).isNotShown();
    }

    @Test
    void likelyWhereTheNamesOfTheAppAreKnownUntilALookIsShownACertificate() {
        Scene scene = app("'pickHostNameFromBackendAddress':false")
                .requests(9, 40, 502, closed("www.example.com"))
                .document(Source.BACKENDS, site(APP));

        // A platform may as well end the handshake for a name that it does not know.
        judge(scene).isShown(Confidence.LIKELY);
        judge(scene.look("{'target':'" + APP + "','scheme':'https','host':'www.example.com','sni':'www.example.com',"
                        + "'path':'/','connect':'ok','tls':{'subject':'CN=*.azurewebsites.net','san':"
                        + "['*.azurewebsites.net'],'issuer':'CN=Issuing CA','verified':false}}"))
                .isShown(Confidence.CONFIRMED);
    }

    /** A platform may end the session for a name that it does not know, and show no certificate at all. */
    @Test
    void notShownWhereALookForThatNameWasShownNoCertificate() {
        String look = "{'target':'" + APP + "','scheme':'https','host':'www.example.com','sni':'www.example.com',"
                + "'path':'/','connect':'ok','tls':{'verified':false,'error':'Connection reset by peer'}}";
        Scene scene = app("'pickHostNameFromBackendAddress':false")
                .requests(9, 40, 502, closed("www.example.com"))
                .document(Source.BACKENDS, site(APP))
                .look(look);

        judge(scene).isNotShown();
        Judging.of(new BackendTlsHandshakeFailed(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhereALookForThatNameWasShownACertificateForIt() {
        String look = "{'target':'" + APP + "','scheme':'https','host':'www.example.com','sni':'www.example.com',"
                + "'path':'/','connect':'ok','tls':{'subject':'CN=www.example.com','san':['www.example.com'],"
                + "'issuer':'CN=Issuing CA','verified':false,'error':'unable to verify the first certificate'}}";

        judge(app("'pickHostNameFromBackendAddress':false")
                        .requests(9, 40, 502, closed("www.example.com"))
                        .look(look))
                .isNotShown();
    }

    @Test
    void notShownWhereTheAppHasTheClientsNameAsItsOwn() {
        Scene scene = app("'pickHostNameFromBackendAddress':false")
                .requests(9, 40, 502, closed("www.example.com"))
                .document(Source.BACKENDS, site(APP + "','www.example.com"));

        judge(scene).isNotShown();
    }

    @Test
    void notShownByClosedConnectionsWhereTheMembersOwnNameIsSent() {
        Scene scene = app("'pickHostNameFromBackendAddress':true").requests(9, 40, 502, closed("www.example.com"));

        judge(scene).isNotShown();
    }

    @Test
    void notShownByClosedConnectionsAmongAnsweredOnes() {
        Scene scene = app("'pickHostNameFromBackendAddress':false")
                .requests(9, 4, 502, closed("www.example.com"))
                .requests(
                        8,
                        90,
                        200,
                        "{'BackendPoolName':'pool-shop','BackendSettingName':'set-shop',"
                                + "'ServerRouted':'203.0.113.7:443','ServerStatus':'200','ErrorInfo':'ERRORINFO_NO_ERROR'}");

        judge(scene).isNotShown();
    }

    /** A certificate seen for the client's very name settles it for any backend. */
    @Test
    void confirmedByALookThatAskedForTheClientsName() {
        Scene scene = Scene.v2()
                .shop("'requestTimeout':30", "'host':'shop.internal','path':'/'", "10.0.3.4")
                .health("pool-shop", "set-shop", "10.0.3.4", "Healthy", TlsScenes.SUCCESS)
                .requests(9, 40, 502, closed("shop.example.com"))
                .look(TlsScenes.good("'san':['shop.internal']"));

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhenTheBackendsAreHealthy() {
        Scene scene = Scene.shop().shopHealth("Healthy", TlsScenes.SUCCESS);

        judge(scene).isNotShown();
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

    /** The setting has no host, so that clients' names go out; a server shows its first site for names it does not know. */
    @Test
    void likelyByAHandshakeWithoutANameThatShowsAnotherSite() {
        Scene scene = unnamed("intranet.example.org").requests(9, 40, 502, closed("www.example.com"));

        assertThat(judge(scene).isShown(Confidence.LIKELY))
                .extracting(Finding::source)
                .containsExactly(Source.ACCESS_LOG, Source.DIRECT_PROBE);
        Judging.of(new BackendTlsHandshakeFailed(), scene).isNotShown();
    }

    @Test
    void notShownWhereTheHandshakeWithoutANameShowsTheNameThatIsAskedFor() {
        judge(unnamed("www.example.com").requests(9, 40, 502, closed("www.example.com")))
                .isNotShown();
    }

    private static Scene unnamed(String shown) {
        return Scene.v2()
                .shop("'requestTimeout':30", "'host':'shop.internal','path':'/'", "10.0.3.4")
                .health("pool-shop", "set-shop", "10.0.3.4", "Healthy", TlsScenes.SUCCESS)
                .look("{'target':'10.0.3.4:443','scheme':'https','host':'10.0.3.4','path':'/','status':404,'tls':{"
                        + "'subject':'CN=" + shown + "','san':['" + shown + "'],'issuer':'CN=Issuing CA'}}");
    }

    /** v1 compares certificates under the pool's name. */
    @Test
    void likelyByAV1GatewayThatComparesUnderANameThatTheCertificateLacks() {
        Scene scene = comparedOnV1("shop.example.com");

        assertThat(judge(scene).isShown(Confidence.LIKELY))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains(
                        "presents a certificate for shop.example.com; the gateway sends SNI shop-int.corp.example"));
        Judging.of(new BackendCertificateUntrusted(), scene).isNotShown();
    }

    @Test
    void theAuthorityIsTheMatterWhereTheCertificateCoversThePoolsName() {
        Scene scene = comparedOnV1("shop-int.corp.example");

        judge(scene).isNotShown();
        Judging.of(new BackendCertificateUntrusted(), scene).isShown(Confidence.CONFIRMED);
    }

    private static Scene comparedOnV1(String shown) {
        return Scene.v1()
                .shop("'requestTimeout':30", "'host':'shop.example.com','path':'/'", "shop-int.corp.example")
                .health(
                        "pool-shop",
                        "set-shop",
                        "shop-int.corp.example",
                        "Unhealthy",
                        "Backend server certificate is not whitelisted with Application Gateway.")
                .look("{'target':'shop-int.corp.example','scheme':'https','host':'" + shown + "','path':'/',"
                        + "'status':200,'tls':{'subject':'CN=" + shown + "','san':['" + shown
                        + "'],'issuer':'CN=Corp Issuing','verified':true}}");
    }

    private static Scene app(String fields) {
        return Scene.v2().shop(fields, "'host':'" + APP + "','path':'/'", APP);
    }

    private static String closed(String host) {
        return "{'BackendPoolName':'pool-shop','BackendSettingName':'set-shop','ServerRouted':'203.0.113.7:443',"
                + "'ErrorInfo':'ERRORINFO_UPSTREAM_CLOSED_CONNECTION','SslEnabled':'on','BackendSslProtocol':'',"
                + "'Host':'" + host + "','OriginalHost':'" + host + "','RequestUri':'/','TimeTaken':0.02}";
    }

    private static String site(String names) {
        return "{'sites':[{'id':'" + Scene.GROUP + "/providers/Microsoft.Web/sites/shop-prod','name':'shop-prod',"
                + "'properties':{'state':'Running','hostNames':['" + names + "']}}]}";
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new BackendCertificateNameMismatch(), scene);
    }
}
