package dev.triage502.deliver;

import dev.triage502.deliver.ChannelHttp.Answer;
import dev.triage502.deliver.ChannelHttp.NoAnswer;
import dev.triage502.deliver.slack.SlackMessage;
import dev.triage502.deliver.slack.SlackMessage.Press;
import dev.triage502.ledger.MessageReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Posts to a channel of Slack by an incoming webhook.
 *
 * <p>It gets no id of what it posted, so a message is never updated, has no thread, and is posted twice after a crash.
 */
final class SlackWebhookChannel implements Channel {

    static final ChannelSetting<SecretUrl> URL = url();

    static final ChannelType TYPE = new ChannelType(
            "slack-webhook",
            List.of(URL),
            List.of(),
            EnumSet.of(
                    MessageReason.FIRST_DIAGNOSIS,
                    MessageReason.CHANGED,
                    MessageReason.RECURRED,
                    MessageReason.RESOLVED,
                    MessageReason.RECOVERED,
                    MessageReason.GIVEN_UP),
            Map.of(),
            (values, tools) -> new SlackWebhookChannel(values.needed(URL), tools));

    private static final String TAKEN = "ok";

    private final SecretUrl url;
    private final JsonPost post;
    private final Set<Press> presses;

    SlackWebhookChannel(SecretUrl url, ChannelTools tools) {
        this.url = url;
        this.post = new JsonPost(url, tools.http());
        this.presses = tools.presses();
    }

    private static ChannelSetting<SecretUrl> url() {
        ChannelSetting<SecretUrl> any = ChannelSetting.secretUrl(
                "url",
                "no Slack by a webhook",
                "URL of an incoming webhook of Slack, which posts a message for each incident. Secret: use a Key Vault"
                        + " reference.",
                "https://hooks.slack.com/services/…");
        return any.accepting(
                url -> !isOfWorkflow(url),
                "the https URL of an incoming webhook, e.g. https://hooks.slack.com/services/…. URLs of Workflow"
                        + " Builder (/workflows/ and /triggers/) take no such messages");
    }

    private static boolean isOfWorkflow(SecretUrl url) {
        String path = url.uri().getPath();
        return path.startsWith("/workflows/") || path.startsWith("/triggers/");
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        try {
            Answer answer = post.post(SlackMessage.of(notice.summary(), presses).toString(), JsonPost.JSON, Map.of());
            // Slack says so in the body as well; whatever else answers 200 is not Slack's webhook.
            return answer.isSuccess() && !answer.body().strip().equals(TAKEN)
                    ? new DeliveryResult.Refused(
                            url + " answered, but not \"ok\"" + AnswerRule.quote(answer.body(), url::scrub))
                    : AnswerRule.judge(answer, url.toString(), url::scrub);
        } catch (NoAnswer e) {
            return new DeliveryResult.Failed(url + ": " + url.scrub(e.words()), Optional.empty());
        }
    }
}
