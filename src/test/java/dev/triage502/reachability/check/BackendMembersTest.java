package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.clusterId;
import static dev.triage502.reachability.check.Scene.instance;
import static dev.triage502.reachability.check.Scene.machineId;
import static dev.triage502.reachability.check.Scene.setId;
import static dev.triage502.reachability.check.Scene.siteId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.member.ApplianceState;
import dev.triage502.reachability.member.BackendResources;
import dev.triage502.reachability.member.BackendResources.Member;
import dev.triage502.reachability.server.Observations;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands behind an address, a name or a pool, and whether it runs. */
class BackendMembersTest {

    private static final String STOP = "Microsoft.Compute/virtualMachines/deallocate/action";
    private static final String START = "Microsoft.Compute/virtualMachines/start/action";

    private static Topology topology(Scene scene) {
        Evidence evidence = scene.evidence();
        return new Topology(evidence, new Observations(evidence));
    }

    private static BackendResources members(Scene scene) {
        return topology(scene).members();
    }

    private static Optional<Member> at(Scene scene, String address) {
        return members(scene).at(address);
    }

    private static Member member(String what, ResourceId id, Power power, String status) {
        return new Member(what, id, power, status);
    }

    @Test
    void anAddressOfAnInterfaceIsItsMachines() {
        Scene scene = new Scene().card("nic-1", "10.0.2.4", "snet-app", "vm-1");

        assertThat(at(scene.machine("vm-1", Power.STOPPED, "VM deallocated"), "10.0.2.4"))
                .contains(member("VM vm-1", machineId("vm-1"), Power.STOPPED, "VM deallocated"));
        assertThat(at(scene, "10.0.2.5")).isEmpty();
    }

    @Test
    void aMachineWhoseStateWasNotReadIsKnownByItsPlace() {
        assertThat(at(new Scene().card("nic-1", "10.0.2.4", "snet-app", "vm-1"), "10.0.2.4"))
                .contains(member("VM vm-1", machineId("vm-1"), Power.UNSAID, ""));
    }

    @Test
    void aMachineThatNamesItsInterfaceIsFoundThoughTheInterfaceDoesNotNameIt() {
        Scene scene = new Scene().card("nic-1", "10.0.2.4", "snet-app", "").owner("nic-1", "vm-1", Power.STOPPED);

        assertThat(at(scene, "10.0.2.4")).map(Member::id).contains(machineId("vm-1"));
        assertThat(members(scene).byId(Scene.cardId("nic-1"))).map(Member::id).contains(machineId("vm-1"));
    }

    @Test
    void anInstanceIsFoundByTheAddressThatItTells() {
        Scene scene = new Scene()
                .scaleSet("vmss-1", Power.UNSAID, List.of(), instance("vmss-1", 3, Power.STOPPED, "10.0.2.7"));

        assertThat(at(scene, "10.0.2.7"))
                .hasValueSatisfying(found -> assertThat(found.what()).isEqualTo("instance vmss-1/3"));
        assertThat(members(scene).isHeld("10.0.2.7")).isTrue();
        assertThat(members(scene).isHeld("10.0.2.8")).isFalse();
    }

    /** Networks that are not joined may use the same addresses. */
    @Test
    void anAddressInANetworkThatIsNotJoinedIsAnotherOne() {
        Scene scene = new Scene()
                .net("vnet-b", "10.0.0.0/16")
                .subnet("vnet-b", "snet-b", "10.0.2.0/24")
                .card("nic-b", "10.0.2.4", "snet-b", "vm-b")
                .machine("vm-b", Power.STOPPED, "VM deallocated");

        assertThat(at(scene, "10.0.2.4")).isEmpty();
    }

    @Test
    void aPrivateEndpointIsTheServiceBehindIt() {
        Scene scene = new Scene().endpoint("pe-1", siteId("shop"), "shop.azurewebsites.net", "10.0.2.9", "snet-app");

        assertThat(at(scene, "10.0.2.9"))
                .contains(member("shop (by private endpoint pe-1)", siteId("shop"), Power.UNSAID, ""));
        assertThat(at(scene.site("shop", Power.STOPPED, "Stopped"), "10.0.2.9"))
                .contains(member("App Service app shop", siteId("shop"), Power.STOPPED, "Stopped"));
    }

