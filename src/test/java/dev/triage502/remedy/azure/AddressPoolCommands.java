package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** {@code az network application-gateway address-pool}; az-cli.md, Lists. */
final class AddressPoolCommands extends GatewayPartCommands {

    private static final String ADDRESS = "\\d{1,3}(?:\\.\\d{1,3}){3}";
    private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?";

    AddressPoolCommands() {
        super("address-pool", "backendAddressPools", new Fields().with("--servers", (pool, command, option) -> {
                    JsonArray addresses = new JsonArray();
                    for (String server : Fields.listed(command, option)) {
                        if (!server.matches(NAME)) {
                            throw new Refused(
                                    "\"" + server + "\" is neither an address nor a name", "az-cli.md, Lists");
                        }
                        JsonObject address = new JsonObject();
                        address.addProperty(server.matches(ADDRESS) ? "ipAddress" : "fqdn", server);
                        addresses.add(address);
                    }
                    pool.set("backendAddresses", addresses);
                }));
    }
}
