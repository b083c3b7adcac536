package dev.triage502.evidence.arm.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A template as the portal exports one and as Bicep builds one. What its expressions do not say without a deployment
 * stays unknown: such a value is an object where the readers expect a text, so that its element is reported as unread.
 */
final class TemplateForm implements DocumentForm {

    @Override
    public Optional<TakenDocument> take(JsonElement document) {
        boolean template = AnyCase.text(document, "$schema").contains("deploymentTemplate.json");
        if (!template || !(document instanceof JsonObject object)) {
            return Optional.empty();
        }
        List<UsableResource> kinds = new ArrayList<>();
        List<TakenPart> parts = new ArrayList<>();
        for (JsonObject resource : resources(object)) {
            UsableResource.ofType(AnyCase.text(resource, "type")).ifPresent(kind -> {
                kinds.add(kind);
                parts.add(kind.part(resource));
            });
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new TakenDocument("ARM template: " + ResourcesForm.words(kinds), parts));
    }

    /** The resources with their ids, each with its children that the template has apart from it. */
    private static List<JsonObject> resources(JsonObject template) {
        TemplateExpressions expressions = new TemplateExpressions(template);
        Map<String, JsonObject> byId = new LinkedHashMap<>();
        for (JsonElement each : all(template)) {
            if (each instanceof JsonObject written
                    && expressions.evaluate(written) instanceof JsonObject resource
                    && AnyCase.field(resource, "name")
                            .filter(JsonElement::isJsonPrimitive)
                            .isPresent()) {
                String id = TemplateExpressions.id(
                        AnyCase.text(resource, "type"),
                        AnyCase.field(resource, "name").orElseThrow().getAsString());
                resource.addProperty("id", id);
                byId.put(id, resource);
            }
        }
        byId.forEach((id, resource) -> joinParent(id, resource, byId));
        return List.copyOf(byId.values());
    }

    /** Newer templates name each resource: then it is an object. */
    private static List<JsonElement> all(JsonObject template) {
        JsonElement resources = template.get("resources");
        if (resources instanceof JsonArray array) {
            return AnyCase.stream(array).toList();
        }
        return resources instanceof JsonObject named
                ? named.entrySet().stream().map(Map.Entry::getValue).toList()
                : List.of();
    }

    /** An export has rules and subnets twice, in their parent and apart; one that is only apart is put in. */
    private static void joinParent(String id, JsonObject child, Map<String, JsonObject> byId) {
        String[] segments = id.split("/");
        String collection = segments[segments.length - 2];
        String parentId =
                id.substring(0, id.length() - collection.length() - segments[segments.length - 1].length() - 2);
        JsonObject parent = byId.get(parentId);
        if (parent == null || !(parent.get("properties") instanceof JsonObject properties)) {
            return;
        }
        if (!(properties.get(collection) instanceof JsonArray)) {
            properties.add(collection, new JsonArray());
        }
        JsonArray known = properties.getAsJsonArray(collection);
        String name = segments[segments.length - 1];
        boolean there = AnyCase.stream(known)
                .anyMatch(each -> AnyCase.text(each, "name").equalsIgnoreCase(name));
        if (!there) {
            JsonObject copy = child.deepCopy();
            copy.addProperty("name", name);
            known.add(copy);
        }
    }
}
