package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendCertificateChainIncompleteTest {

    private static final String UNVERIFIED = "'verified':false,'error':'unable to verify the first certificate'";
    private static final String ALONE = UNVERIFIED + ",'chain':['CN=shop.example.com']";

    @Test
    void shownByTheGatewaysOwnProbe() {
        assertThat(judge(Scene.shop().shopHealth("Unhealthy", TlsScenes.CHAIN)).isShown(Confidence.CONFIRMED))
                .hasSize(2);
    }

    /** A root that does not match is also what the gateway says of a chain that does not reach it. */
    @Test
    void shownByATextAboutTheRootWhereTheLeafIsSentAlone() {
        Scene scene = trusting("corp-root")
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.ROOT)
                .look(TlsScenes.good(ALONE));

        judge(scene).isShown(Confidence.CONFIRMED);
        Judging.of(new BackendCertificateUntrusted(), scene).isNotShown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'chain':['CN=shop.example.com']", "'chain':['CN=shop.example.com','CN=Root CA']"})
    void possibleByAChainSeenDirectly(String chain) {
        judge(Scene.shop().look(TlsScenes.good(UNVERIFIED + "," + chain))).isShown(Confidence.POSSIBLE);
    }

    @Test
    void likelyByATextThatNamesThreeThingsAndALeafSentAlone() {
        Scene scene = Scene.shop()
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.INVALID)
                .look(TlsScenes.good(ALONE));

        judge(scene).isShown(Confidence.LIKELY);
    }

    @Test
    void onlyLikelyWhereTheWholeChainIsSentByNow() {
        Scene scene = Scene.shop()
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.CHAIN)
                .look(TlsScenes.good(""));

        judge(scene).isShown(Confidence.LIKELY);
    }

    /** Clients that know an intermediate need none to be sent, but what they verified was whole. */
    @Test
    void notShownByALeafAloneThatAClientCouldVerify() {
        judge(Scene.shop().shopHealth("Unhealthy", "").look(TlsScenes.good("'chain':['CN=shop.example.com']")))
                .isNotShown();
    }

    @Test
    void notShownByACertificateThatSignedItself() {
        Scene scene = Scene.shop()
                .health("pool-shop", "set-shop", "10.0.3.4", "Unhealthy", TlsScenes.CHAIN)
                .look(TlsScenes.good("'verified':false,'error':'self-signed certificate',"
                        + "'issuer':'CN=shop.example.com','chain':['CN=shop.example.com']"));

        judge(scene).isNotShown();
        Judging.of(new BackendCertificateUntrusted(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhereTheSettingDoesNotCheckTheChain() {
        Scene scene = Scene.v2().shop("'validateCertChainAndExpiry':false").shopHealth("Unhealthy", TlsScenes.CHAIN);

        judge(scene).isNotShown();
    }

    @Test
    void notShownWhenTheBackendsAreHealthy() {
        judge(Scene.shop().shopHealth("Healthy", TlsScenes.SUCCESS).look(TlsScenes.good(ALONE)))
                .isNotShown();
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        judge(Scene.unread())
                .cannotTellWithout(Source.GATEWAY, Source.BACKEND_HEALTH, Source.ON_DEMAND_HEALTH, Source.DIRECT_PROBE);
    }

    static Scene trusting(String root) {
        return Scene.v2()
                .shop("'hostName':'shop.example.com','trustedRootCertificates':[{'id':'" + Scene.GATEWAY
                        + "/trustedRootCertificates/" + root + "'}]");
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new BackendCertificateChainIncomplete(), scene);
    }
}
