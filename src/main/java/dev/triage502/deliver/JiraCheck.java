package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.JiraIssues.Mapping;
import dev.triage502.deliver.JsonCalls.Said;
import dev.triage502.json.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Jira says of the settings: reads the project with its issue types, the priorities, and what the account may do. */
final class JiraCheck {

    /** What is needed, and as what Jira shows it. */
    private static final Map<String, String> PERMISSIONS = permissions();

    private final JsonCalls calls;
    private final Mapping mapping;

    JiraCheck(JsonCalls calls, Mapping mapping) {
        this.calls = calls;
        this.mapping = mapping;
    }

    private static Map<String, String> permissions() {
        Map<String, String> permissions = new LinkedHashMap<>();
        permissions.put("CREATE_ISSUES", "Create Issues");
        permissions.put("EDIT_ISSUES", "Edit Issues");
        permissions.put("TRANSITION_ISSUES", "Transition Issues");
        permissions.put("ADD_COMMENTS", "Add Comments");
        return permissions;
    }

    ChannelCheck check() {
        Said project = read("project/" + mapping.project() + "?expand=issueTypes");
        if (!project.isDone()) {
            return ChannelCheck.of(project.result());
        }
        List<ChannelCheck> checks = new ArrayList<>();
        checks.add(type(names(JsonTree.objects(project.json(), "issueTypes"))));
        checks.add(rights());
        if (!mapping.priorities().isEmpty()) {
            checks.add(priorities());
        }
        return ChannelCheck.all(checks);
    }

    private ChannelCheck type(List<String> types) {
        return types.contains(mapping.type())
                ? ChannelCheck.fine()
                : ChannelCheck.problem("project " + mapping.project() + " has no issue type \"" + mapping.type()
                        + "\"; it has " + String.join(", ", types));
    }

    private ChannelCheck rights() {
        Said said = read("mypermissions?projectKey=" + mapping.project() + "&permissions="
                + String.join(",", PERMISSIONS.keySet()));
        if (!said.isDone()) {
            return ChannelCheck.of(said.result());
        }
        List<String> missing = PERMISSIONS.entrySet().stream()
                .filter(each -> JsonTree.text(
                                JsonTree.object(JsonTree.object(said.json(), "permissions"), each.getKey()),
                                "havePermission")
                        .equals("false"))
                .map(Map.Entry::getValue)
                .toList();
        return missing.isEmpty()
                ? ChannelCheck.fine()
                : ChannelCheck.problem("the account lacks permissions in project " + mapping.project() + ": grant it "
                        + String.join(", ", missing));
    }

    private ChannelCheck priorities() {
        Said said = read("priority/search?maxResults=100");
        if (!said.isDone()) {
            return ChannelCheck.of(said.result());
        }
        List<String> names = names(JsonTree.objects(said.json(), "values"));
        return ChannelCheck.all(mapping.priorities().values().stream()
                .distinct()
                .filter(name -> !names.contains(name))
                .map(name -> ChannelCheck.problem(
                        "there is no priority \"" + name + "\"; there are " + String.join(", ", names)))
                .toList());
    }

    private Said read(String path) {
        return JiraIssues.judged(calls.get(JiraIssues.API + path));
    }

    private static List<String> names(List<JsonObject> objects) {
        return objects.stream().map(each -> JsonTree.text(each, "name")).toList();
    }
}
