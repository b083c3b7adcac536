package dev.triage502.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongRunningOperationTest {

    @Test
    void pollsSoonAtFirstAndThenEveryFiveSeconds() {
        assertThat(IntStream.of(1, 2, 3, 6, 7, 100)
                        .mapToObj(polls ->
                                LongRunningOperation.pauseAfter(polls, null).toMillis()))
                .containsExactly(100L, 200L, 400L, 3200L, 5000L, 5000L);
    }

    @Test
    void pausesAsLongAsAzureAsks() {
        assertThat(LongRunningOperation.pauseAfter(1, Duration.ofSeconds(20))).hasSeconds(20);
        assertThat(LongRunningOperation.pauseAfter(4, Duration.ZERO)).isZero();
    }
}
