package dev.triage502.evidence.arm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which resources does an answer of Azure's hold or mention? For collectors, which follow references from one answer to
 * the next question; what is not understood is left out, for it can only cost a question.
 */
public final class ResourceReferences {

    private ResourceReferences() {}

    /** The objects of an array. */
    public static Stream<JsonObject> resources(JsonElement array) {
        return ArmFields.objects(array);
    }

    /** The objects of a list as Azure answers one: {@code {"value":[…]}}. */
    public static Stream<JsonObject> listed(JsonElement answer) {
        return answer instanceof JsonObject page && page.get("value") instanceof JsonArray value
                ? ArmFields.objects(value)
                : Stream.empty();
    }

    /** A resource's own id; an empty one where it has none. */
    public static ResourceId idOf(JsonObject resource) {
        return ArmFields.idOf(resource);
    }

    /** A row's own name; empty where it has none. */
    public static String nameOf(JsonObject row) {
        return row.get("name") instanceof JsonPrimitive name ? name.getAsString() : "";
    }

    /** Whether a refusal is in the place of the resource. */
    public static boolean isRefused(JsonObject resource) {
        return resource.has("error");
    }

    /** Every id of an Azure resource that a document mentions, in the order of their keys. */
    public static Set<ResourceId> mentionedIn(JsonElement document) {
        return ArmFields.mentionedIn(document);
    }

    /** Those of a query's rows that are of one type, whatever its spelling. */
    public static JsonArray ofType(String type, JsonElement rows) {
        JsonArray some = new JsonArray();
        ArmFields.objects(rows)
                .filter(row -> ArmFields.texts(row, "type").stream().anyMatch(type::equalsIgnoreCase))
                .forEach(some::add);
        return some;
    }

    /** The gateway that a document names first, an object's own id before all else in it. */
    public static Optional<ResourceId> gatewayIn(JsonElement document) {
        if (document instanceof JsonObject object) {
            Optional<ResourceId> own = object.has("id") ? gatewayIn(object.get("id")) : Optional.empty();
            return own.or(() -> firstGateway(object.entrySet().stream().map(Map.Entry::getValue)::iterator));
        }
        if (document instanceof JsonArray array) {
            return firstGateway(array);
        }
        return document.isJsonPrimitive() ? ResourceId.gatewayIn(document.getAsString()) : Optional.empty();
    }

    private static Optional<ResourceId> firstGateway(Iterable<JsonElement> elements) {
        for (JsonElement each : elements) {
            Optional<ResourceId> found = gatewayIn(each);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The subnets that a gateway's document says its instances are in. */
    public static List<ResourceId> subnetsOfGateway(JsonElement gateway) {
        return ArmFields.ids(gateway, "properties.gatewayIPConfigurations.properties.subnet.id");
    }

    /** The public IP addresses that a gateway's document says it has. */
    public static List<ResourceId> publicAddressesOfGateway(JsonElement gateway) {
        return ArmFields.ids(gateway, "properties.frontendIPConfigurations.properties.publicIPAddress.id");
    }

    /** The region that a resource's document names. */
    public static Optional<String> locationOf(JsonElement resource) {
        return ArmFields.texts(resource, "location").stream().findFirst();
    }

    /** How many instances a scale set has; none where it does not say. */
    public static int capacityOf(JsonObject scaleSet) {
        return ArmFields.texts(scaleSet, "sku.capacity").stream()
                .filter(text -> text.matches("\\d{1,6}"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }

    /** The plan of a workspace's table. */
    public static Optional<String> planOf(JsonElement table) {
        return ArmFields.texts(table, "properties.plan").stream().findFirst();
    }

    /**
     * What a gateway's document holds of the certificates of one name that were uploaded to it, as Azure encodes them;
     * one that is kept in a key vault is not in it.
     */
    public static List<String> uploadedCertificates(JsonElement gateway, String name) {
        return Stream.of("trustedRootCertificates", "authenticationCertificates")
                .flatMap(list -> gateway instanceof JsonObject document
                                && document.get("properties") instanceof JsonObject lists
                                && lists.get(list) instanceof JsonArray all
                        ? ArmFields.objects(all)
                        : Stream.empty())
                .filter(each -> ArmFields.texts(each, "name").stream().anyMatch(name::equalsIgnoreCase))
                .flatMap(each -> ArmFields.texts(each, "properties.data").stream())
                .toList();
    }

    /** The workspace that a diagnostic setting sends the access log to, if one does. */
    public static Optional<String> workspaceOfAccessLog(JsonElement settings) {
        return DiagnosticSettingsReader.workspacesOfAccessLog(settings).stream().findFirst();
    }
}
