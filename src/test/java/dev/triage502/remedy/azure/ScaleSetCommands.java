package dev.triage502.remedy.azure;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.remedy.command.AzCommand;
import java.util.Set;

/** {@code az vmss scale}, {@code update} and {@code update-instances}. */
final class ScaleSetCommands implements CommandGroup {

    private static final Set<String> KNOWN = Set.of("vmss scale", "vmss update", "vmss update-instances");

    @Override
    public boolean knows(String command) {
        return KNOWN.contains(command);
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        Resource set = model.backend("scaleSets", command.required("--resource-group"), command.required("--name"));
        if (command.name().equals("vmss scale")) {
            if (!(set.json().get("sku") instanceof JsonObject sku)) {
                throw NotModelled.unread("the size of " + set.name());
            }
            sku.add(
                    "capacity",
                    new JsonPrimitive(command.number("--new-capacity").orElseThrow()));
            return;
        }
        if (command.name().equals("vmss update")) {
            GenericUpdate.apply(command, set);
            return;
        }
        PowerCommands.instances(set, command.many("--instance-ids"))
                .forEach(each -> each.set("latestModelApplied", new JsonPrimitive(true)));
    }
}
