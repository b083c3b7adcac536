package dev.triage502.local;

import dev.triage502.incident.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path of Azure Resource Manager's taken apart: {@code {scope}/providers/{namespace}/{type}/{name}/{type}/{name}…}.
 *
 * <p>Of several {@code providers} the last one counts: what stands before it is the resource that is extended.
 *
 * @param scope the subscription, resource group or resource before the last {@code providers}; may be empty
 * @param names one fewer than types when the path ends in a collection or an action
 */
record ArmPath(String path, String scope, String namespace, List<String> types, List<String> names) {

    static Optional<ArmPath> of(String path) {
        List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
        segments.removeIf(String::isEmpty);
        int providers = -1;
        for (int i = 0; i < segments.size(); i++) {
            providers = segments.get(i).equalsIgnoreCase("providers") ? i : providers;
        }
        if (providers < 0 || providers + 2 >= segments.size()) {
            return Optional.empty();
        }
        List<String> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = providers + 2; i < segments.size(); i++) {
            ((i - providers) % 2 == 0 ? types : names).add(segments.get(i));
        }
        return Optional.of(new ArmPath(
                "/" + String.join("/", segments),
                providers == 0 ? "" : "/" + String.join("/", segments.subList(0, providers)),
                segments.get(providers + 1),
                List.copyOf(types),
                List.copyOf(names)));
    }

    /** The full type: {@code Microsoft.Network/virtualNetworks/subnets}. */
    ResourceType type() {
        return ResourceType.of(namespace + "/" + String.join("/", types));
    }

    /** The type as Azure spells it in messages, as far as it is known. */
    String spelledType() {
        return ResourceKind.spelled(type());
    }

    /** Whether the path ends in a type: a list of such resources, or an action on the one before. */
    boolean endsInType() {
        return types.size() > names.size();
    }

    /** The resource before the last type: a collection's parent, an action's target. Empty at the top of a provider. */
    String parent() {
        return names.isEmpty() ? "" : path.substring(0, path.lastIndexOf('/'));
    }

    /** The name that belongs to the type at this place. */
    String name(int place) {
        return place < names.size() ? names.get(place) : "";
    }
}
