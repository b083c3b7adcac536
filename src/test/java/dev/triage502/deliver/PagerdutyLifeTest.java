package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.triage502.ledger.MessageReason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole life of an incident in PagerDuty. */
class PagerdutyLifeTest {

    private static final DeliveryResult SENT = new DeliveryResult.Sent();

    private PretendPagerduty pagerduty;
    private ChannelMemory memory = ChannelMemory.forgetting();

    @BeforeEach
    void start() throws IOException {
        pagerduty = new PretendPagerduty();
    }

    @AfterEach
    void stop() {
        pagerduty.close();
    }

    @Test
    void oneAlertThatIsResolvedOnceOnAMeasuredRecovery() {
        for (MessageReason event : MessageReason.values()) {
            assertThat(deliver(event)).as(event.id()).isEqualTo(SENT);
            assertThat(deliver(event)).as(event.id()).isEqualTo(SENT);
            if (event == MessageReason.RESOLVED) {
                assertThat(pagerduty.open()).containsOnlyKeys("agw-prod-20260302T0814-abc123");
            }
        }

        assertThat(pagerduty.opened()).hasSize(1);
        assertThat(pagerduty.resolved()).isEqualTo(1);
        assertThat(pagerduty.open()).isEmpty();
    }

    @Test
    void whatWasChangedIsAChangeEventOnce() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        deliver(MessageReason.CHANGED);

        assertThat(pagerduty.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.toString())
                        .contains(
                                "ops@contoso.example wrote the rule deny-all",
                                "2026-03-02T08:01:00Z",
                                "https://triage.example.com/api/i/token"));
    }

    @Test
    void theAlertSaysWhoIsHitWhatToDoAndWhy() {
        deliver(MessageReason.FIRST_DIAGNOSIS);

        JsonObject payload = pagerduty.opened().get(0).getAsJsonObject("payload");
        assertThat(payload.get("summary").getAsString()).startsWith("Open: agw-prod answers 502");
        assertThat(payload.getAsJsonObject("custom_details").toString())
                .contains("120 of 400", "Do this first", "az network nsg rule create", "Not checked");
        assertThat(pagerduty.opened().get(0).getAsJsonArray("links").toString())
                .contains("https://triage.example.com/api/i/token");
    }

    @Test
    void aRepeatAfterALostAnswerAndTwoWorkersAtOnceMakeOneAlert() throws Exception {
        pagerduty.losesAnswers(true);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);
        pagerduty.losesAnswers(false);
        for (MessageReason event : List.of(MessageReason.FIRST_DIAGNOSIS, MessageReason.RECOVERED)) {
            ExecutorService workers = Executors.newFixedThreadPool(2);
            try {
                Callable<DeliveryResult> work = () -> deliver(event);
                for (Future<DeliveryResult> each : workers.invokeAll(List.of(work, work))) {
                    assertThat(each.get()).isEqualTo(SENT);
                }
            } finally {
                workers.shutdownNow();
            }
        }

        assertThat(pagerduty.opened()).hasSize(1);
        assertThat(pagerduty.resolved()).isEqualTo(1);
        assertThat(pagerduty.changes()).hasSize(1);
    }

    @Test
    void aProcessThatDiesBeforeItsNoteOpensNoSecondAlert() {
        ChannelMemory kept = memory;
        memory = new LosingMemory(kept, 2);
        deliver(MessageReason.FIRST_DIAGNOSIS);
        memory = kept;

        deliver(MessageReason.FIRST_DIAGNOSIS);

        assertThat(pagerduty.opened()).hasSize(1);
        assertThat(pagerduty.changes()).hasSize(1);
    }

    /** The alert of Azure may end after the recovery was measured. */
    @Test
    void anEndThatSaysNothingNewPagesNobody() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        deliver(MessageReason.RECOVERED);
        deliver(MessageReason.RESOLVED);

        assertThat(pagerduty.opened()).hasSize(1);
        deliver(MessageReason.FLAPPING);
        assertThat(pagerduty.opened()).hasSize(2);
    }

    @Test
    void theSeverityIsThatOfTheSettings() {
        ReportNotice notice = ExampleNotices.ofEachKind().get("confirmed");
        channel(Map.of("1", "warning"), PretendPagerduty.KEY).deliver(notice, memory);

        assertThat(pagerduty
                        .opened()
                        .get(0)
                        .getAsJsonObject("payload")
                        .get("severity")
                        .getAsString())
                .isEqualTo("warning");
    }

    @Test
    void aWrongKeyIsToldInPagerdutysWords() {
        DeliveryResult result = channel(Map.of(), "x".repeat(31)).deliver(Reports.event(MessageReason.CHANGED), memory);

        assertThat(((DeliveryResult.Refused) result).why()).contains("should be 32 characters");
    }

    private DeliveryResult deliver(MessageReason event) {
        return channel(Map.of(), PretendPagerduty.KEY).deliver(Reports.event(event), memory);
    }

    private Channel channel(Map<String, String> severities, String key) {
        return new PagerdutyChannel(pagerduty.base(), new SecretText(key), true, severities, HttpChannelContract.TOOLS);
    }
}
