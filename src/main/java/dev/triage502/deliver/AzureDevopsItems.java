package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.deliver.ticket.AzureDevopsText;
import dev.triage502.deliver.ticket.Ticket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Work items of one project by the REST API of Azure DevOps. */
final class AzureDevopsItems implements TicketSystem {

    /** Every work item bears it, and a second one with the incident, by which the item is found again. */
    static final String TAG = "triage502";

    private static final String SEVERITY = "Microsoft.VSTS.Common.Severity";

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
        List<JsonObject> items = AnswerTree.objects(said.json(), "workItems");
        return items.isEmpty() ? TicketAnswer.notThere() : TicketAnswer.done(AnswerTree.text(items.get(0), "id"));
    }

    @Override
    public TicketAnswer create(Ticket ticket) {
        Said said = judged(
                patches.post(project() + "wit/workitems/$" + encoded(mapping.type()) + VERSION, item(ticket, mapping)));
        if (!said.isDone()) {
            return said.failure();
        }
        String id = AnswerTree.text(said.json(), "id");
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
        Said said = judged(
                calls.get(project() + "wit/workItems/" + id + "/comments" + COMMENTS_VERSION + "&$top=200&order=desc"));
        if (!said.isDone()) {
            return said.failure();
        }
        return AnswerTree.objects(said.json(), "comments").stream()
                .filter(comment -> AnswerTree.text(comment, "text").contains(AzureDevopsText.marker(key)))
                .findFirst()
                .map(comment -> TicketAnswer.done(AnswerTree.text(comment, "id")))
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
        Said said = judged(
                calls.get(project() + "wit/workitems/" + id + VERSION + "&fields=System.State,System.WorkItemType"));
        if (!said.isDone()) {
            return said.failure();
        }
        JsonElement fields = AnswerTree.member(said.json(), "fields");
        String type = AnswerTree.text(fields, "System.WorkItemType");
        Said list = states(type);
        if (!list.isDone()) {
            return list.failure();
        }
        AzureDevopsStates states = AzureDevopsStates.in(list.json());
        String state = AnswerTree.text(fields, "System.State");
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

    private static String noState(String type, boolean closes) {
        return "work item type " + type + " has no state of the category "
                + (closes ? "Completed" : "Proposed or InProgress") + "; set " + (closes ? "closedState" : "openState");
    }

    private Said states(String type) {
        return judged(calls.get(project() + "wit/workitemtypes/" + encoded(type) + "/states" + VERSION));
    }

    private TicketAnswer patch(String id, JsonArray patch) {
        Said said = judged(patches.patch(project() + "wit/workitems/" + id + VERSION, patch));
        if (said.status() == 404) {
            return TicketAnswer.notThere();
        }
        return said.isDone() ? TicketAnswer.done(id) : said.failure();
    }

    /** Reads the states and the severities of the work item type, and the area path; writes nothing. */
    ChannelCheck check() {
        Said said = states(mapping.type());
        if (!said.isDone()) {
            return ChannelCheck.of(said.result());
        }
        AzureDevopsStates states = AzureDevopsStates.in(said.json());
        List<ChannelCheck> checks = new ArrayList<>();
        Stream.of(mapping.closed(), mapping.open())
                .flatMap(Optional::stream)
                .filter(state -> !states.names().contains(state))
                .map(state -> "work item type " + mapping.type() + " has no state \"" + state + "\"; it has "
                        + String.join(", ", states.names()))
                .forEach(problem -> checks.add(ChannelCheck.problem(problem)));
        if (mapping.closed().or(states::completed).isEmpty()) {
            checks.add(ChannelCheck.problem(noState(mapping.type(), true)));
        }
        mapping.areaPath().ifPresent(path -> checks.add(checkArea(path)));
        if (!mapping.severities().isEmpty()) {
            checks.add(checkSeverities());
        }
        return ChannelCheck.all(checks);
    }

    private ChannelCheck checkArea(String path) {
        List<String> names = List.of(path.split("\\\\"));
        if (!names.get(0).equalsIgnoreCase(mapping.project())) {
            return ChannelCheck.problem(
                    "areaPath \"" + path + "\" does not begin with the project, " + mapping.project());
        }
        String below = names.stream().skip(1).map(name -> "/" + encoded(name)).collect(Collectors.joining());
        Said said = calls.get(project() + "wit/classificationnodes/Areas" + below + VERSION);
        return said.status() == 404
                ? ChannelCheck.problem("there is no area path \"" + path + "\" that the identity may view")
                : ChannelCheck.of(judged(said).result());
    }

    private ChannelCheck checkSeverities() {
        Said said = calls.get(project() + "wit/workitemtypes/" + encoded(mapping.type()) + "/fields/" + SEVERITY
                + VERSION + "&$expand=allowedValues");
        if (said.status() == 404) {
            return ChannelCheck.problem(
                    "work item type " + mapping.type() + " has no field Severity, so severities cannot be set");
        }
        if (!said.isDone()) {
            return ChannelCheck.of(judged(said).result());
        }
        List<String> allowed = AnswerTree.texts(said.json(), "allowedValues");
        return ChannelCheck.all(mapping.severities().values().stream()
                .distinct()
                .filter(severity -> !allowed.isEmpty() && !allowed.contains(severity))
                .map(severity -> ChannelCheck.problem("the field Severity of " + mapping.type() + " has no value \""
                        + severity + "\"; it has " + String.join(", ", allowed)))
                .toList());
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