    @Test
    void anAppIsFoundByItsNamesInAnySpelling() {
        BackendResources members = members(new Scene()
                .site("shop", Power.RUNNING, "Running", "www.shop.example")
                .containerApp("cart", Power.STOPPED, "0 replicas", "cart.hill.azurecontainerapps.io"));

        assertThat(members.named("WWW.shop.example")).map(Member::what).contains("App Service app shop");
        assertThat(members.named("shop.azurewebsites.net")).map(Member::what).contains("App Service app shop");
        assertThat(members.named("cart.hill.azurecontainerapps.io"))
                .contains(member(
                        "container app cart",
                        ResourceId.of(Scene.RESOURCES + "Microsoft.App/containerApps/cart"),
                        Power.STOPPED,
                        "0 replicas"));
        assertThat(members.named("other.example")).isEmpty();
    }

    private static Scene balanced() {
        return new Scene()
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .card("nic-2", "10.0.2.5", "snet-app", "vm-2")
                .balancer("lb", "10.0.2.100", "snet-app", 80)
                .behind("lb", "nic-1", "nic-2");
    }

    @Test
    void aLoadBalancerIsStoppedWhereAllOfItsMachinesAre() {
        Scene scene = balanced()
                .machine("vm-1", Power.STOPPED, "VM deallocated")
                .machine("vm-2", Power.STOPPED, "VM stopped");

        assertThat(at(scene, "10.0.2.100"))
                .contains(new Member(
                        "every backend of load balancer lb (VM vm-1, VM vm-2)",
                        machineId("vm-1"),
                        Power.STOPPED,
                        "VM deallocated",
                        List.of(machineId("vm-1"), machineId("vm-2"))));
    }

    @Test
    void aLoadBalancerRunsWhereOneOfItsMachinesDoes() {
        Scene scene = balanced()
                .machine("vm-1", Power.STOPPED, "VM deallocated")
                .machine("vm-2", Power.RUNNING, "VM running");

        assertThat(at(scene, "10.0.2.100"))
                .contains(member("VM vm-2 behind load balancer lb", machineId("vm-2"), Power.RUNNING, "VM running"));
    }

    @Test
    void nothingIsSaidOfALoadBalancerSomeOfWhoseMachinesAreNotStopped() {
        Scene scene =
                balanced().machine("vm-1", Power.STOPPED, "VM deallocated").machine("vm-2", Power.UNSAID, "");

        assertThat(at(scene, "10.0.2.100"))
                .hasValueSatisfying(found -> assertThat(found.power()).isEqualTo(Power.UNSAID))
                .map(Member::status)
                .contains("");
    }

    @Test
    void theOneMachineOfALoadBalancerIsNamed() {
        Scene scene = new Scene()
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .machine("vm-1", Power.STOPPED, "VM deallocated")
                .balancer("lb", "10.0.2.100", "snet-app", 80)
                .behind("lb", "nic-1");

        assertThat(at(scene, "10.0.2.100")).map(Member::what).contains("VM vm-1 behind load balancer lb");
        assertThat(at(new Scene().balancer("lb", "10.0.2.100", "snet-app", 80), "10.0.2.100"))
                .as("nobody knows what is behind it")
                .isEmpty();
    }

    @Test
    void aLoadBalancerOfAClustersNodesIsTheCluster() {
        Scene scene =
                new Scene().cluster("aks", Power.STOPPED, "azure", "", "").balancer("mc", "10.0.2.100", "snet-app");

        assertThat(at(scene, "10.0.2.100")).as("it is in another group").isEmpty();
        assertThat(members(scene).byId(clusterId("aks")))
                .contains(member("cluster aks", clusterId("aks"), Power.STOPPED, "Stopped"));
    }

    @Test
    void aLoadBalancerInAClustersNodeGroupIsTheCluster() {
        Backends.Cluster cluster = new Backends.Cluster(
                clusterId("aks"),
                Power.STOPPED,
                "Succeeded",
                new Backends.ClusterNetwork("azure", "", "", ""),
                Optional.empty(),
                "RG-web");
        Scene scene = new Scene()
                .backends(new Backends(List.of(), List.of(), List.of(), List.of(), List.of(cluster)))
                .balancer("kubernetes-internal", "10.0.2.100", "snet-app");

        assertThat(at(scene, "10.0.2.100")).contains(member("cluster aks", clusterId("aks"), Power.STOPPED, "Stopped"));
    }

