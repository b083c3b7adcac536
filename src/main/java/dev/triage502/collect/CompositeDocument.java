package dev.triage502.collect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.ResourceReferences;
import dev.triage502.incident.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A document put together of many answers, {@code {"virtualNetworks":[…],"routeTables":[…]}}, some of which may be
 * refusals. A resource that could not be read stands in its array as {@code {"id","error":{"code","message"}}}; an array
 * that could not be listed is left out and stands in {@code "unread":{"privateDnsZones":{"code","message"}}}.
 */
final class CompositeDocument {

    private final Source source;
    private final Map<String, Map<String, JsonObject>> arrays = new LinkedHashMap<>();
    private final JsonObject unread = new JsonObject();
    private boolean anythingRead;
    private Optional<CouldNotRead<?>> firstRefusal = Optional.empty();

    CompositeDocument(Source source) {
        this.source = source;
    }

    /** Has the array stand in the document, if only as an empty one: there is nothing of the kind. */
    CompositeDocument with(String array) {
        arrays.computeIfAbsent(array, name -> new LinkedHashMap<>());
        return this;
    }

    /** One resource, or what was said in its place; of two with one id the first stays, unless it is a refusal. */
    void add(String array, ResourceId id, Reading<JsonElement> reading) {
        if (reading instanceof Reading.Present<JsonElement> present && present.value() instanceof JsonObject resource) {
            anythingRead = true;
            put(array, id, resource);
        }
        reading.unread().ifPresent(refusal -> {
            note(refusal);
            JsonObject place = new JsonObject();
            place.addProperty("id", id.toString());
            place.add("error", error(refusal));
            put(array, id, place);
        });
    }

    /** All of a list's elements, or why it could not be listed. */
    void addAll(String array, Reading<JsonArray> list) {
        list.toOptional().ifPresent(elements -> {
            anythingRead = true;
            ResourceReferences.resources(elements).forEach(each -> put(array, ResourceReferences.idOf(each), each));
        });
        list.unread().ifPresent(refusal -> unread(array, refusal));
    }

    /**
     * A query's rows, each in the array of its type. An array of whose type there is no row is left as it is: who asked
     * may not have been shown what there is.
     */
    void addSeen(Reading<JsonArray> rows, Map<String, String> arrays) {
        arrays.forEach((type, array) -> {
            Reading<JsonArray> some = rows.map(all -> ResourceReferences.ofType(type, all));
            if (some.unread().isPresent()
                    || some.toOptional().filter(all -> all.size() > 0).isPresent()) {
                addAll(array, some);
            }
        });
        anythingRead |= rows.isPresent();
    }

    void unread(String name, CouldNotRead<?> refusal) {
        note(refusal);
        unread.add(name, error(refusal));
    }

    /** The array as it is so far. */
    JsonArray array(String name) {
        JsonArray array = new JsonArray();
        arrays.getOrDefault(name, Map.of()).values().forEach(array::add);
        return array;
    }

    JsonObject document() {
        JsonObject document = new JsonObject();
        arrays.keySet().forEach(name -> document.add(name, array(name)));
        addUnreadTo(document);
        return document;
    }

    /** A list as Azure answers one, with what could not be read: {@code {"value":[…],"unread":{…}}}. */
    JsonObject listOf(JsonArray value) {
        JsonObject list = new JsonObject();
        list.add("value", value);
        addUnreadTo(list);
        return list;
    }

    /** Adds what could not be read, if there is any, to another document. */
    void addUnreadTo(JsonObject other) {
        if (isIncomplete()) {
            other.add("unread", unread);
        }
    }

    /** Whether something could not be read, other than single resources. */
    boolean isIncomplete() {
        return unread.size() > 0;
    }

    /** The document; or, when nothing at all could be read, the first refusal. */
    Reading<JsonElement> reading() {
        if (!anythingRead && firstRefusal.isPresent()) {
            return Reading.couldNotRead(
                    source, firstRefusal.get().why(), firstRefusal.get().detail());
        }
        return Reading.present(document());
    }

    private void note(CouldNotRead<?> refusal) {
        if (firstRefusal.isEmpty()) {
            firstRefusal = Optional.of(refusal);
        }
    }

    private void put(String array, ResourceId id, JsonObject resource) {
        Map<String, JsonObject> byId = arrays.computeIfAbsent(array, name -> new LinkedHashMap<>());
        JsonObject known = byId.get(id.key());
        if (known == null || known.has("error")) {
            byId.put(id.key(), resource);
        }
    }

    private static JsonElement error(CouldNotRead<?> refusal) {
        return ErrorDocument.of(refusal.why(), refusal.detail()).get("error");
    }
}
