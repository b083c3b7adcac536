package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.deliver.ticket.AzureDevopsText;
import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.json.JsonTree;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Work items of one project by the REST API of Azure DevOps. */
final class AzureDevopsItems implements TicketSystem {

    /** Every work item bears it, and a second one with the incident, by which the item is found again. */
    static final String TAG = "triage502";

    private static final String VERSION = "?api-version=7.1";
    private static final String COMMENTS_VERSION = "?api-version=7.1-preview.4";

    /** What an operator has to do about a status. */
    private static final Map<Integer, String> ADVICE = Map.of(
            203, "add the app's identity to the organization, with an access level, or set a valid token",
            302, "add the app's identity to the organization, with an access level, or set a valid token",
            401, "add the app's identity to the organization, with an access level, or set a valid token",
            403, "let the identity view and edit work items in the area path",
            404, "check organization, project and work item type");

    /**
     * How a work item is made and moved.
     *
     * @param type       name of the work item type
     * @param tags       beside those that it needs
     * @param areaPath   empty for the project's own
     * @param severities values of the field Severity by the severity of an alert
     * @param closed     name of the state of one that is over
     * @param open       name of the state of one that was opened again
     */
    record Mapping(
            String project,
            String type,
            List<String> tags,
            Optional<String> areaPath,
            Map<String, String> severities,
            String closed,
            String open) {

        /** The form of a bug shows no description. */
        String textField() {
            return type.equalsIgnoreCase("Bug") ? "Microsoft.VSTS.TCM.ReproSteps" : "System.Description";
        }
    }

    private final JsonCalls calls;
    private final JsonCalls patches;
    private final Mapping mapping;

    /** @param authorization the header that signs in */
    AzureDevopsItems(
            SecretUrl base, String authorization, UnaryOperator<String> scrub, Mapping mapping, ChannelTools tools) {
        this.calls = new JsonCalls(base, tools.http(), Map.of("Authorization", authorization), scrub);
        this.patches = new JsonCalls(
                base,
                tools.http(),
                Map.of("Authorization", authorization, "Content-Type", "application/json-patch+json"),
                scrub);
        this.mapping = mapping;
    }

    @Override
    public TicketAnswer find(Ticket ticket) {
        JsonObject query = new JsonObject();
        query.addProperty(
                "query",
                "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.Tags] CONTAINS '"
                        + tag(ticket.incident()) + "' ORDER BY [System.Id]");
        Said said = judged(calls.post(project() + "wit/wiql" + VERSION, query));
        if (!said.isDone()) {
            return said.failure();
        }
        List<JsonObject> items = JsonTree.objects(said.json(), "workItems");
        return items.isEmpty() ? TicketAnswer.notThere() : TicketAnswer.done(JsonTree.text(items.get(0), "id"));
    }

    @Override
    public TicketAnswer create(Ticket ticket) {
        Said said = judged(
                patches.post(project() + "wit/workitems/$" + encoded(mapping.type()) + VERSION, item(ticket, mapping)));
        if (!said.isDone()) {
            return said.failure();
        }
        String id = JsonTree.text(said.json(), "id");
        return id.isEmpty()
                ? TicketAnswer.unclear(
                        new DeliveryResult.Failed(calls + " did not say which work item it made", Optional.empty()))
                : TicketAnswer.done(id);
    }

    /** What is sent to make a work item. */
    static JsonArray item(Ticket ticket, Mapping mapping) {
        JsonArray patch = texts(ticket, mapping);
        List<String> tags = Stream.concat(Stream.of(TAG, tag(ticket.incident())), mapping.tags().stream())
                .toList();
        patch.add(set("System.Tags", String.join("; ", tags)));
        mapping.areaPath().ifPresent(path -> patch.add(set("System.AreaPath", path)));
        ticket.severity()
                .map(severity -> mapping.severities().get(String.valueOf(severity)))
                .ifPresent(severity -> patch.add(set("Microsoft.VSTS.Common.Severity", severity)));
        return patch;
    }

