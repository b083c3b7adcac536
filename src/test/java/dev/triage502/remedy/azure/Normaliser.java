package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** What of a document is a setting: without what Azure itself counts, and with "absent" written in one way only. */
final class Normaliser {

    /** Written by the service; {@code subnets} of tables and groups only repeats what the subnets say. */
    private static final Set<String> NOT_SET = Set.of(
            "etag",
            "provisioningState",
            "resourceGuid",
            "time",
            "displayStatus",
            "level",
            "numberOfRecordSets",
            "numberOfVirtualNetworkLinks");

    /** What is on where nothing is said, so that off is a value and on is none. */
    private static final Set<String> ON_BY_DEFAULT =
            Set.of("validateCertChainAndExpiry", "validateSNI", "allowVirtualNetworkAccess");

    private Normaliser() {}

    static JsonElement of(JsonElement element) {
        if (element instanceof JsonArray array) {
            JsonArray all = new JsonArray();
            array.forEach(each -> all.add(of(each)));
            return all;
        }
        if (!(element instanceof JsonObject object)) {
            return element;
        }
        TreeMap<String, JsonElement> fields = new TreeMap<>();
        boolean tableOrGroup = Resource.text(object, "id").matches("(?i).*/(routeTables|networkSecurityGroups)/[^/]+");
        object.entrySet().forEach(field -> {
            JsonElement value =
                    field.getKey().equals("peeringState") ? peering(field.getValue()) : of(field.getValue());
            boolean nothing = ON_BY_DEFAULT.contains(field.getKey())
                    ? value instanceof JsonNull || value.equals(new JsonPrimitive(true))
                    : saysNothing(value);
            if (!NOT_SET.contains(field.getKey()) && !nothing) {
                fields.put(field.getKey(), value);
            }
        });
        if (tableOrGroup && fields.get("properties") instanceof JsonObject properties) {
            properties.remove("subnets");
        }
        if (fields.get("aRecords") instanceof JsonArray addresses) {
            // The addresses of a record have no order.
            JsonArray sorted = new JsonArray();
            StreamSupport.stream(addresses.spliterator(), false)
                    .sorted(Comparator.comparing(JsonElement::toString))
                    .forEach(sorted::add);
            fields.put("aRecords", sorted);
        }
        if (Resource.text(object, "enabled").equals("false") && object.has("drainTimeoutInSec")) {
            fields.remove("drainTimeoutInSec");
        }
        if (object.has("minReplicas") && object.get("minReplicas").equals(new JsonPrimitive(0))) {
            fields.remove("minReplicas"); // none is what a container app keeps where nothing is said
        }
        if (Resource.text(object, "state").equals("Stopped")) {
            // A stopped app serves nobody, whether it is enabled or not; Azure shows either.
            fields.remove("enabled");
        }
        JsonObject ordered = new JsonObject();
        fields.forEach(ordered::add);
        return ordered;
    }

    /**
     * Initiated and Disconnected both say that the other half is not there, and nothing passes; Azure never goes back from the
     * second to the first (network.md, Peering), so the text of such an undo says what is left behind.
     */
    private static JsonElement peering(JsonElement state) {
        return state.equals(new JsonPrimitive("Initiated")) ? new JsonPrimitive("Disconnected") : state;
    }

    /** Absent, null, false, an empty list and an object that holds none but such; an empty text is a value. */
    private static boolean saysNothing(JsonElement value) {
        return value instanceof JsonNull
                || value.equals(new JsonPrimitive(false))
                || value instanceof JsonArray array && array.isEmpty()
                || value instanceof JsonObject object && object.size() == 0;
    }
}
