package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.slack.SlackMessage;
import dev.triage502.deliver.slack.SlackMessage.Press;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.IncidentLinks;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers to what somebody asked for in Slack, at the URL that Slack gave for it: nowhere else, whatever a request says.
 */
public final class SlackReplies {

    /** The button that asks for another diagnosis; its value is the incident's id. */
    public static final String DIAGNOSE_AGAIN = SlackMessage.DIAGNOSE_AGAIN;

    /** The button for a diagnosis that was right. */
    public static final String MARK_RIGHT = SlackMessage.MARK_RIGHT;

    /** The button for a diagnosis that was wrong. */
    public static final String MARK_WRONG = SlackMessage.MARK_WRONG;

    private static final String HOST = "hooks.slack.com";

    private final ChannelHttp http;
    private final Predicate<URI> allowed;

    public SlackReplies(ChannelHttp http) {
        this(http, SlackReplies::isSlacks);
    }

    SlackReplies(ChannelHttp http, Predicate<URI> allowed) {
        this.http = http;
        this.allowed = allowed;
    }

    /** The URL that a text is, if answers are sent there. */
    public static Optional<SecretUrl> address(String text) {
        return SecretUrl.parse(text).filter(url -> isSlacks(url.uri()));
    }

    private static boolean isSlacks(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                && HOST.equalsIgnoreCase(uri.getHost())
                && (uri.getPort() == -1 || uri.getPort() == 443);
    }

    /** A diagnosis that was asked for, as a message: feedback is on incidents that an alert opened. */
    public static JsonObject diagnosis(DiagnosisDocument document, IncidentLinks links) {
        IncidentLinks ways =
                new IncidentLinks(links.page(), links.causePage(), Optional.empty(), Optional.empty(), links.portal());
        ReportNotice notice = ReportNotice.of(document, ways, document.incident());
        return SlackMessage.of(notice.summary(), Set.of(Press.AGAIN));
    }

    /**
     * A short answer.
     *
     * @param sentence what is said; code in it stands between backticks
     * @param form     where who asked can say which cause was the true one
     */
    public static JsonObject note(String sentence, Optional<String> form) {
        return SlackMessage.note(sentence, form);
    }

    /** Posts an answer. */
    public DeliveryResult post(String address, JsonObject message) {
        Optional<SecretUrl> url = SecretUrl.parse(address).filter(parsed -> allowed.test(parsed.uri()));
        return url.map(known -> new JsonPost(known, http).send(message.toString(), Map.of()))
                .orElseGet(() -> new DeliveryResult.Refused("not a URL at https://" + HOST));
    }
}
