package dev.triage502.remedy.azure;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.remedy.command.AzCommand;
import java.util.Set;

/** {@code az network application-gateway update}, {@code start} and {@code stop}; az-cli.md, Capacity. */
final class GatewayCommands implements CommandGroup {

    private static final String GROUP = "network application-gateway ";
    private static final Set<String> KNOWN = Set.of(GROUP + "update", GROUP + "start", GROUP + "stop");

    private static final Fields FIELDS = new Fields()
            .with(
                    "--capacity",
                    (gateway, command, option) -> sku(gateway)
                            .add(
                                    "capacity",
                                    new JsonPrimitive(command.number(option).orElseThrow())))
            .with(
                    "--min-capacity",
                    (gateway, command, option) -> gateway.object("autoscaleConfiguration")
                            .add(
                                    "minCapacity",
                                    new JsonPrimitive(command.number(option).orElseThrow())))
            .with(
                    "--max-capacity",
                    (gateway, command, option) -> gateway.object("autoscaleConfiguration")
                            .add(
                                    "maxCapacity",
                                    new JsonPrimitive(command.number(option).orElseThrow())))
            .with("--sku", (gateway, command, option) -> {
                String name = command.required(option);
                sku(gateway).addProperty("name", name);
                sku(gateway).addProperty("tier", name.replaceFirst("_(Small|Medium|Large)$", ""));
            })
            .with(
                    "--http2",
                    (gateway, command, option) -> gateway.set(
                            "enableHttp2",
                            new JsonPrimitive(command.required(option).equalsIgnoreCase("Enabled"))));

    private static JsonObject sku(Resource gateway) {
        return gateway.object("sku");
    }

    @Override
    public boolean knows(String command) {
        return KNOWN.contains(command);
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        String id = command.one("--ids").orElse("");
        if (!command.name().endsWith("update") && !model.hasGateway()) {
            unread(command, model, id);
            return;
        }
        Resource gateway = id.isEmpty()
                ? model.gateway(command.required("--resource-group"), command.required("--name"))
                : model.gateway(Resource.segment(id, "resourceGroups"), Resource.lastSegment(id));
        if (command.name().endsWith("update")) {
            JsonObject before = gateway.json().deepCopy();
            FIELDS.apply(command, gateway);
            model.written(gateway, before);
        } else {
            boolean start = command.name().endsWith("start");
            if (start && gateway.text("operationalState").equals("Stopped")) {
                model.restart();
            }
            gateway.set("operationalState", start ? "Running" : "Stopped");
            model.did("Microsoft.Network/applicationGateways/" + (start ? "start" : "stop") + "/action", gateway);
        }
    }

    /** A gateway that could not be read and whose stop the activity log shows. */
    private static void unread(AzCommand command, AzureModel model, String id) {
        boolean start = command.name().endsWith("start");
        String group = id.isEmpty() ? command.required("--resource-group") : Resource.segment(id, "resourceGroups");
        String name = id.isEmpty() ? command.required("--name") : Resource.lastSegment(id);
        String logged = model.logged(group, "Microsoft.Network/applicationGateways", name)
                .orElseThrow(() -> NotModelled.unread("the gateway"));
        model.beside().put(logged, start ? "running" : "stopped");
        model.did("Microsoft.Network/applicationGateways/" + (start ? "start" : "stop") + "/action", logged);
    }
}
