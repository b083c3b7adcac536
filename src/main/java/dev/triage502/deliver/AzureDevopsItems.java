package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.deliver.ticket.AzureDevopsText;
import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.json.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Work items of one project by the REST API of Azure DevOps. */
final class AzureDevopsItems implements TicketSystem {

    /** Every work item bears it, and a second one with the incident, by which the item is found again. */
    static final String TAG = "triage502";

    static final String SEVERITY = "Microsoft.VSTS.Common.Severity";

    /**
     * How a work item is made and moved.
     *
     * @param type       name of the work item type
     * @param tags       beside those that it needs
     * @param areaPath   empty for the project's own
     * @param severities values of the field Severity by the severity of an alert
     * @param closed     name of the state of one that is over; without it, the first one of the category Completed
     * @param open       name of the state of one that was opened again; without it, the first one of another category
     */
    record Mapping(
            String project,
            String type,
            List<String> tags,
            Optional<String> areaPath,
            Map<String, String> severities,
            Optional<String> closed,
            Optional<String> open) {

        /** The form of a bug shows no description. */
        String textField() {
            return type.equalsIgnoreCase("Bug") ? "Microsoft.VSTS.TCM.ReproSteps" : "System.Description";
        }
    }

    private final AzureDevopsProject project;
    private final Mapping mapping;

    AzureDevopsItems(AzureDevopsProject project, Mapping mapping) {
        this.project = project;
        this.mapping = mapping;
    }

    @Override
    public TicketAnswer find(Ticket ticket) {
        JsonObject query = new JsonObject();
        query.addProperty(
                "query",
                "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.Tags] CONTAINS '"
                        + tag(ticket.incident()) + "' ORDER BY [System.Id]");
        Said said = project.post("wiql", query);
        if (!said.isDone()) {
            return said.failure();
        }
        List<JsonObject> items = JsonTree.objects(said.json(), "workItems");
        return items.isEmpty() ? TicketAnswer.notThere() : TicketAnswer.done(JsonTree.text(items.get(0), "id"));
    }

    @Override
    public TicketAnswer create(Ticket ticket) {
        Said said = project.create("workitems/$" + AzureDevopsProject.encoded(mapping.type()), item(ticket, mapping));
        if (!said.isDone()) {
            return said.failure();
        }
        String id = JsonTree.text(said.json(), "id");
        return TicketAnswer.made(id, project, "work item");
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
                .ifPresent(severity -> patch.add(set(SEVERITY, severity)));
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
        Said said = project.getPreview("workItems/" + id + "/comments?$top=200&order=desc");
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
        return move(id, true);
    }

    @Override
    public TicketAnswer reopen(String id, Ticket ticket) {
        return move(id, false);
    }

    /** By the states of the type that the item has now: people may have changed it. */
    private TicketAnswer move(String id, boolean closes) {
        Said said = project.get("workitems/" + id + "?fields=System.State,System.WorkItemType");
        if (!said.isDone()) {
            return said.failure();
        }
        JsonElement fields = JsonTree.object(said.json(), "fields");
        String type = JsonTree.text(fields, "System.WorkItemType");
        Said list = project.states(type);
        if (!list.isDone()) {
            return list.failure();
        }
        AzureDevopsStates states = AzureDevopsStates.in(list.json());
        String state = JsonTree.text(fields, "System.State");
        if ((states.isOver(state)
                        || mapping.closed().filter(state::equalsIgnoreCase).isPresent())
                == closes) {
            return TicketAnswer.done(id);
        }
        Optional<String> next =
                closes ? mapping.closed().or(states::completed) : mapping.open().or(states::open);
        return next.map(name -> patch(id, state(name)))
                .orElseGet(() -> TicketAnswer.notDone(new DeliveryResult.Refused(noState(type, closes))));
    }

    private static JsonArray state(String name) {
        JsonArray patch = new JsonArray();
        patch.add(set("System.State", name));
        return patch;
    }

    static String noState(String type, boolean closes) {
        return "work item type " + type + " has no state of the category "
                + (closes ? "Completed" : "Proposed or InProgress") + "; set " + (closes ? "closedState" : "openState");
    }

    private TicketAnswer patch(String id, JsonArray patch) {
        Said said = project.change("workitems/" + id, patch);
        if (said.status() == 404) {
            return TicketAnswer.notThere();
        }
        return said.isDone() ? TicketAnswer.done(id) : said.failure();
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
}
