package dev.triage502.reachability.member;

import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.member.BackendResources.Member;
import java.util.HashMap;
import java.util.Map;

/** What do the page's commands need to start a machine, a set, an app or a cluster? */
public final class StartCommandValues {

    private static final Map<String, String> NAMES = Map.of(
            "virtualMachineScaleSets", "scale-set",
            "sites", "site",
            "containerApps", "container-app",
            "managedClusters", "cluster");

    private StartCommandValues() {}

    /** The same for all that a member stands for. */
    public static Map<String, String> of(Member member) {
        Map<String, String> values = of(member.id());
        values.put(
                "member-id",
                String.join(" ", member.all().stream().map(ResourceId::toString).toList()));
        return values;
    }

    public static Map<String, String> of(ResourceId id) {
        Map<String, String> values = new HashMap<>();
        values.put("member-id", id.toString());
        values.put("backend-resource-group", id.resourceGroup());
        NAMES.forEach((type, name) -> {
            if (!id.after(type).isEmpty()) {
                values.put(name, id.after(type));
            }
        });
        if (id.hasType("Microsoft.Compute/virtualMachines")) {
            values.put("vm", id.name());
        }
        return values;
    }
}
