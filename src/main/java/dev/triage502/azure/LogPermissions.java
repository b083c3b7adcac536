package dev.triage502.azure;

import static dev.triage502.json.JsonTree.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.incident.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which workspaces and tables did Azure leave out of an answer? The part {@code permissions} that an answer has for
 * {@code Prefer: include-permissions=true}: {@code resources} names the workspaces that hold a resource's logs,
 * {@code dataSources} those that the caller may query, and either may deny tables.
 *
 * <p>Source: https://learn.microsoft.com/azure/azure-monitor/logs/api/azure-resource-queries
 */
final class LogPermissions {

    private final JsonObject permissions;

    LogPermissions(JsonObject answer) {
        this.permissions = answer.get("permissions") instanceof JsonObject object ? object : new JsonObject();
    }

    /** Workspaces with logs of the resource that the caller may not query. */
    List<String> hiddenWorkspaces() {
        Set<ResourceId> readable = new LinkedHashSet<>();
        objects("dataSources").forEach(each -> readable.add(ResourceId.of(text(each, "resourceId"))));
        List<String> hidden = new ArrayList<>();
        for (JsonObject resource : objects("resources")) {
            for (String workspace : texts(resource, "dataSources")) {
                if (!readable.contains(ResourceId.of(workspace)) && !hidden.contains(workspace)) {
                    hidden.add(workspace);
                }
            }
        }
        return hidden;
    }

    /** Denied ones of these tables, with the id of the resource or workspace that they are denied for. */
    List<String> deniedTables(String query) {
        List<String> denied = new ArrayList<>();
        for (String list : List.of("resources", "dataSources")) {
            for (JsonObject each : objects(list)) {
                for (String table : texts(each, "denyTables")) {
                    // A table may be written with its group, Tables.Custom.
                    String name = table.substring(table.lastIndexOf('.') + 1);
                    if (query.contains(name)) {
                        denied.add(name + " of " + text(each, "resourceId"));
                    }
                }
            }
        }
        return denied;
    }

    private List<JsonObject> objects(String list) {
        List<JsonObject> objects = new ArrayList<>();
        if (permissions.get(list) instanceof JsonArray array) {
            for (JsonElement each : array) {
                if (each instanceof JsonObject object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    private static List<String> texts(JsonObject object, String name) {
        List<String> texts = new ArrayList<>();
        if (object.get(name) instanceof JsonArray array) {
            for (JsonElement each : array) {
                if (each.isJsonPrimitive()) {
                    texts.add(each.getAsString());
                }
            }
        }
        return texts;
    }
}
