package dev.triage502.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody's webhook on this machine, which keeps what is posted to it. */
public final class WebhookReceiver implements AutoCloseable {

    /**
     * What came.
     *
     * @param status  what it was answered
     * @param headers names in any case
     */
    public record Received(String method, String path, Map<String, String> headers, byte[] body, int status) {

        /** A header's value, or an empty string. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final int status;
    private final byte[] answer;
    private final LoopbackServer server;
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Received> fresh = new LinkedBlockingQueue<>();

    private WebhookReceiver(int status, String answer) throws IOException {
        this.status = status;
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.server = LoopbackServer.serve("webhook-receiver", 0, this::receive);
    }

    /** Answers everything with one status. */
    public static WebhookReceiver answering(int status) throws IOException {
        return new WebhookReceiver(status, "");
    }

    /** Answers everything with one status and one text. */
    public static WebhookReceiver answering(int status, String answer) throws IOException {
        return new WebhookReceiver(status, answer);
    }

    /** Where to post to. */
    public URI uri() {
        return URI.create(server.uri() + "/hook");
    }

    /** The next that has not been asked for yet, waited for; empty if none comes in the time. */
    public Optional<Received> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(fresh.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** All that came so far. */
    public List<Received> all() {
        return List.copyOf(all);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            PretendRequest call = PretendRequest.of(exchange);
            Received received = new Received(call.method(), call.path(), call.headers(), call.body(), status);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            if (answer.length > 0) {
                exchange.getResponseBody().write(answer);
            }
            all.add(received);
            fresh.add(received);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
