package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code az webapp config access-restriction} and {@code hostname}; az-cli.md, Others. */
final class SiteCommands implements CommandGroup {

    private static final Set<String> KNOWN = Set.of(
            "webapp config access-restriction add",
            "webapp config access-restriction remove",
            "webapp config hostname add",
            "webapp config hostname delete");

    @Override
    public boolean knows(String command) {
        return KNOWN.contains(command);
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        String name = command.one("--webapp-name").orElseGet(() -> command.required("--name"));
        Resource site = model.backend("sites", command.required("--resource-group"), name);
        switch (command.name().substring("webapp config ".length())) {
            case "access-restriction add":
                allow(command, model, site);
                break;
            case "access-restriction remove":
                forbid(command, site);
                break;
            case "hostname add":
                host(site, command.required("--hostname"), true);
                break;
            default:
                host(site, command.required("--hostname"), false);
                break;
        }
    }

    private static JsonArray rules(Resource site) {
        JsonObject config = site.object("siteConfig");
        if (!(config.get("ipSecurityRestrictions") instanceof JsonArray)) {
            config.add("ipSecurityRestrictions", new JsonArray());
        }
        return config.getAsJsonArray("ipSecurityRestrictions");
    }

    private static void allow(AzCommand command, AzureModel model, Resource site) {
        JsonObject rule = new JsonObject();
        String name = command.one("--rule-name").orElse("");
        for (JsonElement each : rules(site)) {
            if (Resource.text(each.getAsJsonObject(), "name").equalsIgnoreCase(name)) {
                throw new Refused("there is already a rule " + name, "assumed");
            }
        }
        rule.addProperty("name", name);
        rule.addProperty("action", command.one("--action").orElse("Allow"));
        rule.add("priority", new JsonPrimitive(command.number("--priority").orElseThrow()));
        command.one("--ip-address").ifPresent(address -> rule.addProperty("ipAddress", address));
        command.one("--subnet").ifPresent(subnet -> {
            rule.addProperty("vnetSubnetResourceId", subnet);
            if (!command.flag("--ignore-missing-endpoint").orElse(false)) {
                endpoint(model, subnet);
            }
        });
        rules(site).add(rule);
    }

    /** Without {@code --ignore-missing-endpoint} az writes the subnet as well. */
    private static void endpoint(AzureModel model, String id) {
        model.find(
                        Source.NETWORK,
                        "virtualNetworks",
                        Resource.segment(id, "resourceGroups"),
                        Resource.segment(id, "virtualNetworks"))
                .flatMap(network -> network.child("subnets", Resource.lastSegment(id)))
                .filter(subnet -> !subnet.properties().toString().contains("Microsoft.Web"))
                .ifPresent(subnet -> {
                    JsonObject endpoint = new JsonObject();
                    endpoint.addProperty("service", "Microsoft.Web");
                    subnet.list("serviceEndpoints").add(endpoint);
                });
    }

    private static void forbid(AzCommand command, Resource site) {
        String name = command.one("--rule-name").orElse("");
        JsonArray rules = rules(site);
        for (int i = 0; i < rules.size(); i++) {
            JsonObject rule = rules.get(i).getAsJsonObject();
            boolean named = !name.isEmpty() && Resource.text(rule, "name").equalsIgnoreCase(name);
            boolean address = command.one("--ip-address")
                    .filter(Resource.text(rule, "ipAddress")::equals)
                    .isPresent();
            if (named || address) {
                rules.remove(i);
                return;
            }
        }
        throw new Refused("there is no such access rule", "assumed");
    }

    private static void host(Resource site, String host, boolean add) {
        for (String field : List.of("hostNames", "enabledHostNames")) {
            List<String> names = new ArrayList<>();
            site.list(field).forEach(each -> names.add(each.getAsString()));
            if (add == names.stream().anyMatch(host::equalsIgnoreCase)) {
                throw new Refused(host + (add ? " is bound already" : " is not bound"), "assumed");
            }
            if (add) {
                names.add(host);
            } else {
                names.removeIf(host::equalsIgnoreCase);
            }
            site.set(field, Resource.texts(names));
        }
    }
}
