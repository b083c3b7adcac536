package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.ArrayList;
import java.util.List;

/** {@code az storage account network-rule}: which subnets and addresses an account admits. */
final class StorageAccountCommands implements CommandGroup {

    private static final String GROUP = "storage account network-rule ";

    @Override
    public boolean knows(String command) {
        return command.equals(GROUP + "add") || command.equals(GROUP + "remove");
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        Resource account = model.backend(
                "storageAccounts", command.required("--resource-group"), command.required("--account-name"));
        boolean add = command.name().endsWith(" add");
        command.one("--subnet").ifPresent(subnet -> {
            if (add) {
                mustHaveEndpoint(model, subnet);
            }
            change(account, "virtualNetworkRules", "id", subnet, add);
        });
        command.one("--ip-address").ifPresent(address -> change(account, "ipRules", "value", address, add));
    }

    private static void change(Resource account, String list, String field, String value, boolean add) {
        JsonObject rules = account.object("networkAcls");
        List<JsonElement> kept = new ArrayList<>();
        if (rules.get(list) instanceof JsonArray before) {
            before.forEach(kept::add);
        }
        boolean there = kept.removeIf(
                each -> Resource.text(each.getAsJsonObject(), field).equalsIgnoreCase(value));
        if (!there && !add) {
            throw new Refused("there is no rule for " + value, "assumed");
        }
        if (add) {
            JsonObject rule = new JsonObject();
            rule.addProperty(field, value);
            rule.addProperty("action", "Allow");
            kept.add(rule);
        }
        JsonArray after = new JsonArray();
        kept.forEach(after::add);
        rules.add(list, after);
    }

    /** Azure takes no rule for a subnet that has no service endpoint for storage. */
    private static void mustHaveEndpoint(AzureModel model, String id) {
        model.find(
                        Source.NETWORK,
                        "virtualNetworks",
                        Resource.segment(id, "resourceGroups"),
                        Resource.segment(id, "virtualNetworks"))
                .flatMap(network -> network.child("subnets", Resource.lastSegment(id)))
                .filter(subnet -> !subnet.properties().toString().contains("Microsoft.Storage"))
                .ifPresent(subnet -> {
                    throw new Refused("subnet " + subnet.name() + " has no service endpoint for storage", "assumed");
                });
    }
}
