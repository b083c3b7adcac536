package dev.triage502.trial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between one app process and something that it uses, passes everything on, and has the process killed when a
 * request comes that is trapped: before it is passed on, or before its answer is.
 */
final class KillingProxy implements AutoCloseable {

    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String service;
    private final URI target;
    private final Watcher watcher;
    private final HttpServer server;
    private final ExecutorService threads;

    /** Who decides. */
    interface Watcher {

        /**
         * Called for each request before it is passed on, and again before its answer is, if that is no refusal.
         *
         * @return whether the process was killed instead
         */
        boolean kills(Passing request, boolean after) throws InterruptedException;
    }

    private KillingProxy(String service, URI target, Watcher watcher) throws IOException {
        this.service = service;
        this.target = target;
        this.watcher = watcher;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "proxy-" + service);
            thread.setDaemon(true);
            return thread;
        });
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    static KillingProxy start(String service, URI target, Watcher watcher) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        return new KillingProxy(service, target, watcher);
    }

    /** Where the process finds it: the target's path on this machine. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target.getRawPath());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Passing request = Passing.asked(
                    service,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key"))
                            .orElse(""),
                    body);
            if (watcher.kills(request, false)) {
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange, body);
            boolean done = answer.statusCode() < 400 || service.equals("azure");
            if (done && watcher.kills(request.answered(answer.body()), true)) {
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, List.copyOf(values));
                }
            });
            boolean none = answer.body().length == 0;
            exchange.sendResponseHeaders(answer.statusCode(), none ? -1 : answer.body().length);
            if (!none) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + target.getAuthority() + exchange.getRequestURI()))
                .timeout(Duration.ofSeconds(60))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
