package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTimeoutTest {

    private static Scene slow(double seconds) {
        return Scene.web().failed(10, 6, 504, "ERRORINFO_UPSTREAM_TIMED_OUT", "10.0.2.4", seconds);
    }

    @Test
    void shownByRequestsThatEndWhenTheSettingsTimeIsOver() {
        List<Finding> findings = Judging.of(new RequestTimeout(), slow(30.02).served(8, 50, "10.0.2.4"))
                .isShown(Confidence.CONFIRMED);

        assertThat(findings.get(0).text()).contains("6 requests", "30.0 s", "set-web waits 30 s");
        assertThat(findings.get(0).values()).containsEntry("limit", "30");
    }

    @Test
    void shownByTwiceTheTimeWhereASecondMemberWasTried() {
        Judging.of(new RequestTimeout(), slow(60.1).served(8, 50, "10.0.2.4")).isShown(Confidence.CONFIRMED);
    }

    /** A way that was shut then looks the same. */
    @Test
    void onlyPossibleWhereRequestsWereServedBeforeOnly() {
        Judging.of(new RequestTimeout(), slow(30.02).served(12, 50, "10.0.2.4")).isShown(Confidence.POSSIBLE);
    }

    @Test
    void onlyPossibleWhereNothingShowsThatTheWayIsOpen() {
        Judging.of(new RequestTimeout(), slow(30.02)).isShown(Confidence.POSSIBLE);
    }

    @Test
    void shownOnTheFirstGenerationByTheTimeThoughItAnswers502WithoutACode() {
        Scene scene = Scene.v1()
                .pool("pool-web", "10.0.2.4")
                .setting("set-web", "{'port':80,'protocol':'Http','requestTimeout':30}")
                .rule("rule-web", "pool-web", "set-web")
                .webHealth("Healthy", "Success")
                .failed(10, 6, 502, "", "10.0.2.4", 30.01);

        Judging.of(new RequestTimeout(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void onlyPossibleWhenRequestsEndWellBelowTheTimeOut() {
        Judging.of(new RequestTimeout(), slow(12).served(8, 50, "10.0.2.4")).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownWhereTheLoadHadRisenWithTheResponseTimesBefore() {
        Scene scene = slow(30.02)
                .served(8, 50, "10.0.2.4")
                .metric("BackendFirstByteResponseTime", "average", List.of(), ramp(100, 9000))
                .metric("TotalRequests", "total", List.of(), ramp(300, 2000));

        assertThat(Judging.of(new RequestTimeout(), scene).isShown(Confidence.LIKELY))
                .isNotEmpty();
        Judging.of(new BackendOverloaded(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhenNoFailingRequestTimedOut() {
        Scene scene = Scene.web()
                .served(8, 50, "10.0.2.4")
                .failed(10, 6, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.4", 0.01);

        assertThat(Judging.of(new RequestTimeout(), scene).isNotShown()).isNotEmpty();
    }

    @Test
    void cannotTellWhenTheLogCouldNotBeRead() {
        Judging.of(new RequestTimeout(), Scene.unread())
                .cannotTellWithout(Source.ACCESS_LOG, Source.GATEWAY, Source.BACKEND_HEALTH, Source.METRICS);
    }

    /** An hour that is calm for 40 minutes and then rises until the end. */
    static double[] ramp(double calm, double peak) {
        double[] values = new double[60];
        for (int i = 0; i < 60; i++) {
            values[i] = i < 40 ? calm : calm + (peak - calm) * Math.min(1, (i - 39) / 8.0);
        }
        return values;
    }
}
