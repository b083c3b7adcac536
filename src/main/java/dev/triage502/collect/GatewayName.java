package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading.Present;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import java.util.Optional;

/** Which gateway is a set of documents about? Its own document says so, or else any document that names one. */
final class GatewayName {

    /** Stands where no document names the gateway; no gateway has this id. */
    static final ResourceId UNKNOWN = ResourceId.of("/subscriptions/00000000-0000-0000-0000-000000000000"
            + "/resourceGroups/unknown/providers/Microsoft.Network/applicationGateways/unknown");

    private GatewayName() {}

    static ResourceId in(SourceDocuments documents) {
        for (Source source : Source.values()) {
            if (documents.get(source) instanceof Present<JsonElement> document) {
                Optional<ResourceId> found = in(document.value());
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        return UNKNOWN;
    }

    /** The first one named, an object's own {@code id} before all else in it. */
    private static Optional<ResourceId> in(JsonElement element) {
        if (element instanceof JsonObject object) {
            Optional<ResourceId> own = object.has("id") ? in(object.get("id")) : Optional.empty();
            return own.isPresent()
                    ? own
                    : first(object.entrySet().stream().map(java.util.Map.Entry::getValue)::iterator);
        }
        if (element instanceof JsonArray array) {
            return first(array);
        }
        return element.isJsonPrimitive() ? ResourceId.gatewayIn(element.getAsString()) : Optional.empty();
    }

    private static Optional<ResourceId> first(Iterable<JsonElement> elements) {
        for (JsonElement each : elements) {
            Optional<ResourceId> found = in(each);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
