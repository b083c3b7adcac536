package dev.triage502.triage.variation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.triage502.collect.RecordedCase;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Documents of other API versions and tools: what says nothing is left out, null or empty, or there is more. */
public final class OtherShape {

    private static final Set<String> SAYS_NOTHING = Set.of(
            "etag",
            "type",
            "resourceGuid",
            "tags",
            "sourcePortRanges",
            "enableDdosProtection",
            "hasBgpOverride",
            "kind",
            "vmId",
            "uniqueId",
            "submissionTimestamp",
            "eventDataId",
            "localizedValue",
            "cost");

    private OtherShape() {}

    /** Nothing that is null or empty, and no etag, type or the like. */
    public static Variation bare(RecordedCase incident) {
        return Variation.of(
                incident, Variation.each(incident.documents(), (source, read) -> bare(read)), UnaryOperator.identity());
    }

    /** Null where there was an empty list or nothing. */
    public static Variation withNulls(RecordedCase incident) {
        return Variation.of(
                incident,
                Variation.each(incident.documents(), (source, read) -> nulled(read)),
                UnaryOperator.identity());
    }

    /** Fields that nobody knows in every object. */
    public static Variation withMore(RecordedCase incident) {
        return Variation.of(
                incident, Variation.each(incident.documents(), (source, read) -> more(read)), UnaryOperator.identity());
    }

    /** As the command line prints resources: the fields of {@code properties} beside the name. */
    public static Variation flattened(RecordedCase incident) {
        return Variation.of(
                incident, Variation.each(incident.documents(), (source, read) -> flat(read)), UnaryOperator.identity());
    }

    private static JsonElement bare(JsonElement tree) {
        if (tree instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(bare(each)));
            return copy;
        }
        if (!(tree instanceof JsonObject object)) {
            return tree;
        }
        JsonObject copy = new JsonObject();
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
            JsonElement value = field.getValue();
            boolean empty = value.isJsonNull()
                    || (value instanceof JsonArray array
                            && array.isEmpty()
                            && !field.getKey().equals("value")
                            && !isAnswer(field.getKey()));
            boolean nothing =
                    SAYS_NOTHING.contains(field.getKey()) && !object.has("managed-by-k8s-ingress") && !isTag(field);
            if (!empty && !nothing) {
                copy.add(field.getKey(), bare(value));
            }
        }
        return copy;
    }

    /** Tags tell who writes a gateway. */
    private static boolean isTag(Map.Entry<String, JsonElement> field) {
        return field.getKey().equals("tags") && field.getValue() instanceof JsonObject tags && tags.size() > 0;
    }

    /** An empty list that is itself what was asked for says that there is none. */
    private static boolean isAnswer(String key) {
        return Set.of(
                        "servers",
                        "backendAddresses",
                        "backendAddressPools",
                        "backendHttpSettingsCollection",
                        "timeseries",
                        "data",
                        "virtualNetworks",
                        "networkSecurityGroups",
                        "routeTables",
                        "privateDnsZones",
                        "networkInterfaces",
                        "privateEndpoints",
                        "virtualMachines",
                        "scaleSets",
                        "sites",
                        "containerApps",
                        "managedClusters",
                        "loadBalancers",
                        "backendIPConfigurations",
                        "loadBalancerBackendAddresses",
                        "effectiveRoutes",
                        "virtualNetworkPeerings",
                        "ipRules",
                        "virtualNetworkRules",
                        "addresses")
                .contains(key);
    }

    private static JsonElement nulled(JsonElement tree) {
        if (tree instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(nulled(each)));
            return copy;
        }
        if (!(tree instanceof JsonObject object)) {
            return tree;
        }
        JsonObject copy = new JsonObject();
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
            boolean empty = field.getValue() instanceof JsonArray array
                    && array.isEmpty()
                    && !isAnswer(field.getKey())
                    && !field.getKey().equals("value");
            copy.add(field.getKey(), empty ? JsonNull.INSTANCE : nulled(field.getValue()));
        }
        if (object.has("properties") && object.has("id")) {
            for (String name :
                    Set.of("etag", "identity", "zones", "kind", "managedBy", "extendedLocation", "systemData")) {
                if (!copy.has(name)) {
                    copy.add(name, JsonNull.INSTANCE);
                }
            }
        }
        return copy;
    }

    private static JsonElement more(JsonElement tree) {
        if (tree instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(more(each)));
            return copy;
        }
        if (!(tree instanceof JsonObject object)) {
            return tree;
        }
        JsonObject copy = new JsonObject();
        object.entrySet().forEach(field -> copy.add(field.getKey(), more(field.getValue())));
        copy.addProperty("zzText", "of a later version");
        JsonArray list = new JsonArray();
        list.add(1);
        copy.add("zzList", list);
        copy.add("zzNull", JsonNull.INSTANCE);
        JsonObject inner = new JsonObject();
        inner.addProperty("zzInner", true);
        copy.add("zzObject", inner);
        return copy;
    }

    private static JsonElement flat(JsonElement tree) {
        if (tree instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> copy.add(flat(each)));
            return copy;
        }
        if (!(tree instanceof JsonObject object)) {
            return tree;
        }
        JsonObject copy = new JsonObject();
        object.entrySet().forEach(field -> copy.add(field.getKey(), flat(field.getValue())));
        if (copy.get("properties") instanceof JsonObject properties && (copy.has("id") || copy.has("name"))) {
            boolean clash = properties.keySet().stream()
                    .anyMatch(key -> copy.has(key) && !copy.get(key).equals(properties.get(key)));
            if (!clash) {
                copy.remove("properties");
                properties.entrySet().forEach(field -> copy.add(field.getKey(), field.getValue()));
            }
        }
        return copy;
    }
}
