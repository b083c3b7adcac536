package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.Receiver.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackRepliesTest {

    @Test
    void postsAnAnswerThatSlackTakes() throws IOException {
        try (Receiver slack = new Receiver()) {
            slack.answers(new Reply(200, Map.of(), "ok"));
            SlackReplies replies = new SlackReplies(HttpChannelContract.TOOLS.http(), uri -> true);

            DeliveryResult sent = replies.post(
                    slack.uri("/commands/T0/1/x").toString(),
                    SlackReplies.note("No gateway `agw-<!channel>`.", Optional.of("https://triage.example.com/f")));

            assertThat(sent).isEqualTo(new DeliveryResult.Sent());
            assertThat(SlackRules.faults(slack.only().body())).isEmpty();
            assertThat(slack.only().body()).doesNotContain("<!channel>");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.slack.com/commands/1",
                "https://hooks.slack.com.evil.example/commands/1",
                "https://evil.example/hooks.slack.com",
                "https://hooks.slack.com@evil.example/",
                "https://hooks.slack.com:8443/commands/1",
                "http://127.0.0.1/commands/1",
                "http://169.254.169.254/metadata",
                "file:///etc/passwd",
                "hooks.slack.com",
                ""
            })
    void postsNowhereButToSlack(String url) {
        assertThat(SlackReplies.address(url)).isEmpty();
        assertThat(new SlackReplies(HttpChannelContract.TOOLS.http())
                        .post(url, SlackReplies.note("x", Optional.empty())))
                .isInstanceOf(DeliveryResult.Refused.class);
    }

    @Test
    void slacksOwnIsTaken() {
        assertThat(SlackReplies.address("https://hooks.slack.com/commands/T1/3/9"))
                .isPresent();
        assertThat(SlackReplies.address("https://hooks.slack.com/actions/T1/3/9"))
                .isPresent();
    }
}
