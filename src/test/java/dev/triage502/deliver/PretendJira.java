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
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * The part of Jira Cloud's REST API v3 that is used here, over a socket: it keeps issues, and refuses what is documented to be
 * refused, in Jira's words. Its search may lag, as the real one does.
 */
final class PretendJira implements AutoCloseable {

    static final String EMAIL = "triage@example.com";

    /** An issue as it is now. */
    static final class Issue {
        private final JsonObject fields;
        private final List<JsonObject> comments = new ArrayList<>();
        private boolean done;
        private int closed;

        Issue(JsonObject fields) {
            this.fields = fields;
        }

        JsonObject fields() {
            return fields;
        }

        List<JsonObject> comments() {
            return comments;
        }

        boolean isDone() {
            return done;
        }

        /** How often it was closed. */
        int closed() {
            return closed;
        }
    }

    private final HttpServer server;
    private final String token;
    private final Map<String, Issue> issues = new LinkedHashMap<>();
    private boolean searchLags;
    private boolean losesAnswers;
    private Optional<String> refusal = Optional.empty();
    private int busy;

    PretendJira(String token) throws IOException {
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/rest/api/3/", this::handle);
        server.start();
    }

    SecretUrl base() {
        return new SecretUrl(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    }

    synchronized List<Issue> issues() {
        return List.copyOf(issues.values());
    }

    synchronized void delete() {
        issues.clear();
    }

    /** From now on a search finds nothing that is new. */
    synchronized void searchLags(boolean lags) {
        searchLags = lags;
    }

    /** From now on answers to what makes something do not arrive. */
    synchronized void losesAnswers(boolean loses) {
        losesAnswers = loses;
    }

    synchronized void refuses(String words) {
        refusal = Optional.of(words);
    }

    synchronized void isBusy(int times) {
        busy = times;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String basic = "Basic "
                    + Base64.getEncoder().encodeToString((EMAIL + ":" + token).getBytes(StandardCharsets.UTF_8));
            if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, "Client must be authenticated to access this resource.");
            } else if (refusal.isPresent()) {
                answer(exchange, 400, error("project", refusal.get()));
            } else if (busy > 0) {
                busy--;
                exchange.getResponseHeaders().set("Retry-After", "5");
                exchange.getResponseHeaders().set("RateLimit-Reason", "jira-burst-based");
                answer(exchange, 429, "{\"errorMessages\":[\"Rate limit exceeded.\"],\"errors\":{}}");
            } else {
                String path = exchange.getRequestURI().getPath().substring("/rest/api/3/".length());
                answer(exchange, exchange.getRequestMethod() + " " + path, body);
            }
        }
    }

    private void answer(HttpExchange exchange, String call, String body) throws IOException {
        String[] parts = call.split("[ /]");
        Issue issue = parts.length > 2 ? issues.get(parts[2]) : null;
        if (call.equals("POST search/jql")) {
            answer(exchange, 200, search(body));
        } else if (call.equals("POST issue")) {
            create(exchange, json(body).getAsJsonObject("fields"));
        } else if (call.startsWith("GET project/")) {
            answer(exchange, 200, "{\"key\":\"NET\",\"issueTypes\":[{\"name\":\"Task\"},{\"name\":\"Bug\"}]}");
        } else if (call.startsWith("GET priority/search")) {
            answer(exchange, 200, "{\"values\":[{\"name\":\"High\"},{\"name\":\"Low\"}],\"isLast\":true}");
        } else if (call.equals("GET search")) {
            answer(exchange, 410, error("", "The requested API has been removed (CHANGE-2046)."));
        } else if (issue == null) {
            answer(exchange, 404, "{\"errorMessages\":[\"Issue does not exist or you do not have permission.\"]}");
        } else {
            issue(exchange, issue, parts, body);
        }
    }

    private void issue(HttpExchange exchange, Issue issue, String[] parts, String body) throws IOException {
        String what = parts[0] + (parts.length > 3 ? " " + parts[3] : "");
        switch (what) {
            case "GET" ->
                answer(
                        exchange,
                        200,
                        "{\"fields\":{\"status\":{\"statusCategory\":{\"key\":\"" + (issue.done ? "done" : "new")
                                + "\"}}}}");
            case "PUT" -> {
                JsonObject fields = json(body).getAsJsonObject("fields");
                Optional<String> fault = fault(fields);
                fields.entrySet().forEach(each -> issue.fields.add(each.getKey(), each.getValue()));
                answer(exchange, fault.isPresent() ? 400 : 204, fault.orElse(""));
            }
            case "GET comment" -> {
                JsonArray comments = new JsonArray();
                issue.comments.forEach(comments::add);
                JsonObject all = new JsonObject();
                all.add("comments", comments);
                answer(exchange, 200, all.toString());
            }
            case "POST comment" -> {
                JsonObject comment = json(body);
                Optional<String> fault = documentFault(comment.getAsJsonObject("body"));
                comment.addProperty("id", String.valueOf(issue.comments.size()));
                issue.comments.add(comment);
                made(exchange, fault.isPresent() ? 400 : 201, fault.orElse(comment.toString()));
            }
            case "GET transitions" ->
                answer(
                        exchange,
                        200,
                        "{\"transitions\":[{\"id\":\"11\",\"name\":\"To Do\"},{\"id\":\"31\",\"name\":\"Done\"}]}");
            default -> {
                issue.done = json(body)
                        .getAsJsonObject("transition")
                        .get("id")
                        .getAsString()
                        .equals("31");
                issue.closed += issue.done ? 1 : 0;
                answer(exchange, 204, "");
            }
        }
    }

    private String search(String body) {
        JsonArray found = new JsonArray();
        String jql = json(body).get("jql").getAsString();
        issues.forEach((id, issue) -> {
            for (JsonElement label : issue.fields.getAsJsonArray("labels")) {
                if (!searchLags && jql.contains("labels = \"" + label.getAsString() + "\"")) {
                    JsonObject hit = new JsonObject();
                    hit.addProperty("id", id);
                    found.add(hit);
                }
            }
        });
        JsonObject answer = new JsonObject();
        answer.add("issues", found);
        answer.addProperty("isLast", true);
        return answer.toString();
    }

    private void create(HttpExchange exchange, JsonObject fields) throws IOException {
        Optional<String> fault = fault(fields);
        if (fault.isPresent()) {
            answer(exchange, 400, fault.get());
            return;
        }
        String id = String.valueOf(10_001 + issues.size());
        issues.put(id, new Issue(fields));
        made(exchange, 201, "{\"id\":\"" + id + "\",\"key\":\"NET-" + id + "\"}");
    }

    private void made(HttpExchange exchange, int status, String json) throws IOException {
        if (!losesAnswers) {
            answer(exchange, status, json);
        }
    }

    private static Optional<String> fault(JsonObject fields) {
        String summary = fields.get("summary").getAsString();
        if (summary.length() > 255) {
            return Optional.of(error("summary", "Summary can't exceed 255 characters."));
        }
        if (summary.contains("\n")) {
            return Optional.of(error("summary", "The summary is invalid because it contains newline characters."));
        }
        return documentFault(fields.getAsJsonObject("description"));
    }

    private static Optional<String> documentFault(JsonObject document) {
        if (document.toString().length() > 32_767) {
            return Optional.of(error(
                    "description", "The entered text is too long. It exceeds the allowed limit of 32,767 characters."));
        }
        boolean right = document.get("type").getAsString().equals("doc")
                && document.get("version").getAsInt() == 1
                && !document.toString().contains("\"text\":\"\"");
        return right ? Optional.empty() : Optional.of(error("description", "INVALID_INPUT"));
    }

    private static String error(String field, String words) {
        JsonObject errors = new JsonObject();
        errors.addProperty(field, words);
        JsonObject error = new JsonObject();
        error.add("errorMessages", new JsonArray());
        error.add("errors", errors);
        return error.toString();
    }

    private static JsonObject json(String body) {
        return JsonParser.parseString(body).getAsJsonObject();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
