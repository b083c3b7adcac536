package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.deliver.Receiver.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The part of Azure DevOps' REST API that is used here: one project of an organization, with the work item types of a process. It
 * refuses what the service refuses, in its words, and takes each call in its published version only.
 */
final class PretendAzureDevops extends PretendApi {

    static final String PROJECT = "Net work";

    private static final String ROOT = "/org/" + PROJECT + "/_apis/wit/";

    /** Of each process: its types, and of each its states with their categories. */
    static final Map<String, Map<String, String>> PROCESSES = Map.of(
            "Basic", Map.of("Issue", "To Do=Proposed, Doing=InProgress, Done=Completed"),
            "Agile",
                    Map.of(
                            "Issue", "Active=InProgress, Closed=Completed",
                            "Bug", "New=Proposed, Active=InProgress, Resolved=Resolved, Closed=Completed"),
            "Scrum",
                    Map.of(
                            "Impediment",
                            "Open=InProgress, Closed=Completed",
                            "Bug",
                            "New=Proposed, Approved=Proposed, Committed=InProgress, Done=Completed,"
                                    + " Removed=Removed"),
            "CMMI",
                    Map.of(
                            "Issue", "Proposed=Proposed, Active=InProgress, Resolved=Resolved, Closed=Completed",
                            "Bug", "Proposed=Proposed, Active=InProgress, Resolved=Resolved, Closed=Completed"));

    private static final List<String> SEVERITIES = List.of("1 - Critical", "2 - High", "3 - Medium", "4 - Low");

    /** A work item as it is now. */
    record Item(JsonObject fields, List<String> comments, List<String> states) {

        String field(String name) {
            return fields.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
        }
    }

    private final String token;
    private final Map<String, String> types;
    private final List<Item> items = new ArrayList<>();

    /** @param token of an identity that was added to the organization; as a personal access token, too */
    PretendAzureDevops(String process, String token) throws IOException {
        this.types = PROCESSES.get(process);
        this.token = token;
    }

    @Override
    SecretUrl base() {
        return new SecretUrl(URI.create(super.base().uri() + "org/"));
    }

    synchronized List<Item> items() {
        return List.copyOf(items);
    }

    @Override
    boolean writes(Asked asked) {
        return super.writes(asked) && !asked.path().endsWith("/wiql");
    }

    @Override
    Reply refusal(String words) {
        return error(400, "TF401320: " + words);
    }

    @Override
    Reply answer(Asked asked) {
        String authorization = asked.header("Authorization");
        String basic = Base64.getEncoder().encodeToString((":" + token).getBytes(StandardCharsets.UTF_8));
        if (authorization.startsWith("Basic ") && !authorization.equals("Basic " + basic)) {
            return new Reply(203, Map.of(), "<html>Azure DevOps Services | Sign In</html>");
        }
        if (!List.of("Basic " + basic, "Bearer " + token).contains(authorization)) {
            return error(401, "TF400813: The user is not authorized to access this resource.");
        }
        if (!asked.path().startsWith(ROOT)) {
            return error(
                    404,
                    "TF200016: The following project does not exist. Verify that the name of the project is correct.");
        }
        String[] parts = asked.path().substring(ROOT.length()).split("/");
        boolean isPreview = parts.length > 2 && parts[2].equals("comments");
        if (!asked.query().getOrDefault("api-version", "").equals(isPreview ? "7.1-preview.4" : "7.1")) {
            return error(
                    400, "VssVersionOutOfRangeException: the requested version is out of range or must be a preview.");
        }
        return switch (asked.method() + " " + parts[0].toLowerCase(Locale.ROOT)) {
            case "POST wiql" -> search(asked);
            case "GET workitemtypes" -> type(parts);
            case "GET classificationnodes" ->
                parts.length == 2 || parts.length == 3 && parts[2].equals("Edge")
                        ? json(200, new JsonObject())
                        : error(404, "VS402485: The node does not exist.");
            case "POST workitems" -> create(asked, parts[1]);
            default -> item(asked, parts);
        };
    }

    private Reply type(String[] parts) {
        String states = types.get(parts[1]);
        if (states == null) {
            return unknownType(parts[1]);
        }
        JsonObject answer = new JsonObject();
        if (parts[2].equals("fields")) {
            if (!parts[1].equals("Bug")) {
                return error(404, "TF51535: Cannot find field " + parts[3] + ".");
            }
            JsonArray allowed = new JsonArray();
            SEVERITIES.forEach(allowed::add);
            answer.add("allowedValues", allowed);
            return json(200, answer);
        }
        JsonArray all = new JsonArray();
        for (String each : states.split(", ")) {
            JsonObject state = new JsonObject();
            state.addProperty("name", each.split("=")[0]);
            state.addProperty("category", each.split("=")[1]);
            all.add(state);
        }
        answer.add("value", all);
        return json(200, answer);
    }

    private static Reply unknownType(String type) {
        return error(404, "VS402323: Work item type " + type + " does not exist in project " + PROJECT + ".");
    }

    private Reply create(Asked asked, String type) {
        if (!type.startsWith("$") || !types.containsKey(type.substring(1))) {
            return unknownType(type);
        }
        Item item = new Item(new JsonObject(), new ArrayList<>(), new ArrayList<>());
        item.fields().addProperty("System.WorkItemType", type.substring(1));
        item.fields().addProperty("System.State", states(type.substring(1)).get(0));
        Reply reply = patch(asked, item, items.size() + 1);
        if (item.field("System.Title").isEmpty() && reply.status() == 200) {
            return error(400, "TF401320: Rule Error for field Title. Error code: Required, InvalidEmpty.");
        }
        if (reply.status() == 200) {
            items.add(item);
        }
        return reply;
    }

