package dev.triage502.triage.variation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One place in one document at which something stands that nobody expects there.
 *
 * @param path field names and list positions, from the document's root
 */
public record DamagedElement(Source source, List<Object> path, Damage damage) {

    /** What stands there instead. */
    public enum Damage {
        UNKNOWN_VALUE,
        MISSING,
        WRONG_TYPE,
        NULL,
        EMPTY_OBJECT,
        HUGE_NUMBER,
        UNKNOWN_EXTRA
    }

    /** Fields of which Azure leaves out those that a resource has not. */
    private static final Set<String> OPTIONAL = Set.of(
            "networkSecurityGroup",
            "routeTable",
            "probe",
            "backendAddressPool",
            "defaultBackendAddressPool",
            "host",
            "hostName",
            "port",
            "path",
            "match",
            "statusCodes",
            "body",
            "pickHostNameFromBackendAddress",
            "pickHostNameFromBackendHttpSettings",
            "requestTimeout",
            "timeout",
            "provisioningState",
            "operationalState",
            "healthProbeLog",
            "ErrorInfo",
            "ServerRouted",
            "ServerStatus");

    public DamagedElement {
        path = List.copyOf(path);
    }

    /** Every damage to every place of the documents; of places that differ in their position in lists only, one. */
    public static List<DamagedElement> allIn(SourceDocuments documents) {
        List<DamagedElement> all = new ArrayList<>();
        for (Source source : Source.values()) {
            Map<String, List<List<Object>>> places = new TreeMap<>();
            documents.get(source).toOptional().ifPresent(document -> collect(document, List.of(), places));
            places.forEach((kind, alike) -> {
                for (Damage damage : Damage.values()) {
                    List<Object> path = alike.get(Math.floorMod((kind + damage).hashCode(), alike.size()));
                    DamagedElement each = new DamagedElement(source, path, damage);
                    if (each.changes(documents)) {
                        all.add(each);
                    }
                }
            });
        }
        return all;
    }

    private static void collect(JsonElement element, List<Object> path, Map<String, List<List<Object>>> places) {
        if (!path.isEmpty()) {
            places.computeIfAbsent(kind(path), unused -> new ArrayList<>()).add(path);
        }
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(field -> collect(field.getValue(), and(path, field.getKey()), places));
        } else if (element instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                collect(array.get(i), and(path, i), places);
            }
        }
    }

    private static List<Object> and(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static String kind(List<Object> path) {
        StringBuilder kind = new StringBuilder();
        path.forEach(step -> kind.append(step instanceof Integer ? "[]" : "." + step));
        return kind.toString();
    }

    /** Whether it is as good as another truth: a list without one of its elements, or a field that may be left out. */
    public boolean saysSomethingElse() {
        Object last = path.get(path.size() - 1);
        return (damage == Damage.MISSING && last instanceof Integer)
                || ((damage == Damage.MISSING || damage == Damage.NULL) && OPTIONAL.contains(String.valueOf(last)));
    }

    /** The documents with this damage. */
    public SourceDocuments of(SourceDocuments documents) {
        JsonElement root = documents.get(source).toOptional().orElseThrow().deepCopy();
        JsonElement parent = at(root, path.subList(0, path.size() - 1));
        Object last = path.get(path.size() - 1);
        if (parent instanceof JsonArray array && last instanceof Integer index) {
            if (damage == Damage.MISSING) {
                array.remove(index.intValue());
            } else {
                array.set(index, damaged(array.get(index)));
            }
        } else if (parent instanceof JsonObject object) {
            if (damage == Damage.MISSING) {
                object.remove((String) last);
            } else {
                object.add((String) last, damaged(object.get((String) last)));
            }
        }
        return documents.with(source, root);
    }

    private boolean changes(SourceDocuments documents) {
        JsonElement before = at(documents.get(source).toOptional().orElseThrow(), path);
        return damage == Damage.MISSING || !damaged(before).equals(before);
    }

    /** How many elements the list has that the place is in, counting from the document's root; 1 without a list. */
    public int siblings(SourceDocuments documents) {
        JsonElement element = documents.get(source).toOptional().orElseThrow();
        for (Object step : path) {
            if (element instanceof JsonArray array) {
                return array.size();
            }
            element = at(element, List.of(step));
        }
        return 1;
    }

    private static JsonElement at(JsonElement root, List<Object> path) {
        JsonElement element = root;
        for (Object step : path) {
            element = step instanceof Integer index
                    ? element.getAsJsonArray().get(index)
                    : element.getAsJsonObject().get((String) step);
        }
        return element;
    }

    private JsonElement damaged(JsonElement before) {
        return switch (damage) {
            case UNKNOWN_VALUE -> before instanceof JsonPrimitive ? new JsonPrimitive("ValueOfNextYear") : before;
            case MISSING, NULL -> JsonNull.INSTANCE;
            case WRONG_TYPE -> wrongType(before);
            case EMPTY_OBJECT -> new JsonObject();
            case HUGE_NUMBER -> before instanceof JsonPrimitive ? new JsonPrimitive(1e300) : before;
            case UNKNOWN_EXTRA -> withMore(before);
        };
    }

    private static JsonElement wrongType(JsonElement before) {
        if (before instanceof JsonPrimitive) {
            JsonArray nested = new JsonArray();
            nested.add(new JsonArray());
            return nested;
        }
        return new JsonPrimitive(7);
    }

    private static JsonElement withMore(JsonElement before) {
        JsonElement more = before.deepCopy();
        if (more instanceof JsonObject object) {
            object.addProperty("fieldOfNextYear", "ValueOfNextYear");
        } else if (more instanceof JsonArray array) {
            array.add(new JsonObject());
        }
        return more;
    }

    @Override
    public String toString() {
        return damage + " at " + source.fileName() + path;
    }
}
