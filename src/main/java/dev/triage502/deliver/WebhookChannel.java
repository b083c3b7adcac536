package dev.triage502.deliver;

import dev.triage502.ledger.MessageReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * Sends the diagnosis document as JSON to a URL of the operator's own.
 *
 * <p>{@code Idempotency-Key} is the same each time that a message is tried, and another for each message.
 */
public final class WebhookChannel implements Channel {

    static final ChannelSetting<SecretUrl> URL = ChannelSetting.secretUrl(
            "url",
            "no webhook",
            "URL that each diagnosis is posted to as JSON. Secret: use a Key Vault reference.",
            "https://hooks.example.com/triage?key=…");

    /** Its name, its setting, and how it is made. */
    public static final ChannelType TYPE = new ChannelType(
            "webhook",
            List.of(URL),
            List.of(),
            EnumSet.allOf(MessageReason.class),
            Map.of(),
            (values, tools) -> new WebhookChannel(values.needed(URL), tools.http()));

    /** Many receivers refuse more, and none needs it. */
    static final int LONGEST = 128 * 1024;

    private final JsonPost post;

    public WebhookChannel(SecretUrl url, ChannelHttp http) {
        this.post = new JsonPost(url, http);
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        return post.send(DocumentShortener.of(notice.document(), LONGEST), Map.of("Idempotency-Key", notice.key()));
    }
}
