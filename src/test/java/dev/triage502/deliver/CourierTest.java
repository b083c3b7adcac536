package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CourierTest {

    private final ReportNotice notice = Reports.notice(Reports.usual(), "agw-prod-20260302T0814-abc123-diagnosed");

    @Test
    void aBrokenChannelFailsAlone() {
        Courier courier = new Courier(List.of(
                channel("broken", () -> {
                    throw new IllegalStateException("https://secret");
                }),
                channel("unlinked", () -> {
                    throw new NoSuchMethodError("x");
                }),
                channel("asserting", () -> {
                    throw new AssertionError("x");
                }),
                channel("fine", DeliveryResult.Sent::new)));

        assertThat(courier.channels()).containsExactly("broken", "unlinked", "asserting", "fine");
        assertThat(courier.deliver("fine", notice)).isEqualTo(new DeliveryResult.Sent());
        assertThat(courier.deliver("broken", notice).toString())
                .contains("internal error in channel broken", "IllegalStateException", "CourierTest")
                .doesNotContain("secret");
        assertThat(courier.deliver("unlinked", notice)).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(courier.deliver("asserting", notice)).isInstanceOf(DeliveryResult.Refused.class);
    }

    @Test
    void aChannelThatIsGoneIsTold() {
        assertThat(new Courier(List.of()).deliver("teams", notice).toString())
                .contains("channel \"teams\" no longer exists");
    }

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
    void waitsAsLongAsItIsAskedWithinReason() {
        assertThat(DeliveryRetries.pauseAfter(1, Optional.of(Duration.ofSeconds(90))))
                .contains(Duration.ofSeconds(90));
        assertThat(DeliveryRetries.pauseAfter(3, Optional.of(Duration.ofSeconds(1))))
                .contains(Duration.ofSeconds(20));
        assertThat(DeliveryRetries.pauseAfter(1, Optional.of(Duration.ofHours(5))))
                .contains(Duration.ofMinutes(15));
    }

    private static Channel channel(String name, java.util.function.Supplier<DeliveryResult> delivery) {
        return new Channel() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public DeliveryResult deliver(ReportNotice ignored) {
                return delivery.get();
            }
        };
    }
}
