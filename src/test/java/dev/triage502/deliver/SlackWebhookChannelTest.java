package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import dev.triage502.deliver.Receiver.Reply;
import dev.triage502.deliver.slack.SlackMessage;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackWebhookChannelTest extends HttpChannelContract {

    @Override
    ChannelType type() {
        return SlackWebhookChannel.TYPE;
    }

    @Override
    Channel channel(URI url, ChannelTools tools) {
        return new SlackWebhookChannel(new SecretUrl(url), tools);
    }

    @Override
    Reply success() {
        return new Reply(200, Map.of(), "ok");
    }

    @Override
    int longest() {
        return SlackMessage.LONGEST_BLOCKS + 4_000;
    }

    @Override
    String cutNote() {
        return "Shortened. Open the report.";
    }

    @Test
    void whatItSendsIsWhatSlackTakes() {
        deliver();

        assertThat(SlackRules.faults(receiver.only().body())).isEmpty();
        assertThat(receiver.only().headers().get("content-type")).isEqualTo("application/json; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_blocks",
        "400, invalid_attachments",
        "403, invalid_token",
        "404, no_service",
        "410, channel_is_archived"
    })
    void whatSlackRefusesIsToldInItsWords(int status, String words) {
        receiver.answers(new Reply(status, Map.of(), words));

        assertThat(deliver()).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(why(deliver())).contains(words);
    }

    @Test
    void whatSlackCannotDoNowMayGoBetterLater() {
        receiver.answers(new Reply(500, Map.of(), "rollup_error"));
        assertThat(deliver()).isInstanceOf(DeliveryResult.Failed.class);

        receiver.answers(new Reply(
                429, Map.of("Retry-After", "1"), "{\"retry_after\":1,\"ok\":false,\"error\":\"rate_limited\"}"));
        assertThat(((DeliveryResult.Failed) deliver()).retryAfter()).hasValue(Duration.ofSeconds(1));
    }

    /** A page of a proxy is not Slack. */
    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Welcome</html>", "okay"})
    void successIsOkAndNothingElse(String body) {
        receiver.answers(new Reply(200, Map.of(), body));

        assertThat(deliver()).isInstanceOf(DeliveryResult.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.slack.com/services/T0/B0/x, true",
        "https://hooks.slack.com/workflows/T0/A0/1/x, false",
        "https://hooks.slack.com/triggers/T0/1/x, false"
    })
    void aUrlOfAWorkflowIsRefused(String url, boolean isRight) {
        assertThat(SlackWebhookChannel.URL.read().apply(new JsonPrimitive(url)).isPresent())
                .isEqualTo(isRight);
    }
}
