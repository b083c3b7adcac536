package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.deliver.Receiver.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The part of GitHub's REST API that is used here: one repository with issues, in GitHub's words. */
final class PretendGithub extends PretendApi {

    static final String REPOSITORY = "contoso/network-incidents";
    private static final String ROOT = "/repos/" + REPOSITORY;

    private final String token;
    private final List<JsonObject> issues = new ArrayList<>();
    private final List<JsonObject> comments = new ArrayList<>();
    private final JsonObject settings = JsonParser.parseString(
                    "{\"private\":true,\"archived\":false,\"has_issues\":true}")
            .getAsJsonObject();
    private int closed;

    PretendGithub(String token) throws IOException {
        this.token = token;
    }

    synchronized List<JsonObject> issues() {
        return issues.stream().map(JsonObject::deepCopy).toList();
    }

    synchronized List<String> comments() {
        return comments.stream()
                .map(comment -> comment.get("body").getAsString())
                .toList();
    }

    /** How often an issue was closed. */
    synchronized int closed() {
        return closed;
    }

    synchronized void set(String setting, boolean is) {
        settings.addProperty(setting, is);
    }

    /** A person closes an issue. */
    synchronized void isClosedByHand(int number) {
        issues.get(number - 1).addProperty("state", "closed");
        issues.get(number - 1).addProperty("state_reason", "not_planned");
    }

    synchronized void delete(int number) {
        issues.get(number - 1).addProperty("deleted", true);
    }

    @Override
    Reply refusal(String words) {
        return error(422, words);
    }

    @Override
    Reply answer(Asked asked) {
        if (!asked.header("Authorization").equals("Bearer " + token)) {
            return error(401, "Bad credentials");
        }
        if (asked.header("User-Agent").isEmpty()) {
            return error(
                    403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent");
        }
        if (!asked.path().startsWith(ROOT)) {
            return error(404, "Not Found");
        }
        String[] parts = asked.path().substring(ROOT.length()).split("/");
        if (parts.length < 2) {
            return json(200, settings);
        }
        if (parts.length == 2) {
            return asked.method().equals("POST") ? create(asked.body()) : list(asked);
        }
        JsonObject issue = issues.get(Integer.parseInt(parts[2]) - 1);
        if (issue.has("deleted")) {
            return error(410, "This issue was deleted");
        }
        if (parts.length == 4) {
            return asked.method().equals("POST") ? comment(issue, asked.body()) : comments(issue);
        }
        return asked.method().equals("PATCH") ? change(issue, asked.body()) : json(200, issue);
    }

    private Reply create(JsonObject body) {
        if (!settings.get("has_issues").getAsBoolean()) {
            return error(410, "Issues has been disabled in this repository.");
        }
        if (!body.has("title")) {
            return invalid("title", "missing_field");
        }
        JsonObject issue = new JsonObject();
        issue.addProperty("number", issues.size() + 1);
        issue.addProperty("state", "open");
        Reply reply = change(issue, body);
        if (reply.status() == 200) {
            issues.add(issue);
            return json(201, issue);
        }
        return reply;
    }

    private Reply change(JsonObject issue, JsonObject body) {
        if (body.has("title") && body.get("title").getAsString().length() > 256) {
            return invalid("title", "title is too long (maximum is 256 characters)");
        }
        if (body.has("body") && body.get("body").getAsString().length() > 65_536) {
            return invalid("body", "body is too long (maximum is 65536 characters)");
        }
        if (body.has("state") && body.get("state").getAsString().equals("closed")) {
            closed++;
        }
        body.entrySet().forEach(each -> issue.add(each.getKey(), each.getValue()));
        return json(200, issue);
    }

    private Reply comment(JsonObject issue, JsonObject body) {
        if (body.get("body").getAsString().length() > 65_536) {
            return invalid("body", "body is too long (maximum is 65536 characters)");
        }
        JsonObject comment = body.deepCopy();
        comment.addProperty("id", comments.size() + 1_000);
        comment.add("issue", issue.get("number"));
        comments.add(comment);
        return json(201, comment);
    }

    private Reply comments(JsonObject issue) {
        JsonArray of = new JsonArray();
        comments.stream()
                .filter(comment -> comment.get("issue").equals(issue.get("number")))
                .forEach(of::add);
        return json(200, of);
    }

    private Reply list(Asked asked) {
        JsonArray found = new JsonArray();
        for (int i = issues.size() - 1; i >= 0; i--) {
            JsonObject issue = issues.get(i);
            boolean isOfState = asked.query().getOrDefault("state", "open").equals("all")
                    || issue.get("state").getAsString().equals("open");
            boolean hasLabel = issue.getAsJsonArray("labels")
                    .toString()
                    .contains("\"" + asked.query().get("labels"));
            if (isOfState && hasLabel && !issue.has("deleted")) {
                found.add(issue);
            }
        }
        int size = Integer.parseInt(asked.query().getOrDefault("per_page", "30"));
        int page = Integer.parseInt(asked.query().getOrDefault("page", "1"));
        JsonArray some = new JsonArray();
        for (int i = (page - 1) * size; i < Math.min(found.size(), page * size); i++) {
            some.add(found.get(i));
        }
        return json(200, some);
    }

    private static Reply invalid(String field, String message) {
        return new Reply(
                422,
                Map.of(),
                "{\"message\":\"Validation"
                        + " Failed\",\"errors\":[{\"resource\":\"Issue\",\"code\":\"custom\",\"field\":\""
                        + field + "\",\"message\":\"" + message + "\"}]}");
    }

    private static Reply error(int status, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("message", message);
        return json(status, error);
    }

    private static Reply json(int status, JsonElement json) {
        return new Reply(status, Map.of(), json.toString());
    }
}
