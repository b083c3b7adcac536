package dev.triage502.reachability.member;

import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.IngressAddOn;
import dev.triage502.evidence.Backends.NodeTags;
import dev.triage502.evidence.Reading;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * In which resource groups are nodes and load balancers of AKS clusters, and of which cluster? Known by what the cluster
 * says, by the tags of its nodes, by where the identity of its ingress add-on is, or by the usual name
 * {@code MC_{group}_{cluster}_{region}}.
 */
public final class NodeResourceGroups {

    private static final String PREFIX = "mc_";

    private record Group(ArmName subscription, ArmName name) {

        static Group of(ResourceId resource) {
            return new Group(ArmName.of(resource.subscription()), ArmName.of(resource.resourceGroup()));
        }

        boolean hasUsualName() {
            return Wording.of(name.toString()).startWith(PREFIX);
        }

        boolean isNamedAfter(ResourceId cluster) {
            return hasUsualName()
                    && Wording.of(name.toString())
                            .has("_" + ArmName.of(cluster.name()).inLowerCase() + "_");
        }
    }

    /** A cluster by its name; its resource group may be unknown. */
    private record Owner(ArmName group, ArmName name) {

        boolean is(ResourceId cluster) {
            return name.equals(ArmName.of(cluster.name()))
                    && (group.isEmpty() || group.equals(ArmName.of(cluster.resourceGroup())));
        }
    }

    private final Map<Group, Set<Owner>> owners = new HashMap<>();

    public NodeResourceGroups(Reading<Backends> backends) {
        backends.toOptional().ifPresent(this::add);
    }

    private void add(Backends backends) {
        for (Cluster cluster : backends.clusters()) {
            Owner owner = new Owner(
                    ArmName.of(cluster.id().resourceGroup()),
                    ArmName.of(cluster.id().name()));
            if (!cluster.nodeGroup().isEmpty()) {
                add(new Group(ArmName.of(cluster.id().subscription()), ArmName.of(cluster.nodeGroup())), owner);
            }
            cluster.ingress()
                    .flatMap(IngressAddOn::identity)
                    .map(Group::of)
                    .filter(each -> !each.equals(Group.of(cluster.id())))
                    .ifPresent(each -> add(each, owner));
        }
        backends.scaleSets().forEach(each -> add(each.id(), each.nodes()));
        backends.machines().forEach(each -> add(each.id(), each.node()));
    }

    private void add(ResourceId node, Optional<NodeTags> tags) {
        tags.ifPresent(each -> {
            Set<Owner> known = owners.computeIfAbsent(Group.of(node), unused -> new HashSet<>());
            if (!each.cluster().isEmpty()) {
                known.add(new Owner(ArmName.of(each.resourceGroup()), ArmName.of(each.cluster())));
            }
        });
    }

    private void add(Group group, Owner owner) {
        owners.computeIfAbsent(group, unused -> new HashSet<>()).add(owner);
    }

    /** Whether a resource is in the node resource group of some cluster. */
    public boolean holds(ResourceId resource) {
        Group group = Group.of(resource);
        return owners.containsKey(group) || group.hasUsualName();
    }

    /** Whether a resource is in the node resource group of this cluster. */
    public boolean isOf(ResourceId resource, ResourceId cluster) {
        Group group = Group.of(resource);
        Set<Owner> known = owners.getOrDefault(group, Set.of());
        return known.isEmpty() ? group.isNamedAfter(cluster) : known.stream().anyMatch(each -> each.is(cluster));
    }

    /** Whether a resource is in a node resource group that may be this cluster's, since no other is known to have it. */
    public boolean mayBeOf(ResourceId resource, ResourceId cluster) {
        return holds(resource)
                && (isOf(resource, cluster)
                        || owners.getOrDefault(Group.of(resource), Set.of()).isEmpty());
    }
}
