package dev.triage502.remedy.azure;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.Set;

/** {@code az network private-endpoint-connection approve} and {@code reject}, seen from the endpoint. */
final class PrivateEndpointConnectionCommands implements CommandGroup {

    private static final Set<String> KNOWN =
            Set.of("network private-endpoint-connection approve", "network private-endpoint-connection reject");

    @Override
    public boolean knows(String command) {
        return KNOWN.contains(command);
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        String id = command.required("--id");
        int end = id.indexOf("/privateEndpointConnections/");
        if (end < 0) {
            throw new Refused(id + " is no connection", "assumed");
        }
        boolean approve = command.name().endsWith("approve");
        for (Resource endpoint : model.list(Source.NETWORK, "privateEndpoints")) {
            for (String list : new String[] {"privateLinkServiceConnections", "manualPrivateLinkServiceConnections"}) {
                for (Resource connection : endpoint.children(list)) {
                    if (connection.text("privateLinkServiceId").equalsIgnoreCase(id.substring(0, end))) {
                        answer(connection, approve);
                        return;
                    }
                }
            }
        }
        throw NotModelled.unread("the private endpoint of " + id);
    }

    private static void answer(Resource connection, boolean approve) {
        JsonObject state = connection.object("privateLinkServiceConnectionState");
        String now = Resource.text(state, "status");
        if (approve && !now.equals("Pending")) {
            throw new Refused("a connection that is " + now + " cannot be approved", "assumed");
        }
        state.addProperty("status", approve ? "Approved" : "Rejected");
    }
}
