package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.triage502.local.QueueInbox.Message;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the local host relies on, whichever queues it listens to. */
abstract class QueueInboxContract {

    private static final Duration LONG = Duration.ofMinutes(10);

    abstract QueueInbox inbox();

    private Message only(String queue) {
        List<Message> taken = inbox().take(queue, 16, LONG);
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }

    @Test
    void whatIsPutIsTakenOnce() {
        inbox().open("once");
        inbox().put("once", "dGV4dA==");

        Message message = only("once");

        assertThat(message.text()).isEqualTo("dGV4dA==");
        assertThat(message.dequeueCount()).isEqualTo(1);
        assertThat(inbox().take("once", 16, LONG)).isEmpty();
    }

    @Test
    void whatIsReleasedShowsAgainAndSaysHowOftenItWasTaken() {
        inbox().open("again");
        inbox().put("again", "a");
        inbox().release("again", only("again"), Duration.ZERO);

        Message second = only("again");

        assertThat(second.dequeueCount()).isEqualTo(2);
        assertThat(second.text()).isEqualTo("a");
    }

    @Test
    void whatIsReleasedForLaterIsHiddenTillThen() {
        inbox().open("later");
        inbox().put("later", "a");
        inbox().release("later", only("later"), Duration.ofSeconds(2));

        assertThat(inbox().take("later", 16, LONG)).isEmpty();
        await().untilAsserted(() -> assertThat(inbox().take("later", 16, LONG)).hasSize(1));
    }

    @Test
    void whatIsDeletedIsGone() {
        inbox().open("gone");
        inbox().put("gone", "a");
        inbox().delete("gone", inbox().take("gone", 1, Duration.ofSeconds(1)).get(0));

        await().pollDelay(Duration.ofMillis(1500))
                .untilAsserted(() -> assertThat(inbox().take("gone", 16, LONG)).isEmpty());
    }

    @Test
    void noMoreAreTakenThanAskedFor() {
        inbox().open("many");
        IntStream.range(0, 5).forEach(i -> inbox().put("many", "m" + i));

        assertThat(inbox().take("many", 2, LONG)).hasSize(2);
        assertThat(inbox().take("many", 100, LONG)).hasSize(3);
    }

    @Test
    void aQueueIsMadeByWhatIsPutIntoIt() {
        inbox().put("jobs-poison", "bad");

        assertThat(only("jobs-poison").text()).isEqualTo("bad");
    }
}
