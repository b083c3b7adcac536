package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading.Present;
import dev.triage502.evidence.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The same documents, with every list in another order, unless its order means something. */
final class Shuffled {

    /**
     * Certificates are sent in an order, DNS servers and the paths of a map are tried in one, and the columns of a
     * table belong to its cells.
     */
    private static final Set<String> ORDERED = Set.of("chain", "dnsServers", "pathRules", "paths", "columns");

    private final Random random;

    private Shuffled(long seed) {
        random = new Random(seed);
    }

    static SourceDocuments of(SourceDocuments documents, long seed) {
        Shuffled shuffled = new Shuffled(seed);
        SourceDocuments result = documents;
        for (Source source : Source.values()) {
            if (documents.get(source) instanceof Present<JsonElement> document) {
                result = result.with(source, shuffled.shuffle("", document.value()));
            }
        }
        return result;
    }

    private JsonElement shuffle(String name, JsonElement element) {
        if (element instanceof JsonObject object) {
            List<Map.Entry<String, JsonElement>> fields = new ArrayList<>(object.entrySet());
            Collections.shuffle(fields, random);
            JsonObject result = new JsonObject();
            fields.forEach(field -> result.add(field.getKey(), shuffle(field.getKey(), field.getValue())));
            return result;
        }
        if (element instanceof JsonArray array) {
            List<JsonElement> elements = new ArrayList<>();
            array.forEach(each -> elements.add(shuffle("", each)));
            if (!ORDERED.contains(name) && !isTriedInOrder(name, array)) {
                Collections.shuffle(elements, random);
            }
            JsonArray result = new JsonArray();
            elements.forEach(result::add);
            return result;
        }
        return element;
    }

    /** Rules without a priority are tried as they are listed. */
    private static boolean isTriedInOrder(String name, JsonArray rules) {
        if (!name.equals("requestRoutingRules")) {
            return false;
        }
        for (JsonElement rule : rules) {
            JsonElement properties = rule.getAsJsonObject().get("properties");
            if (properties != null && !properties.getAsJsonObject().has("priority")) {
                return true;
            }
        }
        return false;
    }
}
