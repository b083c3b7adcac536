package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Gateway.Association;
import dev.triage502.evidence.Scene;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Where a log names the server alone, its pool and setting follow where only one way leads there. */
class InferredBackendPairTest {

    private static final OptionalInt NO_PORT = OptionalInt.empty();

    private static Scene scene() {
        return Scene.v1()
                .pool("pool-a", "10.0.2.4", "10.0.2.5")
                .setting("set-80", "{'port':80,'protocol':'Http'}")
                .rule("rule-a", "pool-a", "set-80");
    }

    private static Optional<String> to(Scene scene, String server, OptionalInt port) {
        return new InferredBackendPair(scene.evidence().gateway().toOptional())
                .to(server, port)
                .map(InferredBackendPairTest::words);
    }

    private static String words(Association pair) {
        return pair.pool().name() + " " + pair.setting().name();
    }

    @Test
    void theOnlyWayToAServerIsTheOneThatWasTaken() {
        Scene scene = scene().pool("pool-b", "10.0.2.9").rule("rule-b", "pool-b", "set-80");

        assertThat(to(scene, "10.0.2.4", OptionalInt.of(80))).contains("pool-a set-80");
        assertThat(to(scene, "10.0.2.9", NO_PORT)).contains("pool-b set-80");
        assertThat(to(scene, "10.0.2.77", NO_PORT)).isEmpty();
    }

    @Test
    void ofTwoWaysThePortTellsWhichWasTaken() {
        Scene scene =
                scene().setting("set-8080", "{'port':8080,'protocol':'Http'}").rule("rule-b", "pool-a", "set-8080");

        assertThat(to(scene, "10.0.2.4", OptionalInt.of(8080))).contains("pool-a set-8080");
        assertThat(to(scene, "10.0.2.4", NO_PORT)).isEmpty();
        assertThat(to(scene, "10.0.2.4", OptionalInt.of(9)))
                .as("a port that none has")
                .isEmpty();
    }

    @Test
    void aRequestThatWasSentNowhereWentByTheOnlyWayThereIs() {
        assertThat(to(scene(), "", NO_PORT)).contains("pool-a set-80");
        assertThat(to(scene().pool("pool-b", "10.0.2.9").rule("rule-b", "pool-b", "set-80"), "", NO_PORT))
                .isEmpty();
    }

    @Test
    void withoutTheConfigurationNothingFollows() {
        assertThat(to(Scene.unread(), "10.0.2.4", NO_PORT)).isEmpty();
        assertThat(to(Scene.unread(), "", NO_PORT)).isEmpty();
    }
}
