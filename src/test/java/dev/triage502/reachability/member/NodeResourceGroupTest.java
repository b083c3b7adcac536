package dev.triage502.reachability.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.incident.ResourceId;
import org.junit.jupiter.api.Test;

class NodeResourceGroupTest {

    private static ResourceId in(String group, String resource) {
        return ResourceId.of("/subscriptions/s/resourceGroups/" + group + "/providers/" + resource);
    }

    private static final ResourceId CLUSTER = in("rg-app", "Microsoft.ContainerService/managedClusters/aks-1");

    @Test
    void aNodeGroupIsOfTheClusterThatItIsNamedAfter() {
        ResourceId balancer = in("MC_rg-app_AKS-1_westeurope", "Microsoft.Network/loadBalancers/kubernetes-internal");

        assertThat(NodeResourceGroup.of(balancer))
                .hasValueSatisfying(group -> assertThat(group.isOf(CLUSTER)).isTrue());
    }

    /** The name of one cluster may begin as another's does. */
    @Test
    void itIsNotOfAClusterWhoseNameIsOnlyAPart() {
        ResourceId balancer = in("mc_rg-app_aks-10_westeurope", "Microsoft.Network/loadBalancers/kubernetes-internal");

        assertThat(NodeResourceGroup.of(balancer))
                .hasValueSatisfying(group -> assertThat(group.isOf(CLUSTER)).isFalse());
    }

    @Test
    void anyOtherGroupIsNone() {
        assertThat(NodeResourceGroup.of(in("rg-mc_web", "Microsoft.Compute/virtualMachines/vm-1")))
                .isEmpty();
    }
}
