package dev.triage502.diagnosis.cause;

import static dev.triage502.diagnosis.cause.ProbeScenes.defaultProbe;
import static dev.triage502.diagnosis.cause.ProbeScenes.look;
import static dev.triage502.diagnosis.cause.ProbeScenes.received;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultProbeRejectedTest {

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void shownByAnAnswerThatTheDefaultProbeDoesNotAccept(int status) {
        Finding finding = judge(defaultProbe().webHealth("Unhealthy", received(status)))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(finding.values())
                .containsEntry("host", "127.0.0.1")
                .containsEntry("path", "/")
                .containsEntry("status", String.valueOf(status));
    }

    /** A probe that the gateway has and the setting does not use is not at work. */
    @Test
    void shownBesideAProbeThatNoSettingUses() {
        Scene scene = defaultProbe()
                .probe("probe-web", "{'protocol':'Http','host':'www.example.com','path':'/health'}")
                .webHealth("Unhealthy", received(404));

        judge(scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhereACustomProbeIsAtWork() {
        assertThat(judge(Scene.web().webHealth("Unhealthy", received(404))).isNotShown())
                .extracting(Finding::text)
                .contains("set-web uses the custom probe probe-web");
    }

    @Test
    void notShownByErrorsThatLiveRequestsGetAsWell() {
        Scene scene = defaultProbe()
                .webHealth("Unhealthy", received(500))
                .requests(9, 30, 502, own(502, "10.0.2.4"))
                .requests(9, 30, 502, own(502, "10.0.2.5"));

        judge(scene).isNotShown();
        Judging.of(new BackendReturnsError(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void shownByAnErrorWhereAnotherHostIsServedWell() {
        Scene scene = defaultProbe()
                .health("pool-web", "set-web", "10.0.2.4", "Unhealthy", received(503))
                .look(look("www.example.com", "/", 200));

        judge(scene).isShown(Confidence.CONFIRMED);
        Judging.of(new BackendReturnsError(), scene).isNotShown();
    }

    @Test
    void possibleByALookWhereBackendHealthWasNotRead() {
        Scene scene = defaultProbe().look(look("127.0.0.1", "/", 404));

        judge(scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownByALookWhereTheProbePasses() {
        Scene scene = defaultProbe().webHealth("Healthy", ProbeScenes.SUCCESS).look(look("127.0.0.1", "/", 404));

        judge(scene).isNotShown();
    }

    /** A redirect is among the statuses that the default probe accepts. */
    @Test
    void notShownByARedirect() {
        judge(defaultProbe()
                        .look(look("127.0.0.1", "/", 302))
                        .webHealth("Healthy", "Success. Received 302 status code"))
                .isNotShown();
    }

    @Test
    void cannotTellWithoutTheGatewaysDocument() {
        judge(defaultProbe().webHealth("Unhealthy", received(404)).without(Source.GATEWAY))
                .cannotTellWithout(
                        Source.GATEWAY,
                        Source.ACCESS_LOG,
                        Source.BACKENDS,
                        Source.ON_DEMAND_HEALTH,
                        Source.DIRECT_PROBE);
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

    private static String own(int status, String server) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'" + server
                + ":80','ServerStatus':'" + status + "','ErrorInfo':'ERRORINFO_NO_ERROR','RequestUri':'/'}";
    }

    private static Judging judge(Scene scene) {
        return Judging.of(new DefaultProbeRejected(), scene);
    }
}
