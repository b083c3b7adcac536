package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Machines, scale sets, sites and clusters that are started and stopped. */
final class PowerCommands implements CommandGroup {

    private static final Map<String, String> KINDS = Map.of(
            "vm",
            "virtualMachines",
            "vmss",
            "scaleSets",
            "webapp",
            "sites",
            "functionapp",
            "sites",
            "aks",
            "managedClusters");
    private static final Map<String, String> TYPES = Map.of(
            "vm",
            "Microsoft.Compute/virtualMachines",
            "vmss",
            "Microsoft.Compute/virtualMachineScaleSets",
            "webapp",
            "Microsoft.Web/sites",
            "functionapp",
            "Microsoft.Web/sites",
            "aks",
            "Microsoft.ContainerService/managedClusters");
    private static final Map<String, String> STATES =
            Map.of("start", "running", "restart", "running", "stop", "stopped", "deallocate", "deallocated");

    @Override
    public boolean knows(String command) {
        String[] words = command.split(" ");
        return words.length == 2 && KINDS.containsKey(words[0]) && STATES.containsKey(words[1]);
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        String[] words = command.name().split(" ");
        String state = STATES.getOrDefault(words[1], "");
        String operation = TYPES.getOrDefault(words[0], "") + "/" + words[1] + "/action";
        List<Resource> all = new ArrayList<>();
        List<String> ids = command.many("--ids");
        for (String id : ids) {
            add(all, model, words[0], Resource.segment(id, "resourceGroups"), Resource.lastSegment(id), operation);
        }
        if (ids.isEmpty()) {
            add(all, model, words[0], command.required("--resource-group"), command.required("--name"), operation);
        }
        for (Resource each : all) {
            model.did(operation, each);
            switch (words[0]) {
                case "vm":
                    power(each.properties(), state);
                    break;
                case "vmss":
                    instances(each, command.many("--instance-ids")).forEach(one -> power(one.properties(), state));
                    break;
                case "aks":
                    each.object("powerState").addProperty("code", state.equals("running") ? "Running" : "Stopped");
                    break;
                default:
                    each.set("state", state.equals("running") ? "Running" : "Stopped");
                    each.set("enabled", new JsonPrimitive(state.equals("running")));
                    break;
            }
        }
    }

    /** Finds what is to be started or stopped; what is in no document and in the activity log alone is changed here. */
    private static void add(
            List<Resource> all, AzureModel model, String kind, String group, String name, String operation) {
        String verb = operation.split("/")[2];
        Optional<String> logged = model.find(Source.BACKENDS, KINDS.getOrDefault(kind, ""), group, name)
                        .isPresent()
                ? Optional.empty()
                : model.logged(group, TYPES.getOrDefault(kind, ""), name);
        if (logged.isPresent()) {
            model.beside().put(logged.get(), STATES.getOrDefault(verb, ""));
            model.did(operation, logged.get());
        } else {
            all.add(model.backend(KINDS.getOrDefault(kind, ""), group, name));
        }
    }

    /** The instances with these numbers, all of them for none or a star. */
    static List<Resource> instances(Resource scaleSet, List<String> numbers) {
        JsonElement beside = scaleSet.json().get("virtualMachines");
        JsonElement list = beside == null ? scaleSet.properties().get("virtualMachines") : beside;
        if (!(list instanceof JsonArray instances)) {
            throw NotModelled.unread("the instances of " + scaleSet.name());
        }
        return Resource.resources(instances).stream()
                .filter(each -> numbers.isEmpty()
                        || numbers.contains("*")
                        || numbers.contains(Resource.text(each.json(), "instanceId")))
                .toList();
    }

    private static void power(JsonObject properties, String state) {
        Optional<JsonArray> statuses = properties.get("instanceView") instanceof JsonObject view
                        && view.get("statuses") instanceof JsonArray array
                ? Optional.of(array)
                : Optional.empty();
        JsonArray all = statuses.orElseThrow(() -> NotModelled.unread("the power state"));
        for (JsonElement each : all) {
            if (each instanceof JsonObject status
                    && Resource.text(status, "code").startsWith("PowerState/")) {
                status.addProperty("code", "PowerState/" + state);
                return;
            }
        }
        JsonObject status = new JsonObject();
        status.addProperty("code", "PowerState/" + state);
        all.add(status);
    }
}
