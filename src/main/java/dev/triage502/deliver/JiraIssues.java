package dev.triage502.deliver;

import com.azure.core.http.HttpMethod;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.deliver.ticket.JiraText;
import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Issues of one project by the REST API v3 of Jira Cloud. */
final class JiraIssues implements TicketSystem {

    /** Every issue bears it, and a second one with the incident, by which the issue is found again. */
    static final String LABEL = "triage502";

    /** Property of a comment that says for which message it is. */
    private static final String PROPERTY = "triage502";

    static final String API = "rest/api/3/";

    /** What an operator has to do about a status. */
    private static final Map<Integer, String> ADVICE = Map.of(
            401, "check email and token; a token with scopes, or of a service account, needs cloudId",
            403, "give the account the project permissions Browse, Create, Edit, Transition and Comment",
            404, "check the site and the project key, and that the account may browse the project");

    /**
     * How an issue is made and moved.
     *
     * @param project    its key
     * @param type       name of the issue type
     * @param labels     beside those that it needs
     * @param priorities names of priorities by the severity of an alert; a severity without one keeps Jira's default
     * @param done       name of the transition that closes
     * @param reopen     name of the transition that opens again
     */
    record Mapping(
            String project,
            String type,
            List<String> labels,
            Map<String, String> priorities,
            String done,
            String reopen) {}

    private final JsonCalls calls;
    private final Mapping mapping;

    JiraIssues(SecretUrl base, String email, SecretText token, Mapping mapping, ChannelTools tools) {
        SecretText basic = new SecretText(
                Base64.getEncoder().encodeToString((email + ":" + token.value()).getBytes(StandardCharsets.UTF_8)));
        this.calls = new JsonCalls(
                base,
                tools.http(),
                Map.of("Authorization", "Basic " + basic.value()),
                text -> token.scrub(basic.scrub(text)));
        this.mapping = mapping;
    }

    /** A search lags by seconds, for which {@link TicketLife} waits. */
    @Override
    public TicketAnswer find(Ticket ticket) {
        JsonObject query = new JsonObject();
        query.addProperty(
                "jql",
                "project = \"" + mapping.project() + "\" AND labels = \"" + label(ticket.incident())
                        + "\" ORDER BY created ASC");
        query.addProperty("maxResults", 1);
        JsonArray fields = new JsonArray();
        fields.add("status");
        query.add("fields", fields);
        Said said = judged(calls.post(API + "search/jql", query));
        if (!said.isDone()) {
            return said.failure();
        }
        List<JsonObject> issues = JsonTree.objects(said.json(), "issues");
        return issues.isEmpty() ? TicketAnswer.notThere() : TicketAnswer.done(JsonTree.text(issues.get(0), "id"));
    }

    @Override
    public TicketAnswer create(Ticket ticket) {
        Said said = judged(calls.post(API + "issue", issue(ticket, mapping)));
        if (!said.isDone()) {
            return said.failure();
        }
        String id = JsonTree.text(said.json(), "id");
        return TicketAnswer.made(id, calls, "issue");
    }

    /** What is sent to make an issue. */
    static JsonObject issue(Ticket ticket, Mapping mapping) {
        JsonObject fields = JiraText.fields(ticket);
        fields.add("project", named("key", mapping.project()));
        fields.add("issuetype", named("name", mapping.type()));
        JsonArray labels = new JsonArray();
        labels.add(LABEL);
        labels.add(label(ticket.incident()));
        mapping.labels().forEach(labels::add);
        fields.add("labels", labels);
        ticket.severity()
                .map(severity -> mapping.priorities().get(String.valueOf(severity)))
                .ifPresent(priority -> fields.add("priority", named("name", priority)));
        JsonObject issue = new JsonObject();
        issue.add("fields", fields);
        return issue;
    }

    /** Labels and priority are left as people set them. */
    @Override
    public TicketAnswer update(String id, Ticket ticket) {
        JsonObject change = new JsonObject();
        change.add("fields", JiraText.fields(ticket));
        Said said = judged(calls.call(HttpMethod.PUT, path(id), Optional.of(change.toString())));
        return said.status() == 404 ? TicketAnswer.notThere() : done(id, said);
    }

