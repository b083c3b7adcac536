package dev.triage502.deliver;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.triage502.deliver.Receiver.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A REST API over a socket. It does one thing at a time, and can lose answers or have no time. */
abstract class PretendApi implements AutoCloseable {

    /** What it is asked. */
    record Asked(String method, String path, Map<String, String> query, HttpExchange exchange, String text) {

        /** An empty object where there is none. */
        JsonObject body() {
            return text.isEmpty()
                    ? new JsonObject()
                    : JsonParser.parseString(text).getAsJsonObject();
        }

        String header(String name) {
            @Nullable String value = exchange.getRequestHeaders().getFirst(name);
            return value == null ? "" : value;
        }

        String call() {
            return method + " " + path;
        }
    }

    private final HttpServer server;
    private final List<String> calls = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private boolean losesAnswers;
    private boolean losesRequests;
    private int losesNext;
    private Optional<Reply> always = Optional.empty();
    private int times;

    PretendApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Does what it is asked, within its limits. */
    abstract Reply answer(Asked asked);

    /** How it says no, in these words. */
    abstract Reply refusal(String words);

    /** Whether that is to make or change something. */
    boolean writes(Asked asked) {
        return !asked.method().equals("GET");
    }

    SecretUrl base() {
        return new SecretUrl(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    }

    /** What was called, such as {@code POST /issues}. */
    final synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** The bodies of what was written. */
    final synchronized List<String> written() {
        return List.copyOf(written);
    }

    /** From now on it does what it is asked to make or change, and the answer does not arrive. */
    final synchronized void losesAnswers(boolean loses) {
        losesAnswers = loses;
    }

    /** From now on nothing that it is asked arrives. */
    final synchronized void losesRequests(boolean loses) {
        losesRequests = loses;
    }

    /** The answer to one of what it is asked to make or change from now on does not arrive. */
    final synchronized void losesAnswer(int which) {
        losesNext = which;
    }

    final synchronized void refuses(String words) {
        answers(refusal(words), Integer.MAX_VALUE);
    }

    /** Does nothing, and answers this the next times. */
    final synchronized void answers(Reply reply, int next) {
        always = Optional.of(reply);
        times = next;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Asked asked = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query(exchange.getRequestURI()),
                    exchange,
                    body);
            calls.add(asked.call());
            if (losesRequests) {
                return;
            }
            Reply reply = times > 0 ? always.orElseThrow() : answer(asked);
            times = Math.max(0, times - 1);
            if (writes(asked) && reply.status() < 300) {
                written.add(body);
            }
            if (!writes(asked) || arrives()) {
                send(exchange, reply);
            }
        }
    }

    private boolean arrives() {
        return !losesAnswers && losesNext-- != 1;
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : String.valueOf(uri.getRawQuery()).split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
