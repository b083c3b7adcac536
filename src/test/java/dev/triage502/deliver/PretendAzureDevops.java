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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The part of Azure DevOps' REST API that is used here, over a socket: it keeps work items, and refuses in the service's words. */
final class PretendAzureDevops implements AutoCloseable {

    /** A work item as it is now. */
    record Item(JsonObject fields, List<String> comments, List<String> states) {

        String field(String name) {
            return fields.get(name).getAsString();
        }
    }

    private final HttpServer server;
    private final String token;
    private final List<Item> items = new ArrayList<>();
    private boolean losesAnswers;
    private Optional<String> refusal = Optional.empty();

    PretendAzureDevops(String token) throws IOException {
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/org/Net work/_apis/wit/", this::handle);
        server.start();
    }

    SecretUrl base() {
        return new SecretUrl(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/org/"));
    }

    synchronized List<Item> items() {
        return List.copyOf(items);
    }

    /** From now on answers to what makes something do not arrive. */
    synchronized void losesAnswers(boolean loses) {
        losesAnswers = loses;
    }

    synchronized void refuses(String words) {
        refusal = Optional.of(words);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String call = exchange.getRequestMethod() + " " + path.substring(path.indexOf("/wit/") + 5);
            if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 203, "<html>Sign in</html>");
            } else if (refusal.isPresent()) {
                answer(exchange, 400, "{\"message\":\"TF401320: " + refusal.get() + "\"}");
            } else {
                answer(exchange, call, body);
            }
        }
    }

    private void answer(HttpExchange exchange, String call, String body) throws IOException {
        boolean isPatch = "application/json-patch+json"
                .equals(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (call.equals("POST wiql")) {
            answer(exchange, 200, search(body));
        } else if (call.startsWith("GET workitemtypes/")) {
            answer(exchange, 200, "{\"states\":[{\"name\":\"To Do\"},{\"name\":\"Done\"}]}");
        } else if (call.startsWith("POST workitems/$") && isPatch) {
            Item item = new Item(new JsonObject(), new ArrayList<>(), new ArrayList<>());
            item.fields().addProperty("System.State", "To Do");
            items.add(item);
            patch(item, body);
            made(exchange, "{\"id\":" + items.size() + "}");
        } else {
            int id = Integer.parseInt(call.split("[ /]")[2]);
            Item item = items.get(id - 1);
            if (call.startsWith("PATCH") && isPatch) {
                patch(item, body);
                made(exchange, "{\"id\":" + id + "}");
            } else if (call.endsWith("/comments")) {
                answer(exchange, 200, comments(item));
            } else {
                JsonObject all = new JsonObject();
                all.add("fields", item.fields());
                answer(exchange, 200, all.toString());
            }
        }
    }

    private static void patch(Item item, String body) {
        for (JsonElement each : JsonParser.parseString(body).getAsJsonArray()) {
            String field = each.getAsJsonObject().get("path").getAsString().substring("/fields/".length());
            String value = each.getAsJsonObject().get("value").getAsString();
            if (field.equals("System.Title") && value.length() > 255) {
                throw new IllegalStateException("TF401324: the title is too long");
            }
            if (field.equals("System.History")) {
                item.comments().add(value);
            } else {
                item.fields().addProperty(field, value);
            }
            if (field.equals("System.State")) {
                item.states().add(value);
            }
        }
    }

    private String search(String body) {
        String query =
                JsonParser.parseString(body).getAsJsonObject().get("query").getAsString();
        JsonArray found = new JsonArray();
        for (int i = 0; i < items.size(); i++) {
            for (String tag : items.get(i).field("System.Tags").split("; ")) {
                if (query.contains("CONTAINS '" + tag + "'")) {
                    JsonObject hit = new JsonObject();
                    hit.addProperty("id", i + 1);
                    found.add(hit);
                }
            }
        }
        JsonObject answer = new JsonObject();
        answer.add("workItems", found);
        return answer.toString();
    }

    private static String comments(Item item) {
        JsonArray comments = new JsonArray();
        item.comments().forEach(text -> {
            JsonObject comment = new JsonObject();
            comment.addProperty("text", text);
            comments.add(comment);
        });
        JsonObject answer = new JsonObject();
        answer.add("comments", comments);
        return answer.toString();
    }

    private void made(HttpExchange exchange, String json) throws IOException {
        if (!losesAnswers) {
            answer(exchange, 200, json);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
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
