package dev.triage502.deliver;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import dev.triage502.azure.RetryAfter;
import dev.triage502.report.ProductVersion;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One POST of JSON to a secret URL, and what came of it.
 *
 * <p>2xx is success. 408, 429, 5xx and a network that fails may go better later; everything else, redirects included,
 * will not. Nothing is tried again here: the queue does that, so that a slow channel holds nobody up.
 */
final class JsonPost {

    private static final int LONGEST_QUOTE = 200;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final SecretUrl url;
    private final HttpPipeline http;

    /** {@code http} bounds connecting and waiting, and follows no redirects. */
    JsonPost(SecretUrl url, HttpPipeline http) {
        this.url = url;
        this.http = http;
    }

    DeliveryResult send(String json, Map<String, String> headers) {
        HttpRequest request = new HttpRequest(HttpMethod.POST, url.uri().toString())
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json; charset=utf-8")
                .setHeader(HttpHeaderName.USER_AGENT, "triage502/" + ProductVersion.current())
                .setBody(BinaryData.fromString(json));
        headers.forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
        try (HttpResponse response = http.sendSync(request, Context.NONE)) {
            return judge(response);
        } catch (RuntimeException e) {
            return new DeliveryResult.Failed(url + ": " + url.scrub(words(e)), Optional.empty());
        }
    }

    private DeliveryResult judge(HttpResponse response) {
        int status = response.getStatusCode();
        if (status >= 200 && status < 300) {
            return new DeliveryResult.Sent();
        }
        String why = url + " returned " + status + quote(response);
        if (status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS || status >= 500) {
            return new DeliveryResult.Failed(why, RetryAfter.in(response.getHeaders()));
        }
        return new DeliveryResult.Refused(
                status >= 300 && status < 400 ? why + "; redirects are not followed, so set the target URL" : why);
    }

    /** The beginning of what the other side said, for whoever has to put it right. */
    private String quote(HttpResponse response) {
        String body;
        try {
            body = response.getBodyAsBinaryData().toString().strip().replaceAll("\\s+", " ");
        } catch (RuntimeException brokeOff) {
            return "";
        }
        String clean = url.scrub(body);
        String said = clean.length() <= LONGEST_QUOTE ? clean : clean.substring(0, LONGEST_QUOTE) + "…";
        return said.isEmpty() ? "" : ": " + said;
    }

    private static String words(RuntimeException e) {
        Throwable cause = e;
        while (!(cause instanceof IOException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof UnknownHostException) {
            return "unknown host";
        }
        if (cause instanceof ConnectException) {
            return "no connection";
        }
        boolean late = cause instanceof HttpTimeoutException
                || cause instanceof SocketTimeoutException
                || cause instanceof TimeoutException;
        @Nullable String message = cause.getMessage();
        return late ? "no response in time" : message == null ? "no response" : message;
    }
}