    /** A machine tells its addresses, and its interface in which network they are. */
    @Test
    void anAddressThatAMachineTellsCountsWhereItsInterfaceIsWithinReach() {
        Backends.Machine far = new Backends.Machine(
                machineId("vm-b"),
                Power.STOPPED,
                "VM deallocated",
                List.of(Scene.cardId("nic-b")),
                List.of("10.0.2.4"),
                Optional.empty());
        Backends all = new Backends(List.of(far), List.of(), List.of(), List.of(), List.of());
        Scene elsewhere = new Scene()
                .net("vnet-b", "10.0.0.0/16")
                .subnet("vnet-b", "snet-b", "10.0.2.0/24")
                .card("nic-b", "10.0.2.4", "snet-b", "")
                .backends(all);
        Scene here = new Scene().card("nic-b", "10.0.2.4", "snet-app", "").backends(all);

        assertThat(at(elsewhere, "10.0.2.4")).isEmpty();
        assertThat(at(here, "10.0.2.4")).map(Member::id).contains(machineId("vm-b"));
    }

    @Test
    void anEndpointOrALoadBalancerInANetworkThatIsNotJoinedHoldsNothingHere() {
        Scene scene = new Scene()
                .net("vnet-b", "10.0.0.0/16")
                .subnet("vnet-b", "snet-b", "10.0.2.0/24")
                .endpoint("pe-b", siteId("shop"), "shop.azurewebsites.net", "10.0.2.9", "snet-b")
                .balancer("lb-b", "10.0.2.100", "snet-b");

        assertThat(members(scene).isHeld("10.0.2.9")).isFalse();
        assertThat(members(scene).isHeld("10.0.2.100")).isFalse();
    }

    @Test
    void aFrontThatHasNoRuleOfItsOwnIsNotWhatStandsBehindAnother() {
        assertThat(at(balanced().machine("vm-1", Power.STOPPED, "").machine("vm-2", Power.STOPPED, ""), "10.0.2.101"))
                .isEmpty();
    }

    @Test
    void aPublicAddressOfAnInterfaceIsItsMachines() {
        Scene scene = new Scene()
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .machine("vm-1", Power.STOPPED, "VM deallocated")
                .publicAddress("203.0.113.9", "nic-1")
                .publicAddress("", "nic-1");

        assertThat(at(scene, "203.0.113.9")).map(Member::id).contains(machineId("vm-1"));
        assertThat(members(scene).isHeld("")).isFalse();
    }

    @Test
    void aScaleSetIsWhatItsInstancesAre() {
        assertThat(setOf(new Scene().scaleSet("vmss", Power.UNSAID, List.of(), stopped(0), stopped(1))))
                .contains(member("scale set vmss", setId("vmss"), Power.STOPPED, "Stopped"));
        assertThat(setOf(new Scene()
                        .scaleSet("vmss", Power.STOPPED, List.of(), stopped(0), instance("vmss", 1, Power.RUNNING))))
                .map(Member::power)
                .contains(Power.RUNNING);
        assertThat(setOf(new Scene()
                        .scaleSet("vmss", Power.UNSAID, List.of(), stopped(0), instance("vmss", 1, Power.UNSAID))))
                .map(Member::power)
                .contains(Power.UNSAID);
        assertThat(setOf(new Scene().scaleSet("vmss", Power.STOPPED, List.of())))
                .as("none is listed: what the set says")
                .map(Member::power)
                .contains(Power.STOPPED);
    }

    @Test
    void aScaleSetOfWhichNotAllInstancesAreListedIsNotSaidToBeStopped() {
        assertThat(setOf(new Scene().scaleSet("vmss", 2, List.of(), stopped(0))))
                .map(Member::power)
                .contains(Power.UNSAID);
        assertThat(setOf(new Scene().scaleSet("vmss", 1, List.of(), stopped(0))))
                .map(Member::power)
                .contains(Power.STOPPED);
    }

    private static Backends.Machine stopped(int number) {
        return instance("vmss", number, Power.STOPPED);
    }

    private static Optional<Member> setOf(Scene scene) {
        return members(scene).byId(setId("vmss"));
    }

    private static Optional<Member> filler(Scene scene) {
        return topology(scene).pools().of(ArmName.of("POOL-web"));
    }

    @Test
    void aPoolIsFilledByTheMachinesWhoseInterfacesJoinedIt() {
        Scene scene = new Scene()
                .pool("web", 80)
                .joined("web", "nic-1", "nic-2")
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .card("nic-2", "10.0.2.5", "snet-app", "vm-2")
                .machine("vm-1", Power.STOPPED, "VM deallocated");

        assertThat(filler(scene.machine("vm-2", Power.STOPPED, "VM deallocated")))
                .contains(member("VM vm-1, VM vm-2", machineId("vm-1"), Power.STOPPED, "VM deallocated"));
    }

