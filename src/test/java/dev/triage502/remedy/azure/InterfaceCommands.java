package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import dev.triage502.remedy.command.AzCommand;
import java.util.Set;

/** {@code az network nic ip-config}: the application security groups and the pools that an interface belongs to. */
final class InterfaceCommands implements CommandGroup {

    private static final Set<String> KNOWN = Set.of(
            "network nic ip-config update",
            "network nic ip-config address-pool add",
            "network nic ip-config address-pool remove");

    @Override
    public boolean knows(String command) {
        return KNOWN.contains(command);
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        Resource card = model.network(
                "networkInterfaces", command.required("--resource-group"), command.required("--nic-name"));
        String name = command.one("--ip-config-name").orElseGet(() -> command.required("--name"));
        Resource config = card.child("ipConfigurations", name)
                .orElseThrow(() -> new Refused("there is no " + name + " in " + card.name(), "assumed"));
        if (command.name().endsWith("update")) {
            new Fields()
                    .with("--application-security-groups", groups(card))
                    .text("--private-ip-address", "privateIPAddress")
                    .apply(command, config);
            return;
        }
        String pool = command.required("--address-pool");
        Resource gateway = model.gateway(
                pool.startsWith("/") ? Resource.segment(pool, "resourceGroups") : command.required("--resource-group"),
                pool.startsWith("/")
                        ? Resource.segment(pool, "applicationGateways")
                        : command.required("--gateway-name"));
        String id = pool.startsWith("/") ? pool : gateway.id() + "/backendAddressPools/" + pool;
        JsonArray pools = config.list("applicationGatewayBackendAddressPools");
        boolean add = command.name().endsWith("add");
        for (int i = pools.size() - 1; i >= 0; i--) {
            if (Resource.text(pools.get(i).getAsJsonObject(), "id").equalsIgnoreCase(id)) {
                pools.remove(i);
            }
        }
        if (add) {
            pools.add(Resource.referenceTo(id));
        }
        member(gateway, Resource.lastSegment(id), config, add);
    }

    /** The gateway lists its members the other way round. */
    private static void member(Resource gateway, String pool, Resource config, boolean add) {
        Resource found = gateway.child("backendAddressPools", pool)
                .orElseThrow(() -> new Refused("there is no pool " + pool, "assumed"));
        JsonArray members = found.list("backendIPConfigurations");
        for (int i = members.size() - 1; i >= 0; i--) {
            if (Resource.text(members.get(i).getAsJsonObject(), "id").equalsIgnoreCase(config.id())) {
                members.remove(i);
            }
        }
        if (add) {
            members.add(Resource.referenceTo(config.id()));
        }
    }

    private static Fields.Writer groups(Resource card) {
        String beside =
                card.id().substring(0, card.id().lastIndexOf('/', card.id().lastIndexOf('/') - 1));
        return (config, command, option) -> {
            config.set("applicationSecurityGroups", new JsonArray());
            for (String name : Fields.listed(command, option)) {
                config.list("applicationSecurityGroups")
                        .add(Resource.referenceTo(
                                name.startsWith("/") ? name : beside + "/applicationSecurityGroups/" + name));
            }
        };
    }
}
