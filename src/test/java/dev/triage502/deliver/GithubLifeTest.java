package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.ledger.MessageReason;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole life of an incident in a repository of GitHub. */
class GithubLifeTest {

    private static final DeliveryResult SENT = new DeliveryResult.Sent();

    private PretendGithub github;
    private ChannelMemory memory = ChannelMemory.forgetting();
    private Instant now = Instant.parse("2026-03-02T08:15:10Z");

    @BeforeEach
    void start() throws IOException {
        github = new PretendGithub("token");
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void oneIssueWithACommentForEachEventClosedOnceOnAMeasuredRecovery() {
        for (MessageReason event : MessageReason.values()) {
            assertThat(deliver(event)).as(event.id()).isEqualTo(SENT);
            assertThat(deliver(event)).as(event.id()).isEqualTo(SENT);
            if (event == MessageReason.RESOLVED) {
                assertThat(state()).isEqualTo("open");
            }
        }

        assertThat(github.issues()).hasSize(1);
        assertThat(github.comments())
                .hasSize(MessageReason.values().length - 1)
                .allMatch(comment -> comment.contains("What happened: "));
        assertThat(github.closed()).isEqualTo(1);
        assertThat(state()).isEqualTo("closed");
    }

    @Test
    void theIssueSaysWhatHoldsNow() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        assertThat(body()).contains("Open", "120 of 400 requests", "### Do this first", "### Not checked");
        assertThat(github.issues().get(0).getAsJsonArray("labels").toString()).contains("triage502", "incident");

        deliver(MessageReason.RECOVERED);
        assertThat(body()).contains("Recovered").doesNotContain("✖ Open");
    }

    @Test
    void anIssueWhoseAnswerWasLostIsNotMadeTwice() {
        github.losesAnswers(true);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);
        github.losesAnswers(false);

        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(github.issues()).hasSize(1);
    }

    /** To the text, the comment or the state. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aLostAnswerMakesNoSecondCommentAndClosesOnce(int which) {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        github.losesAnswer(which);
        assertThat(deliver(MessageReason.RECOVERED)).isInstanceOf(DeliveryResult.Failed.class);

        assertThat(deliver(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(github.comments()).hasSize(1);
        assertThat(github.closed()).isEqualTo(1);
    }

    /** Each write is one moment at which the process can die. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void dyingBetweenACallAndItsNoteMakesNothingTwice(int lost) {
        for (MessageReason event : List.of(MessageReason.FIRST_DIAGNOSIS, MessageReason.RECOVERED)) {
            ChannelMemory kept = memory;
            memory = new LosingMemory(kept, lost);
            deliver(event);
            memory = kept;
            later();
            assertThat(deliver(event)).isEqualTo(SENT);
        }

        assertThat(github.issues()).hasSize(1);
        assertThat(github.comments()).hasSize(1);
        assertThat(github.closed()).isEqualTo(1);
    }

    @Test
    void twoWorkersAtOnceMakeOneIssueClosedOnce() throws Exception {
        for (MessageReason event : List.of(MessageReason.FIRST_DIAGNOSIS, MessageReason.RECOVERED)) {
            ExecutorService workers = Executors.newFixedThreadPool(2);
            try {
                Callable<DeliveryResult> work = () -> deliver(event);
                for (Future<DeliveryResult> each : workers.invokeAll(List.of(work, work))) {
                    assertThat(each.get()).isNotInstanceOf(DeliveryResult.Refused.class);
                }
            } finally {
                workers.shutdownNow();
            }
            later();
            assertThat(deliver(event)).isEqualTo(SENT);
        }

        assertThat(github.issues()).hasSize(1);
        assertThat(github.comments()).hasSize(1);
        assertThat(github.closed()).isEqualTo(1);
    }

    @Test
    void whatAPersonClosedStaysAsItIs() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        github.isClosedByHand(1);
        deliver(MessageReason.CHANGED);
        deliver(MessageReason.RECOVERED);

        assertThat(state()).isEqualTo("closed");
        assertThat(github.issues().get(0).get("state_reason").getAsString()).isEqualTo("not_planned");
    }

    @Test
    void anIssueThatWasDeletedIsMadeAnew() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        github.delete(1);

        assertThat(deliver(MessageReason.CHANGED)).isEqualTo(SENT);
        assertThat(github.issues()).hasSize(2);
    }

    private DeliveryResult deliver(MessageReason event) {
        ChannelTools tools = new ChannelTools(HttpChannelContract.TOOLS.http(), Clock.fixed(now, ZoneOffset.UTC));
        GithubIssues issues = new GithubIssues(
                github.base(),
                new SecretText("token"),
                PretendGithub.REPOSITORY,
                new GithubIssues.Labels(List.of("incident"), Map.of()),
                tools);
        return new GithubChannel(issues, tools).deliver(Reports.event(event), memory);
    }

    private String state() {
        return github.issues().get(0).get("state").getAsString();
    }

    private String body() {
        return github.issues().get(0).get("body").getAsString();
    }

    private void later() {
        now = now.plusSeconds(61);
    }
}
