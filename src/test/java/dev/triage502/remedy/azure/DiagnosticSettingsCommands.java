package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.Set;

/** {@code az monitor diagnostic-settings}; az-cli.md, Others. */
final class DiagnosticSettingsCommands implements CommandGroup {

    private static final Set<String> KNOWN =
            Set.of("monitor diagnostic-settings create", "monitor diagnostic-settings delete");

    @Override
    public boolean knows(String command) {
        return KNOWN.contains(command);
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        JsonArray all = model.array(Source.DIAGNOSTIC_SETTINGS, "value")
                .orElseThrow(() -> NotModelled.unread("the diagnostic settings"));
        String name = command.required("--name");
        for (Resource each : Resource.resources(all)) {
            if (each.name().equalsIgnoreCase(name)) {
                if (command.name().endsWith("create")) {
                    throw new Refused("there is already a setting " + name + ", which would be replaced", "assumed");
                }
                Resource.removeFrom(all, each);
                return;
            }
        }
        if (command.name().endsWith("delete")) {
            throw new Refused("there is no setting " + name, "assumed");
        }
        Resource made = Resource.of(
                command.required("--resource") + "/providers/microsoft.insights/diagnosticSettings/" + name, name);
        made.set("workspaceId", command.required("--workspace"));
        if (command.flag("--export-to-resource-specific").orElse(false)) {
            made.set("logAnalyticsDestinationType", "Dedicated");
        }
        try {
            made.set("logs", JsonParser.parseString(command.required("--logs")));
        } catch (JsonParseException e) {
            throw new Refused("--logs is no JSON", "assumed");
        }
        all.add(made.json());
    }
}
