package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.deliver.Receiver.Reply;
import dev.triage502.deliver.teams.TeamsCard;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamsChannelTest extends HttpChannelContract {

    @Override
    ChannelType type() {
        return TeamsChannel.TYPE;
    }

    @Override
    Channel channel(URI url, ChannelTools tools) {
        return new TeamsChannel(new SecretUrl(url), tools.http());
    }

    @Override
    Reply success() {
        return Reply.of(202);
    }

    @Override
    int longest() {
        return TeamsCard.LONGEST;
    }

    @Override
    String cutNote() {
        return "Shortened. Open the report.";
    }

    @Test
    void sendsOneCardWithAContentUrlThatIsNull() {
        deliver();

        JsonObject envelope = JsonParser.parseString(receiver.only().body()).getAsJsonObject();
        assertThat(receiver.only().headers().get("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(envelope.get("type").getAsString()).isEqualTo("message");
        assertThat(envelope.getAsJsonArray("attachments")).hasSize(1);
        JsonObject attachment = envelope.getAsJsonArray("attachments").get(0).getAsJsonObject();
        assertThat(attachment.has("contentUrl")).isTrue();
        assertThat(attachment.get("contentUrl").isJsonNull()).isTrue();
        assertThat(attachment.get("contentType").getAsString()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(attachment.getAsJsonObject("content").get("version").getAsString())
                .isEqualTo("1.4");
    }

    @Test
    void whatAWorkflowRefusesIsToldInItsWords() {
        receiver.answers(new Reply(
                400,
                Map.of(),
                "{\"error\":{\"code\":\"TriggerInputSchemaMismatch\",\"message\":\"The input body did not match.\"}}"));

        assertThat(deliver()).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(why(deliver())).contains("TriggerInputSchemaMismatch", "did not match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://contoso.webhook.office.com/webhookb2/1/IncomingWebhook/2/3",
                "https://CONTOSO.WEBHOOK.OFFICE.COM/x",
                "https://outlook.office.com/webhook/1"
            })
    void aUrlOfAConnectorIsRefusedWithTheReason(String url) {
        assertThat(read(url)).isEmpty();
        assertThat(TeamsChannel.URL.expected()).contains("webhook.office.com", "stopped working");
    }

    @Test
    void anOldUrlWorksWithAWarning() {
        assertThat(
                        warnings(
                                "https://prod-12.westeurope.logic.azure.com:443/workflows/a/triggers/manual/paths/invoke?sig=x"))
                .contains("copy its new URL")
                .doesNotContain("sig=");
        assertThat(
                        warnings(
                                "https://default1.00.environment.api.powerplatform.com:443/powerautomate/automations/direct?sig=x"))
                .isEmpty();
    }

    private static String warnings(String url) {
        return String.join("\n", new TeamsChannel(read(url).orElseThrow(), TOOLS.http()).warnings());
    }

    private static Optional<SecretUrl> read(String url) {
        return TeamsChannel.URL.read().apply(new JsonPrimitive(url));
    }
}
