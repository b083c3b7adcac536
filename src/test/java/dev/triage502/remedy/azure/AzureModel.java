package dev.triage502.remedy.azure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Azure as far as the documents of a case show it, to be changed by commands. */
public final class AzureModel {

    private static final Set<Source> CHANGEABLE =
            Set.of(Source.GATEWAY, Source.NETWORK, Source.BACKENDS, Source.DIAGNOSTIC_SETTINGS);

    private final SourceDocuments recorded;
    private final Map<Source, JsonElement> changed = new EnumMap<>(Source.class);
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, String> beside = new TreeMap<>();
    private boolean restarted;

    /**
     * An operation that Azure writes into its activity log.
     *
     * @param name     {@code Microsoft.Network/applicationGateways/write}
     * @param resource the id of what it was done to
     */
    public record Operation(String name, String resource) {}

    private AzureModel(SourceDocuments recorded) {
        this.recorded = recorded;
        for (Source source : CHANGEABLE) {
            recorded.get(source).toOptional().ifPresent(each -> changed.put(source, each.deepCopy()));
        }
        beside.putAll(LoggedPower.of(recorded));
    }

    /** Azure as the documents show it; they themselves stay as they are. */
    public static AzureModel of(SourceDocuments documents) {
        return new AzureModel(documents);
    }

    /** Another Azure in the same state, which can be changed without this one. */
    public AzureModel copy() {
        AzureModel copy = new AzureModel(recorded);
        changed.forEach((source, document) -> copy.changed.put(source, document.deepCopy()));
        copy.operations.addAll(operations);
        copy.beside.clear();
        copy.beside.putAll(beside);
        copy.restarted = restarted;
        return copy;
    }

    /** The documents as Azure would give them now. */
    public SourceDocuments documents() {
        SourceDocuments all = recorded;
        for (Map.Entry<Source, JsonElement> each : changed.entrySet()) {
            all = all.with(each.getKey(), each.getValue().deepCopy());
        }
        return all;
    }

    /** What can be compared: two models are alike where these are equal. */
    public String normalised() {
        StringBuilder all = new StringBuilder();
        changed.forEach((source, document) -> all.append(source.fileName())
                .append(": ")
                .append(Normaliser.of(document))
                .append('\n'));
        all.append("beside: ").append(beside).append('\n');
        return all.toString();
    }

    /** What was done to the gateway and to machines, in its order; a write of the gateway empties its cache of names. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    void did(String operation, Resource resource) {
        did(operation, resource.id());
    }

    void did(String operation, String id) {
        operations.add(new Operation(operation, id));
    }

    /**
     * What no document holds: role assignments, halves of peerings in networks that were not read, and how things are whose
     * power the activity log shows, by their ids in lower case.
     */
    Map<String, String> beside() {
        return beside;
    }

    /** The object ids, in lower case, of those who were given a role. */
    public List<String> givenRoles() {
        return beside.entrySet().stream()
                .filter(each -> each.getValue().equals(RoleAssignmentCommands.ASSIGNED))
                .map(each -> each.getKey().substring(0, each.getKey().indexOf(' ')))
                .toList();
    }

    /** The id in lower case of something whose power only the activity log shows. */
    Optional<String> logged(String group, String type, String name) {
        String end = ("/resourceGroups/" + group + "/providers/" + type + "/" + name).toLowerCase(Locale.ROOT);
        return beside.keySet().stream().filter(each -> each.endsWith(end)).findFirst();
    }

    /** Whether the gateway was stopped and started. */
    public boolean restarted() {
        return restarted;
    }

    void restart() {
        restarted = true;
    }

    boolean hasGateway() {
        return changed.get(Source.GATEWAY) instanceof JsonObject json && json.has("id");
    }

    /** The gateway of this name. */
    Resource gateway(String group, String name) {
        if (!(changed.get(Source.GATEWAY) instanceof JsonObject json)) {
            throw NotModelled.unread("the gateway");
        }
        Resource gateway = new Resource(json);
        if (!gateway.name().equalsIgnoreCase(name) || !gateway.group().equalsIgnoreCase(group)) {
            throw new Refused(
                    "there is no gateway " + name + " in " + group, "az-cli.md, An update of a part: ResourceNotFound");
        }
        return gateway;
    }

    /** Takes a write of the gateway; {@code before} is what it was. */
    void written(Resource gateway, JsonObject before) {
        GatewayRules.check(gateway, new Resource(before));
        did("Microsoft.Network/applicationGateways/write", gateway);
    }

    /** The resource of a kind in the network document. */
    Resource network(String kind, String group, String name) {
        return find(Source.NETWORK, kind, group, name)
                .orElseThrow(() -> NotModelled.unread(kind + " " + name + " in " + group));
    }

    /** The resource of a kind in the backends document. */
    Resource backend(String kind, String group, String name) {
        return find(Source.BACKENDS, kind, group, name)
                .orElseThrow(() -> NotModelled.unread(kind + " " + name + " in " + group));
    }

    Optional<Resource> find(Source source, String kind, String group, String name) {
        return list(source, kind).stream()
                .filter(each ->
                        each.name().equalsIgnoreCase(name) && each.group().equalsIgnoreCase(group))
                .findFirst();
    }

    List<Resource> list(Source source, String kind) {
        return array(source, kind).map(Resource::resources).orElse(List.of());
    }

    Optional<JsonArray> array(Source source, String kind) {
        return changed.get(source) instanceof JsonObject document && document.get(kind) instanceof JsonArray array
                ? Optional.of(array)
                : Optional.empty();
    }

    Optional<Resource> byId(Source source, String kind, String id) {
        return list(source, kind).stream()
                .filter(each -> each.id().equalsIgnoreCase(id))
                .findFirst();
    }

    /** The subscription that the case is in. */
    String subscription() {
        for (Source source : List.of(Source.GATEWAY, Source.NETWORK)) {
            String text = String.valueOf(changed.get(source));
            int at = text.indexOf("/subscriptions/");
            if (at >= 0) {
                return Resource.segment(text.substring(at, Math.min(text.length(), at + 60)), "subscriptions");
            }
        }
        return "";
    }

    /** An id in the case's subscription. */
    String id(String group, String provider, String type, String name) {
        return "/subscriptions/" + subscription() + "/resourceGroups/" + group + "/providers/" + provider + "/" + type
                + "/" + name;
    }
}
