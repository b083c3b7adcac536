package dev.triage502.deliver;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.BinaryData;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.deliver.ChannelHttp.Answer;
import dev.triage502.deliver.ChannelHttp.NoAnswer;
import dev.triage502.json.JsonTree;
import dev.triage502.report.ProductVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Email of Azure Communication Services, over REST. */
final class EmailApi {

    private static final String VERSION = "?api-version=2023-03-31";
    private static final int ACCEPTED = 202;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final SecretUrl resource;
    private final EmailAccess access;
    private final ChannelHttp http;

    /** @param resource the endpoint of the Communication Services resource, with a slash at its end */
    EmailApi(SecretUrl resource, EmailAccess access, ChannelHttp http) {
        this.resource = resource;
        this.access = access;
        this.http = http;
    }

    /** What became of a mail. */
    enum State {
        /** It was taken, and is sent or will be. */
        TAKEN,
        /** It was taken, and could not be sent. */
        FAILED,
        /** Nothing is known of it. */
        NONE
    }

    /**
     * What a look for a mail came to.
     *
     * @param result why it could not be told; that it was sent, if it could
     */
    record Found(State state, DeliveryResult result) {
        boolean isUnknown() {
            return !(result instanceof DeliveryResult.Sent);
        }
    }

    /**
     * What a try to send a mail came to.
     *
     * @param isUnclear whether the service may have taken it, although it did not say so
     */
    record Sending(DeliveryResult result, boolean isUnclear) {}

    /**
     * Sends a mail.
     *
     * @param operation names it, for {@link #find} and for the service to know a repeat, which it answers as it did before: also
     *                  with a refusal. So it may be used again only where it is unclear what became of the mail
     * @param since     when it was tried first
     */
    Sending send(String mail, String operation, Instant since) {
        HttpRequest request = request(HttpMethod.POST, "emails:send")
                .setHeader(HttpHeaderName.CONTENT_TYPE, JsonPost.JSON)
                .setHeader(HttpHeaderName.fromString("Operation-Id"), operation)
                .setHeader(HttpHeaderName.fromString("Repeatability-Request-Id"), operation)
                .setHeader(
                        HttpHeaderName.fromString("Repeatability-First-Sent"),
                        EmailAccess.HTTP_DATE.format(ZonedDateTime.ofInstant(since, ZoneOffset.UTC)))
                .setBody(BinaryData.fromString(mail));
        try {
            return sending(call(request, mail));
        } catch (NoAnswer e) {
            return new Sending(unreached(e), true);
        }
    }

    private Sending sending(Answer answer) {
        if (answer.isSuccess() && answer.status() != ACCEPTED) {
            String why = resource + " returned " + answer.status() + " instead of " + ACCEPTED
                    + AnswerRule.quote(answer.body(), this::scrub);
            return new Sending(new DeliveryResult.Failed(why, Optional.empty()), true);
        }
        return new Sending(judged(answer), answer.status() >= 500 || answer.status() == 408 || isRunning(answer));
    }

    /** Whether the one before it is still being taken. */
    private static boolean isRunning(Answer answer) {
        return answer.status() == 409 && answer.body().toLowerCase(Locale.ROOT).contains("repeatab");
    }

    /** Asks for an operation that there is not, which tells whether the app may send; sends nothing. */
    ChannelCheck check() {
        Found found = find(UUID.randomUUID().toString());
        return ChannelCheck.of(found.result());
    }

    /** Whether the service took a mail before. */
    Found find(String operation) {
        try {
            Answer answer = call(request(HttpMethod.GET, "emails/operations/" + operation), "");
            if (answer.status() == 404) {
                return new Found(State.NONE, new DeliveryResult.Sent());
            }
            return new Found(state(answer), judged(answer));
        } catch (NoAnswer e) {
            return new Found(State.NONE, unreached(e));
        }
    }

    private HttpRequest request(HttpMethod method, String path) {
        return new HttpRequest(method, resource.uri() + path + VERSION)
                .setHeader(HttpHeaderName.USER_AGENT, "triage502/" + ProductVersion.current());
    }

    private Answer call(HttpRequest request, String body) throws NoAnswer {
        access.authorize(request, body);
        return http.send(request);
    }

    private DeliveryResult judged(Answer answer) {
        DeliveryResult result = AnswerRule.judge(answer, resource.toString(), this::scrub);
        if (answer.status() == 401 || answer.status() == 403) {
            return new DeliveryResult.Refused(resource + " returned " + answer.status()
                    + AnswerRule.quote(answer.body(), this::scrub) + " (" + access.advice() + ")");
        }
        return isRunning(answer) && result instanceof DeliveryResult.Refused refused
                ? new DeliveryResult.Failed(refused.why(), Optional.of(SOON))
                : result;
    }

    private DeliveryResult unreached(NoAnswer e) {
        return new DeliveryResult.Failed(resource + ": " + scrub(e.words()), Optional.empty());
    }

    private static State state(Answer answer) {
        try {
            String status = JsonParser.parseString(answer.body()) instanceof JsonObject json
                    ? JsonTree.text(json, "status")
                    : "";
            return status.equals("Failed") || status.equals("Canceled") ? State.FAILED : State.TAKEN;
        } catch (JsonParseException notJson) {
            return State.TAKEN;
        }
    }

    private String scrub(String text) {
        return resource.scrub(access.scrub(text));
    }
}
