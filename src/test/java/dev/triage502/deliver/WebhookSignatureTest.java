package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {

    /** Those whose signatures are right: ours have to be the same. */
    static List<JsonObject> vectors() throws IOException {
        try (Reader in = new InputStreamReader(
                WebhookSignatureTest.class.getResourceAsStream("/channels/standard-webhooks.json"),
                StandardCharsets.UTF_8)) {
            List<JsonObject> right = new ArrayList<>();
            for (JsonElement each : JsonParser.parseReader(in).getAsJsonObject().getAsJsonArray("vectors")) {
                if (each.getAsJsonObject().get("valid").getAsBoolean()) {
                    right.add(each.getAsJsonObject());
                }
            }
            return right;
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signsAsTheReferenceLibrariesDo(JsonObject vector) {
        List<SecretText> keys = new ArrayList<>();
        if (vector.has("secrets")) {
            vector.getAsJsonArray("secrets").forEach(key -> keys.add(new SecretText(key.getAsString())));
        } else {
            keys.add(new SecretText(vector.get("secret").getAsString()));
        }

        Map<String, String> headers = new WebhookSignature(keys)
                .headers(
                        vector.get("id").getAsString(),
                        Instant.ofEpochSecond(vector.get("timestamp").getAsLong()),
                        vector.get("body").getAsString());

        assertThat(headers.get("webhook-id")).isEqualTo(vector.get("id").getAsString());
        assertThat(headers.get("webhook-timestamp"))
                .isEqualTo(vector.get("timestamp").getAsString());
        assertThat(vector.get("signature").getAsString().split(" "))
                .contains(headers.get("webhook-signature").split(" "));
    }

    @Test
    void anIdWithAFullStopCouldNotBeToldFromTheTime() {
        assertThat(new WebhookSignature(List.of(new SecretText("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
                        .headers("agw.prod-1", Instant.EPOCH, "{}")
                        .get("webhook-id"))
                .isEqualTo("agw_prod-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64"})
    void aKeyHasItsPrefixAndEnoughBytes(String text) {
        assertThat(WebhookSignature.key(text)).isEmpty();
    }
}
