package dev.triage502.reachability.member;

import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.Optional;

/**
 * The resource group that AKS makes for a cluster's nodes and load balancers, by its usual name
 * {@code MC_{group}_{cluster}_{region}}. One that was given another name is not known as one.
 */
public record NodeResourceGroup(ArmName name) {

    private static final String PREFIX = "mc_";

    /** The group that a resource is in, if nodes are in it by its name. */
    public static Optional<NodeResourceGroup> of(ResourceId resource) {
        ArmName group = ArmName.of(resource.resourceGroup());
        return Wording.of(group.toString()).startWith(PREFIX)
                ? Optional.of(new NodeResourceGroup(group))
                : Optional.empty();
    }

    /** Whether it is named after this cluster. */
    public boolean isOf(ResourceId cluster) {
        return Wording.of(name.toString()).has("_" + ArmName.of(cluster.name()).inLowerCase() + "_");
    }
}
