package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryRetriesTest {

    @Test
    void triesAgainLaterAndLaterForAboutAnHour() {
        Duration all = Duration.ZERO;
        for (int tries = 1; tries < DeliveryRetries.MOST_TRIES; tries++) {
            all = all.plus(DeliveryRetries.pauseAfter(tries, Optional.empty()).orElseThrow());
        }

        assertThat(DeliveryRetries.pauseAfter(1, Optional.empty())).contains(Duration.ofSeconds(5));
        assertThat(DeliveryRetries.pauseAfter(3, Optional.empty())).contains(Duration.ofSeconds(20));
        assertThat(all).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(90));
        assertThat(DeliveryRetries.pauseAfter(DeliveryRetries.MOST_TRIES, Optional.empty()))
                .isEmpty();
    }

    @Test
    void waitsAsLongAsItIsAskedUpToADay() {
        assertThat(DeliveryRetries.pauseAfter(1, Optional.of(Duration.ofSeconds(90))))
                .contains(Duration.ofSeconds(90));
        assertThat(DeliveryRetries.pauseAfter(3, Optional.of(Duration.ofSeconds(1))))
                .contains(Duration.ofSeconds(20));
        assertThat(DeliveryRetries.pauseAfter(1, Optional.of(Duration.ofHours(5))))
                .contains(Duration.ofHours(5));
        assertThat(DeliveryRetries.pauseAfter(1, Optional.of(Duration.ofHours(25))))
                .isEmpty();
    }
}
