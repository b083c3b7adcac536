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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PagerDuty's Events API v2 over a socket: it keeps alerts by their keys, and refuses what it documents that it refuses. */
final class PretendPagerduty implements AutoCloseable {

    static final String KEY = "0123456789abcdef0123456789abcdef";

    private final HttpServer server;
    private final Map<String, JsonObject> open = new LinkedHashMap<>();
    private final List<JsonObject> opened = new ArrayList<>();
    private final List<JsonObject> changes = new ArrayList<>();
    private int resolved;
    private int events;
    private boolean losesAnswers;

    PretendPagerduty() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::handle);
        server.start();
    }

    SecretUrl base() {
        return new SecretUrl(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v2/"));
    }

    /** The alerts that are open, by their keys, as they were triggered last. */
    synchronized Map<String, JsonObject> open() {
        return Map.copyOf(open);
    }

    /** Each trigger that opened an alert. */
    synchronized List<JsonObject> opened() {
        return List.copyOf(opened);
    }

    synchronized List<JsonObject> changes() {
        return List.copyOf(changes);
    }

    synchronized int resolved() {
        return resolved;
    }

    synchronized int events() {
        return events;
    }

    synchronized void losesAnswers(boolean loses) {
        losesAnswers = loses;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean isChange = exchange.getRequestURI().getPath().equals("/v2/change/enqueue");
            JsonObject event = JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            List<String> errors = errors(event, isChange);
            if (body.length > 512 * 1024) {
                errors.add("too large");
            }
            if (errors.isEmpty()) {
                take(event, isChange);
            }
            if (!losesAnswers) {
                answer(exchange, event, errors);
            }
        }
    }

    private void take(JsonObject event, boolean isChange) {
        if (isChange) {
            changes.add(event);
            return;
        }
        events++;
        String key = event.get("dedup_key").getAsString();
        if (event.get("event_action").getAsString().equals("trigger")) {
            if (open.put(key, event) == null) {
                opened.add(event);
            }
        } else if (open.remove(key) != null) {
            resolved++;
        }
    }

    private static List<String> errors(JsonObject event, boolean isChange) {
        List<String> errors = new ArrayList<>();
        String key = text(event, "routing_key").orElse("");
        if (key.length() != 32) {
            errors.add("Length of 'routing_key' is incorrect (should be 32 characters)");
        } else if (!key.equals(KEY)) {
            errors.add("Invalid routing key");
        }
        JsonObject payload = event.get("payload") instanceof JsonObject object ? object : new JsonObject();
        bounded(payload, "summary", 1024, errors);
        if (text(payload, "timestamp").filter(PretendPagerduty::isTime).isEmpty()) {
            errors.add("'timestamp' is invalid");
        }
        if (!isChange) {
            bounded(payload, "source", 255, errors);
            bounded(event, "dedup_key", 255, errors);
            if (!Set.of("trigger", "acknowledge", "resolve")
                    .contains(text(event, "event_action").orElse(""))) {
                errors.add("'event_action' is invalid");
            }
            if (!Set.of("critical", "error", "warning", "info")
                    .contains(text(payload, "severity").orElse(""))) {
                errors.add("'severity' is invalid");
            }
        }
        if (event.get("links") instanceof JsonArray links) {
            for (JsonElement link : links) {
                if (text(link.getAsJsonObject(), "href").isEmpty()) {
                    errors.add("'href' of a link is missing or blank");
                }
            }
        }
        return errors;
    }

    private static void bounded(JsonObject json, String name, int most, List<String> errors) {
        int length = text(json, name).orElse("").length();
        if (length == 0) {
            errors.add("'" + name + "' is missing or blank");
        } else if (length > most) {
            errors.add("Length of '" + name + "' is incorrect (should be no more than " + most + " characters)");
        }
    }

    private static boolean isTime(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException notATime) {
            return false;
        }
    }

    private static Optional<String> text(JsonObject json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonElement::getAsString);
    }

    private static void answer(HttpExchange exchange, JsonObject event, List<String> errors) throws IOException {
        JsonObject answer = new JsonObject();
        if (errors.isEmpty()) {
            answer.addProperty("status", "success");
            answer.addProperty("message", "Event processed");
            answer.add("dedup_key", event.get("dedup_key"));
        } else {
            answer.addProperty("status", "invalid event");
            answer.addProperty("message", "Event object is invalid");
            JsonArray all = new JsonArray();
            errors.forEach(all::add);
            answer.add("errors", all);
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(errors.isEmpty() ? 202 : 400, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
