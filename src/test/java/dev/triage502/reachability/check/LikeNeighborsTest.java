package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody looks at every server of a pool: what one look shows holds for those that fail as that one does. */
class LikeNeighborsTest {

    private static Scene scene() {
        return new Scene()
                .pool("web", 80, "10.0.2.4", "10.0.2.5")
                .fails("10.0.2.4", ProbeFailure.CANNOT_CONNECT)
                .look("10.0.2.4", 80, Connect.REFUSED);
    }

    private static List<String> notListening(Scene scene) {
        return scene.reach().legs().stream()
                .filter(leg -> leg.decided().filter(Step.NOT_LISTENING::equals).isPresent())
                .map(leg -> leg.server().name())
                .toList();
    }

    @Test
    void aServerThatFailsLikeOneWithAClosedPortHasItClosedToo() {
        Scene scene = scene().fails("10.0.2.5", ProbeFailure.CANNOT_CONNECT);

        assertThat(notListening(scene)).containsExactly("10.0.2.4", "10.0.2.5");
        assertThat(scene.reach().shows(Step.NOT_LISTENING).toOptional().orElseThrow())
                .last()
                .satisfies(finding -> {
                    assertThat(finding.text())
                            .isEqualTo("10.0.2.5: fails the same probe as 10.0.2.4 with the same message");
                    assertThat(finding.values()).containsEntry("port", "80");
                });
    }

    @Test
    void oneThatFailsOtherwiseOrIsWellDoesNot() {
        assertThat(notListening(scene().fails("10.0.2.5", ProbeFailure.TIMED_OUT)))
                .containsExactly("10.0.2.4");
        assertThat(notListening(scene().fails("10.0.2.5", 503))).containsExactly("10.0.2.4");
        assertThat(notListening(scene().healthy("10.0.2.5"))).containsExactly("10.0.2.4");
    }

    @Test
    void oneThatAnybodyLookedAtIsJudgedByThatLook() {
        Scene scene = scene().fails("10.0.2.5", ProbeFailure.CANNOT_CONNECT).look("10.0.2.5", 80, Connect.TIMED_OUT);

        assertThat(notListening(scene)).containsExactly("10.0.2.4");
    }

    @Test
    void looksThatDisagreeTellNothingOfAThird() {
        Scene alike = new Scene()
                .pool("web", 80, "10.0.2.4", "10.0.2.5", "10.0.2.6")
                .fails("10.0.2.4", ProbeFailure.CANNOT_CONNECT)
                .fails("10.0.2.5", ProbeFailure.CANNOT_CONNECT)
                .fails("10.0.2.6", ProbeFailure.CANNOT_CONNECT)
                .look("10.0.2.4", 80, Connect.REFUSED);

        assertThat(notListening(alike)).containsExactly("10.0.2.4", "10.0.2.5", "10.0.2.6");
        assertThat(notListening(alike.look("10.0.2.5", 80, Connect.RESET))).containsExactly("10.0.2.4");
    }

    @Test
    void aServerOfAnotherPoolIsNoNeighbor() {
        Scene scene =
                scene().healthy("10.0.2.5").pool("api", 80, "10.0.2.7").fails("10.0.2.7", ProbeFailure.CANNOT_CONNECT);

        assertThat(notListening(scene)).containsExactly("10.0.2.4");
    }
}
