package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.Set;

/** {@code az network route-table}. */
final class RouteTableCommands implements CommandGroup {

    private static final String GROUP = "network route-table ";
    private static final Set<String> VERBS = Set.of("create", "update", "delete");
    private static final Fields FIELDS = new Fields()
            .flag("--disable-bgp-route-propagation", "disableBgpRoutePropagation")
            .with(
                    "--location",
                    (table, command, option) -> table.json().addProperty("location", command.required(option)));

    @Override
    public boolean knows(String command) {
        return command.startsWith(GROUP) && VERBS.contains(command.substring(GROUP.length()));
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        String group = command.required("--resource-group");
        String name = command.required("--name");
        JsonArray tables = model.array(Source.NETWORK, "routeTables")
                .orElseThrow(() -> NotModelled.unread("the network's route tables"));
        if (!command.name().endsWith("create")) {
            Resource table = model.network("routeTables", group, name);
            if (command.name().endsWith("delete")) {
                Resource.removeFrom(tables, table);
            } else {
                FIELDS.apply(command, table);
            }
            return;
        }
        if (model.find(Source.NETWORK, "routeTables", group, name).isPresent()) {
            throw new Refused("there is already a table " + name + ", which would lose its routes", "assumed");
        }
        Resource table = Resource.of(model.id(group, "Microsoft.Network", "routeTables", name), name);
        table.set("routes", new JsonArray());
        FIELDS.apply(command, table);
        tables.add(table.json());
    }
}
