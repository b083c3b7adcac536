package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendCertificateUntrustedTest {

    private static final String UNKNOWN = "'verified':false,'error':'unable to get local issuer certificate'";

    @Test
    void shownByTheGatewaysOwnProbe() {
        assertThat(judge(Scene.shop().shopHealth("Unhealthy", TlsScenes.UNTRUSTED))
                        .isShown(Confidence.CONFIRMED))
                .hasSize(2);
    }

    /** v1 asks by the pool's name: whether the certificate covers that was not seen. */
    @Test
    void onlyPossibleOnV1WhereNobodySawTheCertificateForThePoolsName() {
        Scene scene = Scene.v1()
                .shop("'requestTimeout':30", "'host':'shop.example.com','path':'/'", "shop-int.corp.example")
                .health("pool-shop", "set-shop", "shop-int.corp.example", "Unhealthy", TlsScenes.NOT_ALLOWLISTED);

        judge(scene).isShown(Confidence.POSSIBLE);
        Judging.of(new BackendCertificateNameMismatch(), scene)
                .cannotTellWithout(Source.DIRECT_PROBE, Source.ON_DEMAND_HEALTH, Source.ACCESS_LOG, Source.BACKENDS);
    }

    /** An address has no name that a certificate could lack. */
    @Test
    void confirmedOnV1WhereThePoolHoldsAddresses() {
        judge(Scene.v1()
                        .shop("'requestTimeout':30", "'host':'shop.example.com','path':'/'", "10.0.3.4")
                        .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.NOT_ALLOWLISTED))
                .isShown(Confidence.CONFIRMED);
    }

    /** The text about the root may mean the chain; the setting's own roots are a second hint. */
    @Test
    void likelyByATextAboutTheRootAndTheRootsOfTheSetting() {
        List<Finding> findings = judge(BackendCertificateChainIncompleteTest.trusting("corp-root")
                        .shopHealth("Unhealthy", TlsScenes.ROOT))
                .isShown(Confidence.LIKELY);

        assertThat(findings).extracting(Finding::text).contains("set-shop trusts only corp-root");
    }

    /** The issuer that was not found may be one that the server should have sent; the setting's roots do not tell. */
    @Test
    void onlyPossibleWhereTheIssuerWasNotFoundAndNobodySawTheChain() {
        Scene scene =
                BackendCertificateChainIncompleteTest.trusting("corp-root").shopHealth("Unhealthy", TlsScenes.ISSUER);

        judge(scene).isShown(Confidence.POSSIBLE);
        Judging.of(new BackendCertificateChainIncomplete(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void onlyPossibleByATextAboutTheRootAlone() {
        judge(Scene.shop().shopHealth("Unhealthy", TlsScenes.ROOT).without(Source.GATEWAY))
                .isShown(Confidence.POSSIBLE);
    }

    @Test
    void confirmedByATextAboutTheRootWhereTheChainIsWhole() {
        Scene scene = BackendCertificateChainIncompleteTest.trusting("corp-root")
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.ROOT)
                .look(TlsScenes.good(UNKNOWN));

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void possibleByACertificateSeenDirectlyWhereTheSettingTrustsNoRootOfItsOwn() {
        judge(Scene.shop().look(TlsScenes.good(UNKNOWN))).isShown(Confidence.POSSIBLE);
    }

    /** Its root must not be uploaded, so the steps have to know. */
    @Test
    void aTestAuthorityIsSaidToBeOne() {
        String authority = "CN=(STAGING) Wannabe Watercress R11";
        String staging = UNKNOWN + ",'issuer':'" + authority + "','chain':['CN=shop.example.com','" + authority + "']";

        assertThat(judge(Scene.shop().look(TlsScenes.good(staging))).isShown(Confidence.POSSIBLE))
                .allSatisfy(finding -> assertThat(finding.values()).containsEntry("test-ca", "yes"));
        assertThat(judge(Scene.shop().look(TlsScenes.good(UNKNOWN))).isShown(Confidence.POSSIBLE))
                .allSatisfy(finding -> assertThat(finding.values()).doesNotContainKey("test-ca"));
    }

    /** What a public client thinks of a private authority says nothing where a root is uploaded. */
    @Test
    void notShownByACertificateSeenDirectlyWhereTheSettingTrustsARoot() {
        judge(BackendCertificateChainIncompleteTest.trusting("corp-root")
                        .shopHealth("Unhealthy", "")
                        .look(TlsScenes.good(UNKNOWN)))
                .isNotShown();
    }

    @Test
    void shownByAFirstGenerationGatewayThatWasNotGivenTheCertificate() {
        Scene scene = Scene.v1()
                .shop("'hostName':'shop.example.com'")
                .shopHealth("Unhealthy", "Backend server certificate is not whitelisted with Application Gateway.");

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhereTheSettingDoesNotCheckTrust() {
        Scene scene = Scene.v2()
                .shop("'validateCertChainAndExpiry':false")
                .shopHealth("Unhealthy", TlsScenes.UNTRUSTED)
                .look(TlsScenes.good(UNKNOWN));

        judge(scene).isNotShown();
    }

    @Test
    void notShownWhenTheBackendsAreHealthy() {
        judge(Scene.shop().shopHealth("Healthy", TlsScenes.SUCCESS).look(TlsScenes.good(UNKNOWN)))
                .isNotShown();
    }

    @Test
    void notShownByAnExpiredCertificate() {
        judge(Scene.shop().shopHealth("Unhealthy", TlsScenes.EXPIRED)).isNotShown();
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        judge(Scene.unread())
                .cannotTellWithout(Source.GATEWAY, Source.BACKEND_HEALTH, Source.ON_DEMAND_HEALTH, Source.DIRECT_PROBE);
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new BackendCertificateUntrusted(), scene);
    }
}
