package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.Receiver.Reply;
import dev.triage502.deliver.slack.SlackMessage;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackChannelTest extends HttpChannelContract {

    @Override
    ChannelType type() {
        return SlackChannel.TYPE;
    }

    @Override
    Channel channel(URI url, ChannelTools tools) {
        SecretUrl base = new SecretUrl(URI.create(url.toString().replaceAll("\\?.*", "/")));
        return new SlackChannel(base, new SecretText(SECRET), "C0000000001", tools);
    }

    @Override
    Reply success() {
        return new Reply(200, Map.of(), "{\"ok\":true,\"channel\":\"C0000000001\",\"ts\":\"1770000000.000100\"}");
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
    void theTokenIsInTheHeaderAlone() {
        deliver();

        assertThat(receiver.only().headers().get("authorization")).isEqualTo("Bearer " + SECRET);
        assertThat(receiver.only().path()).endsWith("/chat.postMessage");
        assertThat(receiver.only().body()).doesNotContain(SECRET);
        assertThat(SlackRules.faults(receiver.only().body())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "not_in_channel, invite the app",
        "channel_not_found, channel ID",
        "is_archived, archived",
        "invalid_auth, bot token",
        "token_revoked, new token",
        "msg_too_long, msg_too_long",
        "msg_blocks_too_long, msg_blocks_too_long"
    })
    void whatSlackRefusesIsToldWithWhatToDo(String error, String advice) {
        receiver.answers(new Reply(200, Map.of(), "{\"ok\":false,\"error\":\"" + error + "\"}"));

        assertThat(deliver()).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(why(deliver())).contains(error, advice);
    }

    @Test
    void saysWhichBlockIsWrongAndWhichScopeIsMissing() {
        receiver.answers(new Reply(
                200,
                Map.of(),
                "{\"ok\":false,\"error\":\"invalid_blocks\",\"response_metadata\":{\"messages\":[\"[ERROR]"
                        + " must be less than 3001 characters [json-pointer:/blocks/0/text/text]\"]}}"));
        assertThat(why(deliver())).contains("/blocks/0/text/text");

        receiver.answers(
                new Reply(200, Map.of(), "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"chat:write\"}"));
        assertThat(why(deliver())).contains("grant the app chat:write");
    }

    @ParameterizedTest
    @CsvSource({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})
    void whatSlackCannotDoNowMayGoBetterLater(String error) {
        receiver.answers(new Reply(200, Map.of("Retry-After", "30"), "{\"ok\":false,\"error\":\"" + error + "\"}"));

        assertThat(((DeliveryResult.Failed) deliver()).retryAfter()).hasValue(Duration.ofSeconds(30));
    }

    @Test
    void aPageThatIsNotSlacksIsNoSuccess() {
        receiver.answers(new Reply(200, Map.of(), "<html>Welcome</html>"));

        assertThat(deliver()).isInstanceOf(DeliveryResult.Failed.class);
    }

    @Test
    void whatWasSaidIsNotSaidAgain() {
        deliver();
        deliver();

        assertThat(receiver.got()).hasSize(1);
    }
}
