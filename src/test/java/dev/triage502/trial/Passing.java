package dev.triage502.trial;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request on its way from the app to what it uses, as {@link KillingProxy} sees it.
 *
 * @param service {@code blob}, {@code queue}, {@code table}, {@code azure} or {@code webhook}
 * @param key     its {@code Idempotency-Key}; empty for none
 * @param text    what it carries: the body, JSON in JSON and messages decoded; as it is for the webhook
 * @param answer  the answer, decoded alike; empty while there is none
 */
record Passing(String service, String method, String path, String key, String text, String answer) {

    private static final Pattern MESSAGE = Pattern.compile("<MessageText>([^<]*)</MessageText>");
    private static final Pattern MESSAGE_ID =
            Pattern.compile("<MessageId>([^<]*)</MessageId>.*?<MessageText>([^<]*)</MessageText>", Pattern.DOTALL);

    static Passing asked(String service, String method, String path, String key, byte[] body) {
        String text = service.equals("webhook") ? new String(body, StandardCharsets.UTF_8) : readable(body);
        return new Passing(service, method, path, key, text, "");
    }

    Passing answered(byte[] body) {
        return new Passing(service, method, path, key, text, readable(body));
    }

    Passing carrying(String other) {
        return new Passing(service, method, path, key, other, answer);
    }

    /** The ids of the queue messages in the answer, each with the message's text. */
    List<MatchResult> messages() {
        return MESSAGE_ID.matcher(answer).results().toList();
    }

    private static String readable(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).replace("\\\"", "\"");
        return MESSAGE.matcher(text)
                .replaceAll(each -> Matcher.quoteReplacement(
                        "<MessageText>" + new String(Base64.getDecoder().decode(each.group(1)), StandardCharsets.UTF_8)
                                + "</MessageText>"));
    }
}
