package dev.triage502.local;

import com.sun.net.httpserver.HttpExchange;
import dev.triage502.local.FailureMode.Garbles;
import dev.triage502.local.FailureMode.Hangs;
import dev.triage502.local.FailureMode.NeverFinishes;
import dev.triage502.local.FailureMode.Refuses;
import dev.triage502.local.FailureMode.Resets;
import dev.triage502.local.FailureMode.Slow;
import dev.triage502.local.FailureMode.Throttles;
import dev.triage502.local.FailureMode.Truncates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Puts an answer on the wire, or fails to in the way that is asked for. */
final class AnswerWriter {

    private static final byte[] NOT_JSON =
            "<html><head><title>502 Bad Gateway</title></head></html>".getBytes(StandardCharsets.UTF_8);

    /** Answers the exchange; {@code nth} tells how many calls of the source came, this one included. */
    void deliver(HttpExchange exchange, Optional<FailureMode> how, int nth, Function<Boolean, PretendAnswer> answer)
            throws IOException {
        FailureMode chosen = how.orElse(new Slow(Duration.ZERO));
        if (chosen instanceof Hangs) {
            return; // the exchange stays open until the caller gives up or the server stops; no thread waits
        }
        if (chosen instanceof Resets) {
            exchange.close();
        } else if (chosen instanceof Garbles) {
            send(exchange, 200, "text/html", NOT_JSON, NOT_JSON.length);
        } else if (chosen instanceof Refuses refusal) {
            send(exchange, PretendAnswer.error(refusal.status(), refusal.code(), refusal.message()));
        } else if (chosen instanceof Throttles throttle && nth > throttle.afterCalls()) {
            send(exchange, PretendAnswer.throttled(throttle.retryAfter()));
        } else if (chosen instanceof Truncates) {
            truncated(exchange, answer.apply(false));
        } else {
            if (chosen instanceof Slow slow) {
                pause(slow.after());
            }
            send(exchange, answer.apply(chosen instanceof NeverFinishes));
        }
    }

    private static void send(HttpExchange exchange, PretendAnswer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = answer.bytes();
        send(exchange, answer.status(), "application/json; charset=utf-8", bytes, bytes.length);
    }

    private static void truncated(HttpExchange exchange, PretendAnswer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] whole = answer.bytes().length == 0 ? NOT_JSON : answer.bytes();
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        send(exchange, answer.status(), "application/json; charset=utf-8", half, whole.length);
    }

    /** Closes the exchange whatever happens; a caller who has gone away is none of our concern. */
    private static void send(HttpExchange exchange, int status, String type, byte[] bytes, int promised)
            throws IOException {
        try (exchange) {
            exchange.getResponseHeaders()
                    .set("x-ms-request-id", UUID.randomUUID().toString());
            if (bytes.length == 0) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, promised);
            OutputStream out = exchange.getResponseBody();
            out.write(bytes);
            out.flush();
        }
    }

    private static void pause(Duration time) {
        if (!time.isZero()) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
