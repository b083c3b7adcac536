package dev.triage502.deliver;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.BinaryData;
import dev.triage502.deliver.ChannelHttp.Answer;
import dev.triage502.deliver.ChannelHttp.NoAnswer;
import dev.triage502.report.ProductVersion;
import java.util.Map;
import java.util.Optional;

/**
 * One POST of JSON to a secret URL, and what came of it, by {@link AnswerRule}. Nothing is tried again here: the queue
 * does that, so that a slow channel holds nobody up.
 */
final class JsonPost {

    static final String JSON = "application/json; charset=utf-8";

    private final SecretUrl url;
    private final ChannelHttp http;

    JsonPost(SecretUrl url, ChannelHttp http) {
        this.url = url;
        this.http = http;
    }

    DeliveryResult send(String json, Map<String, String> headers) {
        return send(json, JSON, headers);
    }

    DeliveryResult send(String json, String contentType, Map<String, String> headers) {
        try {
            return AnswerRule.judge(post(json, contentType, headers), url.toString(), url::scrub);
        } catch (NoAnswer e) {
            return new DeliveryResult.Failed(url + ": " + url.scrub(e.words()), Optional.empty());
        }
    }

    /** For a receiver whose answer says more than its status. */
    Answer post(String json, String contentType, Map<String, String> headers) throws NoAnswer {
        HttpRequest request = new HttpRequest(HttpMethod.POST, url.uri().toString())
                .setHeader(HttpHeaderName.CONTENT_TYPE, contentType)
                .setHeader(HttpHeaderName.USER_AGENT, "triage502/" + ProductVersion.current())
                .setBody(BinaryData.fromString(json));
        headers.forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
        return http.send(request);
    }
}
