package dev.triage502.remedy.azure;

import dev.triage502.remedy.command.AzCommand;
import java.util.Set;

/** {@code az network route-table route}; az-cli.md, Others. */
final class RouteCommands implements CommandGroup {

    private static final String GROUP = "network route-table route ";
    private static final Set<String> VERBS = Set.of("create", "update", "delete");
    private static final Fields FIELDS = new Fields()
            .text("--address-prefix", "addressPrefix")
            .text("--next-hop-type", "nextHopType")
            .text("--next-hop-ip-address", "nextHopIpAddress");

    @Override
    public boolean knows(String command) {
        return command.startsWith(GROUP) && VERBS.contains(command.substring(GROUP.length()));
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        Resource table = model.network(
                "routeTables", command.required("--resource-group"), command.required("--route-table-name"));
        String name = command.required("--name");
        switch (command.name().substring(GROUP.length())) {
            case "create":
                if (table.child("routes", name).isPresent()) {
                    throw new Refused("there is already a route " + name + ", which would be replaced", "assumed");
                }
                Resource route = Resource.of(table.id() + "/routes/" + name, name);
                FIELDS.apply(command, route);
                check(table, route);
                table.list("routes").add(route.json());
                break;
            case "delete":
                Resource.removeFrom(table.list("routes"), route(table, name));
                break;
            default:
                FIELDS.apply(command, route(table, name));
                check(table, route(table, name));
                break;
        }
    }

    private static Resource route(Resource table, String name) {
        return table.child("routes", name)
                .orElseThrow(() -> new Refused("there is no route " + name + " in " + table.name(), "assumed"));
    }

    private static void check(Resource table, Resource route) {
        boolean appliance = route.text("nextHopType").equalsIgnoreCase("VirtualAppliance");
        boolean address = !route.text("nextHopIpAddress").isEmpty();
        if (address && !appliance) {
            throw new Refused(
                    "route " + route.name() + " keeps the address of an appliance beside another type of next hop",
                    "az-cli.md, Others: hashicorp/terraform-provider-azurerm#1352");
        }
        if (appliance && !address) {
            throw new Refused(
                    "route " + route.name() + " leads to an appliance without an address",
                    "az-cli.md, Others: MissingNextHopIpAddress");
        }
        String prefix = route.text("addressPrefix");
        if (!prefix.contains("/") && prefix.matches("[0-9a-fA-F.:]+")) {
            throw new Refused("\"" + prefix + "\" is an address and not a prefix", "assumed");
        }
        for (Resource other : table.children("routes")) {
            if (other.json() != route.json() && other.text("addressPrefix").equalsIgnoreCase(prefix)) {
                throw new Refused("route " + other.name() + " has the prefix " + prefix + " already", "assumed");
            }
        }
    }
}
