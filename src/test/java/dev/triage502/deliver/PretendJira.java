package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.deliver.Receiver.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of Jira Cloud's REST API v3 that is used here, over a socket: it keeps issues, and refuses what is documented to be
 * refused, in Jira's words. Its search may lag, as the real one does.
 */
final class PretendJira extends PretendApi {

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

    private static final String API = "/rest/api/3/";

    private final String token;
    private final Map<String, Issue> issues = new LinkedHashMap<>();
    private String missing = "";
    private boolean searchLags;

    PretendJira(String token) throws IOException {
        this.token = token;
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

    /** The account has all permissions but this. */
    synchronized void withholds(String permission) {
        missing = permission;
    }

    void isBusy(int times) {
        answers(
                new Reply(
                        429,
                        Map.of("Retry-After", "5", "RateLimit-Reason", "jira-burst-based"),
                        "{\"errorMessages\":[\"Rate limit exceeded.\"],\"errors\":{}}"),
                times);
    }

    @Override
    boolean writes(Asked asked) {
        return super.writes(asked)
                && !asked.path().equals(API + "search/jql")
                && !asked.path().equals(API + "comment/list");
    }

    @Override
    Reply refusal(String words) {
        return error("project", words);
    }

    @Override
    Reply answer(Asked asked) {
        String basic = Base64.getEncoder().encodeToString((EMAIL + ":" + token).getBytes(StandardCharsets.UTF_8));
        if (!asked.header("Authorization").equals("Basic " + basic)) {
            return new Reply(401, Map.of(), "Client must be authenticated to access this resource.");
        }
        String call = asked.method() + " " + asked.path().substring(API.length());
        String[] parts = call.split("[ /]");
        if (call.equals("POST search/jql")) {
            return search(asked.body());
        }
        if (call.equals("POST comment/list")) {
            return comments(asked);
        }
        if (call.equals("POST issue")) {
            return create(asked.body().getAsJsonObject("fields"));
        }
        if (call.startsWith("GET project/")) {
            return json(200, "{\"key\":\"NET\",\"issueTypes\":[{\"name\":\"Task\"},{\"name\":\"Bug\"}]}");
        }
        if (call.equals("GET mypermissions")) {
            return permissions(asked.query());
        }
        if (call.startsWith("GET priority/search")) {
            return json(200, "{\"values\":[{\"name\":\"High\"},{\"name\":\"Low\"}],\"isLast\":true}");
        }
        if (call.equals("GET search")) {
            return json(
                    410, "{\"errorMessages\":[\"The requested API has been removed (CHANGE-2046).\"],\"errors\":{}}");
        }
        Optional<Issue> issue = Optional.ofNullable(parts.length > 2 ? issues.get(parts[2]) : null);
        return issue.map(each -> issue(each, parts, asked))
                .orElseGet(() ->
                        json(404, "{\"errorMessages\":[\"Issue does not exist or you do not have permission.\"]}"));
    }

    private Reply permissions(Map<String, String> query) {
        if (!query.containsKey("permissions")
                || !query.getOrDefault("projectKey", "").equals("NET")) {
            return error("permissions", "The permissions query parameter is required.");
        }
        JsonObject permissions = new JsonObject();
        for (String name : query.get("permissions").split(",")) {
            JsonObject permission = new JsonObject();
            permission.addProperty("havePermission", !name.equals(missing));
            permissions.add(name, permission);
        }
        JsonObject answer = new JsonObject();
        answer.add("permissions", permissions);
        return json(200, answer.toString());
    }

    private static Reply issue(Issue issue, String[] parts, Asked asked) {
        String what = parts[0] + (parts.length > 3 ? " " + parts[3] : "");
        return switch (what) {
            case "GET" ->
                json(
                        200,
                        "{\"fields\":{\"status\":{\"statusCategory\":{\"key\":\"" + (issue.done ? "done" : "new")
                                + "\"}}}}");
            case "PUT" -> change(issue, asked.body().getAsJsonObject("fields"));
            case "GET comment" -> {
                JsonArray comments = new JsonArray();
                for (JsonObject comment : issue.comments) {
                    JsonObject shown = comment.deepCopy();
                    shown.remove("properties");
                    comments.add(shown);
                }
                JsonObject all = new JsonObject();
                all.add("comments", comments);
                yield json(200, all.toString());
            }
            case "POST comment" -> comment(issue, asked.body());
            case "GET transitions" ->
                json(200, "{\"transitions\":[{\"id\":\"11\",\"name\":\"To Do\"},{\"id\":\"31\",\"name\":\"Done\"}]}");
            default -> {
                JsonObject transition = asked.body().getAsJsonObject("transition");
                issue.done = transition.get("id").getAsString().equals("31");
                issue.closed += issue.done ? 1 : 0;
                yield Reply.of(204);
            }
        };
    }

    /** Comments by their ids; without being asked for their properties it leaves them out. */
    private Reply comments(Asked asked) {
        boolean expands = asked.query().getOrDefault("expand", "").equals("properties");
        JsonArray ids = asked.body().getAsJsonArray("ids");
        JsonArray found = new JsonArray();
        for (Issue issue : issues.values()) {
            for (JsonObject comment : issue.comments) {
                JsonObject shown = comment.deepCopy();
                if (!expands) {
                    shown.remove("properties");
                }
                if (ids.contains(comment.get("id"))) {
                    found.add(shown);
                }
            }
        }
        JsonObject answer = new JsonObject();
        answer.add("values", found);
        return json(200, answer.toString());
    }

    private static Reply change(Issue issue, JsonObject fields) {
        Optional<Reply> fault = fault(fields);
        if (fault.isEmpty()) {
            fields.entrySet().forEach(each -> issue.fields.add(each.getKey(), each.getValue()));
        }
        return fault.orElse(Reply.of(204));
    }

    private static Reply comment(Issue issue, JsonObject comment) {
        Optional<Reply> fault = documentFault(comment.getAsJsonObject("body"));
        if (fault.isPresent()) {
            return fault.get();
        }
        comment.addProperty("id", String.valueOf(issue.comments.size()));
        issue.comments.add(comment);
        return json(201, comment.toString());
    }

    private Reply search(JsonObject query) {
        JsonArray found = new JsonArray();
        String jql = query.get("jql").getAsString();
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
        return json(200, answer.toString());
    }

    private Reply create(JsonObject fields) {
        Optional<Reply> fault = fault(fields);
        if (fault.isPresent()) {
            return fault.get();
        }
        String id = String.valueOf(10_001 + issues.size());
        issues.put(id, new Issue(fields));
        return json(201, "{\"id\":\"" + id + "\",\"key\":\"NET-" + id + "\"}");
    }

    private static Optional<Reply> fault(JsonObject fields) {
        String summary = fields.get("summary").getAsString();
        if (summary.length() > 255) {
            return Optional.of(error("summary", "Summary can't exceed 255 characters."));
        }
        if (summary.contains("\n")) {
            return Optional.of(error("summary", "The summary is invalid because it contains newline characters."));
        }
        return documentFault(fields.getAsJsonObject("description"));
    }

    private static Optional<Reply> documentFault(JsonObject document) {
        if (document.toString().length() > 32_767) {
            return Optional.of(error(
                    "description", "The entered text is too long. It exceeds the allowed limit of 32,767 characters."));
        }
        boolean right = document.get("type").getAsString().equals("doc")
                && document.get("version").getAsInt() == 1
                && !document.toString().contains("\"text\":\"\"");
        return right ? Optional.empty() : Optional.of(error("description", "INVALID_INPUT"));
    }

    private static Reply error(String field, String words) {
        JsonObject errors = new JsonObject();
        errors.addProperty(field, words);
        JsonObject error = new JsonObject();
        error.add("errorMessages", new JsonArray());
        error.add("errors", errors);
        return json(400, error.toString());
    }

    private static Reply json(int status, String json) {
        return new Reply(status, Map.of(), json);
    }
}
