package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;

class ProbeTimeoutTest {

    /** A dropped packet and a stopped machine leave the same text. */
    @Test
    void notShownByTheTextOfTheProbeAlone() {
        judge(one().failed(1, 40, 502, ProbeScenes.NO_LIVE, "", 0)).isNotShown();
    }

    @Test
    void shownByALookThatTakesAsLongAsTheProbeWaits() {
        Finding finding = judge(one().look(look("/health", 34_200, "'status':200")))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.text())
                .isEqualTo(
                        "10.0.2.4 accepts connections and takes 34.2 s to return /health; the probe timeout is 30 s");
        assertThat(finding.values()).containsEntry("seconds", "34.2").containsEntry("limit", "30");
    }

    @Test
    void shownByALookThatWasGivenUpAfterIt() {
        judge(one().look(look("/health", 60_000, "'error':'no answer'"))).isShown(Confidence.CONFIRMED);
    }

    @Test
    void shownWhereTheServerPassesAnotherProbeOnTheSamePort() {
        Scene scene = one().setting(
                        "set-api",
                        "{'port':80,'protocol':'Http','probe':{'id':'" + Scene.GATEWAY + "/probes/probe-api'}}")
                .probe("probe-api", "{'protocol':'Http','host':'www.example.com','path':'/ping'}")
                .rule("rule-api", "pool-web", "set-api")
                .health("pool-web", "set-api", "10.0.2.4", "Healthy", ProbeScenes.SUCCESS);

        assertThat(judge(scene).isShown(Confidence.CONFIRMED))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("passes the probe of set-api on the same port"));
    }

    @Test
    void shownWhereATestProbeOfAnotherPathFindsTheServerWell() {
        Scene scene = one().testProbe(
                        "www.example.com", "/ping", "pool-web", "set-web", "10.0.2.4", "Healthy", ProbeScenes.SUCCESS);

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void likelyWhereTheServerAnswersLiveRequestsMeanwhile() {
        assertThat(judge(one().served(1, 200, "10.0.2.4")).isShown(Confidence.LIKELY))
                .extracting(Finding::source)
                .containsExactly(Source.BACKEND_HEALTH, Source.ACCESS_LOG);
    }

    /** What was served before the server was stopped says nothing of the way to it now. */
    @Test
    void notShownWhereTheServerAnsweredLiveRequestsBefore() {
        Scene scene = one().served(30, 200, "10.0.2.4").failed(1, 40, 502, ProbeScenes.NO_LIVE, "", 0);

        judge(scene).isNotShown();
    }

    @Test
    void likelyWhereTheServerAnsweredAgainSinceTheGatewayHadNoServerLeft() {
        Scene scene = one().failed(30, 40, 502, ProbeScenes.NO_LIVE, "", 0)
                .served(20, 200, "10.0.2.4")
                .failed(10, 40, 502, ProbeScenes.NO_LIVE, "", 0);

        judge(scene).isShown(Confidence.LIKELY);
    }

    @Test
    void notShownWhereOnlyItsNeighbourAnswersMeanwhile() {
        judge(one().served(1, 200, "10.0.2.5")).isNotShown();
    }

    /** Then it is not the page that is slow; the look-out may have another way to the server than the gateway. */
    @Test
    void notShownWhereALookIsAnsweredAtOnce() {
        judge(one().look(look("/health", 40, "'status':200"))).isNotShown();
    }

    @Test
    void notShownWhereLiveRequestsWaitInVainAsWell() {
        Scene scene = one().failed(9, 40, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", 30.1);

        assertThat(judge(scene).isNotShown())
                .extracting(Finding::text)
                .containsExactly("10.0.2.4 also times out on client requests for /cart");
    }

    @Test
    void onlyLikelyWhereOtherPathsAreAsSlow() {
        Scene scene = one().look(look("/health", 34_000, "'status':200")).look(look("/", 33_000, "'status':200"));

        judge(scene).isShown(Confidence.LIKELY);
    }

    @Test
    void notShownByALookThatDidNotConnect() {
        Scene scene = Scene.web()
                .webHealth("Healthy", ProbeScenes.SUCCESS)
                .look(look("/health", 60_000, "'connect':'timeout'"));

        judge(scene).isNotShown();
    }

    @Test
    void notShownWhenTheBackendsAreHealthy() {
        judge(Scene.web().webHealth("Healthy", ProbeScenes.SUCCESS).look(look("/health", 34_000, "'status':200")))
                .isNotShown();
    }

    @Test
    void possibleByALookWhereBackendHealthWasNotRead() {
        judge(Scene.web().look(look("/health", 34_000, "'status':200"))).isShown(Confidence.POSSIBLE);
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        judge(Scene.unread())
                .cannotTellWithout(
                        Source.GATEWAY,
                        Source.BACKEND_HEALTH,
                        Source.ACCESS_LOG,
                        Source.ON_DEMAND_HEALTH,
                        Source.DIRECT_PROBE);
    }

    private static Scene one() {
        return Scene.web().health("pool-web", "set-web", "10.0.2.4", "Unhealthy", Scene.TIMED_OUT);
    }

    private static String look(String path, int millis, String answer) {
        return "{'target':'10.0.2.4','scheme':'http','host':'www.example.com','path':'" + path + "','elapsedMs':"
                + millis + "," + answer + "}";
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new ProbeTimeout(), scene);
    }
}
