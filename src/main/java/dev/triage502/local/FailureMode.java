package dev.triage502.local;

import dev.triage502.evidence.Source;
import java.time.Duration;

/** A way in which the pretend Azure fails a caller, as the real one at times does. */
public sealed interface FailureMode {

    /** Answers rightly, but only after a while. */
    record Slow(Duration after) implements FailureMode {}

    /** Answers an error document instead. */
    record Refuses(int status, String code, String message) implements FailureMode {}

    /** Answers 429 with {@code Retry-After}, once so many calls of the source have been let through. */
    record Throttles(int afterCalls, Duration retryAfter) implements FailureMode {}

    /** Closes the connection without a word. */
    record Resets() implements FailureMode {}

    /** Takes the request and never answers. */
    record Hangs() implements FailureMode {}

    /** Promises the whole answer, sends half of it and closes the connection. */
    record Truncates() implements FailureMode {}

    /** Answers 200 with something that is no JSON, as a proxy on the way does. */
    record Garbles() implements FailureMode {}

    /** Says of each page that another follows. Only lists have pages. */
    record PagesForEver() implements FailureMode {}

    /** Answers each poll of an operation that it is still under way. Only operations are polled. */
    record NeverFinishes() implements FailureMode {}

    static FailureMode slow(Duration after) {
        return new Slow(after);
    }

    /**
     * Answers as late as a middling subscription does: resources in a fifth of a second, logs in more than one. Orders
     * of magnitude, not measurements; nobody publishes any.
     */
    static FailureMode usualLatency(Source source) {
        return new Slow(Duration.ofMillis(
                switch (source) {
                    case ACCESS_LOG -> 1500;
                    case ACTIVITY_LOG -> 1200;
                    case METRICS -> 600;
                    case BACKEND_HEALTH, ON_DEMAND_HEALTH, RESOURCE_HEALTH -> 400;
                    case DIAGNOSTIC_SETTINGS, BACKENDS -> 300;
                    default -> 200;
                }));
    }

    /** 401, as for a token that has run out. */
    static FailureMode unauthorized() {
        return new Refuses(
                401,
                "ExpiredAuthenticationToken",
                "The access token expiry UTC time is earlier than current UTC time.");
    }

    /** 403, as for a role that lacks the action. */
    static FailureMode forbidden() {
        return new Refuses(
                403,
                "AuthorizationFailed",
                "The client 'triage502' does not have authorization to perform the action.");
    }

    /** 404, as for a resource that was deleted. */
    static FailureMode notFound() {
        return new Refuses(
                404,
                "ResourceNotFound",
                "The Resource was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }

    /** 409, as while another operation runs. */
    static FailureMode conflict() {
        return new Refuses(
                409, "AnotherOperationInProgress", "Another operation on this or dependent resource is in progress.");
    }

    static FailureMode serverError() {
        return new Refuses(500, "InternalServerError", "An error occurred.");
    }

    static FailureMode unavailable() {
        return new Refuses(503, "ServiceUnavailable", "The service is temporarily unavailable.");
    }

    /** 429 from the first call on. */
    static FailureMode throttled(Duration retryAfter) {
        return new Throttles(0, retryAfter);
    }

    static FailureMode throttledAfter(int calls, Duration retryAfter) {
        return new Throttles(calls, retryAfter);
    }

    static FailureMode reset() {
        return new Resets();
    }

    static FailureMode hang() {
        return new Hangs();
    }

    static FailureMode truncated() {
        return new Truncates();
    }

    static FailureMode malformed() {
        return new Garbles();
    }

    static FailureMode endlessPaging() {
        return new PagesForEver();
    }

    static FailureMode stuckOperation() {
        return new NeverFinishes();
    }
}
