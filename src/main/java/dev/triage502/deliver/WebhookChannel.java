package dev.triage502.deliver;

import dev.triage502.ledger.MessageReason;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sends the diagnosis document as JSON, or as a CloudEvent, to a URL of the operator's own; signed if there is a key.
 *
 * <p>{@code Idempotency-Key} is the same each time that a message is tried, and another for each message.
 */
public final class WebhookChannel implements Channel {

    static final ChannelSetting<SecretUrl> URL = ChannelSetting.secretUrl(
            "url",
            "no webhook",
            "URL that each diagnosis is posted to as JSON. Secret: use a Key Vault reference.",
            "https://hooks.example.com/triage?key=…");

    private static final String CLOUD_EVENT = "cloudevent";

    static final ChannelSetting<String> FORMAT = ChannelSetting.choice(
            "format",
            "The body: the diagnosis document, or a CloudEvent 1.0 with it as its data.",
            "json",
            "json",
            CLOUD_EVENT);

    static final ChannelSetting<SecretText> SIGNING_KEY =
            key("signingKey", "Signs each message as Standard Webhooks says.");

    static final ChannelSetting<SecretText> PREVIOUS_SIGNING_KEY =
            key("previousSigningKey", "Signs each message too, until every receiver has the new key.");

    /** Many receivers refuse more, and none needs it. */
    static final int LONGEST = 128 * 1024;

    /** The attributes of a CloudEvent take some of it. */
    private static final int LONGEST_DATA = LONGEST - 2 * 1024;

    /** Its name, its settings, and how it is made. */
    public static final ChannelType TYPE = new ChannelType(
            "webhook",
            List.of(URL),
            List.of(FORMAT, SIGNING_KEY, PREVIOUS_SIGNING_KEY),
            EnumSet.allOf(MessageReason.class),
            Map.of(CLOUD_EVENT, notice -> CloudEvent.of(notice, LONGEST_DATA)),
            WebhookChannel::new);

    private final JsonPost post;
    private final boolean asCloudEvent;
    private final WebhookSignature signature;
    private final Clock clock;

    private WebhookChannel(ChannelValues values, ChannelTools tools) {
        this.post = new JsonPost(values.needed(URL), tools.http());
        this.asCloudEvent = values.get(FORMAT).filter(CLOUD_EVENT::equals).isPresent();
        this.signature = new WebhookSignature(Stream.of(values.get(SIGNING_KEY), values.get(PREVIOUS_SIGNING_KEY))
                .flatMap(Optional::stream)
                .toList());
        this.clock = tools.clock();
    }

    private static ChannelSetting<SecretText> key(String key, String meaning) {
        return ChannelSetting.secret(
                key,
                "no signature",
                meaning,
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_ and 24 to 64 random bytes in base64",
                WebhookSignature::key);
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        String body =
                asCloudEvent ? CloudEvent.of(notice, LONGEST_DATA) : DocumentShortener.of(notice.document(), LONGEST);
        Map<String, String> headers = new HashMap<>(signature.headers(notice.key(), clock.instant(), body));
        headers.put("Idempotency-Key", notice.key());
        return post.send(body, asCloudEvent ? CloudEvent.CONTENT_TYPE : JsonPost.JSON, headers);
    }
}
