package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import org.junit.jupiter.api.Test;

/** Servers that are restarted again and again leave nobody to ask for a while, and look healthy in between. */
class RestartBurstsTest {

    private static final String VM = Scene.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-web";
    private static final String RESTART = "Microsoft.Compute/virtualMachines/restart/action";

    private static Scene bursts(int... minutesBefore) {
        Scene scene = Scene.web().webHealth("Healthy", "Success").quietActivityLog();
        for (int minute : minutesBefore) {
            scene.failed(minute, 20, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0).served(minute - 2, 90, "10.0.2.4");
        }
        return scene;
    }

    @Test
    void shownWhenEveryBurstFollowsARestart() {
        Scene scene = bursts(41, 21)
                .activity(42, RESTART, VM, "schedule", "Succeeded")
                .activity(22, RESTART, VM, "schedule", "Succeeded");

        assertThat(Judging.of(new BackendsStopped(), scene).isShown(Confidence.CONFIRMED))
                .anySatisfy(finding -> assertThat(finding.values())
                        .containsEntry("restart-bursts", "2")
                        .containsEntry("caller", "schedule"))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("each of 2 bursts") && text.contains("schedule restarted VM vm-web"));
    }

    @Test
    void aHintAtMostWhereTheServersAnswerTheirProbeNow() {
        Scene scene = bursts(41, 21)
                .health("pool-web", "set-web", "10.0.2.5", "Unhealthy", ProbeScenes.received(404))
                .activity(42, RESTART, VM, "schedule", "Succeeded")
                .activity(22, RESTART, VM, "schedule", "Succeeded");

        Judging.of(new BackendsStopped(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownWhenABurstCameWithoutOne() {
        Judging.of(new BackendsStopped(), bursts(51, 41, 21).activity(42, RESTART, VM, "schedule", "Succeeded"))
                .isNotShown();
    }

    @Test
    void oneBurstAfterARestartCouldBeChance() {
        Judging.of(new BackendsStopped(), bursts(41).activity(42, RESTART, VM, "schedule", "Succeeded"))
                .isNotShown();
    }
}
