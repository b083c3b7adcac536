package dev.triage502.deliver;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.BinaryData;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.azure.RetryAfter;
import dev.triage502.deliver.ChannelHttp.Answer;
import dev.triage502.deliver.ChannelHttp.NoAnswer;
import dev.triage502.json.JsonTree;
import dev.triage502.report.ProductVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Slack's Web API with the token of an app. Slack answers 200 also to what it refuses, and says in the body whether it did
 * it.
 */
final class SlackApi {

    /** Where Slack is. */
    static final SecretUrl SLACK = SecretUrl.parse("https://slack.com/api/").orElseThrow();

    /** An answer repeats the message, and a history has a hundred of them. */
    private static final int LONGEST_ANSWER = 2 * 1024 * 1024;

    private static final Set<String> LATER = Set.of(
            "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");

    /** What an operator has to do about an error whose name does not say so. */
    private static final Map<String, String> ADVICE = Map.of(
            "channel_not_found", "check the channel ID; a private channel must have the app as a member",
            "not_in_channel", "invite the app to the channel, or grant it chat:write.public",
            "is_archived", "the channel is archived",
            "invalid_auth", "set the bot token of the app again",
            "account_inactive", "the app was removed: install it again and set its new token",
            "token_revoked", "install the app again and set its new token",
            "token_expired", "install the app again and set its new token");

    private final SecretUrl base;
    private final SecretText token;
    private final ChannelHttp http;

    SlackApi(SecretUrl base, SecretText token, ChannelHttp http) {
        this.base = base;
        this.token = token;
        this.http = http;
    }

    /**
     * What Slack said.
     *
     * @param json   its answer; empty if it did not do it
     * @param error  Slack's name for what is wrong; empty if it did it, or did not say
     * @param result what that means for the delivery
     */
    record Said(JsonObject json, String error, DeliveryResult result) {

        boolean isDone() {
            return result instanceof DeliveryResult.Sent;
        }

        /** A text of the answer. */
        String text(String name) {
            return JsonTree.text(json, name);
        }
    }

    /** Calls a method that writes. */
    Said write(String method, JsonObject arguments) {
        return call(method, JsonPost.JSON, arguments.toString());
    }

    /** Calls a method that reads: those take no JSON. */
    Said read(String method, Map<String, String> arguments) {
        String form = arguments.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return call(method, "application/x-www-form-urlencoded", form);
    }

    private Said call(String method, String contentType, String body) {
        HttpRequest request = new HttpRequest(HttpMethod.POST, base.uri() + method)
                .setHeader(HttpHeaderName.CONTENT_TYPE, contentType)
                .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token.value())
                .setHeader(HttpHeaderName.USER_AGENT, "triage502/" + ProductVersion.current())
                .setBody(BinaryData.fromString(body));
        try {
            return judged(method, http.send(request, LONGEST_ANSWER));
        } catch (NoAnswer e) {
            return failed(base + ": " + scrub(e.words()));
        }
    }

    private Said judged(String method, Answer answer) {
        DeliveryResult byStatus = AnswerRule.judge(answer, base.toString(), this::scrub);
        if (!(byStatus instanceof DeliveryResult.Sent)) {
            return new Said(new JsonObject(), "", byStatus);
        }
        JsonObject json = json(answer.body());
        if (json.get("ok") instanceof JsonPrimitive ok && ok.isBoolean()) {
            return ok.getAsBoolean() ? new Said(json, "", byStatus) : refused(method, json, answer.headers());
        }
        return failed(base + " did not answer as Slack does" + AnswerRule.quote(answer.body(), this::scrub));
    }

    private Said refused(String method, JsonObject json, HttpHeaders headers) {
        String error = JsonTree.text(json, "error");
        String why = base + " refused " + method + ": " + scrub(error) + advice(error, json) + details(json);
        DeliveryResult result = LATER.contains(error)
                ? new DeliveryResult.Failed(why, RetryAfter.in(headers))
                : new DeliveryResult.Refused(why);
        return new Said(new JsonObject(), error, result);
    }

    private static Said failed(String why) {
        return new Said(new JsonObject(), "", new DeliveryResult.Failed(why, Optional.empty()));
    }

    private String advice(String error, JsonObject json) {
        String needed = JsonTree.text(json, "needed");
        if (error.equals("missing_scope") && !needed.isEmpty()) {
            return " (grant the app " + scrub(needed) + ", and install it again)";
        }
        return ADVICE.containsKey(error) ? " (" + ADVICE.get(error) + ")" : "";
    }

    /** Which block is wrong, and how. */
    private String details(JsonObject json) {
        if (json.get("response_metadata") instanceof JsonObject metadata
                && metadata.get("messages") instanceof JsonArray messages) {
            return AnswerRule.quote(messages.toString(), this::scrub);
        }
        return "";
    }

    private String scrub(String text) {
        return base.scrub(token.scrub(text));
    }

    private static JsonObject json(String body) {
        try {
            return JsonParser.parseString(body) instanceof JsonObject object ? object : new JsonObject();
        } catch (JsonParseException notJson) {
            return new JsonObject();
        }
    }
}
