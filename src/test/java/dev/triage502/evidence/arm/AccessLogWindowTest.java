package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccessLogWindowTest {

    private static final Instant EIGHT = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    private final AccessLogWindow window = new AccessLogWindow(EIGHT, NINE);

    @Test
    void holdsARowOfWhichSomeRequestsMayLieWithin() {
        assertThat(window.holds(EIGHT.minusSeconds(60), EIGHT)).isTrue();
        assertThat(window.holds(NINE, NINE.plusSeconds(60))).isTrue();
    }

    @Test
    void holdsNoneThatEndedBeforeOrBeganAfter() {
        assertThat(window.holds(EIGHT.minusSeconds(60), EIGHT.minusMillis(1))).isFalse();
        assertThat(window.holds(NINE.plusMillis(1), NINE.plusSeconds(60))).isFalse();
    }
}
