package dev.triage502.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.ResourceType;
import dev.triage502.incident.Wording;
import dev.triage502.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which resources does a query of {@code src/main/resources/kql} leave over? Nothing here runs KQL: each condition is
 * told by the query's name, and the values that it asks for are taken from the query's text.
 */
final class GraphCondition {

    private static final Pattern NAME = Pattern.compile("\\s*//\\s*triage502:\\s*([a-z0-9-]+)\\s");
    private static final Pattern LIST = Pattern.compile("\\bin~? \\(([^)]*)\\)");
    private static final Pattern CONTAINED = Pattern.compile("contains tolower\\('([^']*)'\\)");
    private static final Pattern VALUE = Pattern.compile("'([^']*)'");

    private static final String CARDS = "virtualMachineProfile.networkProfile.networkInterfaceConfigurations.properties"
            + ".ipConfigurations.properties.";

    private final String name;
    private final List<Set<String>> lists = new ArrayList<>();
    private final String contained;

    private GraphCondition(String query) {
        Matcher named = NAME.matcher(query);
        this.name = named.lookingAt() ? named.group(1) : "";
        Matcher found = LIST.matcher(query);
        while (found.find()) {
            Set<String> values = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            VALUE.matcher(found.group(1)).results().map(each -> each.group(1)).forEach(values::add);
            lists.add(values);
        }
        Matcher inside = CONTAINED.matcher(query);
        this.contained = inside.find() ? inside.group(1) : "";
    }

    static GraphCondition of(String query) {
        return new GraphCondition(query);
    }

    /** Whether the resource meets it; every resource does where the query's name tells nothing. */
    boolean holds(JsonObject resource) {
        JsonObject properties = JsonTree.object(resource, "properties");
        return switch (name) {
            case "by-id" -> anyIn(0, texts(resource, "id"));
            case "gateways" -> anyIn(0, texts(resource, "name"));
            case "holders" ->
                anyIn(1, texts(resource, "id"))
                        || anyIn(2, texts(properties, "ipConfigurations.properties.privateIPAddress"))
                        || anyIn(2, texts(properties, "frontendIPConfigurations.properties.privateIPAddress"))
                        || anyIn(3, texts(properties, "ipAddress"))
                        || anyIn(4, texts(properties, "dnsSettings.fqdn"));
            case "names" ->
                anyIn(1, texts(resource, "name"))
                        || anyIn(2, texts(properties, "virtualNetwork.id"))
                        || anyIn(3, servicesOf(properties));
            case "around" ->
                anyIn(1, texts(properties, "ipConfigurations.properties.subnet.id"))
                        || anyIn(1, texts(properties, CARDS + "subnet.id"))
                        || anyIn(1, texts(properties, "frontendIPConfigurations.properties.subnet.id"))
                        || anyIn(2, texts(properties, "ipConfigurations.properties.privateIPAddress"))
                        || anyIn(2, texts(properties, "frontendIPConfigurations.properties.privateIPAddress"))
                        || anyIn(3, texts(resource, "location"))
                                && !texts(properties, "frontendIPConfigurations.properties.publicIPAddress.id")
                                        .isEmpty();
            case "machines" -> anyIn(0, texts(properties, "networkProfile.networkInterfaces.id"));
            case "machines-of-sets" -> anyIn(0, texts(properties, "virtualMachineScaleSet.id"));
            case "owners" -> isOwner(resource, properties);
            default -> true;
        };
    }

    private boolean isOwner(JsonObject resource, JsonObject properties) {
        ResourceType type = PretendResources.typeOf(JsonTree.text(resource, "id"));
        return switch (type.inLowerCase().substring(type.inLowerCase().indexOf('/') + 1)) {
            case "virtualmachinescalesets" ->
                anyIn(1, texts(resource, "id"))
                        || isPart(JsonTree.object(
                                JsonTree.object(properties, "virtualMachineProfile"), "networkProfile"));
            case "managedclusters" ->
                anyIn(2, texts(properties, "agentPoolProfiles.vnetSubnetID"))
                        || anyIn(3, texts(properties, "agentPoolProfiles.podSubnetID"))
                        || anyIn(4, texts(properties, "nodeResourceGroup"))
                        || isPart(JsonTree.object(properties, "addonProfiles"));
            case "sites" ->
                anyIn(5, texts(properties, "hostNames"))
                        || anyIn(6, texts(properties, "defaultHostName"))
                        || anyIn(7, texts(resource, "name"));
            case "containerapps" ->
                anyIn(8, texts(properties, "configuration.ingress.fqdn"))
                        || anyIn(9, texts(properties, "configuration.ingress.customDomains.name"));
            case "managedenvironments" ->
                anyIn(10, texts(properties, "defaultDomain")) || anyIn(11, texts(properties, "staticIp"));
            case "staticsites" ->
                anyIn(12, texts(properties, "customDomains")) || anyIn(12, texts(properties, "defaultHostname"));
            case "storageaccounts" ->
                anyIn(13, texts(resource, "name")) || anyIn(14, texts(properties, "customDomain.name"));
            case "service" ->
                anyIn(15, texts(resource, "name"))
                        || anyIn(16, texts(properties, "hostnameConfigurations.hostName"))
                        || anyIn(17, texts(properties, "privateIPAddresses"))
                        || anyIn(18, texts(properties, "publicIPAddresses"));
            default -> false;
        };
    }

    /** The names of the services that an endpoint leads to. */
    private static List<String> servicesOf(JsonObject endpoint) {
        List<String> names = new ArrayList<>();
        for (String list : List.of("privateLinkServiceConnections", "manualPrivateLinkServiceConnections")) {
            texts(endpoint, list + ".properties.privateLinkServiceId").stream()
                    .map(id -> id.split("/", -1))
                    .filter(parts -> parts.length > 8)
                    .forEach(parts -> names.add(parts[8]));
        }
        return names;
    }

    private boolean anyIn(int list, List<String> values) {
        return list < lists.size() && values.stream().anyMatch(lists.get(list)::contains);
    }

    private boolean isPart(JsonObject part) {
        return !contained.isEmpty()
                && Wording.of(part.toString()).has(ResourceId.of(contained).key());
    }

    /** The texts at the end of a way of fields; arrays on the way are passed through. */
    private static List<String> texts(JsonElement at, String way) {
        List<String> found = new ArrayList<>();
        if (at.isJsonArray()) {
            at.getAsJsonArray().forEach(each -> found.addAll(texts(each, way)));
        } else if (way.isEmpty()) {
            if (at.isJsonPrimitive()) {
                found.add(at.getAsString());
            }
        } else if (at instanceof JsonObject object) {
            String[] parts = way.split("\\.", 2);
            JsonElement next = object.get(parts[0]);
            if (next != null) {
                found.addAll(texts(next, parts.length > 1 ? parts[1] : ""));
            }
        }
        return found;
    }
}
