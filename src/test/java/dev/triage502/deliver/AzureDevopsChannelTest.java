package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.AzureDevopsItems.Mapping;
import dev.triage502.deliver.PretendAzureDevops.Item;
import dev.triage502.deliver.ticket.AzureDevopsText;
import dev.triage502.ledger.MessageReason;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of channels, and the whole life of an incident in a project of Azure DevOps. */
class AzureDevopsChannelTest extends ChannelContract {

    private static final DeliveryResult SENT = new DeliveryResult.Sent();

    private PretendAzureDevops service;
    private ChannelMemory memory = ChannelMemory.forgetting();
    private Instant now = Instant.parse("2026-03-02T08:15:10Z");
    private String token = SECRET;
    private String closed = "Done";

    @BeforeEach
    void start() throws IOException {
        service = new PretendAzureDevops(SECRET);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Override
    ChannelType type() {
        return AzureDevopsChannel.TYPE;
    }

    @Override
    AzureDevopsChannel channel() {
        ChannelTools tools = new ChannelTools(
                HttpChannelContract.TOOLS.http(), Clock.fixed(now, ZoneOffset.UTC), false, scope -> token);
        Mapping mapping =
                new Mapping("Net work", "Bug", List.of("gateway"), Optional.empty(), Map.of(), closed, "To Do");
        return new AzureDevopsChannel(service.base(), Optional.empty(), mapping, tools);
    }

    @Override
    void otherSideRefuses(String words) {
        service.refuses(words);
    }

    @Override
    void otherSideIsAway() {
        service.close();
    }

    @Override
    List<String> taken() {
        return service.items().stream().map(item -> item.fields().toString()).toList();
    }

    @Override
    int longest() {
        return 2 * AzureDevopsText.LONGEST;
    }

    @Override
    String cutNote() {
        return "Shortened. Open the report.";
    }

    @Test
    void oneItemWithACommentForEachEventClosedOnce() {
        for (MessageReason event : MessageReason.values()) {
            assertThat(say(event)).as(event.id()).isEqualTo(SENT);
            assertThat(say(event)).as("again " + event.id()).isEqualTo(SENT);
        }

        assertThat(service.items()).hasSize(1);
        assertThat(item().comments()).hasSize(MessageReason.values().length - 1);
        assertThat(item().states()).containsExactly("Done");
        assertThat(item().field("System.Tags"))
                .isEqualTo("triage502; triage502-agw-prod-20260302T0814-abc123; gateway");
        assertThat(item().field("Microsoft.VSTS.TCM.ReproSteps")).contains("<h3>Do this first</h3>");
    }

    @Test
    void aRecurrenceOpensWhatWasClosed() {
        say(MessageReason.RECOVERED);
        say(MessageReason.RECURRED);

        assertThat(item().states()).containsExactly("Done", "To Do");
    }

    @Test
    void lostAnswersMakeNothingTwice() {
        service.losesAnswers(true);
        say(MessageReason.FIRST_DIAGNOSIS);
        service.losesAnswers(false);
        assertThat(say(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(service.items()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void dyingBetweenACallAndItsNoteMakesNothingTwice(int lost) {
        ChannelMemory kept = memory;
        memory = new LosingMemory(kept, lost);
        say(MessageReason.RECOVERED);
        memory = kept;
        now = now.plusSeconds(61);

        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(service.items()).hasSize(1);
        assertThat(item().states()).containsExactly("Done");
    }

    @Test
    void twoWorkersAtOnceMakeOneItem() throws Exception {
        assertThat(TwoWorkers.at(() -> say(MessageReason.RECOVERED))).contains(SENT);
        now = now.plusSeconds(61);
        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(service.items()).hasSize(1);
        assertThat(item().states()).containsExactly("Done");
    }

    @Test
    void anIdentityThatWasNotAddedIsRefusedWithWhatToDo() {
        token = "another";

        assertThat(why(say(MessageReason.FIRST_DIAGNOSIS))).contains("203", "add the app's identity");
    }

    @Test
    void theStatesAreCheckedAgainstTheWorkItemType() {
        assertThat(channel().check()).isEqualTo(ChannelCheck.fine());
        closed = "Closed";
        assertThat(channel().check().problems())
                .containsExactly("work item type Bug has no state \"Closed\"; it has To Do, Done");
    }

    @Test
    void textsFromOutsideAreInert() {
        channel().deliver(ExampleNotices.hostile(" <script>x</script> #1 @all"), memory);

        assertThat(item().field("Microsoft.VSTS.TCM.ReproSteps"))
                .contains("&lt;script&gt;")
                .doesNotContain("<script", " #1");
    }

    private DeliveryResult say(MessageReason event) {
        return channel().deliver(Reports.event(event), memory);
    }

    private Item item() {
        return service.items().get(0);
    }
}
