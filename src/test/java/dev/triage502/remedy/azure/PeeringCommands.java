package dev.triage502.remedy.azure;

import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code az network vnet peering}; one command makes one half: az-cli.md, Others. */
final class PeeringCommands implements CommandGroup {

    private static final String GROUP = "network vnet peering ";
    private static final Set<String> VERBS = Set.of("create", "update", "delete", "sync");
    private static final String LIST = "virtualNetworkPeerings";

    @Override
    public boolean knows(String command) {
        return command.startsWith(GROUP) && VERBS.contains(command.substring(GROUP.length()));
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        String id = command.one("--ids").orElse("");
        if (id.isEmpty() && isElsewhere(command, model)) {
            elsewhere(command, model);
            return;
        }
        Resource network = id.isEmpty()
                ? model.network(
                        "virtualNetworks", command.required("--resource-group"), command.required("--vnet-name"))
                : model.network(
                        "virtualNetworks",
                        Resource.segment(id, "resourceGroups"),
                        Resource.segment(id, "virtualNetworks"));
        String name = id.isEmpty() ? command.required("--name") : Resource.lastSegment(id);
        switch (command.name().substring(GROUP.length())) {
            case "create":
                create(command, model, network, name);
                break;
            case "delete":
                delete(model, network, peering(network, name));
                break;
            case "sync":
                sync(model, peering(network, name));
                break;
            default:
                fields(network).apply(command, peering(network, name));
                break;
        }
    }

    /** Whether the half stands in a network that was not read. */
    private static boolean isElsewhere(AzCommand command, AzureModel model) {
        return model.find(
                                Source.NETWORK,
                                "virtualNetworks",
                                command.required("--resource-group"),
                                command.required("--vnet-name"))
                        .isEmpty()
                && command.one("--remote-vnet").isPresent() != command.name().endsWith("delete");
    }

    /** A half in a network that was not read: what is known is that the half here leads to it, and connects by it. */
    private static void elsewhere(AzCommand command, AzureModel model) {
        String network = "/resourceGroups/" + command.required("--resource-group")
                + "/providers/Microsoft.Network/virtualNetworks/" + command.required("--vnet-name");
        String key = ("peering " + command.required("--name") + " of " + network).toLowerCase(Locale.ROOT);
        List<Resource> leadThere = model.list(Source.NETWORK, "virtualNetworks").stream()
                .flatMap(each -> each.children(LIST).stream())
                .filter(half -> half.reference("remoteVirtualNetwork")
                        .toLowerCase(Locale.ROOT)
                        .endsWith(network.toLowerCase(Locale.ROOT)))
                .toList();
        if (leadThere.isEmpty()) {
            throw NotModelled.unread("the network " + command.required("--vnet-name"));
        }
        boolean create = command.name().endsWith("create");
        if (create != (model.beside().get(key) == null)) {
            throw new Refused("the half is there already, or is not there", "assumed");
        }
        for (Resource half : leadThere) {
            if (create) {
                model.beside().put(key, "made");
                half.set("peeringState", "Connected");
            } else {
                model.beside().remove(key);
                half.set("peeringState", "Disconnected");
            }
        }
    }

    private static Fields fields(Resource network) {
        String beside = network.id().substring(0, network.id().lastIndexOf('/') + 1);
        return new Fields()
                .flag("--allow-vnet-access", "allowVirtualNetworkAccess")
                .flag("--allow-forwarded-traffic", "allowForwardedTraffic")
                .flag("--allow-gateway-transit", "allowGatewayTransit")
                .flag("--use-remote-gateways", "useRemoteGateways")
                .reference("--remote-vnet", "remoteVirtualNetwork", name -> beside + name);
    }

    private static void create(AzCommand command, AzureModel model, Resource network, String name) {
        if (network.child(LIST, name).isPresent()) {
            throw new Refused("there is already a peering " + name + ", which would be replaced", "assumed");
        }
        Resource peering = Resource.of(network.id() + "/" + LIST + "/" + name, name);
        fields(network).apply(command, peering);
        String remote = peering.reference("remoteVirtualNetwork");
        if (remote.equalsIgnoreCase(network.id())) {
            throw new Refused("a network is not peered with itself", "assumed");
        }
        for (Resource other : network.children(LIST)) {
            if (other.reference("remoteVirtualNetwork").equalsIgnoreCase(remote)) {
                throw new Refused("peering " + other.name() + " leads to the same network already", "assumed");
            }
        }
        Optional<Resource> there = model.byId(Source.NETWORK, "virtualNetworks", remote);
        Optional<Resource> back = there.flatMap(each -> each.children(LIST).stream()
                .filter(half -> half.reference("remoteVirtualNetwork").equalsIgnoreCase(network.id()))
                .findFirst());
        peering.set("peeringState", back.isPresent() ? "Connected" : "Initiated");
        back.ifPresent(half -> half.set("peeringState", "Connected"));
        network.list(LIST).add(peering.json());
        sync(model, peering);
    }

    private static void delete(AzureModel model, Resource network, Resource peering) {
        Resource.removeFrom(network.list(LIST), peering);
        model.byId(Source.NETWORK, "virtualNetworks", peering.reference("remoteVirtualNetwork"))
                .ifPresent(there -> there.children(LIST).stream()
                        .filter(half -> half.reference("remoteVirtualNetwork").equalsIgnoreCase(network.id()))
                        .forEach(half -> half.set("peeringState", "Disconnected")));
    }

    /** Both halves then know the address space that the other network has now. */
    private static void sync(AzureModel model, Resource peering) {
        peering.set("peeringSyncLevel", "FullyInSync");
        model.byId(Source.NETWORK, "virtualNetworks", peering.reference("remoteVirtualNetwork"))
                .filter(there -> there.properties().has("addressSpace"))
                .ifPresent(there -> peering.set(
                        "remoteAddressSpace",
                        there.properties().get("addressSpace").deepCopy()));
        if (peering.text("allowVirtualNetworkAccess").isEmpty()) {
            peering.set("allowVirtualNetworkAccess", new JsonPrimitive(false));
        }
    }

    private static Resource peering(Resource network, String name) {
        return network.child(LIST, name)
                .orElseThrow(() -> new Refused("there is no peering " + name + " in " + network.name(), "assumed"));
    }
}
