package dev.triage502.deliver;

import dev.triage502.deliver.slack.SlackMessage;
import dev.triage502.ledger.MessageReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One message for each incident in a channel of Slack, by the bot token of an app: brought up to date in place, with what
 * happened as replies in its thread.
 */
final class SlackChannel implements Channel {

    static final ChannelSetting<SecretText> TOKEN = ChannelSetting.secret(
            "token",
            "no Slack by a bot token",
            "Bot token of a Slack app with the scope chat:write, to keep one message for each incident up to date."
                    + " Secret: use a Key Vault reference.",
            "xoxb-…",
            "xoxb-\\S+");

    static final ChannelSetting<String> CHANNEL = ChannelSetting.text(
            "channel",
            "no Slack by a bot token",
            "ID of the Slack channel, which stands below the channel's details in Slack.",
            "C0123ABCDEF",
            "[CG][A-Z0-9]{5,30}");

    static final ChannelType TYPE = new ChannelType(
            "slack",
            List.of(TOKEN, CHANNEL),
            List.of(),
            EnumSet.allOf(MessageReason.class),
            Map.of(
                    "slack",
                    notice -> SlackMessage.of(notice.summary(), Set.of()).toString()),
            (values, tools) -> new SlackChannel(SlackApi.SLACK, values.needed(TOKEN), values.needed(CHANNEL), tools));

    private final SlackApi api;
    private final String channel;
    private final ChannelTools tools;

    SlackChannel(SecretUrl base, SecretText token, String channel, ChannelTools tools) {
        this.api = new SlackApi(base, token, tools.http());
        this.channel = channel;
        this.tools = tools;
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        return new SlackThread(api, channel, tools, notice, memory).say();
    }
}
