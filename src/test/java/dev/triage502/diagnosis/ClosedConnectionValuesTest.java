package dev.triage502.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Scene;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Draining helps where servers are replaced, and not where one of them is broken. */
class ClosedConnectionValuesTest {

    private static final String CLOSED = "ERRORINFO_UPSTREAM_CLOSED_CONNECTION";

    @Test
    void oneServerAloneIsToldFromAll() {
        Scene one = Scene.web().served(9, 5, "10.0.2.5").failed(5, 3, 502, CLOSED, "10.0.2.4", 0.1);

        assertThat(values(one)).containsEntry("only-server", "yes");
        assertThat(values(one.failed(5, 3, 502, CLOSED, "10.0.2.5", 0.1))).doesNotContainKey("only-server");
        assertThat(values(Scene.web().failed(5, 3, 502, CLOSED, "10.0.2.4", 0.1)))
                .doesNotContainKey("only-server");
        assertThat(values(Scene.web())).doesNotContainKey("only-server");
    }

    @Test
    void aReleaseIsSeenOrUnknownOrDidNotHappen() {
        String app = Scene.GROUP + "/providers/Microsoft.Web/sites/app";

        String gateway = "Microsoft.Network/applicationGateways/write";

        assertThat(values(closed())).containsEntry("release", "unknown");
        assertThat(values(closed().quietActivityLog())).doesNotContainKey("release");
        assertThat(values(closed().activity(9, "Microsoft.Web/sites/write", app, "ops@example.com", "Succeeded")))
                .containsEntry("release", "seen");
        assertThat(values(
                        closed().activity(9, "Microsoft.Web/sites/restart/action", app, "a@example.com", "Succeeded")))
                .containsEntry("release", "seen");
        assertThat(values(closed().activity(9, gateway, Scene.GATEWAY, "ops@example.com", "Succeeded")))
                .doesNotContainKey("release");
        assertThat(values(closed().activity(9, gateway, Scene.GATEWAY, "ingressapplicationgateway-aks-1", "Succeeded")))
                .containsEntry("release", "seen");
        assertThat(values(Scene.web())).isEmpty();
    }

    private static Scene closed() {
        return Scene.web().failed(5, 3, 502, CLOSED, "10.0.2.4", 0.1);
    }

    private static Map<String, String> values(Scene scene) {
        return ClosedConnectionValues.of(scene.evidence(), Optional.of("pool-web"), "10.0.2.4");
    }
}
