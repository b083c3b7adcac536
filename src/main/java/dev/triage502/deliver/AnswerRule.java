package dev.triage502.deliver;

import dev.triage502.azure.RetryAfter;
import dev.triage502.deliver.ChannelHttp.Answer;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What does the status of an answer mean for a delivery? One rule for all channels: 2xx is success; 408, 425, 429 and 5xx
 * may go better later; everything else, redirects included, will not.
 */
final class AnswerRule {

    private static final int LONGEST_QUOTE = 200;

    /** Too early, and too many requests: what a client should send again later. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private AnswerRule() {}

    /**
     * What came of a request.
     *
     * @param whom  who answered, without a secret
     * @param scrub takes secrets out of what is quoted
     */
    static DeliveryResult judge(Answer answer, String whom, UnaryOperator<String> scrub) {
        int status = answer.status();
        if (answer.isSuccess()) {
            return new DeliveryResult.Sent();
        }
        String why = whom + " returned " + status + quote(answer.body(), scrub);
        if (LATER.contains(status) || status >= 500) {
            return new DeliveryResult.Failed(why, RetryAfter.in(answer.headers()));
        }
        return new DeliveryResult.Refused(
                status >= 300 && status < 400 ? why + "; redirects are not followed, so set the target URL" : why);
    }

    /** The beginning of what the other side said, for whoever has to put it right: {@code : no such hook}. */
    static String quote(String body, UnaryOperator<String> scrub) {
        String clean = scrub.apply(body.strip().replaceAll("\\s+", " "));
        String said = clean.length() <= LONGEST_QUOTE ? clean : clean.substring(0, LONGEST_QUOTE) + "…";
        return said.isEmpty() ? "" : ": " + said;
    }
}
