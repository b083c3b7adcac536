package dev.triage502.analysis.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the gateway's own host counts say, where no log does. */
class HostCountsTest {

    private static final List<String> PAIR = List.of("backendsettingspool=pool-web~set-web");

    private static Scene counted(Scene scene, double... up) {
        double[] down = new double[up.length];
        for (int i = 0; i < up.length; i++) {
            down[i] = 2 - up[i];
        }
        return scene.metric("HealthyHostCount", "average", PAIR, up)
                .metric("UnhealthyHostCount", "average", PAIR, down);
    }

    @Test
    void aPoolWithoutAServerThatPassesItsProbeIsAFailureThoughNoneIsCounted() {
        RequestOutcomes traffic = new RequestOutcomes(counted(Scene.web(), 2, 2, 0, 0)
                .metric("FailedRequests", "total", List.of(), 0, 0, 0, 0)
                .evidence());

        assertThat(traffic.sawFailure()).isTrue();
        assertThat(traffic.hasRecovered()).isFalse();
        assertThat(traffic.onset()).contains(Scene.AT.minusSeconds(2 * 60));
    }

    /** One server of several is left out; requests to the others are served. */
    @Test
    void failuresHaveNotEndedWhileAServerIsCountedOutAndHealthWasNotRead() {
        Scene scene = Scene.web()
                .failed(40, 9, 502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "10.0.2.4", 0.01)
                .served(38, 300, "10.0.2.5")
                .served(2, 300, "10.0.2.5");

        assertThat(new RequestOutcomes(counted(scene, 2, 1, 2, 2).evidence()).hasRecovered())
                .isTrue();
        assertThat(new RequestOutcomes(counted(scene, 2, 1, 1, 1).evidence()).hasRecovered())
                .isFalse();
    }

    @Test
    void aPoolThatHasNoServersAtAllIsNone() {
        Scene scene = Scene.web()
                .metric("HealthyHostCount", "average", PAIR, 0, 0)
                .metric("UnhealthyHostCount", "average", PAIR, 0, 0);

        assertThat(new RequestOutcomes(scene.evidence()).sawFailure()).isFalse();
    }

    @Test
    void aPoolThatNoRuleUsesHurtsNobody() {
        List<String> unused = List.of("backendsettingspool=pool-old~set-web");
        Scene scene = Scene.web()
                .metric("HealthyHostCount", "average", unused, 1, 0)
                .metric("UnhealthyHostCount", "average", unused, 0, 1);

        assertThat(new RequestOutcomes(scene.evidence()).sawFailure()).isFalse();
    }

    @Test
    void onV1FailedRequestsAloneShowNothing() {
        Scene scene = Scene.v1().metric("FailedRequests", "total", List.of(), 0, 0);

        assertThat(new RequestOutcomes(scene.evidence()).isObserved()).isFalse();
        assertThat(new RequestOutcomes(scene.metric("ResponseStatus", "total", List.of("httpstatusgroup=2xx"), 9, 9)
                                .evidence())
                        .isObserved())
                .isTrue();
    }

    @Test
    void onV1FullHostCountsBesideThemShowThatAllIsWell() {
        Scene scene = counted(Scene.v1(), 2, 2).metric("FailedRequests", "total", List.of(), 0, 0);

        assertThat(new RequestOutcomes(scene.evidence()).isObserved()).isTrue();
        assertThat(new RequestOutcomes(scene.evidence()).sawFailure()).isFalse();
    }
}
