package dev.triage502.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.http.rest.SimpleResponse;
import com.azure.core.management.polling.PollResult;
import com.azure.core.management.polling.SyncPollerFactory;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.PollResponse;
import com.azure.core.util.polling.SyncPoller;
import dev.triage502.evidence.Reading.Why;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits for an operation that Azure took with 202: polls {@code Azure-AsyncOperation} or {@code Location} as often as
 * {@code Retry-After} says, and fetches what came of it.
 *
 * <p>What to ask and how to read it is azure-core-management's; the waiting is ours, since its own waits on a thread
 * that outlives the deadline (docs/decisions.md).
 */
final class LongRunningOperation {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final HttpPipeline pipeline;
    private final Deadline deadline;
    private final Context context;

    LongRunningOperation(HttpPipeline pipeline, Deadline deadline, Context context) {
        this.pipeline = pipeline;
        this.deadline = deadline;
        this.context = context;
    }

    /** The text of the operation's result. */
    String result(HttpRequest request) {
        SyncPoller<PollResult<Void>, String> poller = SyncPollerFactory.create(
                new RawTextSerializer(),
                pipeline,
                Void.class,
                String.class,
                LONGEST_PAUSE,
                () -> begin(request),
                context);
        PollResponse<PollResult<Void>> state = poller.poll();
        for (int polls = 1; !state.getStatus().isComplete(); polls++) {
            pause(pauseAfter(polls, state.getRetryAfter()));
            state = poller.poll();
        }
        if (!state.getStatus().equals(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED)) {
            throw failed(state);
        }
        String result = poller.getFinalResult();
        return result == null ? "" : result;
    }

    private Response<BinaryData> begin(HttpRequest request) {
        HttpResponse response = pipeline.sendSync(request, context);
        return new SimpleResponse<>(
                response.getRequest(), response.getStatusCode(), response.getHeaders(), response.getBodyAsBinaryData());
    }

    /** As long as Azure asks; else a tenth of a second, then twice as long each time, up to five seconds. */
    static Duration pauseAfter(int polls, @Nullable Duration asked) {
        if (asked != null && !asked.isNegative()) {
            return asked;
        }
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(polls - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private void pause(Duration pause) {
        if (pause.compareTo(deadline.remaining()) >= 0) {
            throw new RefusedCall(Why.TIMED_OUT, "TimedOut", "the operation did not finish in time");
        }
        ThrottlingRetryPolicy.pause(pause);
    }

    private static RefusedCall failed(PollResponse<PollResult<Void>> state) {
        PollResult.Error error =
                state.getValue() == null ? null : state.getValue().getError();
        String said = error == null ? "" : error.getMessage() + " " + error.getResponseBody();
        return new RefusedCall(
                Why.UNREACHABLE,
                "OperationFailed",
                "the operation ended with status " + state.getStatus() + " " + said);
    }
}
