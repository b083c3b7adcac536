package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.triage502.azure.ArmOperation;
import dev.triage502.azure.CallContext;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.incident.ResourceId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Resources that are known by their ids: a few are fetched one by one, from the provider that knows best; many at once
 * from Resource Graph, and then only those one by one that it does not show, for it does not say why.
 */
final class ResourceFetcher {

    /** One kind of resource. */
    record Kind(ArmOperation operation, String type, Map<String, String> query) {}

    private static final int FEW = 4;
    private static final int MOST_MISSING = 6;

    private final CollectContext scene;
    private final CallContext ask;

    ResourceFetcher(CollectContext scene, CallContext ask) {
        this.scene = scene;
        this.ask = ask;
    }

    /** Has each resource fetched with a batch; {@code then} is given each id with the resource, or why it is unread. */
    void fetch(
            CallBatch batch, Kind kind, Collection<ResourceId> ids, BiConsumer<ResourceId, Reading<JsonElement>> then) {
        if (ids.size() > FEW) {
            batch.add(() -> many(kind, ids), readings -> readings.forEach(then));
        } else {
            ids.forEach(id -> batch.add(() -> one(kind, id), reading -> then.accept(id, reading)));
        }
    }

    /** The rows of a query of Resource Graph. */
    Reading<JsonArray> query(String name, Map<String, ? extends Collection<String>> lists, Set<String> subscriptions) {
        return scene.arm().graph(ask, KqlQueries.ofGraph(name, lists), subscriptions);
    }

    private Reading<JsonElement> one(Kind kind, ResourceId id) {
        return scene.arm().get(ask, kind.operation(), id, kind.query());
    }

    private Map<ResourceId, Reading<JsonElement>> many(Kind kind, Collection<ResourceId> ids) {
        Map<ResourceId, Reading<JsonElement>> readings = new LinkedHashMap<>();
        ids.forEach(id -> readings.put(
                id,
                Reading.couldNotRead(
                        ask.source(),
                        Why.UNREACHABLE,
                        "NotShown: Resource Graph returns no such resource to this identity")));
        Map<String, List<String>> lists = Map.of("type", List.of(kind.type()), "ids", texts(ids));
        query("by-id", lists, subscriptions(ids))
                .toOptional()
                .ifPresent(rows -> ResourceReferences.resources(rows)
                        .filter(row -> readings.containsKey(ResourceReferences.idOf(row)))
                        .forEach(row -> readings.put(ResourceReferences.idOf(row), Reading.present(row))));
        readings.entrySet().stream()
                .filter(entry -> !entry.getValue().isPresent())
                .limit(MOST_MISSING)
                .forEach(entry -> entry.setValue(one(kind, entry.getKey())));
        return readings;
    }

    static Set<String> subscriptions(Collection<ResourceId> ids) {
        return ids.stream()
                .map(ResourceId::subscription)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static List<String> texts(Collection<ResourceId> ids) {
        return ids.stream().map(ResourceId::toString).toList();
    }
}
