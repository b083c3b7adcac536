package dev.triage502.deliver;

import dev.triage502.deliver.teams.TeamsCard;
import dev.triage502.ledger.MessageReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Posts a card to a channel of Microsoft Teams, through a workflow that begins "when a Teams webhook request is received".
 *
 * <p>A workflow gives no id of what it posted, so a card is never updated, and a repeat after a crash is a second card. It
 * answers 202 before it has looked at the card: what is wrong with one is seen in the run history of the workflow only.
 */
final class TeamsChannel implements Channel {

    static final ChannelSetting<SecretUrl> URL = url();

    static final ChannelType TYPE = new ChannelType(
            "teams",
            List.of(URL),
            List.of(),
            EnumSet.of(
                    MessageReason.FIRST_DIAGNOSIS,
                    MessageReason.CHANGED,
                    MessageReason.RECURRED,
                    MessageReason.RESOLVED,
                    MessageReason.RECOVERED,
                    MessageReason.GIVEN_UP),
            Map.of("teams", notice -> TeamsCard.envelope(notice.summary())),
            (values, tools) -> new TeamsChannel(values.needed(URL), tools.http()));

    /** Hosts of the connectors that Teams had before workflows. */
    private static final Set<String> CONNECTORS =
            Set.of("webhook.office.com", "outlook.office.com", "outlook.office365.com");

    /** The host that workflows had until the end of 2025. */
    private static final String OLD_HOST = "logic.azure.com";

    private final SecretUrl url;
    private final JsonPost post;

    TeamsChannel(SecretUrl url, ChannelHttp http) {
        this.url = url;
        this.post = new JsonPost(url, http);
    }

    private static ChannelSetting<SecretUrl> url() {
        ChannelSetting<SecretUrl> any = ChannelSetting.secretUrl(
                "url",
                "no Teams",
                "URL of a Teams workflow that posts a card for each incident. Secret: use a Key Vault reference.",
                "https://default0.00.environment.api.powerplatform.com:443/powerautomate/…");
        return any.accepting(
                url -> CONNECTORS.stream().noneMatch(host -> isAt(url, host)),
                "the https URL of a Teams workflow (\"Post to a channel when a webhook request is received\"). URLs of"
                        + " Office 365 connectors (webhook.office.com) stopped working in May 2026");
    }

    private static boolean isAt(SecretUrl url, String domain) {
        String host = url.uri().getHost().toLowerCase(Locale.ROOT);
        return host.equals(domain) || host.endsWith("." + domain);
    }

    @Override
    public List<String> warnings() {
        return isAt(url, OLD_HOST)
                ? List.of(
                        "the URL is an old one (" + OLD_HOST + "); Power Automate announced that these stop working on"
                                + " 30 Nov 2025. Open the workflow and copy its new URL")
                : List.of();
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        return post.send(TeamsCard.envelope(notice.summary()), Map.of());
    }
}
