package dev.triage502.remedy.azure;

import dev.triage502.remedy.command.AzCommand;
import java.util.Locale;
import java.util.Set;

/**
 * {@code az role assignment}. No case has the assignments, so the model begins without any: a step that creates one says
 * that it is missing. {@code --assignee} is looked up in the directory, which takes an application id, an object id or a
 * sign-in name, and no display name: az-cli.md, Others.
 */
final class RoleAssignmentCommands implements CommandGroup {

    static final String ASSIGNED = "assigned";

    private static final Set<String> KNOWN = Set.of("role assignment create", "role assignment delete");
    private static final String GUID = "(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @Override
    public boolean knows(String command) {
        return KNOWN.contains(command);
    }

    @Override
    public void run(AzCommand command, AzureModel model) {
        String assignee = command.one("--assignee-object-id")
                .or(() -> command.one("--assignee"))
                .orElseThrow(() -> new Refused("nobody is named to have the role", "assumed"));
        boolean byObject = command.has("--assignee-object-id");
        if (!assignee.matches(GUID) && (byObject || !assignee.contains("@"))) {
            throw new Refused("\"" + assignee + "\" is no id that the directory knows", "az-cli.md, Others");
        }
        String key = String.join(" ", assignee, "is", command.required("--role"), "on", command.required("--scope"))
                .toLowerCase(Locale.ROOT);
        if (command.name().endsWith("create")) {
            model.beside().put(key, ASSIGNED);
        } else if (model.beside().remove(key) == null) {
            throw new Refused("there is no such role assignment", "assumed");
        }
    }
}
