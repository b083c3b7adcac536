package dev.triage502.analysis.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Scene;
import org.junit.jupiter.api.Test;

class InstanceTurnsTest {

    /** Three instances serve in every minute but those in which one of them fails everything. */
    private static AccessLog log(int[][] turns) {
        Scene scene = Scene.web();
        for (int minute = 40; minute > 0; minute--) {
            for (int instance = 0; instance < 3; instance++) {
                boolean fails = false;
                for (int[] turn : turns) {
                    fails |= turn[0] == instance && minute <= turn[1] && minute > turn[2];
                }
                scene.requests(minute, 4, fails ? 502 : 200, by(instance, fails));
            }
        }
        return scene.evidence().accessLog().toOptional().orElseThrow();
    }

    private static String by(int instance, boolean fails) {
        return "{'BackendPoolName':'pool-web','BackendSettingName':'set-web','ServerRouted':'10.0.2.4:80','InstanceId':'appgw_"
                + instance + "','ErrorInfo':'"
                + (fails ? "ERRORINFO_UPSTREAM_CLOSED_CONNECTION" : "ERRORINFO_NO_ERROR") + "','TimeTaken':0.01}";
    }

    @Test
    void oneInstanceAfterAnotherFailsEverythingForMinutes() {
        AccessLog log = log(new int[][] {{0, 38, 28}, {2, 20, 10}});

        assertThat(InstanceTurns.of(log)).singleElement().satisfies(found -> {
            assertThat(found.values()).containsExactly("appgw_0", "appgw_2");
            assertThat(found.text())
                    .startsWith("80 of 80 failures of pool-web come through one gateway instance at a time")
                    .contains("appgw_0 and appgw_2", "0 of ");
        });
        assertThat(FailureContrasts.of(log).ofInstance("pool-web")).isPresent();
    }

    @Test
    void twoThatFailAtTheSameTimeHaveNoTurns() {
        assertThat(InstanceTurns.of(log(new int[][] {{0, 38, 28}, {1, 36, 26}})))
                .isEmpty();
    }

    @Test
    void oneThatAlsoServesMeanwhileHasNoTurn() {
        Scene scene = Scene.web();
        for (int minute = 40; minute > 0; minute--) {
            int failing = minute > 20 ? 0 : 1;
            scene.requests(minute, 2, 502, by(failing, true))
                    .requests(minute, 4, 200, by(failing, false))
                    .requests(minute, 4, 200, by(1 - failing, false));
        }

        assertThat(InstanceTurns.of(scene.evidence().accessLog().toOptional().orElseThrow()))
                .isEmpty();
    }
}
