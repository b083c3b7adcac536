package dev.triage502.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.Channel;
import dev.triage502.deliver.ChannelCheck;
import dev.triage502.deliver.ChannelMemory;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.ReportNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ChannelChecksTest {

    @Test
    void aServiceThatNeverAnswersDoesNotHoldTheOthersUp() {
        CountDownLatch never = new CountDownLatch(1);
        Channel silent = channel(() -> {
            await(never);
            return ChannelCheck.fine();
        });
        Channel first = channel(() -> ChannelCheck.warning("first"));
        Channel last = channel(() -> ChannelCheck.warning("last"));

        Instant begin = Instant.now();
        List<ChannelCheck> checks = ChannelChecks.of(List.of(first, silent, silent, last), Duration.ofSeconds(1));

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(3));
        assertThat(checks)
                .containsExactly(
                        ChannelCheck.warning("first"),
                        ChannelCheck.warning("could not be checked: no response within 1 s"),
                        ChannelCheck.warning("could not be checked: no response within 1 s"),
                        ChannelCheck.warning("last"));
    }

    /** Each waits until all are asked. */
    @Test
    void allAreAskedAtOnce() {
        CyclicBarrier together = new CyclicBarrier(5);
        Channel channel = channel(() -> {
            try {
                together.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return ChannelCheck.fine();
        });

        assertThat(ChannelChecks.of(List.of(channel, channel, channel, channel, channel), Duration.ofSeconds(10)))
                .hasSize(5)
                .containsOnly(ChannelCheck.fine());
    }

    @Test
    void aMistakeInOneCostsOnlyThatOne() {
        Channel wrong = channel(() -> {
            throw new IllegalStateException("no such thing");
        });

        List<ChannelCheck> checks =
                ChannelChecks.of(List.of(wrong, channel(ChannelCheck::fine)), Duration.ofSeconds(10));

        assertThat(checks.get(0).warnings().toString()).contains("could not be checked", "no such thing");
        assertThat(checks.get(1)).isEqualTo(ChannelCheck.fine());
        assertThat(ChannelChecks.of(List.of())).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Channel channel(Supplier<ChannelCheck> check) {
        return new Channel() {
            @Override
            public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
                return new DeliveryResult.Sent();
            }

            @Override
            public ChannelCheck check() {
                return check.get();
            }
        };
    }
}
