package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.CollectionProgress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command from Slack over a real socket: without a key, and with a signature of the bytes that were sent. */
@Timeout(60)
class SlackOverHttpTest {

    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    private final String now = String.valueOf(Instant.now().getEpochSecond());

    @TempDir
    private Path folder;

    @Test
    void aSignedCommandNeedsNoKeyAndAnUnsignedOneIsRefused() throws Exception {
        try (LocalApp app = LocalApp.start(
                Map.of("TRIAGE502_STORE", folder.toString(), "TRIAGE502_SLACK_SIGNING_SECRET", SECRET),
                Clock.systemUTC(),
                CollectionProgress.none(),
                0,
                "key")) {
            URI action = app.uri().resolve("/api/slack/action");
            String body = "command=%2Ftriage502&text=Za%C5%BC%C3%B3%C5%82%C4%87+%26+x&user_id=U1";

            HttpResponse<String> answer = send(action, body, signature(body));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(answer.body()).contains("Not understood: Zażółć &amp; x.", "ephemeral");
            assertThat(send(action, body, "v0=0000").statusCode()).isEqualTo(401);
            assertThat(send(action, body + "&text=agw", signature(body)).statusCode())
                    .isEqualTo(401);
        }
    }

    private HttpResponse<String> send(URI uri, String body, String signature) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("X-Slack-Request-Timestamp", now)
                                .header("X-Slack-Signature", signature)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private String signature(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signed = mac.doFinal(("v0:" + now + ":" + body).getBytes(StandardCharsets.UTF_8));
        return "v0=" + HexFormat.of().formatHex(signed);
    }
}
