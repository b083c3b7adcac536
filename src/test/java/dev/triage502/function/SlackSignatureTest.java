package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlackSignatureTest {

    @ParameterizedTest
    @MethodSource("vectors")
    void theVectorsAreJudgedRight(JsonObject vector) {
        boolean fits = new SlackSignature(text(vector, "signing_secret"))
                .fits(
                        text(vector, "timestamp"),
                        text(vector, "signature"),
                        text(vector, "raw_body").getBytes(StandardCharsets.UTF_8),
                        Instant.ofEpochSecond(vector.get("clock").getAsLong()));

        assertThat(fits).as(text(vector, "name")).isEqualTo(vector.get("valid").getAsBoolean());
    }

    @Test
    void saysNothingOfItsSecret() {
        assertThat(new SlackSignature("hunter2")).asString().doesNotContain("hunter2");
    }

    static List<JsonObject> vectors() throws IOException {
        try (InputStream in = SlackSignatureTest.class.getResourceAsStream("/channels/slack-signatures.json")) {
            List<JsonObject> vectors = new ArrayList<>();
            for (JsonElement each : JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonArray("slack_v0")) {
                vectors.add(each.getAsJsonObject());
            }
            return vectors;
        }
    }

    private static String text(JsonObject vector, String name) {
        return vector.get(name).getAsString();
    }
}
