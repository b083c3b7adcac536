package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.triage502.collect.CollectionProgress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsFunctionTest {

    private static final String SECRET = "s3cr3tToken";

    @TempDir
    private Path folder;

    @Test
    void listsTheChannelsWithoutTheirSecrets() {
        JsonObject listing = ask(Map.of(
                "TRIAGE502_WEBHOOK_URL", "https://hooks.example.com/" + SECRET,
                "TRIAGE502_CHANNELS",
                        "{\"channels\":[{\"name\":\"ops\",\"type\":\"webhook\",\"url\":\"" + SECRET + "\"}]}"));

        assertThat(listing.getAsJsonArray("channels")).hasSize(2);
        JsonObject ops = listing.getAsJsonArray("channels").get(1).getAsJsonObject();
        assertThat(ops.get("name").getAsString()).isEqualTo("ops");
        assertThat(ops.getAsJsonArray("problems").get(0).getAsString()).contains("a secret may not be written here");
        assertThat(listing.toString()).doesNotContain(SECRET);
    }

    @Test
    void aDocumentThatIsNotInTheStoreIsAProblemAndNoFailure() {
        JsonObject listing = ask(Map.of("TRIAGE502_CHANNELS", "config/channels.json"));

        assertThat(listing.toString())
                .contains("there is no \\\"config/channels.json\\\" in the container of the store");
    }

    private JsonObject ask(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("TRIAGE502_STORE", folder.toString());
        HttpResponseMessage answer = new Wiring(all, Clock.systemUTC(), CollectionProgress.none())
                .getInstance(ChannelsFunction.class)
                .run(FakeRequest.get(), new FakeContext());
        assertThat(answer.getStatusCode()).isEqualTo(200);
        return JsonParser.parseString(String.valueOf(answer.getBody())).getAsJsonObject();
    }
}
