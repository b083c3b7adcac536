package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.remedy.command.AzCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code name=$(az … show … --query … --output tsv)} gives, where the documents hold what is asked for. */
final class ReadAnswers {

    /** What a command shows, and where the documents have it. */
    private record Shown(Source source, String kind) {}

    private static final Map<String, Shown> SHOWN = Map.of(
            "containerapp show", new Shown(Source.BACKENDS, "containerApps"),
            "vm show", new Shown(Source.BACKENDS, "virtualMachines"),
            "network private-endpoint show", new Shown(Source.NETWORK, "privateEndpoints"));

    private static final Pattern STEP = Pattern.compile("\\[(\\d*)]|([A-Za-z_][A-Za-z0-9_]*)|\\.");

    private ReadAnswers() {}

    /** One line of text; empty where the documents do not tell. */
    static Optional<String> of(AzCommand command, AzureModel model) {
        Shown shown = SHOWN.get(command.name());
        if (shown == null || !command.one("--output").orElse("").equals("tsv")) {
            return Optional.empty();
        }
        String id = command.one("--ids").orElse("");
        Optional<Resource> found = id.isEmpty()
                ? model.find(
                        shown.source(), shown.kind(), command.required("--resource-group"), command.required("--name"))
                : model.byId(shown.source(), shown.kind(), id);
        return found.flatMap(each -> value(each.json(), command.required("--query")));
    }

    /** The part of JMESPath that pages use: names, indexes, flattening, a list of several, and a pipe. */
    static Optional<String> value(JsonElement document, String query) {
        List<JsonElement> at = List.of(document);
        for (String piece : query.split("\\|")) {
            at = piece(at, piece.strip());
        }
        return at.size() == 1 && at.get(0).isJsonPrimitive()
                ? Optional.of(at.get(0).getAsString())
                : Optional.empty();
    }

    private static List<JsonElement> piece(List<JsonElement> at, String piece) {
        Matcher several =
                Pattern.compile("\\[([A-Za-z]+(?:, *[A-Za-z]+)*)](.*)").matcher(piece);
        String rest = piece;
        List<JsonElement> here = at;
        if (several.matches()) {
            JsonArray list = new JsonArray();
            for (String name : several.group(1).split(", *")) {
                step(at, name).forEach(list::add);
            }
            here = List.of(list);
            rest = several.group(2);
        }
        Matcher steps = STEP.matcher(rest);
        while (steps.lookingAt()) {
            if (steps.group(2) != null) {
                here = step(here, steps.group(2));
            } else if (steps.group(1) != null) {
                here = steps.group(1).isEmpty() ? flat(here) : index(here, Integer.parseInt(steps.group(1)));
            }
            steps.region(steps.end(), rest.length());
        }
        return here;
    }

    /** A field; az shows those of a network resource without {@code properties} around them. */
    private static List<JsonElement> step(List<JsonElement> at, String name) {
        List<JsonElement> found = new ArrayList<>();
        for (JsonElement each : at) {
            if (each instanceof JsonObject object) {
                JsonElement value = object.get(name);
                if (value == null && object.get("properties") instanceof JsonObject properties) {
                    value = properties.get(name);
                }
                if (value != null && !value.isJsonNull()) {
                    found.add(value);
                }
            }
        }
        return found;
    }

    private static List<JsonElement> flat(List<JsonElement> at) {
        List<JsonElement> all = new ArrayList<>();
        for (JsonElement each : at) {
            if (each instanceof JsonArray array) {
                array.forEach(all::add);
            }
        }
        return all;
    }

    /** An element of the list that stands here, or of what was flattened before. */
    private static List<JsonElement> index(List<JsonElement> at, int index) {
        List<JsonElement> list = at.size() == 1 && at.get(0) instanceof JsonArray ? flat(at) : at;
        return index < list.size() ? List.of(list.get(index)) : List.of();
    }
}
