package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.deliver.Channel;
import dev.triage502.deliver.ChannelHttp;
import dev.triage502.deliver.ChannelMemory;
import dev.triage502.deliver.ChannelTools;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.PretendSlack;
import dev.triage502.deliver.PretendSlack.Post;
import dev.triage502.deliver.ReportNotice;
import dev.triage502.local.WebhookReceiver.Received;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.IncidentLinks;
import dev.triage502.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The channels beside the plain webhook, which get the same story: a workflow of Teams and a receiver of signed CloudEvents,
 * to which the app posts, and a bot of Slack, which gets each event's document. Each message is checked when it comes.
 */
final class StoryChannels implements AutoCloseable {

    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int LONGEST_CARD = 20_000;

    /** What Teams cannot show is not sent there. */
    private static final Set<String> NOT_IN_TEAMS = Set.of("flapping");

    private final Clock clock;
    private final WebhookReceiver teams = WebhookReceiver.answering(202);
    private final WebhookReceiver events = WebhookReceiver.answering(202);
    private final PretendSlack slack = new PretendSlack();
    private final Channel bot;
    private final Map<String, ChannelMemory> memories = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    StoryChannels(Clock clock) throws IOException {
        this.clock = clock;
        HttpPipeline http = new HttpPipelineBuilder().build();
        bot = slack.channel(new ChannelTools(new ChannelHttp(() -> http, Duration.ofSeconds(10)), clock));
    }

    /** The settings by which the app sends there. */
    Map<String, String> settings() {
        return Map.of(
                "TRIAGE502_TEAMS_URL",
                teams.uri().toString(),
                "EVENTS_URL",
                events.uri().toString(),
                "EVENTS_KEY",
                KEY,
                "TRIAGE502_CHANNELS",
                """
                {"channels": [{"name": "events", "type": "webhook", "format": "cloudevent",
                  "url": {"setting": "EVENTS_URL"}, "signingKey": {"setting": "EVENTS_KEY"}}]}\
                """);
    }

    /** Waits until each has the message that the plain webhook has. */
    void follow(JsonObject document, Duration patience) throws Exception {
        String reason = document.getAsJsonObject("life").get("reason").getAsString();
        told.add(reason);
        JsonObject event = event(next(events, patience, reason), reason);
        assertThat(event.getAsJsonObject("data")).isEqualTo(document);
        if (!NOT_IN_TEAMS.contains(reason)) {
            card(next(teams, patience, reason), document);
        }
        say(event);
    }

    /** What happened, in this order; nothing came that was not expected. */
    List<String> told() {
        assertThat(events.all()).hasSize(told.size());
        assertThat(teams.all()).hasSize((int)
                told.stream().filter(each -> !NOT_IN_TEAMS.contains(each)).count());
        return List.copyOf(told);
    }

    /** In Slack each incident is one message, with all that came later in its thread. */
    void areInSlackOneMessageEach() {
        List<Post> messages =
                slack.posts().stream().filter(post -> post.thread().isEmpty()).toList();
        assertThat(messages).hasSize(memories.size());
        assertThat(slack.posts()).hasSize(told.size());
        assertThat(slack.posts().stream().filter(Post::isBroadcast)).isNotEmpty();
    }

    private static Received next(WebhookReceiver receiver, Duration patience, String reason) throws Exception {
        return receiver.next(patience).orElseThrow(() -> new AssertionError("not told: " + reason));
    }

    private JsonObject event(Received received, String reason) throws GeneralSecurityException {
        String body = text(received);
        assertThat(received.header("Content-Type")).isEqualTo("application/cloudevents+json; charset=utf-8");
        String signed = received.header("webhook-id") + "." + received.header("webhook-timestamp") + "." + body;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY.substring("whsec_".length())), "HmacSHA256"));
        assertThat(received.header("webhook-signature"))
                .isEqualTo("v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        assertThat(Instant.ofEpochSecond(Long.parseLong(received.header("webhook-timestamp"))))
                .isBetween(clock.instant().minusSeconds(300), clock.instant().plusSeconds(300));
        JsonObject event = JsonParser.parseString(body).getAsJsonObject();
        assertThat(event.get("specversion").getAsString()).isEqualTo("1.0");
        assertThat(event.get("type").getAsString()).isEqualTo("dev.triage502.incident." + reason.replace('-', '_'));
        assertThat(event.get("id").getAsString()).isEqualTo(received.header("Idempotency-Key"));
        return event;
    }

    /** As a workflow and its connector take it: the limit counts the card as a text in JSON. */
    private static void card(Received received, JsonObject document) {
        String body = text(received);
        assertThat(new JsonPrimitive(body).toString().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(LONGEST_CARD);
        JsonObject envelope = JsonParser.parseString(body).getAsJsonObject();
        assertThat(envelope.get("type").getAsString()).isEqualTo("message");
        JsonObject attachment = envelope.getAsJsonArray("attachments").get(0).getAsJsonObject();
        assertThat(attachment.get("contentType").getAsString()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(attachment.has("contentUrl")).isTrue();
        assertThat(attachment.get("contentUrl").isJsonNull()).isTrue();
        JsonObject card = attachment.getAsJsonObject("content");
        assertThat(card.get("type").getAsString()).isEqualTo("AdaptiveCard");
        assertThat(card.get("version").getAsString()).isEqualTo("1.4");
        assertThat(card.get("fallbackText").getAsString()).isNotBlank();
        JsonObject heading = card.getAsJsonArray("body").get(1).getAsJsonObject();
        assertThat(heading.getAsJsonArray("inlines")
                        .get(0)
                        .getAsJsonObject()
                        .get("text")
                        .getAsString())
                .isEqualTo(Report.of(DiagnosisDocument.read(document)).title());
    }

    private void say(JsonObject event) {
        ReportNotice notice = ReportNotice.of(
                DiagnosisDocument.read(event.getAsJsonObject("data")),
                IncidentLinks.none(),
                event.get("id").getAsString());
        ChannelMemory memory =
                memories.computeIfAbsent(event.get("subject").getAsString(), id -> ChannelMemory.forgetting());
        assertThat(bot.deliver(notice, memory)).isEqualTo(new DeliveryResult.Sent());
    }

    private static String text(Received received) {
        return new String(received.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        teams.close();
        events.close();
        slack.close();
    }
}