    @Test
    void aPoolWhoseMachinesDoNotDoAlikeHasNoOneFiller() {
        Scene scene = new Scene()
                .pool("web", 80)
                .joined("web", "nic-1", "nic-2")
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .card("nic-2", "10.0.2.5", "snet-app", "vm-2")
                .machine("vm-1", Power.STOPPED, "VM deallocated");

        assertThat(filler(scene)).as("one is not known").isEmpty();
        assertThat(filler(scene.machine("vm-2", Power.RUNNING, "VM running"))).isEmpty();
        assertThat(topology(scene).pools().isFiller(machineId("vm-1"))).isTrue();
        assertThat(topology(scene).pools().isFiller(machineId("vm-3"))).isFalse();
    }

    @Test
    void aPoolIsFilledByTheScaleSetThatNamesIt() {
        Scene scene =
                new Scene().pool("web", 80).scaleSet("vmss", Power.UNSAID, List.of("pool-web"), stopped(0), stopped(1));

        assertThat(filler(scene)).contains(member("scale set vmss", setId("vmss"), Power.STOPPED, "Stopped"));
        assertThat(topology(scene).pools().isFiller(ResourceId.of(setId("vmss") + "/virtualMachines/0")))
                .isTrue();
    }

    private static ApplianceState appliances(Scene scene) {
        Evidence evidence = scene.evidence();
        Observations observed = new Observations(evidence);
        Topology topology = new Topology(evidence, observed);
        return new ApplianceState(topology.members(), topology.owners(), observed);
    }

    private static Scene firewall() {
        return new Scene().card("nic-fw", "10.0.2.9", "snet-app", "vm-fw");
    }

    @Test
    void aFirewallThatIsStoppedIsSeenByItsState() {
        assertThat(appliances(firewall().machine("vm-fw", Power.STOPPED, "VM deallocated"))
                        .at("10.0.2.9"))
                .hasValueSatisfying(halt -> {
                    assertThat(halt.says()).isEqualTo("VM vm-fw is stopped (\"VM deallocated\")");
                    assertThat(halt.source()).isEqualTo(Source.BACKENDS);
                });
        assertThat(appliances(firewall().machine("vm-fw", Power.STOPPED, "")).at("10.0.2.9"))
                .map(ApplianceState.Halt::says)
                .contains("VM vm-fw is stopped");
        assertThat(appliances(firewall().machine("vm-fw", Power.RUNNING, "VM running"))
                        .at("10.0.2.9"))
                .isEmpty();
    }

    @Test
    void whereItsStateWasNotReadTheActivityLogTells() {
        Scene stopped = firewall().operation("09:00:00", STOP, machineId("vm-fw"), Outcome.SUCCEEDED);

        assertThat(appliances(stopped).at("10.0.2.9")).hasValueSatisfying(halt -> {
            assertThat(halt.says()).isEqualTo("VM vm-fw was stopped by ops@example.com and has not been started since");
            assertThat(halt.source()).isEqualTo(Source.ACTIVITY_LOG);
        });
        assertThat(appliances(stopped.machine("vm-fw", Power.RUNNING, "VM running"))
                        .at("10.0.2.9"))
                .as("its state says that it runs")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"09:10:00," + START, "09:31:00," + STOP})
    void aStopThatAStartFollowedOrThatCameAfterTheAlertIsNone(String at, String operation) {
        Scene scene = firewall();
        if (operation.equals(START)) {
            scene.operation("09:00:00", STOP, machineId("vm-fw"), Outcome.SUCCEEDED);
        }

        assertThat(appliances(scene.operation(at, operation, machineId("vm-fw"), Outcome.SUCCEEDED))
                        .at("10.0.2.9"))
                .isEmpty();
    }

    @Test
    void onlyAMachineCanBeAnApplianceThatIsStopped() {
        Scene scene = new Scene()
                .endpoint("pe-1", siteId("shop"), "shop.azurewebsites.net", "10.0.2.9", "snet-app")
                .site("shop", Power.STOPPED, "Stopped");

        assertThat(appliances(scene).at("10.0.2.9")).isEmpty();
    }

    @Test
    void anInstanceOfASetMayBeAClustersNode() {
        Scene set =
                new Scene().scaleSet("vmss", Power.UNSAID, List.of(), instance("vmss", 0, Power.STOPPED, "10.0.2.7"));
        ApplianceState ofSet = appliances(set);
        ApplianceState ofMachine = appliances(firewall().machine("vm-fw", Power.STOPPED, ""));

        assertThat(ofSet.isNode(ofSet.at("10.0.2.7").orElseThrow())).isTrue();
        assertThat(ofMachine.isNode(ofMachine.at("10.0.2.9").orElseThrow())).isFalse();
    }
}
