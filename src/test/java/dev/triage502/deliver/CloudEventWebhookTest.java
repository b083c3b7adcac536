package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.ledger.MessageReason;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The webhook with CloudEvents and a signature: the same contract, another form. */
class CloudEventWebhookTest extends HttpChannelContract {

    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD_KEY = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB";

    @Override
    ChannelType type() {
        return WebhookChannel.TYPE;
    }

    @Override
    Channel channel(URI url, ChannelTools tools) {
        return WebhookChannel.TYPE.open(
                new ChannelValues(Map.of(
                        "url", new JsonPrimitive(url.toString()),
                        "format", new JsonPrimitive("cloudevent"),
                        "signingKey", new JsonPrimitive(KEY),
                        "previousSigningKey", new JsonPrimitive(OLD_KEY))),
                tools);
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
                .map(got -> got.headers().get("webhook-id"))
                .toList());
    }

    @Test
    void isAStructuredCloudEvent() {
        deliver();

        JsonObject event = JsonParser.parseString(receiver.only().body()).getAsJsonObject();
        assertThat(receiver.only().headers().get("content-type"))
                .isEqualTo("application/cloudevents+json; charset=utf-8");
        assertThat(event.get("specversion").getAsString()).isEqualTo("1.0");
        assertThat(event.get("id").getAsString()).isEqualTo("agw-prod-20260302T0814-abc123-diagnosed");
        assertThat(URI.create(event.get("source").getAsString()).getPath()).endsWith("/applicationGateways/agw-prod");
        assertThat(event.get("subject").getAsString()).isEqualTo("agw-prod-20260302T0814-abc123");
        assertThat(Instant.parse(event.get("time").getAsString())).isNotNull();
        assertThat(event.getAsJsonObject("data").get("schema").getAsString()).isEqualTo("triage502/diagnosis/v1");
        assertThat(event.keySet()).allMatch(name -> name.matches("[a-z0-9]{1,20}"));
    }

    @ParameterizedTest
    @EnumSource(MessageReason.class)
    void eachEventHasATypeOfItsOwnAndItsReason(MessageReason reason) {
        deliver(Reports.event(reason));

        JsonObject event = JsonParser.parseString(receiver.only().body()).getAsJsonObject();
        assertThat(event.get("type").getAsString())
                .isEqualTo("dev.triage502.incident." + reason.id().replace('-', '_'))
                .matches("[a-zA-Z0-9_]+([.][a-zA-Z0-9_]+)*");
        assertThat(event.getAsJsonObject("data")
                        .getAsJsonObject("life")
                        .get("reason")
                        .getAsString())
                .isEqualTo(reason.id());
    }

    @Test
    void isSignedWithTheNewKeyAndTheOldOne() {
        deliver();

        Map<String, String> headers = receiver.only().headers();
        assertThat(headers.get("webhook-timestamp")).isEqualTo("1772439310");
        assertThat(headers.get("webhook-signature").split(" ")).hasSize(2).allMatch(each -> each.startsWith("v1,"));
        assertThat(new WebhookSignature(List.of(new SecretText(OLD_KEY)))
                        .headers(
                                headers.get("webhook-id"),
                                Instant.ofEpochSecond(1772439310),
                                receiver.only().body())
                        .get("webhook-signature"))
                .isEqualTo(headers.get("webhook-signature").split(" ")[1]);
    }
}
