package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PowerStateCheckTest {

    private static final String DEALLOCATE = "Microsoft.Compute/virtualMachines/deallocate/action";
    private static final String START = "Microsoft.Compute/virtualMachines/start/action";
    private static final String RESTART = "Microsoft.Compute/virtualMachines/restart/action";

    private static Scene scene() {
        return new Scene().pool("web", 80, "10.0.2.4").fails("10.0.2.4", ProbeFailure.TIMED_OUT);
    }

    private static Scene withCard() {
        return scene().card("nic-1", "10.0.2.4", "snet-app", "vm-1");
    }

    private static List<Finding> shown(Scene scene) {
        return scene.reach().shows(Step.STOPPED).toOptional().orElse(List.of());
    }

    private static List<Finding> hinted(Scene scene) {
        return scene.reach().hints(Step.STOPPED).toOptional().orElseThrow();
    }

    @Test
    void aStoppedMachineBehindTheAddressIsShown() {
        List<Finding> findings = shown(withCard().machine("vm-1", Power.STOPPED, "VM deallocated"));

        assertThat(findings).hasSize(1);
        Finding finding = findings.get(0);
        assertThat(finding.source()).isEqualTo(Source.BACKENDS);
        assertThat(finding.target().kind()).isEqualTo(Kind.POOL);
        assertThat(finding.text()).isEqualTo("10.0.2.4 in pool-web: VM vm-1 is stopped (\"VM deallocated\")");
        assertThat(finding.values()).containsEntry("vm", "vm-1").containsEntry("backend-resource-group", "rg-web");
    }

    @Test
    void aRunningMachineSpeaksAgainstIt() {
        ReachabilityResult reach =
                withCard().machine("vm-1", Power.RUNNING, "VM running").reach();

        assertThat(reach.shows(Step.STOPPED).toOptional().orElseThrow()).isEmpty();
        assertThat(reach.opposes(Step.STOPPED).toOptional().orElseThrow())
                .extracting(Finding::text)
                .containsExactly("10.0.2.4 in pool-web: VM vm-1 is running (\"VM running\")");
    }

    @Test
    void anAppThatWasRestartedAndAnswersTheProbeIsNotStopped() {
        assertThat(shown(restartedApp(Outcome.SUCCEEDED, 404))).isEmpty();
        assertThat(hinted(restartedApp(Outcome.SUCCEEDED, 404))).isEmpty();
    }

    @Test
    void anAppWhoseRestartHasNotEndedIs() {
        assertThat(shown(restartedApp(Outcome.STARTED, 503))).hasSize(1);
    }

    private static Scene restartedApp(Outcome outcome, int status) {
        return new Scene()
                .pool("web", 443, "shop.azurewebsites.net")
                .fails("shop.azurewebsites.net", status)
                .site("shop", Power.RUNNING, "Running", "shop.azurewebsites.net")
                .operation("09:25:00", "Microsoft.Web/sites/restart/action", Scene.siteId("shop"), outcome);
    }

    @Test
    void aMachineOnItsWayIsDownForNow() {
        assertThat(shown(withCard().machine("vm-1", Power.IN_TRANSITION, "VM starting")))
                .hasSize(1);
    }

    @Test
    void onlyTheStoppedOneOfSeveralIsNamed() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.4", "10.0.2.5")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .healthy("10.0.2.5")
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .machine("vm-1", Power.STOPPED, "VM stopped");

        assertThat(shown(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.target().kind()).isEqualTo(Kind.SERVER);
            assertThat(finding.target().name()).isEqualTo("10.0.2.4");
        });
    }

    @Test
    void aStoppedScaleSetStopsThePoolThatItFills() {
        Scene scene = scene().scaleSet(
                        "vmss-1",
                        Power.UNSAID,
                        List.of("pool-web"),
                        Scene.instance("vmss-1", 0, Power.STOPPED),
                        Scene.instance("vmss-1", 1, Power.STOPPED));

        assertThat(shown(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("scale set vmss-1 is stopped");
            assertThat(finding.values()).containsEntry("scale-set", "vmss-1");
        });
    }

    @Test
    void anInstanceIsFoundByItsAddress() {
        Scene scene = scene().scaleSet(
                        "vmss-1",
                        Power.RUNNING,
                        List.of(),
                        Scene.instance("vmss-1", 7, Power.STOPPED, "10.0.2.4"),
                        Scene.instance("vmss-1", 8, Power.RUNNING, "10.0.2.5"));

        assertThat(shown(scene)).singleElement().asString().contains("instance vmss-1/7 is stopped");
    }

    @Test
    void aStoppedAppAnswersForbidden() {
        Scene scene = new Scene()
                .pool("web", 443, "web-1.azurewebsites.net")
                .fails("web-1.azurewebsites.net", 403)
                .site("web-1", Power.STOPPED, "Stopped", "web-1.azurewebsites.net");

        assertThat(shown(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("App Service app web-1 is stopped");
            assertThat(finding.values()).containsEntry("site", "web-1");
        });
    }

    @Test
    void aRunningAppThatAnswersForbiddenIsNotStopped() {
        Scene scene = new Scene()
                .pool("web", 443, "web-1.azurewebsites.net")
                .fails("web-1.azurewebsites.net", 403)
                .site("web-1", Power.RUNNING, "Running", "web-1.azurewebsites.net");

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void aStoppedAppIsFoundBehindItsPrivateEndpoint() {
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.9")
                .fails("10.0.2.9", 403)
                .endpoint("pe-web", Scene.siteId("web-1"), "web-1.azurewebsites.net", "10.0.2.9", "snet-app")
                .site("web-1", Power.STOPPED, "Stopped", "web-1.azurewebsites.net");

        assertThat(shown(scene)).hasSize(1);
    }

    @Test
    void aContainerAppWithoutARevisionThatRunsIsStopped() {
        String host = "app-1.calm-1a2b.westeurope.azurecontainerapps.io";
        Scene scene = new Scene()
                .pool("web", 443, host)
                .fails(host, 404)
                .containerApp("app-1", Power.STOPPED, "no active revision", host);

        assertThat(shown(scene)).singleElement().asString().contains("container app app-1 is stopped");
    }

    @Test
    void aDeactivatedRevisionIsNotTheApp() {
        String host = "app-1.calm-1a2b.westeurope.azurecontainerapps.io";
        String revision = "app-1--r7.calm-1a2b.westeurope.azurecontainerapps.io";

        assertThat(shown(withoutRevision(host))).isEmpty();
        assertThat(hinted(withoutRevision(host))).isEmpty();
        assertThat(shown(withoutRevision(revision)))
                .singleElement()
                .asString()
                .contains("app-1--r7 of container app app-1 was deactivated");
    }

    private static Scene withoutRevision(String host) {
        return new Scene()
                .pool("web", 443, host)
                .fails(host, 404)
                .operation(
                        "09:00:00",
                        "Microsoft.App/containerApps/revisions/deactivate/action",
                        dev.triage502.incident.ResourceId.of(
                                Scene.RESOURCES + "Microsoft.App/containerApps/app-1/revisions/app-1--r7"),
                        Outcome.SUCCEEDED);
    }

    @Test
    void noMachineIsSuspectedBehindTheNameOfAnApp() {
        String site = "web-1.azurewebsites.net";
        Scene scene = new Scene()
                .pool("web", 443, site)
                .fails(site, ProbeFailure.TIMED_OUT)
                .operation("09:00:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED);

        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void aPoolOfInterfacesIsStoppedOnlyIfAllItsMachinesAreKnownToBe() {
        Scene scene = joined("nic-1", "nic-2").fails("10.0.2.7", ProbeFailure.TIMED_OUT);
        Scene both = joined("nic-1", "nic-2")
                .fails("10.0.2.7", ProbeFailure.TIMED_OUT)
                .owner("nic-2", "vm-2", Power.STOPPED);

        assertThat(shown(scene)).isEmpty();
        assertThat(shown(both)).hasSize(1);
    }

    private static Scene joined(String... cards) {
        return new Scene().pool("web", 80).joined("web", cards).owner("nic-1", "vm-1", Power.STOPPED);
    }

    @Test
    void aScaleSetOfWhichInstancesAreUnknownIsNotStopped() {
        Scene scene = scene().scaleSet(
                        "vmss-1",
                        3,
                        List.of("pool-web"),
                        Scene.instance("vmss-1", 0, Power.STOPPED),
                        Scene.instance("vmss-1", 1, Power.STOPPED));

        assertThat(shown(scene)).isEmpty();
    }

    @Test
    void aPoolThatASecondScaleSetFillsIsNotStoppedWithTheFirst() {
        Scene scene = scene().scaleSet(
                        "vmss-1", Power.RUNNING, List.of("pool-web"), Scene.instance("vmss-1", 0, Power.RUNNING))
                .scaleSet("vmss-2", Power.STOPPED, List.of("pool-web"), Scene.instance("vmss-2", 0, Power.STOPPED));

        assertThat(shown(scene)).isEmpty();
    }

    @Test
    void theCommandsGetTheIdOfEveryMachineThatIsStopped() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.4", "10.0.2.5")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .fails("10.0.2.5", ProbeFailure.TIMED_OUT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .card("nic-2", "10.0.2.5", "snet-app", "vm-2")
                .machine("vm-1", Power.STOPPED, "VM deallocated")
                .machine("vm-2", Power.STOPPED, "VM deallocated");

        assertThat(shown(scene))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values())
                        .containsEntry("member-id", Scene.machineId("vm-1") + " " + Scene.machineId("vm-2")));
    }

    @Test
    void aCommandThatNobodyCouldReadIsLeftForAPersonToFillIn() {
        String[] addresses = IntStream.range(4, 80).mapToObj(i -> "10.0.2." + i).toArray(String[]::new);
        Scene scene = new Scene().pool("web", 80, addresses);
        for (String address : addresses) {
            String vm = "vm-" + address.substring(7);
            scene.fails(address, ProbeFailure.TIMED_OUT)
                    .card("nic-" + vm, address, "snet-app", vm)
                    .machine(vm, Power.STOPPED, "VM deallocated");
        }

        assertThat(shown(scene))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values())
                        .doesNotContainKey("member-id")
                        .containsKey("vm"));
    }

    @Test
    void aServerThatAnsweredIsAMachineThatRuns() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.4")
                .fails("10.0.2.4", 500)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .machine("vm-1", Power.STOPPED, "VM deallocated");

        assertThat(shown(scene)).isEmpty();
    }

    @Test
    void aStoppedClusterTakesItsPodsDown() {
        Scene scene = new Scene()
                .pool("web", 80, "10.244.1.9")
                .fails("10.244.1.9", ProbeFailure.TIMED_OUT)
                .cluster("aks-1", Power.STOPPED, "kubenet", "10.244.0.0/16", "10.96.0.0/16");

        assertThat(shown(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("cluster aks-1 is stopped");
            assertThat(finding.values()).containsEntry("cluster", "aks-1");
        });
    }

    @Test
    void aStopInTheLogOfTheMachineBehindTheAddressIsShown() {
        Scene scene = withCard().operation("09:00:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED);

        assertThat(shown(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.source()).isEqualTo(Source.ACTIVITY_LOG);
            assertThat(finding.at()).isPresent();
            assertThat(finding.text()).contains("vm-1 was stopped").contains("by ops@example.com");
        });
    }

    @Test
    void aLaterStartEndsIt() {
        Scene scene = withCard()
                .operation("08:00:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED)
                .operation("08:30:00", START, Scene.machineId("vm-1"), Outcome.SUCCEEDED);

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void aRefusedStopStopsNothing() {
        assertThat(shown(withCard().operation("09:00:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.FAILED)))
                .isEmpty();
    }

    @Test
    void aRestartExplainsSilenceForAFewMinutesOnly() {
        assertThat(shown(withCard().operation("09:25:00", RESTART, Scene.machineId("vm-1"), Outcome.SUCCEEDED)))
                .singleElement()
                .asString()
                .contains("was restarted by ops@example.com and may still be starting");
        assertThat(shown(withCard().operation("08:25:00", RESTART, Scene.machineId("vm-1"), Outcome.SUCCEEDED)))
                .isEmpty();
    }

    /** Patches take hours and restart a machine at some time: a hint, unless its state shows that it is being updated. */
    @Test
    void aMachineThatIsBeingPatchedIsAHintForHours() {
        String patch = "Microsoft.Compute/virtualMachines/installPatches/action";

        assertThat(hinted(withCard().operation("07:25:00", patch, Scene.machineId("vm-1"), Outcome.STARTED)))
                .singleElement()
                .asString()
                .contains("was patched by ops@example.com, which has not finished and may restart it");
        assertThat(hinted(withCard().operation("04:25:00", patch, Scene.machineId("vm-1"), Outcome.STARTED)))
                .isEmpty();
        assertThat(shown(withCard()
                        .machine("vm-1", Power.IN_TRANSITION, "VM running")
                        .operation("07:25:00", patch, Scene.machineId("vm-1"), Outcome.STARTED)))
                .extracting(Finding::source)
                .containsExactlyInAnyOrder(Source.ACTIVITY_LOG, Source.BACKENDS);
    }

    /** Only the probe's silence could tell that it is not back. */
    @Test
    void aRestartThatHasEndedIsAHintWhereHealthWasNotRead() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.4")
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .machine("vm-1", Power.RUNNING, "VM running");

        scene.operation("09:25:00", RESTART, Scene.machineId("vm-1"), Outcome.SUCCEEDED);
        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).singleElement().asString().contains("may still be starting");
    }

    @Test
    void anAppIsFoundInTheLogByItsName() {
        Scene scene = new Scene()
                .pool("web", 443, "web-1.azurewebsites.net")
                .fails("web-1.azurewebsites.net", 403)
                .operation("09:00:00", "Microsoft.Web/sites/stop/action", Scene.siteId("web-1"), Outcome.SUCCEEDED);

        assertThat(shown(scene)).hasSize(1);
    }

    @Test
    void aMachineStoppedWhenThePoolBeganToFailIsAHintFromTwoSources() {
        Scene scene = scene().served("08:40:00", "pool-web", "10.0.2.4")
                .nowhere("09:01:00", "pool-web")
                .operation("09:00:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED);

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene))
                .extracting(Finding::source)
                .containsExactlyInAnyOrder(Source.ACTIVITY_LOG, Source.ACCESS_LOG);
        assertThat(hinted(scene)).allMatch(finding -> finding.target().kind() == Kind.POOL);
    }

    @Test
    void aMachineStoppedAtAnotherTimeIsNone() {
        assertThat(hinted(scene().served("08:40:00", "pool-web", "10.0.2.4")
                        .nowhere("09:01:00", "pool-web")
                        .operation("09:20:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED)))
                .isEmpty();
        assertThat(hinted(scene().served("08:40:00", "pool-web", "10.0.2.4")
                        .nowhere("09:01:00", "pool-web")
                        .operation("07:00:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED)))
                .isEmpty();
    }

    @Test
    void oneStoppedMachineDoesNotExplainTwoSilentServers() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.4", "10.0.2.5")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .fails("10.0.2.5", ProbeFailure.TIMED_OUT)
                .operation("09:00:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED);

        assertThat(hinted(scene)).isEmpty();
        assertThat(hinted(scene.operation("09:00:30", DEALLOCATE, Scene.machineId("vm-2"), Outcome.SUCCEEDED)))
                .singleElement()
                .asString()
                .contains("vm-1 was stopped")
                .contains("vm-2 was stopped");
    }

    @Test
    void ofManyThatWouldFitAFewAreNamed() {
        Scene scene = scene();
        for (int i = 1; i <= 9; i++) {
            scene.operation("09:00:00", DEALLOCATE, Scene.machineId("vm-" + i), Outcome.SUCCEEDED);
        }

        assertThat(hinted(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.text()).contains("vm-1 was stopped").contains("vm-2 was stopped");
            assertThat(finding.text()).endsWith("7 more were stopped that could be behind this address");
        });
    }

    @Test
    void threeThatWouldFitAreAllNamed() {
        Scene scene = scene();
        for (int i = 1; i <= 3; i++) {
            scene.operation("09:00:00", DEALLOCATE, Scene.machineId("vm-" + i), Outcome.SUCCEEDED);
        }

        assertThat(hinted(scene)).singleElement().asString().contains("vm-1", "vm-2", "vm-3");
    }

    @Test
    void suspectsAreFoundInTheGroupOfTheGatewayOrOfTheNetworkThatHoldsTheServer() {
        assertThat(hinted(deallocated(scene().withoutNetwork()))).hasSize(1);
        assertThat(hinted(deallocated(scene().withoutGateway()))).hasSize(1);
        assertThat(hinted(deallocated(new Scene()
                        .pool("web", 80, "192.168.9.4")
                        .fails("192.168.9.4", ProbeFailure.TIMED_OUT)
                        .withoutGateway())))
                .isEmpty();
    }

    @Test
    void aMachineThatRunsByItsListIsNoSuspect() {
        assertThat(hinted(deallocated(scene().machine("vm-1", Power.RUNNING, "VM running"))))
                .isEmpty();
    }

    @Test
    void aHealthyServerOfThePoolNeedsNoStoppedMachine() {
        Scene scene = new Scene()
                .pool("web", 80, "10.0.2.4", "10.0.2.5")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .healthy("10.0.2.5");

        assertThat(hinted(deallocated(scene))).singleElement().asString().contains("vm-1 was stopped");
    }

    @Test
    void aMachineStoppedAfterTheIncidentIsNoSuspect() {
        assertThat(hinted(scene().operation("09:50:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED)))
                .isEmpty();
    }

    @Test
    void aPoolThatServesAgainNowAndThenMayStillLackTheStoppedMachine() {
        Scene scene = scene().served("08:40:00", "pool-web", "10.0.2.4")
                .nowhere("09:01:00", "pool-web")
                .served("09:25:00", "pool-web", "10.0.2.4");

        assertThat(hinted(deallocated(scene))).extracting(Finding::source).contains(Source.ACTIVITY_LOG);
    }

    @Test
    void aPoolThatNeverServedTellsNothingOfWhenItStopped() {
        assertThat(hinted(deallocated(scene().nowhere("09:01:00", "pool-web"))))
                .extracting(Finding::source)
                .containsExactly(Source.ACTIVITY_LOG);
    }

    private static Scene deallocated(Scene scene) {
        return scene.operation("09:00:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED);
    }

    @Test
    void aMachineOfAnotherGroupIsNoSuspect() {
        var elsewhere = dev.triage502.incident.ResourceId.of(
                Scene.machineId("vm-1").toString().replace("rg-web", "rg-other"));

        assertThat(hinted(scene().operation("09:00:00", DEALLOCATE, elsewhere, Outcome.SUCCEEDED)))
                .isEmpty();
    }

    @Test
    void aMachineKnownToStandElsewhereIsNoSuspect() {
        Scene scene = scene().card("nic-9", "10.0.2.99", "snet-app", "vm-1")
                .operation("09:00:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED);

        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void aRefusedConnectionSpeaksAgainstIt() {
        ReachabilityResult reach = scene().look("10.0.2.4", 80, Connect.REFUSED)
                .operation("09:00:00", DEALLOCATE, Scene.machineId("vm-1"), Outcome.SUCCEEDED)
                .reach();

        assertThat(reach.hints(Step.STOPPED).toOptional().orElseThrow()).isEmpty();
        assertThat(reach.opposes(Step.STOPPED).toOptional().orElseThrow())
                .extracting(Finding::source)
                .containsExactly(Source.DIRECT_PROBE);
    }

    @Test
    void withoutAnyOfItNothingIsKnown() {
        assertThat(scene().reach().shows(Step.STOPPED).unread().orElseThrow().source())
                .isEqualTo(Source.BACKENDS);
    }

    @Test
    void aStoppedMachineIsNotAskedForARuleAsWell() {
        ReachabilityResult reach = withCard()
                .machine("vm-1", Power.STOPPED, "VM deallocated")
                .group("snet-app", Scene.denyIn("deny-all", 4000, "*", "*", "*"))
                .reach();

        assertThat(reach.shows(Step.DENIED).toOptional().orElseThrow()).isEmpty();
        assertThat(reach.legs()).allMatch(leg -> leg.decided().equals(java.util.Optional.of(Step.STOPPED)));
    }

    @Test
    void aFrontendIsDownWhereAllMachinesBehindItAreStopped() {
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.50")
                .fails("10.0.2.50", ProbeFailure.TIMED_OUT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .card("nic-2", "10.0.2.5", "snet-app", "vm-2")
                .machine("vm-1", Power.STOPPED, "VM deallocated")
                .balancer("ilb", "10.0.2.50", "snet-app", 443)
                .behind("ilb", "nic-1", "nic-2");

        assertThat(scene.machine("vm-2", Power.STOPPED, "VM deallocated")
                        .reach()
                        .shows(Step.STOPPED)
                        .toOptional()
                        .orElseThrow())
                .singleElement()
                .asString()
                .contains("vm-1", "vm-2", "load balancer ilb");
    }

    @Test
    void notWhereOneOfThemRuns() {
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.50")
                .fails("10.0.2.50", ProbeFailure.TIMED_OUT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .card("nic-2", "10.0.2.5", "snet-app", "vm-2")
                .machine("vm-1", Power.STOPPED, "VM deallocated")
                .machine("vm-2", Power.RUNNING, "VM running")
                .balancer("ilb", "10.0.2.50", "snet-app", 443)
                .behind("ilb", "nic-1", "nic-2");

        assertThat(scene.reach().shows(Step.STOPPED).toOptional().orElseThrow()).isEmpty();
    }

    private static final String POOL_WRITE = "Microsoft.ContainerService/managedClusters/agentPools/write";

    /** A cluster's load balancer, and a node pool of the cluster without nodes, which was changed at that time. */
    private static Scene emptied(String changed) {
        Backends.Cluster cluster = new Backends.Cluster(
                Scene.clusterId("aks-1"),
                Power.RUNNING,
                "Succeeded",
                new Backends.ClusterNetwork("azure", "", "", ""),
                Optional.empty(),
                "rg-web");
        Backends.ScaleSet nodes = new Backends.ScaleSet(
                Scene.setId("aks-np1-12345678-vmss"),
                Power.UNSAID,
                List.of(),
                List.of(),
                OptionalInt.of(0),
                Optional.empty());
        Scene scene = scene().backends(new Backends(List.of(), List.of(nodes), List.of(), List.of(), List.of(cluster)))
                .balancer("kubernetes-internal", "10.0.2.4", "snet-app", 80)
                .served("08:50:00", "pool-web", "10.0.2.4")
                .nowhere("09:10:00", "pool-web");
        return scene.operation(
                changed, POOL_WRITE, ResourceId.of(Scene.clusterId("aks-1") + "/agentPools/np1"), Outcome.SUCCEEDED);
    }

    @Test
    void aNodePoolScaledToZeroBeforeTheLoadBalancerFellSilentIsAHintFromTwoSources() {
        assertThat(hinted(emptied("09:05:00")))
                .extracting(Finding::source)
                .containsExactlyInAnyOrder(Source.BACKENDS, Source.ACTIVITY_LOG);
        assertThat(hinted(emptied("09:05:00")))
                .anySatisfy(finding -> assertThat(finding.values())
                        .containsEntry("node-pool", "np1")
                        .containsEntry("node-cluster", "aks-1")
                        .containsEntry("node-cluster-resource-group", "rg-web"));
    }

    @Test
    void aNodePoolThatHasBeenEmptyForLongSaysNothing() {
        assertThat(hinted(emptied("06:00:00"))).isEmpty();
    }
}
