package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.remedy.command.AzCommand;
import java.util.Set;

/** {@code az containerapp ingress}: who may come in, and at which port; and how many replicas there may be. */
final class ContainerAppCommands implements CommandGroup {

    private static final String REVISION = "containerapp revision ";
    private static final String GROUP = "containerapp ingress ";
    private static final Set<String> KNOWN =
            Set.of("update", "enable", "access-restriction set", "access-restriction remove");

    @Override
    public boolean knows(String command) {
        return command.equals("containerapp update")
                || command.equals(REVISION + "activate")
                || command.equals(REVISION + "deactivate")
                || command.startsWith(GROUP) && KNOWN.contains(command.substring(GROUP.length()));
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        Resource app = model.backend("containerApps", command.required("--resource-group"), command.required("--name"));
        if (command.name().startsWith(REVISION)) {
            revision(command, app);
            return;
        }
        if (command.name().equals("containerapp update")) {
            replicas(command, app);
            return;
        }
        JsonObject configuration = app.object("configuration");
        if (!(configuration.get("ingress") instanceof JsonObject)) {
            if (!command.name().endsWith("enable")) {
                throw new Refused("the ingress of " + app.name() + " is off", "assumed");
            }
            configuration.add("ingress", new JsonObject());
        }
        JsonObject ingress = configuration.getAsJsonObject("ingress");
        if (command.name().contains("access-restriction")) {
            restriction(command, ingress);
            return;
        }
        command.one("--type").ifPresent(type -> ingress.addProperty("external", type.equalsIgnoreCase("external")));
        command.number("--target-port").ifPresent(port -> ingress.add("targetPort", new JsonPrimitive(port)));
        command.one("--transport").ifPresent(transport -> ingress.addProperty("transport", transport));
        command.flag("--allow-insecure").ifPresent(allow -> ingress.addProperty("allowInsecure", allow));
    }

    private static void replicas(AzCommand command, Resource app) {
        if (!(app.object("template").get("scale") instanceof JsonObject scale)) {
            throw NotModelled.unread("the replicas of " + app.name());
        }
        command.number("--min-replicas").ifPresent(least -> scale.add("minReplicas", new JsonPrimitive(least)));
        command.number("--max-replicas").ifPresent(most -> scale.add("maxReplicas", new JsonPrimitive(most)));
    }

    private static void revision(AzCommand command, Resource app) {
        Resource revision = app.child("revisions", command.required("--revision"))
                .orElseThrow(() -> NotModelled.unread("the revisions of " + app.name()));
        revision.set("active", new JsonPrimitive(command.name().endsWith(" activate")));
    }

    private static void restriction(AzCommand command, JsonObject ingress) {
        if (!(ingress.get("ipSecurityRestrictions") instanceof JsonArray)) {
            ingress.add("ipSecurityRestrictions", new JsonArray());
        }
        JsonArray rules = ingress.getAsJsonArray("ipSecurityRestrictions");
        String name = command.required("--rule-name");
        boolean found = false;
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (Resource.text(rules.get(i).getAsJsonObject(), "name").equalsIgnoreCase(name)) {
                rules.remove(i);
                found = true;
            }
        }
        if (command.name().endsWith("remove")) {
            if (!found) {
                throw new Refused("there is no rule " + name, "assumed");
            }
            return;
        }
        JsonObject rule = new JsonObject();
        rule.addProperty("name", name);
        rule.addProperty("ipAddressRange", command.required("--ip-address"));
        rule.addProperty("action", command.required("--action"));
        if (!rules.isEmpty()
                && !Resource.text(rules.get(0).getAsJsonObject(), "action")
                        .equalsIgnoreCase(command.required("--action"))) {
            throw new Refused("the rules of an ingress all allow or all deny", "assumed");
        }
        rules.add(rule);
    }
}
