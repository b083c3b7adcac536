package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.PretendSlack.Post;
import dev.triage502.ledger.MessageReason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole life of an incident in one channel of Slack. */
class SlackLifeTest {

    private PretendSlack slack;
    private ChannelMemory memory = ChannelMemory.forgetting();

    @BeforeEach
    void start() throws IOException {
        slack = new PretendSlack();
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    @Test
    void oneMessageThatIsUpdatedWithItsHistoryInTheThread() {
        for (MessageReason event : MessageReason.values()) {
            assertThat(deliver(event)).as(event.id()).isEqualTo(new DeliveryResult.Sent());
        }

        assertThat(mains()).isEqualTo(1);
        assertThat(slack.posts()).hasSize(MessageReason.values().length);
        assertThat(slack.posts().stream().skip(1))
                .allSatisfy(reply -> assertThat(reply.thread()).contains(main().ts()))
                .extracting(Post::all)
                .allMatch(text -> text.contains("What happened: "));
    }

    @Test
    void theMessageSaysWhatHoldsNow() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        assertThat(main().all()).contains("🛑").contains("Open");

        deliver(MessageReason.RECOVERED);
        assertThat(main().all()).contains("✅").contains("Recovered").doesNotContain("🛑");
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FIRST_DIAGNOSIS"})
    void whoWatchesTheChannelSeesThatItEndsOrComesBack(MessageReason event) {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        deliver(event);

        boolean endsOrComesBack =
                event == MessageReason.RECOVERED || event == MessageReason.RESOLVED || event == MessageReason.RECURRED;
        assertThat(slack.posts().get(1).isBroadcast()).isEqualTo(endsOrComesBack);
    }

    /** A message that waits is replaced by the next, so that this can be the first one. */
    @Test
    void anIncidentThatIsFirstHeardOfWhenItIsOverIsOneMessage() {
        deliver(MessageReason.RECOVERED);

        assertThat(slack.posts()).hasSize(1);
        assertThat(main().all()).contains("Recovered");
    }

    @Test
    void aMessageThatWasDeletedIsPostedAnew() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        slack.delete(main().ts());

        assertThat(deliver(MessageReason.CHANGED)).isEqualTo(new DeliveryResult.Sent());
        assertThat(slack.posts()).hasSize(1);
        deliver(MessageReason.RECOVERED);
        assertThat(mains()).isEqualTo(1);
    }

    @Test
    void aPostWhoseAnswerWasLostIsNotMadeTwice() {
        slack.mayRead();
        slack.losesAnswers(true);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);
        slack.losesAnswers(false);

        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(new DeliveryResult.Sent());
        assertThat(slack.posts()).hasSize(1);
    }

    @Test
    void aLaterEventFindsThePostWhoseAnswerWasLost() {
        slack.mayRead();
        slack.losesAnswers(true);
        deliver(MessageReason.FIRST_DIAGNOSIS);
        slack.losesAnswers(false);

        deliver(MessageReason.RECOVERED);

        assertThat(mains()).isEqualTo(1);
        assertThat(main().all()).contains("Recovered");
        assertThat(slack.posts()).hasSize(2);
    }

    @Test
    void aReplyWhoseAnswerWasLostIsNotMadeTwice() {
        slack.mayRead();
        deliver(MessageReason.FIRST_DIAGNOSIS);
        ChannelMemory kept = memory;
        memory = new LosingMemory(kept, 2);
        deliver(MessageReason.RECOVERED);
        memory = kept;

        assertThat(deliver(MessageReason.RECOVERED)).isEqualTo(new DeliveryResult.Sent());
        assertThat(slack.posts()).hasSize(2);
    }

    /** The note of what was posted is the second of a delivery. */
    @Test
    void aProcessThatDiesBetweenPostAndNoteMakesNoSecondMessage() {
        slack.mayRead();
        ChannelMemory kept = memory;
        memory = new LosingMemory(kept, 2);
        deliver(MessageReason.FIRST_DIAGNOSIS);
        memory = kept;

        deliver(MessageReason.FIRST_DIAGNOSIS);
        deliver(MessageReason.CHANGED);

        assertThat(mains()).isEqualTo(1);
        assertThat(slack.calls()).containsOnlyOnce("conversations.history");
    }

    @Test
    void whereTheChannelCannotBeReadASecondPostIsBetterThanNone() {
        slack.losesAnswers(true);
        deliver(MessageReason.FIRST_DIAGNOSIS);
        slack.losesAnswers(false);

        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(new DeliveryResult.Sent());
        assertThat(slack.posts()).hasSize(2);
    }

    @Test
    void whereSlackAsksToWaitNothingIsLostAndNothingIsTwice() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        slack.isBusy(1);

        DeliveryResult busy = deliver(MessageReason.RECOVERED);
        assertThat(((DeliveryResult.Failed) busy).retryAfter()).hasValue(Duration.ofSeconds(30));
        assertThat(deliver(MessageReason.RECOVERED)).isEqualTo(new DeliveryResult.Sent());
        assertThat(slack.posts()).hasSize(2);
    }

    @Test
    void whoWroteInBetweenIsLeftToIt() {
        memory = new LosingMemory(memory, 1);

        DeliveryResult busy = deliver(MessageReason.FIRST_DIAGNOSIS);

        assertThat(((DeliveryResult.Failed) busy).retryAfter()).hasValue(Duration.ofSeconds(5));
        assertThat(slack.posts()).isEmpty();
    }

    private DeliveryResult deliver(MessageReason event) {
        ChannelTools tools = new ChannelTools(
                HttpChannelContract.TOOLS.http(),
                Clock.fixed(Instant.parse("2026-03-02T08:15:10Z"), ZoneOffset.UTC),
                true,
                AccessTokens.none());
        SlackChannel channel =
                new SlackChannel(slack.base(), new SecretText(PretendSlack.TOKEN), PretendSlack.CHANNEL, tools);
        return channel.deliver(Reports.event(event), memory);
    }

    private long mains() {
        return slack.posts().stream().filter(post -> post.thread().isEmpty()).count();
    }

    private Post main() {
        return slack.posts().stream()
                .filter(post -> post.thread().isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
