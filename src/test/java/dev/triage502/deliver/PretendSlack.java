package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of Slack's Web API that is used here, over a socket: it keeps messages, and refuses what Slack documents that it
 * refuses, in Slack's words.
 */
public final class PretendSlack implements AutoCloseable {

    public static final String TOKEN = "xoxb-pretend";
    static final String CHANNEL = "C0000000001";

    /** A message or a reply as it stands there now. */
    public record Post(String ts, Optional<String> thread, boolean isBroadcast, JsonObject content) {

        public String text() {
            return content.get("text").getAsString();
        }

        public String all() {
            return String.join("\n", SlackRules.texts(content.get("blocks"), "text"));
        }
    }

    private final HttpServer server;
    private final Map<String, Post> posts = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> scopes = new HashSet<>(Set.of("chat:write"));
    private boolean losesAnswers;
    private int busy;

    public PretendSlack() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/", this::handle);
        server.start();
    }

    SecretUrl base() {
        return new SecretUrl(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/"));
    }

    /** A bot's channel in it. */
    public Channel channel(ChannelTools tools) {
        return new SlackChannel(base(), new SecretText(TOKEN), CHANNEL, tools);
    }

    /** The messages and replies, the oldest first. */
    public synchronized List<Post> posts() {
        return List.copyOf(posts.values());
    }

    /** The methods that were called. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized void mayRead() {
        scopes.add("channels:history");
    }

    /** From now on it does what it is asked, and the answer does not arrive. */
    synchronized void losesAnswers(boolean loses) {
        losesAnswers = loses;
    }

    /** Has no time for the next calls. */
    synchronized void isBusy(int times) {
        busy = times;
    }

    synchronized void delete(String ts) {
        posts.remove(ts);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String method = exchange.getRequestURI().getPath().substring("/api/".length());
            calls.add(method);
            if (busy > 0) {
                busy--;
                exchange.getResponseHeaders().set("Retry-After", "30");
                answer(exchange, 429, error("ratelimited"));
                return;
            }
            JsonObject answer = answerTo(exchange, method, body);
            if (!losesAnswers) {
                answer(exchange, 200, answer);
            }
        }
    }

    private JsonObject answerTo(HttpExchange exchange, String method, String body) {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return error("invalid_auth");
        }
        boolean isJson = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))
                .startsWith("application/json; charset=utf-8");
        return switch (method) {
            case "chat.postMessage" -> isJson ? post(body) : error("invalid_post_type");
            case "chat.update" -> isJson ? update(body) : error("invalid_post_type");
            // The real one reads no JSON here, and says that the channel is missing.
            case "conversations.history" -> isJson ? error("channel_not_found") : read(form(body), false);
            case "conversations.replies" -> isJson ? error("channel_not_found") : read(form(body), true);
            default -> error("unknown_method");
        };
    }

    private JsonObject post(String body) {
        JsonObject message = JsonParser.parseString(body).getAsJsonObject();
        Optional<JsonObject> refused = refused(body, message);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<String> thread = Optional.ofNullable(message.get("thread_ts")).map(JsonElement::getAsString);
        if (thread.isPresent() && !posts.containsKey(thread.get())) {
            return error("thread_not_found");
        }
        boolean broadcast =
                message.has("reply_broadcast") && message.get("reply_broadcast").getAsBoolean();
        String ts = String.format("%d.%06d", 1_772_439_310L + posts.size(), 100);
        posts.put(ts, new Post(ts, thread, broadcast, message));
        return done(ts, message);
    }

    private JsonObject update(String body) {
        JsonObject message = JsonParser.parseString(body).getAsJsonObject();
        String ts = message.get("ts").getAsString();
        Optional<JsonObject> refused = refused(body, message);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (message.has("unfurl_links") || message.has("thread_ts")) {
            return error("invalid_arguments");
        }
        Post before = posts.get(ts);
        if (before == null) {
            return error("message_not_found");
        }
        posts.put(ts, new Post(ts, before.thread(), before.isBroadcast(), message));
        return done(ts, message);
    }

    private static Optional<JsonObject> refused(String body, JsonObject message) {
        if (!message.get("channel").getAsString().equals(CHANNEL)) {
            return Optional.of(error("channel_not_found"));
        }
        List<String> faults = SlackRules.faults(body);
        if (faults.isEmpty()) {
            return Optional.empty();
        }
        JsonObject refused = error(faults.get(0).startsWith("msg_") ? faults.get(0) : "invalid_blocks");
        JsonArray messages = new JsonArray();
        faults.forEach(fault -> messages.add("[ERROR] " + fault));
        JsonObject metadata = new JsonObject();
        metadata.add("messages", messages);
        refused.add("response_metadata", metadata);
        return Optional.of(refused);
    }

    private JsonObject read(Map<String, String> asked, boolean replies) {
        if (!scopes.contains("channels:history")) {
            JsonObject missing = error("missing_scope");
            missing.addProperty("needed", "channels:history");
            return missing;
        }
        JsonArray messages = new JsonArray();
        for (Post post : posts.values()) {
            boolean inThread = post.ts().equals(asked.get("ts"))
                    || post.thread().filter(ts -> ts.equals(asked.get("ts"))).isPresent();
            boolean inChannel = post.thread().isEmpty() || post.isBroadcast();
            boolean isNew = Double.parseDouble(post.ts()) >= Double.parseDouble(asked.get("oldest"));
            if (isNew && (replies ? inThread : inChannel)) {
                JsonObject message = post.content().deepCopy();
                message.addProperty("ts", post.ts());
                if (!"true".equals(asked.get("include_all_metadata"))) {
                    message.remove("metadata");
                }
                messages.add(message);
            }
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("ok", true);
        answer.add("messages", messages);
        return answer;
    }

    private static JsonObject done(String ts, JsonObject message) {
        JsonObject answer = new JsonObject();
        answer.addProperty("ok", true);
        answer.addProperty("channel", CHANNEL);
        answer.addProperty("ts", ts);
        answer.add("message", message.deepCopy());
        return answer;
    }

    private static JsonObject error(String name) {
        JsonObject answer = new JsonObject();
        answer.addProperty("ok", false);
        answer.addProperty("error", name);
        return answer;
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void answer(HttpExchange exchange, int status, JsonObject json) throws IOException {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
