package dev.triage502.azure;

import static dev.triage502.json.JsonTree.text;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Makes of every answer that is no success a {@link RefusedCall} in Azure's own words; once for all who call. */
final class ErrorResponsePolicy implements BlockingPolicy {

    /** Azure's code where a read-only lock stands in the way of a call that is no GET. */
    static final String LOCKED = "ScopeLocked";

    private static final int LONGEST = 1500;
    private static final Duration MOST_CLOCK_SKEW = Duration.ofMinutes(5);

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        HttpResponse response = next.processSync();
        int status = response.getStatusCode();
        if (status >= 200 && status < 300) {
            return response;
        }
        throw refusal(status, response);
    }

    private static RefusedCall refusal(int status, HttpResponse response) {
        byte[] body = response.getBodyAsBinaryData().toBytes();
        JsonObject error = error(body);
        String code = text(error, "code").strip();
        String message = text(error, "message").strip();
        if (message.isEmpty()) {
            message = plain(body);
        }
        String inner = innermost(error);
        if (!inner.isEmpty() && !message.contains(inner)) {
            message = message + " (" + inner + ")";
        }
        String details = details(error, message);
        if (!details.isEmpty()) {
            message = message + " (" + details + ")";
        }
        String named = code.isEmpty() ? codeFor(status) : code;
        return new RefusedCall(why(status), named, cut(message) + context(status, named, response));
    }

    private static Why why(int status) {
        return switch (status) {
            case 401, 403 -> Why.FORBIDDEN;
            case 429 -> Why.THROTTLED;
            case 408, 504 -> Why.TIMED_OUT;
            default -> Why.UNREACHABLE;
        };
    }

    private static String codeFor(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 429 -> "TooManyRequests";
            case 408, 504 -> "GatewayTimeout";
            default -> "Status" + status;
        };
    }

    /** What the status means beside Azure's words. */
    private static String context(int status, String code, HttpResponse response) {
        if (code.equalsIgnoreCase(LOCKED)) {
            return " [status " + status + ": a read-only lock blocks all POST requests, even read operations]";
        }
        String retryAfter = response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
        return switch (status) {
            case 404, 410 -> " [status " + status + ": deleted or moved]";
            case 409 -> " [status 409: another operation is in progress]";
            case 429, 503 ->
                " [status " + status + (retryAfter == null ? "" : ", Retry-After " + retryAfter) + buckets(response)
                        + "]";
            case 401 -> " [status 401" + clock(response) + "]";
            default -> " [status " + status + "]";
        };
    }

    /**
     * Which of the caller's buckets are empty, or nearly: ARM counts for each subscription and caller, Resource Graph for
     * each caller (learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling).
     */
    private static String buckets(HttpResponse response) {
        StringBuilder told = new StringBuilder();
        for (HttpHeader header : response.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-ms-ratelimit-remaining-") || name.startsWith("x-ms-user-quota-")) {
                told.append(", ").append(name).append(' ').append(header.getValue());
            }
        }
        return told.toString();
    }

    /** A token is valid from and until a time, and a clock that is off takes a good one for none. */
    private static String clock(HttpResponse response) {
        Optional<Duration> ahead = RetryAfter.date(response.getHeaderValue(HttpHeaderName.DATE))
                .map(azures -> Duration.between(azures, Instant.now()));
        return ahead.filter(by -> by.abs().compareTo(MOST_CLOCK_SKEW) > 0)
                .map(by -> "; this machine's clock is " + by.abs().toMinutes() + " minutes "
                        + (by.isNegative() ? "behind" : "ahead of") + " Azure's")
                .orElse("");
    }

    /** ARM's {@code {"error":{…}}}; some providers put the code at the top. */
    private static JsonObject error(byte[] body) {
        try {
            JsonElement document = StrictJson.parse(body);
            if (document instanceof JsonObject object) {
                return object.get("error") instanceof JsonObject error ? error : object;
            }
        } catch (StrictJson.Malformed notJson) {
            return new JsonObject();
        }
        return new JsonObject();
    }

    /** Log Analytics says what is wrong with a query only here. */
    private static String innermost(JsonObject error) {
        JsonObject at = error;
        while (at.get("innererror") instanceof JsonObject inner) {
            at = inner;
        }
        String code = text(at, "code").strip();
        String message = text(at, "message").strip();
        return at == error ? "" : code.isEmpty() ? message : code + ": " + message;
    }

    /** Resource Graph says what is wrong with a query only here; its message asks to contact support. */
    private static String details(JsonObject error, String message) {
        if (!(error.get("details") instanceof JsonArray details)) {
            return "";
        }
        StringBuilder said = new StringBuilder();
        for (JsonElement each : details) {
            String detail = each instanceof JsonObject object ? detail(object) : "";
            if (!detail.isEmpty() && !message.contains(detail)) {
                said.append(said.isEmpty() ? "" : "; ").append(detail);
            }
        }
        return said.toString();
    }

    private static String detail(JsonObject detail) {
        String code = text(detail, "code").strip();
        String message = text(detail, "message").strip();
        String line = text(detail, "line").strip();
        return (message.isEmpty() || message.equals(code) ? code : code.isEmpty() ? message : code + ": " + message)
                + (line.isEmpty() ? "" : " at line " + line + ", near " + text(detail, "token"));
    }

    private static String plain(byte[] body) {
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "no body" : text.replaceAll("\\s+", " ");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