    /** Jira lists the comments of an issue without their properties, and has those only of comments that are named by id. */
    @Override
    public TicketAnswer findComment(String id, String key) {
        Said list = judged(calls.get(path(id) + "/comment?orderBy=-created&maxResults=100"));
        if (!list.isDone()) {
            return list.failure();
        }
        JsonArray ids = new JsonArray();
        JsonTree.objects(list.json(), "comments").forEach(comment -> ids.add(JsonTree.text(comment, "id")));
        if (ids.isEmpty()) {
            return TicketAnswer.notThere();
        }
        JsonObject some = new JsonObject();
        some.add("ids", ids);
        Said said = judged(calls.post(API + "comment/list?expand=properties", some));
        if (!said.isDone()) {
            return said.failure();
        }
        return JsonTree.objects(said.json(), "values").stream()
                .filter(comment -> isFor(comment, key))
                .findFirst()
                .map(comment -> TicketAnswer.done(JsonTree.text(comment, "id")))
                .orElseGet(TicketAnswer::notThere);
    }

    private static boolean isFor(JsonObject comment, String key) {
        return JsonTree.objects(comment, "properties").stream()
                .anyMatch(property -> JsonTree.text(property, "key").equals(PROPERTY)
                        && JsonTree.text(property.get("value"), "message").equals(key));
    }

    @Override
    public TicketAnswer comment(String id, Ticket ticket, String key) {
        JsonObject property = new JsonObject();
        property.addProperty("key", PROPERTY);
        property.add("value", named("message", key));
        JsonArray properties = new JsonArray();
        properties.add(property);
        JsonObject comment = new JsonObject();
        comment.add("body", JiraText.comment(ticket));
        comment.add("properties", properties);
        return done(id, judged(calls.post(path(id) + "/comment", comment)));
    }

    @Override
    public TicketAnswer close(String id, Ticket ticket) {
        return move(id, mapping.done(), true);
    }

    @Override
    public TicketAnswer reopen(String id, Ticket ticket) {
        return move(id, mapping.reopen(), false);
    }

    /** By the name of a transition, since its id is another one in each workflow. */
    private TicketAnswer move(String id, String transition, boolean toDone) {
        Said now = judged(calls.get(path(id) + "?fields=status"));
        if (!now.isDone()) {
            return now.failure();
        }
        if (isDone(now.json()) == toDone) {
            return TicketAnswer.done(id);
        }
        Said said = judged(calls.get(path(id) + "/transitions"));
        if (!said.isDone()) {
            return said.failure();
        }
        List<String> names = new ArrayList<>();
        for (JsonObject each : JsonTree.objects(said.json(), "transitions")) {
            if (JsonTree.text(each, "name").equalsIgnoreCase(transition)) {
                JsonObject body = new JsonObject();
                body.add("transition", named("id", JsonTree.text(each, "id")));
                return done(id, judged(calls.post(path(id) + "/transitions", body)));
            }
            names.add("\"" + JsonTree.text(each, "name") + "\"");
        }
        return TicketAnswer.notDone(new DeliveryResult.Refused(calls + " has no transition \"" + transition
                + "\" for the issue as it is; it has " + (names.isEmpty() ? "none" : String.join(", ", names))));
    }

    private static boolean isDone(JsonElement issue) {
        JsonElement status = JsonTree.object(JsonTree.object(issue, "fields"), "status");
        return JsonTree.text(JsonTree.object(status, "statusCategory"), "key").equals("done");
    }

    /** Reads the project, and writes nothing. */
    ChannelCheck check() {
        return new JiraCheck(calls, mapping).check();
    }

    /** A refusal with what an operator has to do about it. */
    static Said judged(Said said) {
        return said.result() instanceof DeliveryResult.Refused refused && ADVICE.containsKey(said.status())
                ? said.with(new DeliveryResult.Refused(refused.why() + " (" + ADVICE.get(said.status()) + ")"))
                : said;
    }

    private static TicketAnswer done(String id, Said said) {
        return said.isDone() ? TicketAnswer.done(id) : said.failure();
    }

    /** A label has no blanks. */
    private static String label(String incident) {
        return LABEL + "-" + incident.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private static String path(String id) {
        return API + "issue/" + id;
    }

    private static JsonObject named(String name, String value) {
        JsonObject json = new JsonObject();
        json.addProperty(name, value);
        return json;
    }
}