    private static JsonArray texts(Ticket ticket, Mapping mapping) {
        JsonArray patch = new JsonArray();
        patch.add(set("System.Title", AzureDevopsText.title(ticket)));
        patch.add(set(mapping.textField(), AzureDevopsText.description(ticket)));
        return patch;
    }

    /** Tags and severity are left as people set them. */
    @Override
    public TicketAnswer update(String id, Ticket ticket) {
        return patch(id, texts(ticket, mapping));
    }

    @Override
    public TicketAnswer findComment(String id, String key) {
        Said said = judged(calls.get(project() + "wit/workItems/" + id + "/comments" + COMMENTS_VERSION + "&$top=200"));
        if (!said.isDone()) {
            return said.failure();
        }
        return JsonTree.objects(said.json(), "comments").stream()
                .filter(comment -> JsonTree.text(comment, "text").contains(AzureDevopsText.marker(key)))
                .findFirst()
                .map(comment -> TicketAnswer.done(JsonTree.text(comment, "id")))
                .orElseGet(TicketAnswer::notThere);
    }

    @Override
    public TicketAnswer comment(String id, Ticket ticket, String key) {
        JsonArray patch = new JsonArray();
        patch.add(set("System.History", AzureDevopsText.comment(ticket, key)));
        return patch(id, patch);
    }

    @Override
    public TicketAnswer close(String id, Ticket ticket) {
        return move(id, mapping.closed(), true);
    }

    @Override
    public TicketAnswer reopen(String id, Ticket ticket) {
        return move(id, mapping.open(), false);
    }

    private TicketAnswer move(String id, String state, boolean closes) {
        Said said = judged(calls.get(project() + "wit/workitems/" + id + VERSION + "&fields=System.State"));
        if (!said.isDone()) {
            return said.failure();
        }
        JsonElement fields = said.json() instanceof JsonObject item ? item.get("fields") : said.json();
        boolean isClosed = JsonTree.text(fields, "System.State").equalsIgnoreCase(mapping.closed());
        if (isClosed == closes) {
            return TicketAnswer.done(id);
        }
        JsonArray patch = new JsonArray();
        patch.add(set("System.State", state));
        return patch(id, patch);
    }

    private TicketAnswer patch(String id, JsonArray patch) {
        Said said = judged(patches.patch(project() + "wit/workitems/" + id + VERSION, patch));
        if (said.status() == 404) {
            return TicketAnswer.notThere();
        }
        return said.isDone() ? TicketAnswer.done(id) : said.failure();
    }

    /** Reads the work item type with its states, and writes nothing. */
    ChannelCheck check() {
        Said said = judged(calls.get(project() + "wit/workitemtypes/" + encoded(mapping.type()) + VERSION));
        if (!said.isDone()) {
            return ChannelCheck.of(said.result());
        }
        List<String> states = JsonTree.objects(said.json(), "states").stream()
                .map(state -> JsonTree.text(state, "name"))
                .toList();
        List<String> problems = Stream.of(mapping.closed(), mapping.open())
                .filter(state -> !states.contains(state))
                .map(state -> "work item type " + mapping.type() + " has no state \"" + state + "\"; it has "
                        + String.join(", ", states))
                .toList();
        return new ChannelCheck(problems, List.of());
    }

    /** To who has not signed in, Azure DevOps shows a page to sign in. */
    private Said judged(Said said) {
        boolean refused = said.result() instanceof DeliveryResult.Refused || said.status() == 203;
        if (!refused || !ADVICE.containsKey(said.status())) {
            return said;
        }
        String why = said.result() instanceof DeliveryResult.Refused known
                ? known.why()
                : calls + " returned " + said.status();
        return said.with(new DeliveryResult.Refused(why + " (" + ADVICE.get(said.status()) + ")"));
    }

    private String project() {
        return encoded(mapping.project()) + "/_apis/";
    }

    private static String tag(String incident) {
        return TAG + "-" + incident.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private static JsonObject set(String field, String value) {
        JsonObject operation = new JsonObject();
        operation.addProperty("op", "add");
        operation.addProperty("path", "/fields/" + field);
        operation.addProperty("value", value);
        return operation;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
