package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How is a backend's resource completed? Azure keeps its parts in documents beside it: a scale set's instances, a site's
 * configuration, an app's revisions. Each is added to the resource where the reader of the document looks for it.
 */
public final class BackendParts {

    /** The arrays' names in the document. */
    public static final String MACHINES = "virtualMachines";

    public static final String SCALE_SETS = "scaleSets";
    public static final String SITES = "sites";
    public static final String CONTAINER_APPS = "containerApps";
    public static final String ENVIRONMENTS = "managedEnvironments";
    public static final String STATIC_SITES = "staticSites";
    public static final String STORAGE_ACCOUNTS = "storageAccounts";
    public static final String API_MANAGEMENT = "apiManagementServices";
    public static final String CLUSTERS = "managedClusters";

    /** The name of a scale set's instances in it. */
    public static final String INSTANCES = "instances";

    /** What a machine is expanded by, so that it comes with its state. */
    public static final String STATE = "instanceView";

    /** What a site's configuration holds that is nobody's business here. */
    private static final List<String> SECRETS = List.of(
            "appSettings", "connectionStrings", "publishingUsername", "azureStorageAccounts", "metadata", "push");

    private BackendParts() {}

    /** Whether a scale set's instances are ordinary machines, so that no list of instances shows their state. */
    public static boolean isFlexible(JsonObject scaleSet) {
        return ArmFields.texts(scaleSet, "properties.orchestrationMode").stream()
                .anyMatch("Flexible"::equalsIgnoreCase);
    }

    /** Adds its instances, or what was said in their place, to a scale set. */
    public static void addInstances(JsonObject scaleSet, JsonArray instances) {
        scaleSet.add(INSTANCES, instances);
    }

    /** Adds a site's configuration to it, without its secrets. */
    public static void addConfiguration(JsonObject site, JsonElement configuration) {
        if (site.get("properties") instanceof JsonObject properties
                && configuration instanceof JsonObject object
                && object.get("properties") instanceof JsonObject settings) {
            SECRETS.forEach(settings::remove);
            properties.add("siteConfig", settings);
        }
    }

    /** Adds to a site what was said in the place of its configuration, {@code {"error":{…}}}: it may have any rule. */
    public static void addRefusedConfiguration(JsonObject site, JsonObject error) {
        if (site.get("properties") instanceof JsonObject properties) {
            properties.add("siteConfig", error);
        }
    }

    /** Whether a container app says whether it runs. */
    public static boolean saysRunningStatus(JsonObject app) {
        return !ArmFields.texts(app, "properties.runningStatus").isEmpty();
    }

    /** Adds to a container app whether it runs, as its own document says it. */
    public static void addRunningStatus(JsonObject app, JsonElement whole) {
        if (app.get("properties") instanceof JsonObject properties
                && whole instanceof JsonObject object
                && object.get("properties") instanceof JsonObject current
                && current.has("runningStatus")) {
            properties.add("runningStatus", current.get("runningStatus"));
        }
    }

    /** The environment that a container app runs in, under its name of either generation. */
    public static Optional<ResourceId> environmentOf(JsonObject app) {
        return Stream.of("properties.environmentId", "properties.managedEnvironmentId")
                .flatMap(field -> ArmFields.ids(app, field).stream())
                .findFirst();
    }

    /** Adds its revisions to a container app. */
    public static void addRevisions(JsonObject app, JsonElement page) {
        if (app.get("properties") instanceof JsonObject properties
                && page instanceof JsonObject list
                && list.get("value") instanceof JsonArray revisions) {
            properties.add("revisions", revisions);
        }
    }
}
