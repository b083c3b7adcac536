package dev.triage502.remedy.azure;

import com.google.gson.JsonPrimitive;
import dev.triage502.remedy.command.AzCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Which option of a command sets which field of a resource. */
final class Fields {

    /** Options that name the thing, or say how az behaves; they set nothing. */
    private static final Set<String> NOT_FIELDS = Set.of(
            "--resource-group",
            "--name",
            "--gateway-name",
            "--nsg-name",
            "--route-table-name",
            "--vnet-name",
            "--zone-name",
            "--ids",
            "--set",
            "--add",
            "--remove",
            "--no-wait",
            "--force-string",
            "--output",
            "--query",
            "--only-show-errors",
            "--subscription",
            "--yes",
            "--nic-name",
            "--verbose",
            "--debug");

    /** Writes one option's values into a resource. */
    interface Writer {
        void write(Resource resource, AzCommand command, String option);
    }

    private final Map<String, Writer> writers = new LinkedHashMap<>();

    /** An option that takes a text; {@code null} takes the field out, an empty text is a value. */
    Fields text(String option, String field) {
        return with(option, (resource, command, name) -> {
            String value = command.required(name);
            if (AzCommand.isNull(value)) {
                resource.remove(field);
            } else {
                resource.set(field, value);
            }
        });
    }

    Fields number(String option, String field, int least, int most) {
        return with(option, (resource, command, name) -> {
            String value = command.required(name);
            if (AzCommand.isNull(value)) {
                resource.remove(field);
                return;
            }
            int number;
            try {
                number = Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new Refused(name + " " + value + " is no number", "az-cli.md, Empty string");
            }
            if (number < least || number > most) {
                throw new Refused(
                        name + " " + value + " is not between " + least + " and " + most,
                        "backend-health.md 4.3 and 4.4");
            }
            resource.set(field, new JsonPrimitive(number));
        });
    }

    Fields flag(String option, String field) {
        return with(
                option,
                (resource, command, name) ->
                        resource.set(field, new JsonPrimitive(command.flag(name).orElse(false))));
    }

    Fields texts(String option, String field) {
        return with(option, (resource, command, name) -> resource.set(field, Resource.texts(listed(command, name))));
    }

    /** An option that refers to another thing by its name or id. */
    Fields reference(String option, String field, UnaryOperator<String> idOf) {
        return with(option, (resource, command, name) -> {
            String value = command.required(name);
            if (AzCommand.isNull(value)) {
                resource.remove(field);
            } else {
                resource.set(field, Resource.referenceTo(value.startsWith("/") ? value : idOf.apply(value)));
            }
        });
    }

    Fields with(String option, Writer writer) {
        writers.put(option, writer);
        return this;
    }

    /** Sets what the command names, then what {@code --set}, {@code --add} and {@code --remove} say. */
    void apply(AzCommand command, Resource resource) {
        for (String option : command.options().keySet()) {
            Writer writer = writers.get(option);
            if (writer != null) {
                writer.write(resource, command, option);
            } else if (!NOT_FIELDS.contains(option)) {
                throw NotModelled.command("az " + command.name() + " " + option);
            }
        }
        GenericUpdate.apply(command, resource);
    }

    /** The values of a list; {@code []} is an empty one. */
    static List<String> listed(AzCommand command, String option) {
        List<String> values = command.many(option);
        return values.equals(List.of("[]")) ? List.of() : values;
    }
}
