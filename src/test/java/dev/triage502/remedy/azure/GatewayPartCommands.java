package dev.triage502.remedy.azure;

import com.google.gson.JsonObject;
import dev.triage502.remedy.command.AzCommand;
import java.util.List;
import java.util.Set;

/** Commands that read the whole gateway, change one part of it, and write the whole: az-cli.md, "An update of a part". */
abstract class GatewayPartCommands implements CommandGroup {

    private static final Set<String> VERBS = Set.of("create", "update", "delete");

    private final String group;
    private final String collection;
    private final Fields fields;

    GatewayPartCommands(String part, String collection, Fields fields) {
        this.group = "network application-gateway " + part + " ";
        this.collection = collection;
        this.fields = fields;
    }

    @Override
    public final boolean knows(String command) {
        return command.startsWith(group) && VERBS.contains(command.substring(group.length()));
    }

    @Override
    public final void run(AzCommand command, AzureModel model) {
        Resource gateway = model.gateway(command.required("--resource-group"), command.required("--gateway-name"));
        String name = command.required("--name");
        JsonObject before = gateway.json().deepCopy();
        switch (command.name().substring(group.length())) {
            case "create":
                create(command, gateway, name);
                break;
            case "delete":
                Resource.removeFrom(gateway.list(collection), part(gateway, name));
                break;
            default:
                fields.apply(command, part(gateway, name));
                break;
        }
        model.written(gateway, before);
    }

    private void create(AzCommand command, Resource gateway, String name) {
        if (gateway.child(collection, name).isPresent()) {
            throw new Refused(
                    "there is already a " + name + " in " + collection + ", which would be replaced", "assumed");
        }
        Resource part = Resource.of(gateway.id() + "/" + collection + "/" + name, name);
        defaults(part);
        fields.apply(command, part);
        gateway.list(collection).add(part.json());
    }

    private Resource part(Resource gateway, String name) {
        return gateway.child(collection, name)
                .orElseThrow(() -> new Refused(
                        "there is no " + name + " in " + collection,
                        "az-cli.md, An update of a part: ResourceNotFoundError"));
    }

    /** What az puts into a new part where nothing is said. */
    void defaults(Resource part) {}

    /** A writer of a reference to another part of the same gateway. */
    static Fields.Writer sibling(String field, String collection) {
        return (part, command, option) -> {
            String value = command.required(option);
            if (AzCommand.isNull(value)) {
                part.remove(field);
            } else {
                part.set(field, Resource.referenceTo(siblingId(part, collection, value)));
            }
        };
    }

    /** A writer of a list of references, which replaces the list that is there. */
    static Fields.Writer siblings(String field, String collection) {
        return (part, command, option) -> {
            part.set(field, new com.google.gson.JsonArray());
            List<String> names = Fields.listed(command, option);
            names.forEach(name -> part.list(field).add(Resource.referenceTo(siblingId(part, collection, name))));
        };
    }

    private static String siblingId(Resource part, String collection, String name) {
        String gateway =
                part.id().substring(0, part.id().lastIndexOf('/', part.id().lastIndexOf('/') - 1));
        return name.startsWith("/") ? name : gateway + "/" + collection + "/" + name;
    }
}
