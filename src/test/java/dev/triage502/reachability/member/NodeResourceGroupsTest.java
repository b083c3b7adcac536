package dev.triage502.reachability.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Cluster;
import dev.triage502.evidence.Backends.ClusterNetwork;
import dev.triage502.evidence.Backends.IngressAddOn;
import dev.triage502.evidence.Backends.NodeTags;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NodeResourceGroupsTest {

    private static final ResourceId CLUSTER = in("rg-app", "Microsoft.ContainerService/managedClusters/aks-1");
    private static final ResourceId OTHER = in("rg-app", "Microsoft.ContainerService/managedClusters/aks-2");
    private static final NodeResourceGroups NOTHING_READ =
            new NodeResourceGroups(Reading.couldNotRead(Source.BACKENDS, Reading.Why.FORBIDDEN, "AuthorizationFailed"));

    private static ResourceId in(String group, String resource) {
        return ResourceId.of("/subscriptions/s/resourceGroups/" + group + "/providers/" + resource);
    }

    private static ResourceId nodes(String group) {
        return in(group, "Microsoft.Compute/virtualMachineScaleSets/aks-np-1-vmss");
    }

    private static NodeResourceGroups of(List<ScaleSet> sets, Cluster... clusters) {
        return new NodeResourceGroups(
                Reading.present(new Backends(List.of(), sets, List.of(), List.of(), List.of(clusters))));
    }

    private static Cluster cluster(ResourceId id, String nodeGroup, Optional<ResourceId> identity) {
        Optional<IngressAddOn> addOn =
                identity.map(each -> new IngressAddOn(Optional.empty(), Optional.of(each), "object"));
        return new Cluster(id, Power.RUNNING, "Succeeded", new ClusterNetwork("azure", "", "", ""), addOn, nodeGroup);
    }

    private static ScaleSet tagged(String group, String cluster, String ofGroup) {
        return new ScaleSet(
                nodes(group),
                Power.RUNNING,
                List.of(),
                List.of(),
                OptionalInt.empty(),
                Optional.of(new NodeTags(cluster, ofGroup)));
    }

    @Test
    void aGroupOfTheUsualNameIsOfTheClusterThatItIsNamedAfter() {
        ResourceId balancer = in("MC_rg-app_AKS-1_westeurope", "Microsoft.Network/loadBalancers/kubernetes-internal");

        assertThat(NOTHING_READ.isOf(balancer, CLUSTER)).isTrue();
        assertThat(NOTHING_READ.isOf(balancer, OTHER)).isFalse();
    }

    /** The name of one cluster may begin as another's does. */
    @Test
    void itIsNotOfAClusterWhoseNameIsOnlyAPart() {
        assertThat(NOTHING_READ.isOf(nodes("mc_rg-app_aks-10_westeurope"), CLUSTER))
                .isFalse();
    }

    @Test
    void anyOtherGroupIsNoneWhereNothingSaysSo() {
        assertThat(NOTHING_READ.holds(in("rg-mc_web", "Microsoft.Compute/virtualMachines/vm-1")))
                .isFalse();
    }

    @Test
    void aClusterSaysWhichGroupIsItsOwn() {
        NodeResourceGroups groups = of(List.of(), cluster(CLUSTER, "Shop-Nodes", Optional.empty()));

        assertThat(groups.isOf(nodes("shop-nodes"), CLUSTER)).isTrue();
        assertThat(groups.mayBeOf(nodes("shop-nodes"), OTHER)).isFalse();
        assertThat(groups.holds(nodes("rg-app"))).isFalse();
    }

    @Test
    void theIdentityOfTheAddOnIsInIt() {
        ResourceId identity =
                in("shop-nodes", "Microsoft.ManagedIdentity/userAssignedIdentities/ingressapplicationgateway-aks-1");
        NodeResourceGroups groups = of(List.of(), cluster(CLUSTER, "", Optional.of(identity)));

        assertThat(groups.isOf(nodes("shop-nodes"), CLUSTER)).isTrue();
    }

    @Test
    void theTagsOfNodesNameTheirCluster() {
        NodeResourceGroups groups = of(List.of(tagged("shop-nodes", "AKS-1", "RG-App")));

        assertThat(groups.isOf(nodes("shop-nodes"), CLUSTER)).isTrue();
        assertThat(groups.isOf(nodes("shop-nodes"), OTHER)).isFalse();
    }

    /** Older clusters tag their nodes with the pool alone. */
    @Test
    void tagsWithoutAClusterLeaveOpenWhoseTheyAre() {
        NodeResourceGroups groups = of(List.of(tagged("shop-nodes", "", "")));

        assertThat(groups.holds(nodes("shop-nodes"))).isTrue();
        assertThat(groups.isOf(nodes("shop-nodes"), CLUSTER)).isFalse();
        assertThat(groups.mayBeOf(nodes("shop-nodes"), CLUSTER)).isTrue();
    }
}
