package dev.triage502.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.ChannelMemory;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.ReportNotice;
import dev.triage502.deliver.Reports;
import dev.triage502.ledger.MessageReason;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CourierTest {

    private final ReportNotice notice = Reports.notice(Reports.usual(), "agw-prod-20260302T0814-abc123-diagnosed");

    @Test
    void aBrokenChannelFailsAlone() {
        Courier courier = new Courier(List.of(
                route("broken", () -> {
                    throw new IllegalStateException("https://secret");
                }),
                route("unlinked", () -> {
                    throw new NoSuchMethodError("x");
                }),
                route("asserting", () -> {
                    throw new AssertionError("x");
                }),
                route("fine", DeliveryResult.Sent::new)));

        assertThat(courier.routes())
                .extracting(ChannelRoute::name)
                .containsExactly("broken", "unlinked", "asserting", "fine");
        assertThat(deliver(courier, "fine")).isEqualTo(new DeliveryResult.Sent());
        assertThat(deliver(courier, "broken").toString())
                .contains("internal error in channel broken", "IllegalStateException", "CourierTest")
                .doesNotContain("secret");
        assertThat(deliver(courier, "unlinked")).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(deliver(courier, "asserting")).isInstanceOf(DeliveryResult.Refused.class);
    }

    @Test
    void aChannelThatIsGoneIsTold() {
        assertThat(deliver(new Courier(List.of()), "teams").toString()).contains("channel \"teams\" no longer exists");
    }

    @Test
    void aSlowChannelKeepsOnlyAFewBusyAndNoneOfTheOthers() throws InterruptedException {
        Courier courier =
                new Courier(List.of(route("slow", DeliveryResult.Sent::new), route("fine", DeliveryResult.Sent::new)));
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch over = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            new Thread(() -> courier.whileFree("slow", () -> {
                        begun.countDown();
                        await(over);
                    }))
                    .start();
        }
        begun.await();

        assertThat(courier.whileFree("slow", () -> {})).isFalse();
        assertThat(courier.whileFree("fine", () -> {})).isTrue();
        over.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DeliveryResult deliver(Courier courier, String channel) {
        return courier.deliver(channel, () -> notice, ChannelMemory.forgetting());
    }

    private static ChannelRoute route(String name, Supplier<DeliveryResult> delivery) {
        return new ChannelRoute(
                name, EnumSet.allOf(MessageReason.class), RouteRules.none(), (ignored, memory) -> delivery.get());
    }
}
