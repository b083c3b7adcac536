package dev.triage502.remedy.azure;

import com.google.gson.JsonObject;
import dev.triage502.remedy.command.AzCommand;

/** {@code az network application-gateway rewrite-rule update}, as far as a rule's path map is evaluated again. */
final class RewriteRuleCommands implements CommandGroup {

    @Override
    public boolean knows(String command) {
        return command.equals("network application-gateway rewrite-rule update");
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        Resource gateway = model.gateway(command.required("--resource-group"), command.required("--gateway-name"));
        JsonObject before = gateway.json().deepCopy();
        JsonObject set = gateway.child("rewriteRuleSets", command.required("--rule-set-name"))
                .map(Resource::json)
                .orElseThrow(() -> missing("rewrite rule set"));
        for (var each : set.getAsJsonObject("properties").getAsJsonArray("rewriteRules")) {
            JsonObject rule = each.getAsJsonObject();
            if (rule.get("name").getAsString().equals(command.required("--name"))) {
                rule.getAsJsonObject("actionSet")
                        .getAsJsonObject("urlConfiguration")
                        .addProperty("reroute", Boolean.parseBoolean(command.required("--enable-reroute")));
                model.written(gateway, before);
                return;
            }
        }
        throw missing("rewrite rule");
    }

    private static Refused missing(String what) {
        return new Refused("there is no such " + what, "az-cli.md, An update of a part: ResourceNotFoundError");
    }
}
