package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file of a case that triage502 recorded, under whatever name. */
final class CaseDocumentForm implements DocumentForm {

    /** Parts that nothing but a recorded access log has. */
    private static final List<String> LOG_COUNTS = List.of("dimensions", "minutes", "servedBefore");

    private static final List<String> NETWORK_ARRAYS = List.of(
            "effectiveRoutes", "privateDnsZones", "securityAdminRules", "connectivityConfigurations", "serviceTags");

    @Override
    public Optional<TakenDocument> take(JsonElement document) {
        if (document instanceof JsonArray array && array.size() > 0 && array.get(0) instanceof JsonObject first) {
            return ofArray(array, first);
        }
        return document instanceof JsonObject object
                ? recordedLog(object).or(() -> composite(object))
                : Optional.empty();
    }

    private static Optional<TakenDocument> ofArray(JsonArray array, JsonObject first) {
        if (first.has("request") && first.has("backendAddressPool")) {
            return whole("recorded on-demand health", Source.ON_DEMAND_HEALTH, array);
        }
        if (first.has("target") && first.has("scheme") && first.has("connect")) {
            return whole("recorded direct probes", Source.DIRECT_PROBE, array);
        }
        return Optional.empty();
    }

    private static Optional<TakenDocument> recordedLog(JsonObject object) {
        return object.has("value") && LOG_COUNTS.stream().anyMatch(object::has)
                ? whole("recorded access log", Source.ACCESS_LOG, object)
                : Optional.empty();
    }

    /** An object of arrays of resources: a network's or the backends' document. */
    private static Optional<TakenDocument> composite(JsonObject object) {
        if (!object.keySet().stream()
                .allMatch(key -> key.equals("unread") || object.get(key).isJsonArray() || key.equals("serviceTags"))) {
            return Optional.empty();
        }
        for (Source source : List.of(Source.NETWORK, Source.BACKENDS)) {
            if (arrays(source).stream().anyMatch(object::has)) {
                return parts(source, object);
            }
        }
        return Optional.empty();
    }

    private static List<String> arrays(Source source) {
        List<String> names = new ArrayList<>(source == Source.NETWORK ? NETWORK_ARRAYS : List.of());
        Arrays.stream(UsableResource.values())
                .map(kind -> kind.part(new JsonObject()))
                .filter(part -> part.source() == source)
                .map(TakenPart::array)
                .forEach(names::add);
        return names;
    }

    /** Array by array, so that several files add up. */
    private static Optional<TakenDocument> parts(Source source, JsonObject object) {
        List<TakenPart> parts = object.entrySet().stream()
                .map(field -> TakenPart.whole(source, wrapped(field)))
                .toList();
        return Optional.of(new TakenDocument("recorded " + source.words(), parts));
    }

    private static JsonObject wrapped(Map.Entry<String, JsonElement> field) {
        JsonObject object = new JsonObject();
        object.add(field.getKey(), field.getValue());
        return object;
    }

    private static Optional<TakenDocument> whole(String as, Source source, JsonElement document) {
        return Optional.of(new TakenDocument(as, TakenPart.whole(source, document)));
    }
}
