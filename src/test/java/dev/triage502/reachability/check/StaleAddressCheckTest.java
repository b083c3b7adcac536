package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaleAddressCheckTest {

    private static final String WRITE = "Microsoft.Network/applicationGateways/write";
    private static final String BALANCER = "Microsoft.Network/loadBalancers/write";
    private static final String NODES = "Microsoft.ContainerService/managedClusters/agentPools/write";

    private static Scene scene() {
        return new Scene().pool("web", 80, "10.0.2.4").fails("10.0.2.4", ProbeFailure.TIMED_OUT);
    }

    private static Scene failingPods() {
        return new Scene()
                .controller()
                .pool("web", 80, "10.0.2.4")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .served("08:50:00", "pool-web", "10.0.2.4")
                .nowhere("09:10:00", "pool-web");
    }

    private static List<Finding> shown(Scene scene) {
        return scene.reach().shows(Step.STALE).toOptional().orElse(List.of());
    }

    private static List<Finding> hinted(Scene scene) {
        return scene.reach().hints(Step.STALE).toOptional().orElseThrow();
    }

    private static dev.triage502.incident.ResourceId nodes() {
        return dev.triage502.incident.ResourceId.of(Scene.clusterId("aks-1") + "/agentPools/np1");
    }

    private static Scene besideApiService(String operation, String address) {
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.4")
                .card("nic-far", "10.0.1.9", "snet-agw", "")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .served("08:50:00", "pool-web", "10.0.2.4")
                .nowhere("09:10:00", "pool-web");
        ResourceId service = ResourceId.of(Scene.RESOURCES + "Microsoft.ApiManagement/service/apim");
        Backends.PrivateDomain domain = new Backends.PrivateDomain(service, HostName.of("apim.azure-api.net"), address);
        return scene.operation("08:40:00", operation, service, Outcome.SUCCEEDED)
                .backends(new Backends(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(domain),
                        Optional.empty()));
    }

    @Test
    void aServiceInTheNetworkThatWasChangedAndHasAnAddressInNoPoolIsAHint() {
        String migration = "Microsoft.ApiManagement/service/migrateToStv2/action";

        assertThat(hinted(besideApiService(migration, "10.0.9.5")))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("apim was changed") && text.contains("10.0.9.5"));
        assertThat(hinted(besideApiService(migration, "10.0.2.4")))
                .as("the pool has its address")
                .isEmpty();
    }

    @Test
    void anAddressThatNothingHoldsAnyMoreIsShownWhereItOnceServed() {
        Scene scene = scene().card("nic-1", "10.0.2.5", "snet-app", "vm-1")
                .card("nic-2", "10.0.2.6", "snet-app", "vm-2")
                .machine("vm-1", Power.RUNNING, "VM running")
                .served("08:50:00", "pool-web", "10.0.2.4")
                .nowhere("09:10:00", "pool-web");

        assertThat(shown(scene))
                .extracting(Finding::source)
                .containsExactlyInAnyOrder(Source.NETWORK, Source.ACCESS_LOG);
    }

    @Test
    void anAddressThatNothingHoldsAndThatNeverServedIsAHint() {
        Scene scene = scene().card("nic-1", "10.0.2.5", "snet-app", "vm-1");

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).singleElement().asString().contains("no network interface has this address");
    }

    @Test
    void anAddressThatIsHeldIsNotStale() {
        Scene scene = scene().card("nic-1", "10.0.2.4", "snet-app", "vm-1");

        assertThat(scene.reach().shows(Step.STALE).toOptional().orElseThrow()).isEmpty();
        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void anInstanceThatStandsOnTwoListsIsOneNeighbour() {
        Scene scene = scene().card("nic-1", "10.0.2.5", "snet-app", "vm-1")
                .scaleSet("vmss-1", Power.RUNNING, List.of(), Scene.instance("vmss-1", 0, Power.RUNNING, "10.0.2.5"))
                .served("08:50:00", "pool-web", "10.0.2.4")
                .nowhere("09:10:00", "pool-web");

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).isNotEmpty();
    }

    @Test
    void aListWithoutTheSubnetProvesNothing() {
        Scene scene = scene().subnet("vnet-a", "snet-db", "10.0.3.0/24").card("nic-1", "10.0.3.5", "snet-db", "vm-1");

        assertThat(hinted(scene)).isEmpty();
        assertThat(scene.reach().shows(Step.STALE).unread()).isPresent();
    }

    @Test
    void aMachineDeletedBeforehandMakesItCertain() {
        Scene scene = scene().card("nic-1", "10.0.2.5", "snet-app", "vm-1")
                .card("nic-2", "10.0.2.6", "snet-app", "vm-2")
                .machine("vm-1", Power.RUNNING, "VM running")
                .operation(
                        "09:00:00",
                        "Microsoft.Compute/virtualMachines/delete",
                        Scene.machineId("vm-old"),
                        Outcome.SUCCEEDED);

        assertThat(shown(scene)).extracting(Finding::text).anyMatch(text -> text.contains("vm-old was deleted"));
    }

    @Test
    void aServerThatOnlyTheRunningConfigurationHoldsIsShown() {
        Scene scene = new Scene()
                .pool("web", 80)
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .pool("web", 80, "10.0.2.9");

        assertThat(shown(scene)).singleElement().asString().contains("no longer in the gateway's configuration");
    }

    @Test
    void aControllersWriteInFlightWhenAServerBeganToFailIsShown() {
        Scene scene = new Scene()
                .controller()
                .pool("web", 80, "10.0.2.4", "10.0.2.5")
                .fails("10.0.2.4", ProbeFailure.CANNOT_CONNECT)
                .healthy("10.0.2.5")
                .served("09:00:10", "pool-web", "10.0.2.4")
                .request("09:00:20", 502, "pool-web", "10.0.2.4", ErrorInfo.CLOSED_CONNECTION)
                .served("09:00:30", "pool-web", "10.0.2.5")
                .operation("09:00:00", WRITE, Scene.gatewayId(), Outcome.STARTED, "agic");

        assertThat(shown(scene)).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.target().kind()).isEqualTo(Kind.SERVER);
            assertThat(finding.target().name()).isEqualTo("10.0.2.4");
        });
    }

    @Test
    void aWriteByHandOrOneThatHadEndedIsNone() {
        Scene byHand = scene().served("08:59:50", "pool-web", "10.0.2.4")
                .nowhere("09:00:20", "pool-web")
                .operation("09:00:00", WRITE, Scene.gatewayId(), Outcome.STARTED);
        Scene ended = failingPods().operation("08:30:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED, "agic");

        assertThat(shown(byHand)).isEmpty();
        assertThat(shown(ended)).isEmpty();
        assertThat(hinted(ended)).isEmpty();
    }

    @Test
    void nodesReplacedSinceThePoolWasWrittenAreAHintFromSeveralSources() {
        Scene scene = failingPods()
                .operation("07:00:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED, "agic")
                .operation("09:05:00", NODES, nodes(), Outcome.SUCCEEDED);

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene))
                .extracting(Finding::source)
                .containsExactlyInAnyOrder(Source.ACTIVITY_LOG, Source.ACCESS_LOG, Source.BACKEND_HEALTH);
    }

    private static Scene podsWithoutLog() {
        return new Scene()
                .controller()
                .pool("web", 80, "10.0.2.4")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .operation("01:00:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED, "agic");
    }

    @Test
    void aClusterStartedUpgradedOrDeletedAtNightStillExplainsItInTheMorningWithoutALog() {
        for (String operation : List.of(
                "managedClusters/start/action",
                "managedClusters/delete",
                "managedClusters/rotateClusterCertificates/action",
                "managedClusters/agentPools/deleteMachines/action",
                "managedClusters/agentPools/upgradeNodeImageVersion/action")) {
            Scene scene = podsWithoutLog()
                    .operation("02:00:00", "Microsoft.ContainerService/" + operation, nodes(), Outcome.SUCCEEDED);

            assertThat(hinted(scene))
                    .as(operation)
                    .extracting(Finding::source)
                    .containsExactlyInAnyOrder(Source.ACTIVITY_LOG, Source.BACKEND_HEALTH);
        }
    }

    @Test
    void aClusterThatIsStillStartingHasMovedNothingYet() {
        Scene scene = podsWithoutLog()
                .operation(
                        "02:00:00",
                        "Microsoft.ContainerService/managedClusters/start/action",
                        Scene.clusterId("aks-1"),
                        Outcome.STARTED);

        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void anAddressThatServedAfterTheNodesWereReplacedHasNotMovedByThat() {
        Scene scene = failingPods()
                .operation("01:00:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED, "agic")
                .operation("02:00:00", NODES, nodes(), Outcome.SUCCEEDED);

        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void whatAClustersNodesDoIsNothingToAPoolThatNoControllerFills() {
        Scene scene = scene().operation("02:00:00", NODES, nodes(), Outcome.SUCCEEDED);

        assertThat(hinted(scene)).isEmpty();
    }

    private static Scene silentPodWithAnsweringNeighbor() {
        return new Scene()
                .controller()
                .pool("web", 80, "10.0.2.4")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .look("10.0.2.4", 80, Connect.TIMED_OUT)
                .answered("10.0.2.9", 80, 200)
                .operation("01:00:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED, "agic");
    }

    @Test
    void aNeighborThatAnswersInItsPlaceTellsOfAControllerThatHasStoppedWriting() {
        assertThat(hinted(silentPodWithAnsweringNeighbor()))
                .extracting(Finding::source)
                .containsExactlyInAnyOrder(Source.DIRECT_PROBE, Source.ACTIVITY_LOG);
    }

    @Test
    void theRightThatTheControllerLostIsNamed() {
        Scene scene = silentPodWithAnsweringNeighbor()
                .operation(
                        "02:00:00",
                        "Microsoft.Authorization/roleAssignments/delete",
                        ResourceId.of(Scene.gatewayId() + "/providers/Microsoft.Authorization/roleAssignments/ra-1"),
                        Outcome.SUCCEEDED);

        assertThat(hinted(scene))
                .anySatisfy(each -> assertThat(each.values()).containsEntry("controller-lacks", "role"));
    }

    @Test
    void aNeighborThatAPoolHoldsOrThatAnswersAnotherPortIsNone() {
        Scene held = silentPodWithAnsweringNeighbor().pool("other", 80, "10.0.2.9");
        Scene port = new Scene()
                .controller()
                .pool("web", 80, "10.0.2.4")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .look("10.0.2.4", 80, Connect.TIMED_OUT)
                .answered("10.0.2.9", 8080, 200)
                .operation("01:00:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED, "agic");

        assertThat(hinted(held)).isEmpty();
        assertThat(hinted(port)).isEmpty();
    }

    private static Scene frontendGone() {
        return scene().balancer("ilb", "10.0.2.30", "snet-app", 80)
                .operation("01:00:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED)
                .operation("02:00:00", BALANCER, Scene.balancerId("ilb"), Outcome.SUCCEEDED);
    }

    @Test
    void aFrontendThatServesThePortInItsPlaceSinceTheGatewaysLastWriteIsShown() {
        assertThat(shown(frontendGone()))
                .extracting(Finding::source)
                .containsExactlyInAnyOrder(Source.NETWORK, Source.ACTIVITY_LOG);
        assertThat(shown(frontendGone()))
                .anySatisfy(each -> assertThat(each.values()).containsEntry("addresses", "10.0.2.30"));
    }

    @Test
    void aFrontendInItsPlaceIsNamedAlsoWhereNoInterfaceHasTheAddress() {
        Scene scene = frontendGone().card("nic-1", "10.0.2.31", "snet-app", "vm-1");

        assertThat(shown(scene)).anySatisfy(each -> assertThat(each.values()).containsEntry("addresses", "10.0.2.30"));
    }

    @Test
    void aFrontendOfAnotherPortAnotherPoolOrFromBeforeIsNotItsSuccessor() {
        Scene port = scene().balancer("ilb", "10.0.2.30", "snet-app", 8080)
                .operation("02:00:00", BALANCER, Scene.balancerId("ilb"), Outcome.SUCCEEDED);
        Scene before = frontendGone().operation("03:00:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED);

        assertThat(shown(port)).isEmpty();
        assertThat(shown(frontendGone().pool("other", 80, "10.0.2.30"))).isEmpty();
        assertThat(shown(before)).isEmpty();
    }

    @Test
    void anAddressThatIsStillAFrontendIsNotStale() {
        Scene scene = frontendGone().balancer("ilb", "10.0.2.4", "snet-app", 80);

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).isEmpty();
    }

    /** Somebody's load balancer is always being written somewhere; that an address was given up as well is what tells. */
    @Test
    void inTheOpenAFrontendThatServesThePortIsAHintUntilAnAddressIsSeenToGo() {
        ResourceId address = ResourceId.of(Scene.balancerId("lb").parent() + "/publicIPAddresses/pip-old");
        Scene scene = new Scene()
                .pool("web", 80, "203.0.113.61")
                .fails("203.0.113.61", ProbeFailure.TIMED_OUT)
                .balancer("lb", "203.0.113.118", "", 80)
                .operation("01:00:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED)
                .operation("02:00:00", BALANCER, Scene.balancerId("lb"), Outcome.SUCCEEDED);

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).isNotEmpty();

        scene.operation("02:01:00", "Microsoft.Network/publicIPAddresses/delete", address, Outcome.SUCCEEDED);

        assertThat(shown(scene))
                .anySatisfy(each -> assertThat(each.text()).contains("pip-old was deleted"))
                .anySatisfy(each -> assertThat(each.values()).containsEntry("addresses", "203.0.113.118"));
    }

    private static Scene scaledIn(String lastServed) {
        return new Scene()
                .pool("web", 80, "10.0.2.4", "10.0.2.5")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .fails("10.0.2.5", ProbeFailure.TIMED_OUT)
                .served(lastServed, "pool-web", "10.0.2.4")
                .nowhere("09:10:00", "pool-web")
                .operation(
                        "09:00:00",
                        "Microsoft.Compute/virtualMachineScaleSets/delete/action",
                        ResourceId.of("/subscriptions/s/resourceGroups/g/providers/"
                                + "Microsoft.Compute/virtualMachineScaleSets/vmss"),
                        Outcome.SUCCEEDED);
    }

    @Test
    void whatAServerWasSeenToOutliveDidNotTakeItsAddress() {
        assertThat(hinted(scaledIn("08:59:00"))).isNotEmpty();
        assertThat(hinted(scaledIn("09:05:00"))).isEmpty();
    }

    @Test
    void whereOneThatFailsAlikeAcceptsDirectConnectionsNoneIsTakenForGone() {
        assertThat(hinted(scaledIn("08:59:00").look("10.0.2.5", 80, Connect.OK)))
                .isEmpty();
    }

    @Test
    void aPoolWrittenAfterwardsByItsWriterIsFresh() {
        Scene scene = failingPods()
                .operation("07:00:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED, "agic")
                .operation("09:05:00", NODES, nodes(), Outcome.SUCCEEDED)
                .operation("09:20:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED, "agic");

        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void aWriteOfAnotherClustersControllerDoesNotRenewIt() {
        Scene scene = failingPods()
                .operation("07:00:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED, "agic-1")
                .operation("09:05:00", NODES, nodes(), Outcome.SUCCEEDED)
                .operation("09:20:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED, "agic-2");

        assertThat(hinted(scene)).hasSize(3);
    }

    @Test
    void whereNothingTellsHowTheServerDoesNothingIsSaidToHaveMoved() {
        Scene scene = new Scene()
                .controller()
                .pool("web", 80, "10.0.2.4")
                .operation("09:05:00", NODES, nodes(), Outcome.SUCCEEDED);

        assertThat(hinted(scene)).isEmpty();
        assertThat(scene.reach().shows(Step.STALE).unread().orElseThrow().source())
                .isEqualTo(Source.BACKEND_HEALTH);
    }

    private static Scene containerGroup(String operation) {
        return new Scene()
                .subnet("vnet-a", "snet-aci", "10.0.5.0/24")
                .delegated("snet-aci", "Microsoft.ContainerInstance/containerGroups")
                .pool("web", 80, "10.0.5.4")
                .fails("10.0.5.4", ProbeFailure.TIMED_OUT)
                .served("08:50:00", "pool-web", "10.0.5.4")
                .nowhere("09:10:00", "pool-web")
                .operation(
                        "09:05:00",
                        "Microsoft.ContainerInstance/containerGroups/" + operation,
                        dev.triage502.incident.ResourceId.of(
                                Scene.RESOURCES + "Microsoft.ContainerInstance/containerGroups/aci-1"),
                        Outcome.SUCCEEDED);
    }

    @Test
    void aContainerGroupThatCameBackMayHaveAnotherAddress() {
        for (String operation : List.of("restart/action", "start/action", "write")) {
            assertThat(hinted(containerGroup(operation)))
                    .extracting(Finding::source)
                    .containsExactlyInAnyOrder(Source.ACTIVITY_LOG, Source.ACCESS_LOG);
            assertThat(hinted(containerGroup(operation)))
                    .anyMatch(finding -> finding.text().contains("aci-1 was ")
                            && finding.text().contains("its address may have changed"));
        }
    }

    @Test
    void notIfThePoolWasWrittenAfterwardsOrTheAddressIsNoContainers() {
        Scene written =
                containerGroup("restart/action").operation("09:07:00", WRITE, Scene.gatewayId(), Outcome.SUCCEEDED);
        Scene other = failingPods()
                .operation(
                        "09:05:00",
                        "Microsoft.ContainerInstance/containerGroups/restart/action",
                        dev.triage502.incident.ResourceId.of(
                                Scene.RESOURCES + "Microsoft.ContainerInstance/containerGroups/aci-1"),
                        Outcome.SUCCEEDED);

        assertThat(hinted(written)).isEmpty();
        assertThat(hinted(other)).isEmpty();
    }

    @Test
    void nodesReplacedLongBeforeOrAfterAreNone() {
        assertThat(hinted(failingPods().operation("06:00:00", NODES, nodes(), Outcome.SUCCEEDED)))
                .isEmpty();
        assertThat(hinted(failingPods().operation("09:15:00", NODES, nodes(), Outcome.SUCCEEDED)))
                .isEmpty();
    }

    @Test
    void requestsStillSentToAFormerAddressAreShown() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.9")
                .healthy("10.0.2.9")
                .served("09:00:00", "pool-web", "10.0.2.9")
                .request("09:10:00", 502, "pool-web", "10.0.2.4", ErrorInfo.CLOSED_CONNECTION);

        assertThat(shown(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.target().name()).isEqualTo("10.0.2.4");
            assertThat(finding.text()).contains("pool-web no longer contains this address");
        });
    }

    @Test
    void aPoolThatWasBroughtUpToDateAndServesAgainHasDroppedIt() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.9")
                .healthy("10.0.2.9")
                .request("09:10:00", 502, "pool-web", "10.0.2.4", ErrorInfo.CLOSED_CONNECTION)
                .served("09:20:00", "pool-web", "10.0.2.9");

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values()).containsEntry("dropped", "addresses"));
    }

    @Test
    void aGapBetweenAnOldAddressAndANewOneIsAHint() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.9")
                .healthy("10.0.2.9")
                .served("09:00:00", "pool-web", "10.0.2.4")
                .nowhere("09:01:00", "pool-web")
                .served("09:06:00", "pool-web", "10.0.2.9");

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).singleElement().asString().contains("pool-web now contains another address");
    }

    @Test
    void noGapWhereTheNewAddressWasAskedAndRequestsStillFailed() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.9")
                .healthy("10.0.2.9")
                .served("09:00:00", "pool-web", "10.0.2.4")
                .nowhere("09:01:00", "pool-web")
                .served("09:06:00", "pool-web", "10.0.2.9")
                .nowhere("09:12:00", "pool-web");

        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void anAddressThatServedWithoutAFailureIsNone() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.9")
                .healthy("10.0.2.9")
                .served("09:00:00", "pool-web", "10.0.2.4")
                .served("09:06:00", "pool-web", "10.0.2.9");

        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void addressesOfANameAreNoFormerMembers() {
        Scene scene = new Scene()
                .pool("web", 443, "web.example.com")
                .healthy("web.example.com")
                .request("09:10:00", 502, "pool-web", "203.0.113.4", ErrorInfo.CLOSED_CONNECTION);

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).isEmpty();
    }

    private static String replaced(Scene scene, String operation, ResourceId on) {
        Scene whole = scene.operation("09:00:00", operation, on, Outcome.SUCCEEDED);
        return java.util.stream.Stream.concat(shown(whole).stream(), hinted(whole).stream())
                .filter(finding -> finding.source() == Source.ACTIVITY_LOG)
                .map(Finding::text)
                .findFirst()
                .orElse("");
    }

    private static Scene servedBefore() {
        return scene().served("08:50:00", "pool-web", "10.0.2.4").nowhere("09:10:00", "pool-web");
    }

    /** In words that say what was done, and to what. */
    @ParameterizedTest
    @CsvSource({
        "Microsoft.Compute/virtualMachineScaleSets/delete/action,scale set vmss-1 was scaled in",
        "Microsoft.Compute/virtualMachineScaleSets/delete,scale set vmss-1 was deleted",
        "Microsoft.Compute/virtualMachineScaleSets/write,scale set vmss-1 was scaled or updated"
    })
    void whatMayHaveReplacedAServerIsSaid(String operation, String words) {
        assertThat(replaced(servedBefore(), operation, Scene.setId("vmss-1")))
                .contains(words + " by ops@example.com; the pool has not been updated since");
    }

    @Test
    void aControllerIsNamedThatHasNotUpdatedThePool() {
        assertThat(replaced(failingPods(), NODES, nodes()))
                .contains("was scaled or updated by ops@example.com; the ingress controller has not updated the pool"
                        + " since");
        assertThat(replaced(
                        failingPods(),
                        "Microsoft.ContainerService/managedClusters/agentPools/upgradeNodeImageVersion/action",
                        nodes()))
                .contains("was upgraded or reimaged");
        assertThat(replaced(
                        failingPods(),
                        "Microsoft.ContainerService/managedClusters/start/action",
                        Scene.clusterId("aks-1")))
                .contains("was started");
    }

    /** What a cluster's nodes do matters to pools that its controller fills, and to no others. */
    @Test
    void aClusterBesideAPoolThatNoControllerFillsIsNotToBlame() {
        assertThat(replaced(servedBefore(), NODES, nodes())).isEmpty();
    }

    @Test
    void nodesOfAClusterRenewItsPods() {
        ResourceId nodes = ResourceId.of("/subscriptions/s-1/resourceGroups/MC_rg-web_aks-1_westeurope/providers/"
                + "Microsoft.Compute/virtualMachineScaleSets/aks-np-vmss");
        ResourceId other = ResourceId.of("/subscriptions/s-1/resourceGroups/rg-other/providers/"
                + "Microsoft.Compute/virtualMachineScaleSets/other-vmss");
        String reimage = "Microsoft.Compute/virtualMachineScaleSets/reimage/action";

        assertThat(replaced(failingPods(), reimage, nodes)).contains("was upgraded or reimaged");
        assertThat(replaced(failingPods(), reimage, other))
                .as("no node of a cluster")
                .isEmpty();
    }

    private static Scene containers() {
        return servedBefore().delegated("snet-app", "Microsoft.ContainerInstance/containerGroups");
    }

    /** Azure keeps no address for a container group that starts anew. */
    @ParameterizedTest
    @CsvSource({
        "Microsoft.ContainerInstance/containerGroups/restart/action,was restarted",
        "Microsoft.ContainerInstance/containerGroups/start/action,was started",
        "Microsoft.ContainerInstance/containerGroups/write,was redeployed"
    })
    void aContainerGroupThatCameBackMayHaveAnotherAddress(String operation, String words) {
        ResourceId group = ResourceId.of(Scene.RESOURCES + "Microsoft.ContainerInstance/containerGroups/aci");

        assertThat(replaced(containers(), operation, group))
                .contains(words, "; its address may have changed, and the pool has not been updated since");
        assertThat(replaced(servedBefore(), operation, group))
                .as("another subnet")
                .isEmpty();
    }

    private static final String DEALLOCATE = "Microsoft.Compute/virtualMachines/deallocate/action";
    private static final String START = "Microsoft.Compute/virtualMachines/start/action";

    /** The machine that served at .4 is at .9 since both were started, and another one is at .4. */
    private static Scene changedPlaces(String holderStarted) {
        return scene().card("nic-1", "10.0.2.9", "snet-app", "vm-web")
                .card("nic-2", "10.0.2.4", "snet-app", "vm-mail")
                .served("07:00:00", "pool-web", "10.0.2.4")
                .nowhere("09:00:00", "pool-web")
                .look("10.0.2.4", 80, Connect.REFUSED)
                .answered("10.0.2.9", 80, 200)
                .operation("08:50:00", START, Scene.machineId("vm-web"), Outcome.SUCCEEDED)
                .operation(holderStarted, START, Scene.machineId("vm-mail"), Outcome.SUCCEEDED);
    }

    @Test
    void twoMachinesThatChangedPlacesWhenTheyWereStartedAreShown() {
        assertThat(shown(changedPlaces("08:45:00"))).anySatisfy(finding -> {
            assertThat(finding.text())
                    .contains("10.0.2.4 in pool-web: now belongs to vm-mail", "vm-web", "has 10.0.2.9 now");
            assertThat(finding.values()).containsEntry("holder", "vm-mail").containsEntry("addresses", "10.0.2.9");
        });
    }

    @Test
    void aMachineThatHadTheAddressBeforeTheServerLastServedDidNotTakeItOver() {
        assertThat(shown(changedPlaces("06:00:00"))).isEmpty();
    }

    @Test
    void anotherServerOfThePoolThatAnswersIsNotTheOneThatMoved() {
        Scene pair = new Scene().pool("web", 80, "10.0.2.4", "10.0.2.9").fails("10.0.2.4", ProbeFailure.TIMED_OUT);
        pair.card("nic-1", "10.0.2.9", "snet-app", "vm-web")
                .card("nic-2", "10.0.2.4", "snet-app", "vm-mail")
                .served("07:00:00", "pool-web", "10.0.2.4")
                .nowhere("09:00:00", "pool-web")
                .look("10.0.2.4", 80, Connect.REFUSED)
                .answered("10.0.2.9", 80, 200)
                .operation("08:50:00", START, Scene.machineId("vm-web"), Outcome.SUCCEEDED)
                .operation("08:51:00", START, Scene.machineId("vm-mail"), Outcome.SUCCEEDED);

        assertThat(shown(pair)).isEmpty();
    }

    /** The pool holds a public address that nothing has; {@code nic-1} has another one. */
    private static Scene restartedWithPublicAddress() {
        return new Scene()
                .pool("web", 80, "20.7.1.4")
                .fails("20.7.1.4", ProbeFailure.TIMED_OUT)
                .card("nic-1", "10.0.2.9", "snet-app", "vm-web")
                .publicAddress("20.7.9.9", "nic-1")
                .dynamicAddresses()
                .operation("04:00:00", DEALLOCATE, Scene.machineId("vm-web"), Outcome.SUCCEEDED)
                .operation("06:00:00", START, Scene.machineId("vm-web"), Outcome.SUCCEEDED);
    }

    @Test
    void aDynamicPublicAddressThatAMachineGaveUpIsAHint() {
        Scene scene = restartedWithPublicAddress();

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.text())
                    .contains(
                            "20.7.1.4 in pool-web: no listed public IP address has this address",
                            "of vm-web is dynamic and is 20.7.9.9 now",
                            "stopped at 2026-03-02T04:00:00Z and started at 2026-03-02T06:00:00Z");
            assertThat(finding.values())
                    .containsEntry("addresses", "20.7.9.9")
                    .containsEntry("public-address-resource-group", "rg-web");
        });
    }

    @Test
    void aPublicAddressThatServedSinceTheRestartOrIsHeldWasNotGivenUp() {
        assertThat(hinted(restartedWithPublicAddress().served("07:00:00", "pool-web", "20.7.1.4")))
                .isEmpty();
        assertThat(hinted(restartedWithPublicAddress().publicAddress("20.7.1.4", "nic-2")))
                .isEmpty();
    }

    @Test
    void ofTwoRestartedMachinesNoneIsNamed() {
        assertThat(hinted(restartedWithPublicAddress()
                        .card("nic-2", "10.0.2.8", "snet-app", "vm-mail")
                        .publicAddress("20.7.9.8", "nic-2")
                        .dynamicAddresses()
                        .operation("04:00:00", DEALLOCATE, Scene.machineId("vm-mail"), Outcome.SUCCEEDED)
                        .operation("06:00:00", START, Scene.machineId("vm-mail"), Outcome.SUCCEEDED)))
                .isEmpty();
    }
}
