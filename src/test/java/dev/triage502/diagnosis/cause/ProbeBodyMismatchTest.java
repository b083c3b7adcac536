package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;

class ProbeBodyMismatchTest {

    private static final String LACKS = "{\"state\":\"warming up\"}";

    @Test
    void shownByTheGatewaysOwnProbe() {
        assertThat(judge(wanting("ready").webHealth("Unhealthy", ProbeScenes.BODY))
                        .isShown(Confidence.CONFIRMED))
                .hasSize(2);
    }

    @Test
    void shownByATestProbeWhereTheHealthCouldNotBeRead() {
        judge(wanting("ready")
                        .refused(Source.BACKEND_HEALTH)
                        .testProbe(
                                "www.example.com",
                                "/health",
                                "pool-web",
                                "set-web",
                                "10.0.2.4",
                                "Unhealthy",
                                ProbeScenes.BODY))
                .isShown(Confidence.CONFIRMED);
    }

    @Test
    void possibleByAnAnswerSeenDirectly() {
        Finding finding = judge(wanting("ready").look(answer(LACKS)))
                .isShown(Confidence.POSSIBLE)
                .get(0);

        assertThat(finding.text()).contains("with body \"" + LACKS + "\"; probe-web expects \"ready\"");
    }

    /** The probe does not follow it, so the text of the page behind it does not count; the fix is another one. */
    @Test
    void aRedirectIsSaidToBeOne() {
        Finding redirect = judge(wanting("ready").look(answer("").replace("200", "302")))
                .isShown(Confidence.POSSIBLE)
                .get(0);
        Finding page = judge(wanting("ready").look(answer(LACKS)))
                .isShown(Confidence.POSSIBLE)
                .get(0);

        assertThat(redirect.values()).containsEntry("redirects", "yes").containsEntry("status", "302");
        assertThat(page.values()).doesNotContainKey("redirects");
    }

    @Test
    void onlyLikelyWhereTheTextIsThereByNow() {
        Scene scene = wanting("ready")
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", ProbeScenes.BODY)
                .look(answer("ready"));

        judge(scene).isShown(Confidence.LIKELY);
    }

    /** What matters is the text as the probe looks for it, capitals included. */
    @Test
    void possibleByAnotherSpelling() {
        judge(wanting("ready").look(answer("Ready"))).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownWhereTheProbeLooksForNoText() {
        judge(wanting("").webHealth("Unhealthy", "").look(answer(LACKS))).isNotShown();
    }

    @Test
    void notShownByAnAnswerWithAStatusThatIsNotWantedEither() {
        judge(wanting("ready").webHealth("Unhealthy", ProbeScenes.received(404)).look(answer(LACKS)))
                .isNotShown();
    }

    @Test
    void notShownWhenTheBackendsAreHealthy() {
        judge(wanting("ready").webHealth("Healthy", ProbeScenes.SUCCESS).look(answer(LACKS)))
                .isNotShown();
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        judge(Scene.unread())
                .cannotTellWithout(Source.GATEWAY, Source.BACKEND_HEALTH, Source.ON_DEMAND_HEALTH, Source.DIRECT_PROBE);
    }

    private static Scene wanting(String text) {
        return Scene.v2()
                .pool("pool-web", "10.0.2.4", "10.0.2.5")
                .setting(
                        "set-web",
                        "{'port':80,'protocol':'Http','probe':{'id':'" + Scene.GATEWAY + "/probes/probe-web'}}")
                .probe(
                        "probe-web",
                        "{'protocol':'Http','host':'www.example.com','path':'/health','match':{'body':'" + text
                                + "','statusCodes':['200-399']}}")
                .rule("rule-web", "pool-web", "set-web");
    }

    private static String answer(String body) {
        return "{'target':'10.0.2.4','scheme':'http','host':'www.example.com','path':'/health','status':200,'body':'"
                + body + "'}";
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new ProbeBodyMismatch(), scene);
    }
}
