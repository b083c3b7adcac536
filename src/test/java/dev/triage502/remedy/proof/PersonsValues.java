package dev.triage502.remedy.proof;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a person would fill in for the placeholders that a step names: a value of the right kind, so that the command can be
 * tried. Whether the step says which value it must be is another question, which {@code PLACEHOLDER_NOT_NAMED} answers.
 */
final class PersonsValues {

    /** Names and addresses that are nobody's (RFC 2606, RFC 5737), and an address in a range that no case uses. */
    private static final Map<String, String> VALUES = Map.of(
            "new-servers", "10.255.255.4 10.255.255.5",
            "right-name", "right.example.net",
            "certificate-host", "right.example.net",
            "new-path", "/right",
            "gateway-address", "192.0.2.77",
            "identity", "00000000-0000-0000-0000-0000000000d1");

    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z][a-z0-9-]*)>");

    private final Map<String, String> values = new TreeMap<>(VALUES);

    PersonsValues(SourceDocuments documents) {
        poolWithServers(documents).ifPresent(pool -> values.put("other-pool", pool));
    }

    /** The placeholders of a command that have a value here. */
    List<String> in(String command) {
        List<String> names = new ArrayList<>();
        PLACEHOLDER.matcher(command).results().map(found -> found.group(1)).forEach(name -> {
            if (values.containsKey(name) && !names.contains(name)) {
                names.add(name);
            }
        });
        return names;
    }

    String fill(String command) {
        String filled = command;
        for (Map.Entry<String, String> each : values.entrySet()) {
            filled = filled.replace("<" + each.getKey() + ">", each.getValue());
        }
        return filled;
    }

    /** The first pool that has servers. */
    private static Optional<String> poolWithServers(SourceDocuments documents) {
        JsonElement gateway = documents.get(Source.GATEWAY).toOptional().orElseGet(JsonObject::new);
        if (gateway instanceof JsonObject whole
                && whole.get("properties") instanceof JsonObject properties
                && properties.get("backendAddressPools") instanceof JsonArray pools) {
            for (JsonElement pool : pools) {
                if (pool.toString().matches("(?s).*\"(?:ipAddress|fqdn)\":\"[^\"]+\".*")) {
                    return Optional.of(pool.getAsJsonObject().get("name").getAsString());
                }
            }
        }
        return Optional.empty();
    }
}
