package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Present;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.ResourceType;
import dev.triage502.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the pretend Azure has: the documents of a case, and in them each resource by its id. */
final class PretendResources {

    private final SourceDocuments documents;
    private final ResourceId gateway;
    private final Map<ResourceId, JsonObject> byId = new TreeMap<>();

    PretendResources(SourceDocuments documents, ResourceId gateway) {
        this.documents = documents;
        this.gateway = gateway;
        for (Source source : List.of(Source.GATEWAY, Source.NETWORK, Source.BACKENDS)) {
            if (documents.get(source) instanceof Present<JsonElement> present) {
                index(present.value());
            }
        }
    }

    ResourceId gateway() {
        return gateway;
    }

    Reading<JsonElement> document(Source source) {
        return documents.get(source);
    }

    /** The resource itself or something inside one (a subnet, a rule), whatever its id's spelling. */
    Optional<JsonObject> resource(String id) {
        return Optional.ofNullable(byId.get(ResourceId.of(id)));
    }

    /** What came of asking for the kind: its resources, of its own type and of those inside it; or why they are not known. */
    Reading<List<JsonObject>> resources(ResourceKind kind) {
        return documents.get(kind.source()).flatMap(document -> {
            if (kind.array().isEmpty()) {
                return Reading.present(List.of((JsonObject) document));
            }
            JsonElement array = document instanceof JsonObject object ? object.get(kind.array()) : null;
            JsonObject refused = JsonTree.object(JsonTree.object(document, "unread"), kind.array());
            if (refused.has("code")) {
                return SourceDocuments.asReading(kind.source(), JsonLookup.of("error", refused))
                        .map(none -> List.of());
            }
            return array == null
                    ? Reading.notCollected(kind.source())
                    : Reading.present(JsonTree.objects(document, kind.array()));
        });
    }

    /** Those that are inside the scope given and of the type given; a scope of a subscription or a group may be empty. */
    Reading<List<JsonObject>> listed(ResourceKind kind, ResourceType type, String scope) {
        ResourceId within = ResourceId.of(scope);
        return resources(kind).map(all -> {
            List<JsonObject> found = new ArrayList<>();
            for (Map.Entry<ResourceId, JsonObject> each : byId.entrySet()) {
                boolean ofKind = typeOf(each.getKey().toString()).equals(type);
                if (ofKind && (scope.isEmpty() || each.getKey().isWithin(within))) {
                    found.add(each.getValue());
                }
            }
            return found;
        });
    }

    /** A copy of a resource as its own document is: an app's configuration, which stands beside the app, is null there. */
    static JsonObject alone(JsonObject resource, ResourceType type) {
        JsonObject copy = resource.deepCopy();
        if (type.is("Microsoft.Web/sites")) {
            JsonObject config = JsonTree.object(JsonTree.object(copy, "properties"), "siteConfig");
            List.copyOf(config.keySet()).forEach(name -> config.add(name, JsonNull.INSTANCE));
        }
        return copy;
    }

    static ResourceType typeOf(String id) {
        return ArmPath.of(id).map(ArmPath::type).orElse(ResourceType.of(""));
    }

    /** Every object with an id of its own and more than a reference in it; the fuller of two with one id stays. */
    private void index(JsonElement element) {
        if (element instanceof JsonObject object) {
            ResourceId id = ResourceId.of(JsonTree.text(object, "id"));
            if (!id.subscription().isEmpty() && (object.has("properties") || object.has("error"))) {
                byId.merge(
                        id,
                        object,
                        (one, other) ->
                                one.toString().length() >= other.toString().length() ? one : other);
            }
            object.entrySet().forEach(entry -> index(entry.getValue()));
        } else if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(this::index);
        }
    }
}
