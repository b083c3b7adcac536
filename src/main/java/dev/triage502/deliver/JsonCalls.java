package dev.triage502.deliver;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.BinaryData;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.deliver.ChannelHttp.Answer;
import dev.triage502.deliver.ChannelHttp.NoAnswer;
import dev.triage502.report.ProductVersion;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A REST API that takes and gives JSON, asked with headers that are the same in each call: those that sign in. */
final class JsonCalls {

    /** An answer repeats the ticket, and a list has a hundred of them. */
    private static final int LONGEST_ANSWER = 8 * 1024 * 1024;

    private final SecretUrl base;
    private final ChannelHttp http;
    private final Map<String, String> headers;
    private final UnaryOperator<String> scrub;

    /**
     * @param base    ends in a slash
     * @param headers of each call
     * @param scrub   takes out of a text what signs in
     */
    JsonCalls(SecretUrl base, ChannelHttp http, Map<String, String> headers, UnaryOperator<String> scrub) {
        this.base = base;
        this.http = http;
        this.headers = Map.copyOf(headers);
        this.scrub = text -> base.scrub(scrub.apply(text));
    }

    /**
     * What came back.
     *
     * @param status 0 where nothing did
     * @param json   JSON's null where the answer is empty or is none
     * @param result what that means for a delivery, by {@link AnswerRule}; a success that is not JSON failed
     */
    record Said(int status, HttpHeaders headers, JsonElement json, DeliveryResult result) {

        boolean isDone() {
            return result instanceof DeliveryResult.Sent;
        }

        /** Whether it may have been done, although the answer does not say so: there is none, or an error of the server. */
        boolean isUnclear() {
            return !isDone() && (status < 300 || status >= 500 || status == 408);
        }

        /** The same, judged otherwise. */
        Said with(DeliveryResult other) {
            return new Said(status, headers, json, other);
        }

        /** What a call that was to make something came to, if it did not make it. */
        TicketAnswer failure() {
            return isUnclear() ? TicketAnswer.unclear(result) : TicketAnswer.notDone(result);
        }
    }

    Said get(String path) {
        return call(HttpMethod.GET, path, Optional.empty());
    }

    Said post(String path, JsonElement body) {
        return call(HttpMethod.POST, path, Optional.of(body.toString()));
    }

    Said patch(String path, JsonElement body) {
        return call(HttpMethod.PATCH, path, Optional.of(body.toString()));
    }

    /** Sends a request; a body is JSON unless the headers say what else it is. */
    Said call(HttpMethod method, String path, Optional<String> body) {
        HttpRequest request = new HttpRequest(method, base.uri() + path)
                .setHeader(HttpHeaderName.ACCEPT, "application/json")
                .setHeader(HttpHeaderName.USER_AGENT, "triage502/" + ProductVersion.current());
        body.ifPresent(text ->
                request.setHeader(HttpHeaderName.CONTENT_TYPE, JsonPost.JSON).setBody(BinaryData.fromString(text)));
        headers.forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
        try {
            return judged(http.send(request, LONGEST_ANSWER));
        } catch (NoAnswer e) {
            return new Said(
                    0,
                    new HttpHeaders(),
                    JsonNull.INSTANCE,
                    new DeliveryResult.Failed(base + ": " + scrub.apply(e.words()), Optional.empty()));
        }
    }

    private Said judged(Answer answer) {
        DeliveryResult result = AnswerRule.judge(answer, base.toString(), scrub);
        try {
            JsonElement json = answer.body().isBlank() ? JsonNull.INSTANCE : JsonParser.parseString(answer.body());
            return new Said(answer.status(), answer.headers(), json, result);
        } catch (JsonParseException notJson) {
            return new Said(
                    answer.status(),
                    answer.headers(),
                    JsonNull.INSTANCE,
                    answer.isSuccess()
                            ? new DeliveryResult.Failed(
                                    base + " did not answer in JSON" + AnswerRule.quote(answer.body(), scrub),
                                    Optional.empty())
                            : result);
        }
    }

    /** Takes out of a text what must not be seen. */
    String scrub(String text) {
        return scrub.apply(text);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
