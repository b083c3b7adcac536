package dev.triage502.local;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * ARM's long-running operations: 202 with {@code Location} and {@code Azure-AsyncOperation} at first, 202 at each poll
 * until it is done, then 200 with the result.
 *
 * <p>The shapes are those of https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations.
 */
final class PollableOperations {

    /** An operation under way. */
    private record Operation(Source source, PretendAnswer result, AtomicInteger pollsLeft) {}

    /** ARM signs the addresses of operations with a certificate: some 3,000 characters, and no poll without them. */
    private static final String SIGNATURE = "&t=638972091388266008&c=" + "MIIHA".repeat(515) + "&s=pretend&h=pretend";

    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final int polls;
    private final Duration retryAfter;

    /** Each operation is answered 202 so many times when polled, and asks for so long a pause before the next poll. */
    PollableOperations(int polls, Duration retryAfter) {
        this.polls = polls;
        this.retryAfter = retryAfter;
    }

    /** Begins an operation that will come to this result. */
    PretendAnswer begin(PretendRequest call, Source source, String subscription, PretendAnswer result) {
        String id = UUID.randomUUID().toString();
        operations.put(id, new Operation(source, result, new AtomicInteger(polls)));
        String place =
                call.base() + "/subscriptions/" + subscription + "/providers/Microsoft.Network/locations/global/";
        String version = "?api-version=" + call.parameter("api-version") + SIGNATURE;
        return PretendAnswer.empty(202)
                .with("Location", place + "operationResults/" + id + version)
                .with("Azure-AsyncOperation", place + "operations/" + id + version)
                .with("Retry-After", seconds());
    }

    /** What the operation was begun for; backend health where it is unknown. */
    Source source(String id) {
        return find(id).map(Operation::source).orElse(Source.BACKEND_HEALTH);
    }

    /** What polling {@code operationResults} gives; a stuck one is never done. */
    PretendAnswer result(PretendRequest call, String id, boolean stuck) {
        return signed(call, id)
                .map(operation -> {
                    if (stuck || operation.pollsLeft().getAndDecrement() > 0) {
                        return PretendAnswer.empty(202)
                                .with(
                                        "Location",
                                        call.base() + call.path() + "?api-version=" + call.parameter("api-version")
                                                + SIGNATURE)
                                .with("Retry-After", seconds());
                    }
                    return operation.result();
                })
                .orElseGet(() -> unknown(id));
    }

    /** What polling {@code operations} gives: how it stands, not what came of it. */
    PretendAnswer status(PretendRequest call, String id, boolean stuck) {
        return signed(call, id)
                .map(operation -> {
                    boolean done = !stuck && operation.pollsLeft().getAndDecrement() <= 0;
                    JsonObject body = JsonLookup.of("status", done ? "Succeeded" : "InProgress");
                    body.addProperty("name", id);
                    PretendAnswer answer = PretendAnswer.ok(body);
                    return done ? answer : answer.with("Retry-After", seconds());
                })
                .orElseGet(() -> unknown(id));
    }

    /** The operation, to whoever asks at the address as it was given. */
    private Optional<Operation> signed(PretendRequest call, String id) {
        return SIGNATURE.contains("&c=" + call.parameter("c") + "&") ? find(id) : Optional.empty();
    }

    private Optional<Operation> find(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    private static PretendAnswer unknown(String id) {
        return PretendAnswer.error(404, "OperationNotFound", "The operation '" + id + "' could not be found.");
    }

    private String seconds() {
        return String.valueOf(retryAfter.toSeconds());
    }
}
