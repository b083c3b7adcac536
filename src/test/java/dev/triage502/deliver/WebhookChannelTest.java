package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebhookChannelTest extends HttpChannelContract {

    @Override
    ChannelType type() {
        return WebhookChannel.TYPE;
    }

    @Override
    Channel channel(URI url, ChannelTools tools) {
        return WebhookChannel.TYPE.open(new ChannelValues(Map.of("url", new JsonPrimitive(url.toString()))), tools);
    }

    @Override
    int longest() {
        return WebhookChannel.LONGEST;
    }

    @Override
    String cutNote() {
        return "\"cut\":\"Shortened: ";
    }

    @Override
    Optional<List<String>> marks() {
        return Optional.of(receiver.got().stream()
                .map(got -> got.headers().get("idempotency-key"))
                .toList());
    }

    @Test
    void sendsTheDocumentAsItIs() {
        deliver();

        assertThat(receiver.only().body())
                .isEqualTo(
                        Reports.notice(Reports.usual(), "").report().document().toString());
        assertThat(receiver.only().headers().get("content-type")).isEqualTo("application/json; charset=utf-8");
    }

    @Test
    void bearsTheSameKeyEachTimeAndAnotherForAnotherLook() {
        deliver();
        deliver();
        deliver(Reports.notice(Reports.usual(), "agw-prod-20260302T0814-abc123-diagnosed-2"));

        assertThat(receiver.got())
                .extracting(got -> got.headers().get("idempotency-key"))
                .containsExactly(
                        "agw-prod-20260302T0814-abc123-diagnosed",
                        "agw-prod-20260302T0814-abc123-diagnosed",
                        "agw-prod-20260302T0814-abc123-diagnosed-2");
    }

    @Test
    void linksAreSentWithIt() {
        deliver(Reports.notice(Reports.usual(), "agw-prod-20260302T0814-abc123-diagnosed"));

        assertThat(JsonParser.parseString(receiver.only().body())
                        .getAsJsonObject()
                        .getAsJsonObject("links")
                        .keySet())
                .containsExactly("page", "cause", "feedbackRight", "feedbackWrong", "portal");
    }

    @Test
    void whatIsCutIsStillADiagnosis() throws IOException {
        deliver(Reports.notice(Reports.long_(), "agw-prod-20260302T0814-abc123-diagnosed"));

        String body = receiver.only().body();
        try (InputStream schema = WebhookChannelTest.class.getResourceAsStream("/schema/diagnosis-v1.json")) {
            Schema diagnosis = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
            assertThat(diagnosis.validate(body, InputFormat.JSON)).isEmpty();
        }
        JsonObject json = JsonParser.parseString(body).getAsJsonObject();
        Set<String> there = new HashSet<>();
        json.getAsJsonArray("evidence")
                .forEach(entry -> there.add(entry.getAsJsonObject().get("id").getAsString()));
        JsonObject cause = json.getAsJsonObject("rootCause");
        assertThat(cause.getAsJsonArray("evidence"))
                .isNotEmpty()
                .extracting(JsonElement::getAsString)
                .allMatch(there::contains);
        assertThat(cause.getAsJsonObject("remedy"))
                .isEqualTo(Reports.usual()
                        .document()
                        .json()
                        .getAsJsonObject("rootCause")
                        .get("remedy"));
        assertThat(json.getAsJsonArray("notChecked"))
                .hasSizeLessThanOrEqualTo(30)
                .allSatisfy(failed -> assertThat(
                                failed.getAsJsonObject().get("because").getAsString())
                        .hasSizeLessThan(500));
        assertThat(json.get("cut").getAsString()).contains("/api/diagnoses/agw-prod-20260302T0814-abc123");
    }
}
