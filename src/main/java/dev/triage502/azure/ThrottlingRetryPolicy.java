package dev.triage502.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import dev.triage502.evidence.Reading.Why;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Asks again where that may help, after as long as Azure says; and gives up at once when that would be after the
 * deadline, since an answer of "later" says more now than "timed out" will say then.
 *
 * <p>azure-core's own policy knows no deadline: it would sleep through a {@code Retry-After} of ten minutes.
 */
final class ThrottlingRetryPolicy implements BlockingPolicy {

    private static final HttpHeaderName QUOTA_RESET = HttpHeaderName.fromString("x-ms-user-quota-resets-after");
    private static final int TRIES = 4;
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    /** A gateway that is being updated refuses other operations for some seconds at least. */
    private static final Duration CONFLICT_DELAY = Duration.ofSeconds(5);

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        HttpRequest request = context.getHttpRequest();
        Deadline deadline = BlockingPolicy.deadline(context);
        Outcome before = null;
        for (int attempt = 1; ; attempt++) {
            context.setHttpRequest(request.copy());
            Outcome outcome = attempt(next);
            if (before != null && outcome.isTimeOut()) {
                // What was said before the time ran out tells more than that it did.
                return before.get();
            }
            Optional<Duration> delay = attempt == TRIES ? Optional.empty() : delay(attempt, outcome);
            if (delay.isEmpty() || delay.get().compareTo(deadline.remaining()) >= 0) {
                return outcome.get();
            }
            pause(delay.get());
            before = outcome;
        }
    }

    /** An answer, or a failure in its place. */
    private record Outcome(
            @Nullable HttpResponse response, @Nullable RefusedCall failure) {

        boolean isTimeOut() {
            return failure != null && failure.why() == Why.TIMED_OUT;
        }

        HttpResponse get() {
            if (response == null) {
                throw failure == null ? new IllegalStateException("neither answer nor failure") : failure;
            }
            return response;
        }
    }

    private static Outcome attempt(HttpPipelineNextSyncPolicy next) {
        try {
            return new Outcome(next.clone().processSync(), null);
        } catch (RefusedCall refused) {
            return new Outcome(null, refused);
        }
    }

    /** How long to wait before the next try; empty when another try would not help. */
    private static Optional<Duration> delay(int attempt, Outcome outcome) {
        Duration own = FIRST_DELAY.multipliedBy(1L << (attempt - 1));
        Duration spread = own.plusMillis(ThreadLocalRandom.current().nextLong(own.toMillis() / 4 + 1));
        HttpResponse response = outcome.response();
        if (response == null) {
            RefusedCall failure = outcome.failure();
            return failure != null && SingleAttemptPolicy.mayPass(failure) ? Optional.of(spread) : Optional.empty();
        }
        return switch (response.getStatusCode()) {
            case 408, 429, 500, 502, 503, 504 ->
                Optional.of(retryAfter(response).orElse(spread));
            case 409 ->
                isLocked(response)
                        ? Optional.empty()
                        : Optional.of(retryAfter(response).orElse(CONFLICT_DELAY));
            default -> Optional.empty();
        };
    }

    /** A lock stays until somebody takes it away; another operation ends by itself. */
    private static boolean isLocked(HttpResponse response) {
        return response.getBodyAsBinaryData().toString().contains(ErrorResponsePolicy.LOCKED);
    }

    /** In the header that everybody uses, or, where there is none, in the one of Resource Graph. */
    private static Optional<Duration> retryAfter(HttpResponse response) {
        String value = response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
        return value == null || value.isBlank() ? quotaReset(response) : RetryAfter.in(response.getHeaders());
    }

    /** Resource Graph says {@code 00:00:05} in a header of its own. */
    private static Optional<Duration> quotaReset(HttpResponse response) {
        String value = response.getHeaderValue(QUOTA_RESET);
        boolean told = response.getStatusCode() == 429 && value != null && value.matches("\\d\\d:[0-5]\\d:[0-5]\\d");
        return told ? Optional.of(Duration.between(LocalTime.MIN, LocalTime.parse(value))) : Optional.empty();
    }

    /** Sleeps; an interrupt means that nobody waits for the answer any more. */
    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedCall(Why.TIMED_OUT, "TimedOut", "canceled while waiting to retry");
        }
    }
}