    private List<String> states(String type) {
        JsonArray states = JsonParser.parseString(
                        type(new String[] {"", type, "states"}).body())
                .getAsJsonObject()
                .getAsJsonArray("value");
        List<String> names = new ArrayList<>();
        states.forEach(state -> names.add(state.getAsJsonObject().get("name").getAsString()));
        return names;
    }

    private Reply item(Asked asked, String[] parts) {
        int id = Integer.parseInt(parts[1]);
        if (id > items.size()) {
            return error(
                    404, "TF401232: Work item " + id + " does not exist, or you do not have permissions to read it.");
        }
        Item item = items.get(id - 1);
        if (asked.method().equals("PATCH")) {
            return patch(asked, item, id);
        }
        JsonObject answer = new JsonObject();
        if (parts.length > 2) {
            answer.add("comments", comments(item, Integer.parseInt(asked.query().getOrDefault("$top", "20"))));
            return json(200, answer);
        }
        JsonObject fields = item.fields().deepCopy();
        List<String> some = List.of(asked.query().getOrDefault("fields", "").split(","));
        fields.keySet().removeIf(name -> !some.contains(name));
        answer.add("fields", fields);
        return json(200, answer);
    }

    /** All of it or nothing. */
    private Reply patch(Asked asked, Item item, int id) {
        if (!asked.header("Content-Type").equals("application/json-patch+json")) {
            return error(415, "The request entity's media type 'application/json' is not supported for this resource.");
        }
        JsonArray operations = JsonParser.parseString(asked.text()).getAsJsonArray();
        for (JsonElement each : operations) {
            Optional<Reply> fault = fault(item, field(each), value(each));
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        for (JsonElement each : operations) {
            if (field(each).equals("System.History")) {
                item.comments().add(value(each));
            } else {
                item.fields().addProperty(field(each), value(each));
            }
            if (field(each).equals("System.State")) {
                item.states().add(value(each));
            }
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("id", id);
        return json(200, answer);
    }

    private Optional<Reply> fault(Item item, String field, String value) {
        String type = item.field("System.WorkItemType");
        boolean isUnknown = !List.of(
                        "System.Title",
                        "System.Description",
                        "System.Tags",
                        "System.AreaPath",
                        "System.State",
                        "System.History",
                        type.equals("Bug") ? "Microsoft.VSTS.Common.Severity" : "",
                        type.equals("Bug") ? "Microsoft.VSTS.TCM.ReproSteps" : "")
                .contains(field);
        if (isUnknown) {
            return Optional.of(error(400, "TF51535: Cannot find field " + field + "."));
        }
        return switch (field) {
            case "System.Title" ->
                value.length() <= 255 && !value.contains("\n")
                        ? Optional.empty()
                        : Optional.of(error(400, "TF401320: Rule Error for field Title. Error code: InvalidTooLong."));
            case "System.State" -> choice("State", value, states(type));
            case "Microsoft.VSTS.Common.Severity" -> choice("Severity", value, SEVERITIES);
            case "System.AreaPath" ->
                List.of(PROJECT, PROJECT + "\\Edge").contains(value)
                        ? Optional.empty()
                        : Optional.of(error(
                                400, "TF401347: Invalid tree name given for work item -1, field 'System.AreaPath'."));
            default -> Optional.empty();
        };
    }

    private static Optional<Reply> choice(String field, String value, List<String> allowed) {
        return allowed.contains(value)
                ? Optional.empty()
                : Optional.of(error(
                        400,
                        "The field '" + field + "' contains the value '" + value
                                + "' that is not in the list of supported values"));
    }

    /** A condition on tags is about whole tags. */
    private Reply search(Asked asked) {
        String query = asked.body().get("query").getAsString();
        if (!query.contains("[System.TeamProject] = @project")
                || !query.startsWith("SELECT [System.Id] FROM WorkItems WHERE ")) {
            return error(400, "TF51005: The query references a field that does not exist.");
        }
        JsonArray found = new JsonArray();
        for (int i = 0; i < items.size(); i++) {
            for (String tag : items.get(i).field("System.Tags").split("; ")) {
                if (query.contains("[System.Tags] CONTAINS '" + tag + "'")) {
                    JsonObject hit = new JsonObject();
                    hit.addProperty("id", i + 1);
                    found.add(hit);
                }
            }
        }
        JsonObject answer = new JsonObject();
        answer.add("workItems", found);
        return json(200, answer);
    }

    private static JsonArray comments(Item item, int most) {
        JsonArray comments = new JsonArray();
        item.comments().stream().limit(most).forEach(text -> {
            JsonObject comment = new JsonObject();
            comment.addProperty("text", text);
            comments.add(comment);
        });
        return comments;
    }

    private static String field(JsonElement operation) {
        return operation.getAsJsonObject().get("path").getAsString().substring("/fields/".length());
    }

    private static String value(JsonElement operation) {
        return operation.getAsJsonObject().get("value").getAsString();
    }

    private static Reply error(int status, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("message", message);
        return json(status, error);
    }

    private static Reply json(int status, JsonObject json) {
        return new Reply(status, Map.of(), json.toString());
    }
}
