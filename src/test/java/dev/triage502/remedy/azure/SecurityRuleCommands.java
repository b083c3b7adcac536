package dev.triage502.remedy.azure;

import com.google.gson.JsonPrimitive;
import dev.triage502.remedy.command.AzCommand;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code az network nsg rule}; az-cli.md, Lists. */
final class SecurityRuleCommands implements CommandGroup {

    private static final String GROUP = "network nsg rule ";
    private static final Set<String> VERBS = Set.of("create", "update", "delete");
    private static final Fields FIELDS = new Fields()
            .number("--priority", "priority", 1, 65535)
            .text("--direction", "direction")
            .text("--access", "access")
            .text("--protocol", "protocol")
            .text("--description", "description")
            .with("--source-address-prefixes", oneOrMany("sourceAddressPrefix", "sourceAddressPrefixes"))
            .with("--destination-address-prefixes", oneOrMany("destinationAddressPrefix", "destinationAddressPrefixes"))
            .with("--source-port-ranges", oneOrMany("sourcePortRange", "sourcePortRanges"))
            .with("--destination-port-ranges", oneOrMany("destinationPortRange", "destinationPortRanges"))
            .with("--source-asgs", groups("sourceApplicationSecurityGroups"))
            .with("--destination-asgs", groups("destinationApplicationSecurityGroups"));

    @Override
    public boolean knows(String command) {
        return command.startsWith(GROUP) && VERBS.contains(command.substring(GROUP.length()));
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        Resource group = model.network(
                "networkSecurityGroups", command.required("--resource-group"), command.required("--nsg-name"));
        String name = command.required("--name");
        switch (command.name().substring(GROUP.length())) {
            case "create":
                create(command, group, name);
                break;
            case "delete":
                Resource.removeFrom(group.list("securityRules"), rule(group, name));
                break;
            default:
                FIELDS.apply(command, rule(group, name));
                check(group, rule(group, name));
                break;
        }
    }

    private static void create(AzCommand command, Resource group, String name) {
        if (group.child("securityRules", name).isPresent()) {
            throw new Refused("there is already a rule " + name + ", which would be replaced", "assumed");
        }
        Resource rule = Resource.of(group.id() + "/securityRules/" + name, name);
        rule.set("access", "Allow");
        rule.set("direction", "Inbound");
        rule.set("protocol", "*");
        rule.set("sourceAddressPrefix", "*");
        rule.set("sourcePortRange", "*");
        rule.set("destinationAddressPrefix", "*");
        rule.set("destinationPortRange", "80");
        FIELDS.apply(command, rule);
        check(group, rule);
        group.list("securityRules").add(rule.json());
    }

    private static Resource rule(Resource group, String name) {
        return group.child("securityRules", name)
                .orElseThrow(() -> new Refused("there is no rule " + name + " in " + group.name(), "assumed"));
    }

    private static void check(Resource group, Resource rule) {
        int priority = rule.properties().get("priority").getAsInt();
        if (priority < 100 || priority > 4096) {
            throw new Refused("priority " + priority + " is not between 100 and 4096", "assumed");
        }
        for (Resource other : group.children("securityRules")) {
            if (other.json() != rule.json()
                    && other.text("priority").equals(rule.text("priority"))
                    && other.text("direction").equalsIgnoreCase(rule.text("direction"))) {
                throw new Refused("rule " + other.name() + " has priority " + priority + " already", "assumed");
            }
        }
    }

    private static Fields.Writer oneOrMany(String singular, String plural) {
        return (rule, command, option) -> {
            List<String> values = Fields.listed(command, option);
            rule.remove(singular);
            rule.remove(plural);
            if (values.size() == 1) {
                for (String part : values.get(0).split("[, ]")) {
                    if (values.get(0).length() != part.length()) {
                        throw new Refused(
                                "\"" + values.get(0) + "\" is one text with several values",
                                "az-cli.md, Lists: a comma or quotes make one string");
                    }
                }
                rule.set(singular, values.get(0));
            } else {
                rule.set(plural, Resource.texts(values));
            }
        };
    }

    private static Fields.Writer groups(String field) {
        return (rule, command, option) -> {
            rule.set(field, new com.google.gson.JsonArray());
            String beside =
                    rule.id().substring(0, rule.id().toLowerCase(Locale.ROOT).indexOf("/networksecuritygroups/"));
            for (String name : Fields.listed(command, option)) {
                rule.list(field)
                        .add(Resource.referenceTo(
                                name.startsWith("/") ? name : beside + "/applicationSecurityGroups/" + name));
            }
            String singular = option.startsWith("--source") ? "sourceAddressPrefix" : "destinationAddressPrefix";
            if (rule.properties().get(singular) instanceof JsonPrimitive) {
                rule.remove(singular);
            }
        };
    }
}
