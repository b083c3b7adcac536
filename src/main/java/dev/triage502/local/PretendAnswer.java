package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the pretend Azure says to one request.
 *
 * @param body {@link JsonNull} for none
 */
record PretendAnswer(int status, Map<String, String> headers, JsonElement body) {

    static PretendAnswer ok(JsonElement body) {
        return new PretendAnswer(200, Map.of(), body);
    }

    /** Nothing yet, or nothing at all. */
    static PretendAnswer empty(int status) {
        return new PretendAnswer(status, Map.of(), JsonNull.INSTANCE);
    }

    /** An error document in ARM's shape: {@code {"error":{"code","message"}}}. */
    static PretendAnswer error(int status, String code, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        return new PretendAnswer(status, Map.of(), JsonLookup.of("error", error));
    }

    static PretendAnswer badRequest(String code, String message) {
        return error(400, code, message);
    }

    /** As ARM refuses a caller whose roles do not hold the action. */
    static PretendAnswer forbidden(String action, String scope) {
        return error(
                403,
                "AuthorizationFailed",
                "The client 'triage502' with object id '00000000-0000-0000-0000-000000000502' does not have"
                        + " authorization to perform"
                        + " action"
                        + " '" + action + "' over scope '" + scope + "' or the scope is invalid. If"
                        + " access was recently granted, please refresh your credentials.");
    }

    static PretendAnswer throttled(Duration retryAfter) {
        return error(
                        429,
                        "TooManyRequests",
                        "Number of requests exceeded the limit for this principal. Try again after "
                                + retryAfter.toSeconds() + " seconds.")
                .with("Retry-After", String.valueOf(retryAfter.toSeconds()))
                .with("x-ms-ratelimit-remaining-subscription-reads", "0");
    }

    PretendAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new PretendAnswer(status, more, body);
    }

    PretendAnswer withBody(JsonElement other) {
        return new PretendAnswer(status, headers, other);
    }

    byte[] bytes() {
        return body.isJsonNull() ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
