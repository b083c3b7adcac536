package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.List;
import java.util.Set;

/**
 * {@code az network private-endpoint create} and {@code delete}. The connection is approved at once, since without the right to
 * approve it az is refused, and with {@code --manual-request} it waits. The address is the next one that nothing has.
 */
final class PrivateEndpointCommands implements CommandGroup {

    private static final Set<String> KNOWN =
            Set.of("network private-endpoint create", "network private-endpoint delete");
    private static final String KIND = "privateEndpoints";

    @Override
    public boolean knows(String command) {
        return KNOWN.contains(command);
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        JsonArray all =
                model.array(Source.NETWORK, KIND).orElseThrow(() -> NotModelled.unread("the private endpoints"));
        String group = command.required("--resource-group");
        String name = command.required("--name");
        if (command.name().endsWith("delete")) {
            Resource gone = model.network(KIND, group, name);
            Resource.removeFrom(all, gone);
            model.array(Source.NETWORK, "networkInterfaces")
                    .ifPresent(interfaces -> Resource.resources(interfaces).stream()
                            .filter(each -> each.reference("privateEndpoint").equalsIgnoreCase(gone.id()))
                            .forEach(each -> Resource.removeFrom(interfaces, each)));
            return;
        }
        if (model.find(Source.NETWORK, KIND, group, name).isPresent()) {
            throw new Refused("there is already a private endpoint " + name + ", which would be replaced", "assumed");
        }
        String subnet = command.required("--subnet");
        if (!subnet.startsWith("/")) {
            throw new Refused("a subnet by its name needs --vnet-name", "assumed");
        }
        Resource endpoint = Resource.of(model.id(group, "Microsoft.Network", KIND, name), name);
        endpoint.set("subnet", Resource.referenceTo(subnet));
        Resource connection = Resource.of(
                endpoint.id() + "/privateLinkServiceConnections/" + command.required("--connection-name"),
                command.required("--connection-name"));
        connection.set("privateLinkServiceId", command.required("--private-connection-resource-id"));
        connection.set("groupIds", Resource.texts(List.copyOf(command.many("--group-ids"))));
        JsonObject state = new JsonObject();
        state.addProperty("status", command.flag("--manual-request").orElse(false) ? "Pending" : "Approved");
        connection.set("privateLinkServiceConnectionState", state);
        endpoint.list("privateLinkServiceConnections").add(connection.json());
        String address = free(model, subnet);
        JsonObject names = new JsonObject();
        JsonArray addresses = new JsonArray();
        addresses.add(address);
        names.add("ipAddresses", addresses);
        endpoint.list("customDnsConfigs").add(names);
        all.add(endpoint.json());
        model.array(Source.NETWORK, "networkInterfaces")
                .ifPresent(interfaces ->
                        interfaces.add(card(model, endpoint, subnet, address).json()));
    }

    private static Resource card(AzureModel model, Resource endpoint, String subnet, String address) {
        String name = endpoint.name() + ".nic";
        Resource card = Resource.of(model.id(endpoint.group(), "Microsoft.Network", "networkInterfaces", name), name);
        card.set("privateEndpoint", Resource.referenceTo(endpoint.id()));
        Resource configuration = Resource.of(card.id() + "/ipConfigurations/ipconfig1", "ipconfig1");
        configuration.set("privateIPAddress", address);
        configuration.set("subnet", Resource.referenceTo(subnet));
        card.list("ipConfigurations").add(configuration.json());
        return card;
    }

    /** The first address after 10 in the subnet that no interface has; Azure takes some free one. */
    private static String free(AzureModel model, String subnet) {
        String prefix = model.network(
                        "virtualNetworks",
                        Resource.segment(subnet, "resourceGroups"),
                        Resource.segment(subnet, "virtualNetworks"))
                .child("subnets", Resource.lastSegment(subnet))
                .map(each -> each.text("addressPrefix"))
                .orElse("");
        String start = prefix.replaceFirst("\\.\\d+/\\d+$", ".");
        String taken =
                String.valueOf(model.array(Source.NETWORK, "networkInterfaces").orElseGet(JsonArray::new));
        for (int last = 11; last < 250; last++) {
            if (!taken.contains("\"" + start + last + "\"")) {
                return start + last;
            }
        }
        throw new Refused("the subnet is full", "assumed");
    }
}
