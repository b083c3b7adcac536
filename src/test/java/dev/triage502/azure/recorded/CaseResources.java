package dev.triage502.azure.recorded;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a case folder, taken apart into the resources that Azure keeps: what a case joins (instances in their
 * scale set, revisions in their app, a site's configuration) is served where Azure has it, and nowhere else.
 */
final class CaseResources {

    private final Map<String, JsonElement> files = new LinkedHashMap<>();

    /** Resources as Azure keeps them, by their id in lower case. */
    final Map<String, JsonObject> resources = new LinkedHashMap<>();

    /** What a resource is only shown with on demand: a machine's or an instance's view. */
    final Map<String, JsonObject> instanceViews = new LinkedHashMap<>();

    /** Lists that stand at an address of their own, by that address in lower case. */
    final Map<String, List<JsonObject>> lists = new LinkedHashMap<>();

    CaseResources(Path folder) throws IOException {
        try (Stream<Path> documents = Files.list(folder)) {
            for (Path document : documents.toList()) {
                String name = document.getFileName().toString();
                files.put(name.replace(".json", ""), JsonParser.parseString(Files.readString(document)));
            }
        }
        if (file("gateway") instanceof JsonObject gateway && !gateway.has("error")) {
            keep(gateway);
        }
        for (String name : List.of("network", "backends")) {
            if (file(name) instanceof JsonObject document && !document.has("error")) {
                for (Map.Entry<String, JsonElement> part : document.entrySet()) {
                    if (part.getValue() instanceof JsonArray array
                            && !Set.of("effectiveRoutes", "securityAdminRules", "connectivityConfigurations")
                                    .contains(part.getKey())) {
                        array.forEach(resource ->
                                take(part.getKey(), resource.getAsJsonObject().deepCopy()));
                    }
                }
            }
        }
    }

    /** The document of that name, or nothing. */
    @Nullable
    JsonElement file(String name) {
        return files.get(name);
    }

    /** The error that Azure answered in place of the document. */
    @Nullable
    JsonObject error(String name) {
        return file(name) instanceof JsonObject object && object.has("error") ? object : null;
    }

    /** The part of a document, or nothing. */
    @Nullable
    JsonElement part(String name, String part) {
        return file(name) instanceof JsonObject object ? object.get(part) : null;
    }

    private void take(String part, JsonObject resource) {
        if (!resource.has("id")) {
            return;
        }
        JsonObject properties = resource.has("properties") ? resource.getAsJsonObject("properties") : new JsonObject();
        String id = lower(resource.get("id").getAsString());
        switch (part) {
            case "virtualMachines" -> {
                if (properties.remove("instanceView") instanceof JsonObject view) {
                    instanceViews.put(id, view);
                }
            }
            case "scaleSets" -> {
                List<JsonObject> instances = new ArrayList<>();
                for (JsonElement instance :
                        list(properties.remove("virtualMachines"), properties.remove("instances"))) {
                    JsonObject object = instance.getAsJsonObject();
                    if (object.getAsJsonObject("properties").remove("instanceView") instanceof JsonObject view) {
                        instanceViews.put(lower(object.get("id").getAsString()), view);
                    }
                    instances.add(object);
                }
                lists.put(id + "/virtualmachines", instances);
            }
            case "containerApps" -> lists.put(id + "/revisions", objects(properties.remove("revisions")));
            case "sites" -> {
                if (properties.get("siteConfig") instanceof JsonObject whole) {
                    JsonObject web = new JsonObject();
                    web.addProperty("id", resource.get("id").getAsString() + "/config/web");
                    web.addProperty("name", resource.get("name").getAsString());
                    web.addProperty("type", "Microsoft.Web/sites/config");
                    web.add("properties", whole);
                    resources.put(id + "/config/web", web);
                    JsonObject bare = whole.deepCopy();
                    for (String field : List.of(
                            "ipSecurityRestrictions",
                            "ipSecurityRestrictionsDefaultAction",
                            "scmIpSecurityRestrictions",
                            "scmIpSecurityRestrictionsDefaultAction",
                            "ftpsState",
                            "minTlsVersion")) {
                        bare.add(field, null);
                    }
                    properties.add("siteConfig", bare);
                }
            }
            case "networkInterfaces" -> {
                int machine = id.indexOf("/virtualmachines/");
                if (id.contains("/virtualmachinescalesets/") && machine > 0) {
                    lists.computeIfAbsent(id.substring(0, machine) + "/networkinterfaces", k -> new ArrayList<>())
                            .add(resource);
                }
            }
            default -> {}
        }
        keep(resource);
    }

    private void keep(JsonObject resource) {
        String id = lower(resource.get("id").getAsString());
        resources.put(id, resource);
        int records = id.indexOf("/privatednszones/");
        if (records > 0) {
            String[] names = id.substring(records + 17).split("/");
            String zone = id.substring(0, records + 17) + names[0];
            if (names.length > 1) {
                String list = names[1].equals("virtualnetworklinks") ? "/virtualnetworklinks" : "/all";
                lists.computeIfAbsent(zone + list, k -> new ArrayList<>()).add(resource);
            } else {
                lists.computeIfAbsent(zone + "/virtualnetworklinks", k -> new ArrayList<>());
                lists.computeIfAbsent(zone + "/all", k -> new ArrayList<>());
            }
        }
        if (resource.get("properties") instanceof JsonObject properties) {
            for (String part : List.of("subnets", "virtualNetworkPeerings", "securityRules", "routes")) {
                objects(properties.get(part)).stream()
                        .filter(child -> child.has("id"))
                        .forEach(child ->
                                resources.putIfAbsent(lower(child.get("id").getAsString()), child));
            }
        }
    }

    private static JsonArray list(@Nullable JsonElement first, @Nullable JsonElement second) {
        return first instanceof JsonArray array ? array : second instanceof JsonArray other ? other : new JsonArray();
    }

    static List<JsonObject> objects(@Nullable JsonElement array) {
        List<JsonObject> objects = new ArrayList<>();
        if (array instanceof JsonArray elements) {
            elements.forEach(element -> objects.add(element.getAsJsonObject()));
        }
        return objects;
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
