package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackendCertificateExpiredTest {

    private static final String ENDED = "'notBefore':'2024-03-01T00:00:00Z','notAfter':'2026-03-01T00:00:00Z'";
    private static final String NOT_BEGUN = "'notBefore':'2026-03-03T00:00:00Z','notAfter':'2027-03-03T00:00:00Z'";
    private static final String RENEWED = "'notBefore':'2026-03-02T08:30:00Z','notAfter':'2027-03-02T00:00:00Z'";

    @Test
    void tellsOnWhichSideOfItsValidityTheCertificateIsOrThatTheOneAboveItIs() {
        assertThat(dates("'notBefore':'2025-01-01T00:00:00Z','notAfter':'2026-03-01T00:00:00Z'"))
                .containsEntry("expired-on", "2026-03-01T00:00:00Z")
                .doesNotContainKeys("valid-from", "intermediate");
        assertThat(dates("'notBefore':'2026-03-03T00:00:00Z','notAfter':'2027-03-03T00:00:00Z'"))
                .containsEntry("valid-from", "2026-03-03T00:00:00Z")
                .doesNotContainKeys("expired-on", "intermediate");
        assertThat(dates("'error':'certificate has expired'"))
                .containsEntry("intermediate", "CN=Issuing CA")
                .doesNotContainKeys("expired-on", "valid-from");
    }

    private static Map<String, String> dates(String fields) {
        Scene scene = Scene.shop().shopHealth("Unhealthy", TlsScenes.EXPIRED).look(TlsScenes.good(fields));
        return Judging.of(new BackendCertificateExpired(), scene).isShown(Confidence.CONFIRMED).stream()
                .filter(each -> each.source() == Source.DIRECT_PROBE)
                .findFirst()
                .orElseThrow()
                .values();
    }

    @Test
    void shownByTheGatewaysOwnProbe() {
        List<Finding> findings =
                judge(Scene.shop().shopHealth("Unhealthy", TlsScenes.EXPIRED)).isShown(Confidence.CONFIRMED);

        assertThat(findings).extracting(each -> each.target().name()).containsExactly("10.0.3.4", "10.0.3.5");
        assertThat(findings.get(0).text()).contains(TlsScenes.EXPIRED);
        assertThat(findings.get(0).values())
                .containsEntry("host", "shop.example.com")
                .containsEntry("port", "443");
    }

    @Test
    void shownByARevokedCertificate() {
        judge(Scene.shop().shopHealth("Unhealthy", TlsScenes.REVOKED)).isShown(Confidence.CONFIRMED);
    }

    @Test
    void shownByATestProbe() {
        Scene scene =
                Scene.shop().testProbe("", "/", "pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.EXPIRED);

        assertThat(judge(scene).isShown(Confidence.CONFIRMED).get(0).source()).isEqualTo(Source.ON_DEMAND_HEALTH);
    }

    @Test
    void shownByACertificateSeenDirectly() {
        Finding finding = judge(Scene.shop().look(TlsScenes.good(ENDED)))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text()).contains("expired on 1 Mar 2026 00:00 UTC");
        assertThat(finding.values()).containsEntry("not-after", "2026-03-01T00:00:00Z");
    }

    @Test
    void shownByACertificateNotYetValid() {
        judge(Scene.shop().look(TlsScenes.good(NOT_BEGUN))).isShown(Confidence.CONFIRMED);
    }

    /** The dates of intermediates are not recorded, but the client's complaint is. */
    @Test
    void shownByAnExpiredIntermediate() {
        Scene scene = Scene.shop()
                .shopHealth("Unhealthy", TlsScenes.EXPIRED)
                .look(TlsScenes.good("'verified':false,'error':'certificate has expired'"));

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void onlyLikelyOnceTheBackendServesANewOne() {
        Scene scene = Scene.shop()
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.EXPIRED)
                .look(TlsScenes.good(RENEWED));

        judge(scene).isShown(Confidence.LIKELY);
    }

    @Test
    void notShownByATextAboutDatesThatAreGood() {
        Scene scene = Scene.shop()
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.EXPIRED)
                .look(TlsScenes.good(""));

        assertThat(judge(scene).isNotShown()).isNotEmpty();
        Judging.of(new BackendTlsHandshakeFailed(), scene).isShown(Confidence.LIKELY);
    }

    /** On v1 the same text has been printed where no cipher was shared: azure-docs#41492. */
    @Test
    void onlyPossibleByTheWordOfAFirstGenerationGateway() {
        Scene scene = Scene.v1().shop("'hostName':'shop.example.com'").shopHealth("Unhealthy", TlsScenes.EXPIRED);

        judge(scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void onlyPossibleByATextThatNamesThreeThings() {
        judge(Scene.shop().shopHealth("Unhealthy", TlsScenes.INVALID)).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownWhenTheBackendsAreHealthy() {
        Scene scene = Scene.shop().shopHealth("Healthy", TlsScenes.SUCCESS).look(TlsScenes.good(ENDED));

        judge(scene).isNotShown();
    }

    @Test
    void notShownWhereTheSettingDoesNotCheckDates() {
        Scene scene = Scene.v2()
                .shop("'validateCertChainAndExpiry':false")
                .shopHealth("Unhealthy", TlsScenes.EXPIRED)
                .look(TlsScenes.good(ENDED));

        judge(scene).isNotShown();
    }

    @Test
    void notShownByAnUntrustedCertificateWithinItsValidity() {
        judge(Scene.shop().shopHealth("Unhealthy", TlsScenes.UNTRUSTED).look(TlsScenes.good("'verified':false")))
                .isNotShown();
    }

    @Test
    void possibleWithoutTheGatewaysDocumentSinceAnOldOnePrintsTheTextForOtherThings() {
        Scene scene = Scene.shop().shopHealth("Unhealthy", TlsScenes.EXPIRED).without(Source.GATEWAY);

        judge(scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        judge(Scene.unread())
                .cannotTellWithout(Source.GATEWAY, Source.BACKEND_HEALTH, Source.ON_DEMAND_HEALTH, Source.DIRECT_PROBE);
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new BackendCertificateExpired(), scene);
    }
}
