package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.local.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(60)
@Isolated("what it prints has the log of the whole process in it")
class ChannelsCommandTest {

    private static final String SECRET = "s3cr3tToken";

    @TempDir
    private Path folder;

    @Test
    void listsEachChannelWithWhatItGetsAndWhatIsWrong() {
        Terminal terminal = terminal(
                Map.of(
                        "TRIAGE502_WEBHOOK_URL", "https://hooks.example.com/" + SECRET,
                        "TRIAGE502_CHANNELS",
                                "{\"channels\":[{\"name\":\"ops\",\"type\":\"teams\",\"url\":{\"setting\":\"NOT_SET\"},"
                                        + "\"filters\":{\"gateways\":[\"agw-*\"],\"events\":[\"recovered\"]},\"fallback\":\"none\"}]}"));

        assertThat(terminal.run("channels")).isEqualTo(Main.COULD_NOT);

        assertThat(terminal.out())
                .contains("webhook (webhook)", "no mistakes found; send a test: triage502 channels test webhook")
                .contains("ops (teams)\n  gets      recovered\n  only if   gateways agw-*\n  fallback  none")
                .contains("WRONG     TRIAGE502_CHANNELS: channels[0].url: the app has no setting NOT_SET")
                .contains("WRONG: TRIAGE502_CHANNELS: fallback of ops: there is no channel \"none\"")
                .doesNotContain(SECRET);
    }

    @Test
    void saysHowToSetOneWhereThereIsNone() {
        Terminal terminal = terminal(Map.of());

        assertThat(terminal.run("channels")).isZero();
        assertThat(terminal.out()).contains("No channels. Set TRIAGE502_CHANNELS");
    }

    @Test
    void sendsAMessageThatSaysThatItIsATest() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.answering(202)) {
            Terminal terminal =
                    terminal(Map.of("TRIAGE502_TEAMS_URL", receiver.uri().toString()));

            assertThat(terminal.run("channels", "test", "teams"))
                    .as(terminal.err())
                    .isZero();

            String sent = new String(
                    receiver.next(Duration.ofSeconds(5)).orElseThrow().body(), StandardCharsets.UTF_8);
            assertThat(sent).contains("TEST: ", "This is a test message from triage502. No gateway is affected.");
        }
    }

    @Test
    void saysWhyATestWasNotTaken() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.answering(403)) {
            Map<String, String> settings = Map.of("TRIAGE502_TEAMS_URL", receiver.uri() + "?sig=" + SECRET);
            Terminal refused = terminal(settings);
            assertThat(refused.run("channels", "test", "teams")).isEqualTo(Main.COULD_NOT);
            assertThat(refused.err()).contains("returned 403").doesNotContain(SECRET);
            Terminal unknown = terminal(settings);
            assertThat(unknown.run("channels", "test", "slak")).isEqualTo(Main.COULD_NOT);
            assertThat(unknown.err()).contains("there is no channel \"slak\"; there is teams");
        }
    }

    private Terminal terminal(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("TRIAGE502_STORE", folder.toString());
        return new Terminal(false, all);
    }
}
