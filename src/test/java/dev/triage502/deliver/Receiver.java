package dev.triage502.deliver;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server on this machine that takes what a channel sends, and answers as it is told. */
public final class Receiver implements AutoCloseable {

    /** What came; the names of headers in lower case. */
    public record Got(String method, String path, Map<String, String> headers, String body) {}

    /** How to answer. */
    public record Reply(int status, Map<String, String> headers, String body) {

        public static Reply of(int status) {
            return new Reply(status, Map.of(), "");
        }
    }

    private final HttpServer server;
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile Reply reply = Reply.of(200);
    private volatile Duration drips = Duration.ZERO;
    private volatile boolean endless;

    public Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                Map<String, String> headers = new TreeMap<>();
                exchange.getRequestHeaders()
                        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
                got.add(new Got(
                        exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
                Reply answer = reply;
                answer.headers().forEach(exchange.getResponseHeaders()::set);
                byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
                if (answer.status() == 0) {
                    Thread.sleep(20_000);
                }
                if (endless) {
                    exchange.sendResponseHeaders(answer.status(), 0);
                    goOn(exchange.getResponseBody(), bytes);
                    return;
                }
                exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(bytes);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    /** Until the other side hangs up. */
    private void goOn(OutputStream out, byte[] bytes) throws IOException, InterruptedException {
        while (true) {
            out.write(bytes);
            out.flush();
            Thread.sleep(drips.toMillis());
        }
    }

    /** Repeats its answer without an end, with a pause each time. */
    public void neverEnds(Reply repeated, Duration pause) {
        reply = repeated;
        drips = pause;
        endless = true;
    }

    public void answers(Reply reply) {
        this.reply = reply;
    }

    public void answers(int status) {
        answers(Reply.of(status));
    }

    public void hangs() {
        answers(0);
    }

    public List<Got> got() {
        return got;
    }

    public Got only() {
        if (got.size() != 1) {
            throw new AssertionError(got.size() + " requests came");
        }
        return got.get(0);
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
