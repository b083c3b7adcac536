package dev.triage502.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an identity has to be granted so that every source can be read; no action of them changes anything. */
public final class RequiredPermissions {

    /** The name of the role that {@link #role} defines. */
    public static final String ROLE = "Application Gateway 502 Triage";

    /** The name of the role that {@link #postActionsRole} defines. */
    public static final String POST_ACTIONS_ROLE = "Application Gateway 502 Triage Actions";

    private RequiredPermissions() {}

    /** Each role action, and the sources that it is needed for. */
    public static Map<String, Set<Source>> actions() {
        Map<String, Set<Source>> actions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (ArmOperation operation : ArmOperation.values()) {
            operation.actions().forEach(action -> sources(actions, action).add(operation.source()));
        }
        ArmOperation.LOG_ACTIONS.forEach(action -> sources(actions, action).add(Source.ACCESS_LOG));
        return actions;
    }

    /** The actions that one source needs. */
    public static Set<String> actionsFor(Source source) {
        Map<String, Set<Source>> all = actions();
        all.values().removeIf(sources -> !sources.contains(source));
        return all.keySet();
    }

    /** The actions that built-in Reader lacks, which holds every read: calls by POST that change nothing. */
    public static Set<String> postActions() {
        Map<String, Set<Source>> all = actions();
        all.keySet().removeIf(action -> action.endsWith("/read"));
        return all.keySet();
    }

    /** A role with all of these actions and no others, as {@code az role definition create} takes it. */
    public static JsonObject role(String... assignableScopes) {
        return role(
                ROLE,
                "Reads the configuration, health, network, metrics and logs of application gateways, and the resources"
                        + " behind them. Changes nothing.",
                actions().keySet(),
                assignableScopes);
    }

    /** A role with the actions that built-in Reader lacks, to be assigned beside it. */
    public static JsonObject postActionsRole(String... assignableScopes) {
        return role(
                POST_ACTIONS_ROLE,
                "Reads backend health and effective routes, which the built-in Reader cannot. Changes nothing.",
                postActions(),
                assignableScopes);
    }

    private static JsonObject role(String name, String description, Set<String> granted, String... assignableScopes) {
        JsonObject role = new JsonObject();
        role.addProperty("Name", name);
        role.addProperty("IsCustom", true);
        role.addProperty("Description", description);
        JsonArray actions = new JsonArray();
        granted.forEach(actions::add);
        role.add("Actions", actions);
        role.add("NotActions", new JsonArray());
        role.add("DataActions", new JsonArray());
        role.add("NotDataActions", new JsonArray());
        JsonArray scopes = new JsonArray();
        Arrays.stream(assignableScopes).forEach(scopes::add);
        role.add("AssignableScopes", scopes);
        return role;
    }

    private static Set<Source> sources(Map<String, Set<Source>> actions, String action) {
        return actions.computeIfAbsent(action, key -> EnumSet.noneOf(Source.class));
    }
}
