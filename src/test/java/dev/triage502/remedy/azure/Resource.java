package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A resource or a part of one in Azure's own shape: a name and an id, and the rest under {@code properties}. */
record Resource(JsonObject json) {

    static Resource of(String id, String name) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("id", id);
        json.add("properties", new JsonObject());
        return new Resource(json);
    }

    String name() {
        return text(json, "name");
    }

    String id() {
        return text(json, "id");
    }

    /** The type at the end of the id: {@code routeTables}. */
    String type() {
        String[] parts = id().split("/");
        return parts.length < 2 ? "" : parts[parts.length - 2];
    }

    String group() {
        return segment(id(), "resourceGroups");
    }

    JsonObject properties() {
        return json.get("properties") instanceof JsonObject properties ? properties : json;
    }

    /** A list under the properties, which is made if it is not there. */
    JsonArray list(String field) {
        if (!(properties().get(field) instanceof JsonArray)) {
            properties().add(field, new JsonArray());
        }
        return properties().getAsJsonArray(field);
    }

    boolean hasList(String field) {
        return properties().get(field) instanceof JsonArray;
    }

    JsonObject object(String field) {
        if (!(properties().get(field) instanceof JsonObject)) {
            properties().add(field, new JsonObject());
        }
        return properties().getAsJsonObject(field);
    }

    List<Resource> children(String field) {
        return hasList(field) ? resources(list(field)) : List.of();
    }

    Optional<Resource> child(String field, String name) {
        return children(field).stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
    }

    String text(String field) {
        return text(properties(), field);
    }

    boolean flag(String field) {
        return text(field).equalsIgnoreCase("true");
    }

    /** The id that a reference under the properties holds; empty where there is none. */
    String reference(String field) {
        return properties().get(field) instanceof JsonObject object ? text(object, "id") : "";
    }

    void set(String field, JsonElement value) {
        properties().add(field, value);
    }

    void set(String field, String value) {
        set(field, new JsonPrimitive(value));
    }

    void remove(String field) {
        properties().remove(field);
    }

    static JsonObject referenceTo(String id) {
        JsonObject reference = new JsonObject();
        reference.addProperty("id", id);
        return reference;
    }

    static JsonArray texts(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    static List<Resource> resources(JsonArray array) {
        List<Resource> all = new ArrayList<>();
        array.forEach(each -> {
            if (each instanceof JsonObject object) {
                all.add(new Resource(object));
            }
        });
        return all;
    }

    static void removeFrom(JsonArray array, Resource resource) {
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) == resource.json) {
                array.remove(i);
                return;
            }
        }
    }

    static String text(JsonObject object, String field) {
        JsonElement value = object.get(field);
        return value == null || value instanceof JsonNull || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    /** The name after a segment of an id: the resource group after {@code resourceGroups}. */
    static String segment(String id, String segment) {
        String[] parts = id.split("/");
        for (int i = 0; i + 1 < parts.length; i++) {
            if (parts[i].equalsIgnoreCase(segment)) {
                return parts[i + 1];
            }
        }
        return "";
    }

    static String lastSegment(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
