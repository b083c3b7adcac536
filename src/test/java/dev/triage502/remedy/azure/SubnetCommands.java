package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.List;

/** {@code az network vnet subnet update}; az-cli.md, Empty string. */
final class SubnetCommands implements CommandGroup {

    @Override
    public boolean knows(String command) {
        return command.equals("network vnet subnet update");
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        List<String> ids = command.many("--ids");
        if (ids.isEmpty()) {
            Resource network = model.network(
                    "virtualNetworks", command.required("--resource-group"), command.required("--vnet-name"));
            update(command, subnet(network, command.required("--name")), model);
        }
        for (String id : ids) {
            Resource network = model.network(
                    "virtualNetworks", Resource.segment(id, "resourceGroups"), Resource.segment(id, "virtualNetworks"));
            update(command, subnet(network, Resource.lastSegment(id)), model);
        }
    }

    private static Resource subnet(Resource network, String name) {
        return network.child("subnets", name)
                .orElseThrow(() -> new Refused("there is no subnet " + name + " in " + network.name(), "assumed"));
    }

    private static void update(AzCommand command, Resource subnet, AzureModel model) {
        new Fields()
                .with("--route-table", attached(model, "routeTable", "routeTables"))
                .with("--nsg", attached(model, "networkSecurityGroup", "networkSecurityGroups"))
                .texts("--address-prefixes", "addressPrefixes")
                .with("--service-endpoints", (resource, given, option) -> {
                    JsonArray endpoints = new JsonArray();
                    for (String service : Fields.listed(given, option)) {
                        JsonObject endpoint = new JsonObject();
                        endpoint.addProperty("service", service);
                        endpoints.add(endpoint);
                    }
                    resource.set("serviceEndpoints", endpoints);
                })
                .apply(command, subnet);
    }

    private static Fields.Writer attached(AzureModel model, String field, String kind) {
        return (subnet, command, option) -> {
            String value = command.required(option);
            if (AzCommand.isNull(value)) {
                subnet.remove(field);
                return;
            }
            if (value.isEmpty()) {
                throw new Refused(option + " \"\" makes a broken id", "az-cli.md, Empty string");
            }
            String id = value.startsWith("/") ? value : model.id(subnet.group(), "Microsoft.Network", kind, value);
            if (model.byId(Source.NETWORK, kind, id).isEmpty()) {
                if (value.startsWith("/")) {
                    throw NotModelled.unread(id);
                }
                throw new Refused("there is no " + value + " in the subnet's group " + subnet.group(), "assumed");
            }
            subnet.set(field, Resource.referenceTo(id));
        };
    }
}
