package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.allowIn;
import static dev.triage502.reachability.check.Scene.denyIn;
import static dev.triage502.reachability.check.Scene.denyOut;
import static dev.triage502.reachability.check.Scene.route;
import static dev.triage502.reachability.check.Scene.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.reachability.NetworkHop;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What packets pass between the gateway and a server, in their order. */
class NetworkHopsTest {

    private static final String SERVER = "10.0.2.4";

    private static NetworkHops hops(Scene scene) {
        return NetworkHops.of(scene.evidence()).orElseThrow();
    }

    private static Scene scene() {
        return new Scene().pool("web", 443, SERVER);
    }

    /** Each as {@code NSG_IN nsg-app: web (100) allows TCP 443 = ALLOWS @ subnet snet-app 10.0.2.0/24}. */
    private static List<String> to(Scene scene, String address) {
        return hops(scene).to(address, 443).stream().map(NetworkHopsTest::shown).toList();
    }

    private static String shown(NetworkHop hop) {
        return hop.kind() + " " + hop.name() + (hop.detail().isEmpty() ? "" : ": " + hop.detail()) + " = "
                + hop.verdict() + (hop.place().isEmpty() ? "" : " @ " + hop.place());
    }

    @Test
    void insideOneNetworkWithoutRulesNothingIsPassed() {
        assertThat(to(scene(), SERVER)).isEmpty();
        assertThat(to(scene(), "app.example.com")).as("a name is no address").isEmpty();
    }

    @Test
    void withoutTheGatewaysNetworkNothingIsKnown() {
        assertThat(NetworkHops.of(scene().withoutNetwork().evidence())).isEmpty();
        assertThat(NetworkHops.of(scene().withoutGateway().evidence())).isEmpty();
    }

    @Test
    void groupsOfBothSubnetsAreToldWithTheRuleThatDecides() {
        Scene scene = scene().group("snet-agw").group("snet-app", allowIn("web", 100, "10.0.1.0/24", "*", "443"));

        assertThat(to(scene, SERVER))
                .containsExactly(
                        "NSG_OUT nsg-agw: default rule allows TCP 443 = ALLOWS @ subnet snet-agw 10.0.1.0/24",
                        "NSG_IN nsg-app: web (100) allows TCP 443 = ALLOWS @ subnet snet-app 10.0.2.0/24");
    }

    @Test
    void aRuleThatDeniesIsTheOneTold() {
        Scene scene = scene().group("snet-agw", denyOut("none", 100, "*", "*", "*"))
                .group("snet-app", denyIn("no-web", 200, "*", "*", "443"));

        assertThat(to(scene, SERVER))
                .containsExactly(
                        "NSG_OUT nsg-agw: none (100) denies TCP 443 = DENIES @ subnet snet-agw 10.0.1.0/24",
                        "NSG_IN nsg-app: no-web (200) denies TCP 443 = DENIES @ subnet snet-app 10.0.2.0/24");
    }

    /** The prefixes of the tag were not read, so it may hold the gateway. */
    @Test
    void aRuleThatMayMatchMayDeny() {
        Scene scene = scene().group("snet-app", denyIn("tagged", 100, "AzureCloud", "*", "*"));

        assertThat(to(scene, SERVER)).hasSize(1);
    }

    @Test
    void aGroupWhoseRulesCouldNotBeReadIsThereUnread() {
        assertThat(to(scene().unreadGroup("snet-agw").unreadGroup("snet-app"), SERVER))
                .containsExactly(
                        "NSG_OUT nsg-agw = UNREAD @ subnet snet-agw 10.0.1.0/24",
                        "NSG_IN nsg-app = UNREAD @ subnet snet-app 10.0.2.0/24");
    }

    @Test
    void theInterfacesOwnGroupIsToldBesideTheSubnets() {
        Scene scene = scene().group("snet-app", allowIn("web", 100, "*", "*", "443"))
                .cardGroup("nsg-nic", denyIn("none", 100, "*", "*", "*"))
                .card("nic", SERVER, "snet-app", "vm", java.util.Optional.of(Scene.groupId("nsg-nic")));

        assertThat(to(scene, SERVER))
                .containsExactly(
                        "NSG_IN nsg-app: web (100) allows TCP 443 = ALLOWS @ subnet snet-app 10.0.2.0/24",
                        "NSG_IN nsg-nic: none (100) denies TCP 443 = DENIES @ subnet snet-app 10.0.2.0/24");
    }

    @Test
    void securityAdminRulesAreToldWhereTheyDeny() {
        Scene denies = scene().adminRules("vnet-a", List.of(), rule("no-web", 10, true, false, "*", "*", "443"));
        Scene allows = scene().adminRules("vnet-a", List.of(), rule("web", 10, true, true, "*", "*", "443"));

        assertThat(to(denies, SERVER))
                .containsExactly(
                        "ADMIN_RULES_IN vnet-a: no-web (10) denies TCP 443 = DENIES @ subnet snet-app 10.0.2.0/24");
        assertThat(to(allows, SERVER)).as("they leave the decision to the NSG").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "APPLIANCE,10.0.9.4,ROUTE r: next hop 10.0.9.4 = ALLOWS",
        "NETWORK_GATEWAY,'',ROUTE r: next hop VirtualNetworkGateway = ALLOWS",
        "INTERNET,'',ROUTE r: next hop Internet = ALLOWS",
        "NONE,'',ROUTE r: next hop None = DENIES"
    })
    void aUserDefinedRouteIsToldWithItsNextHop(NextHop hop, String address, String told) {
        assertThat(to(scene().routes("snet-agw", route("r", "10.0.2.0/24", hop, address)), SERVER))
                .containsExactly(told);
    }

    @Test
    void aRouteToAFirewallThatIsStoppedLetsNothingThrough() {
        Scene scene = scene().subnet("vnet-a", "snet-fw", "10.0.9.0/24")
                .card("nic-fw", "10.0.9.4", "snet-fw", "vm-fw")
                .machine("vm-fw", Power.STOPPED, "VM deallocated")
                .routes("snet-agw", route("to-fw", "10.0.2.0/24", NextHop.APPLIANCE, "10.0.9.4"));

        assertThat(to(scene, SERVER)).containsExactly("ROUTE to-fw: next hop 10.0.9.4 = DENIES");
    }

    @Test
    void aLearnedRouteIsNamedByItsPrefix() {
        Scene scene = new Scene().pool("far", 443, "172.20.1.4").learned("", "172.20.0.0/16", NextHop.NETWORK_GATEWAY);

        assertThat(to(scene, "172.20.1.4"))
                .containsExactly("ROUTE BGP route 172.20.0.0/16: next hop VirtualNetworkGateway = ALLOWS");
    }

    private static Scene far() {
        return new Scene()
                .net("vnet-b", "10.5.0.0/16")
                .subnet("vnet-b", "snet-far", "10.5.1.0/24")
                .pool("far", 443, "10.5.1.4");
    }

    @Test
    void aPeeringIsPassedOnTheWayToAnotherNetwork() {
        assertThat(to(far().peered("vnet-a", "vnet-b"), "10.5.1.4"))
                .containsExactly("PEERING vnet-a-to-vnet-b: to vnet-b = ALLOWS");
    }

    @Test
    void whetherAPeeringLeadsThereIsUnreadWherePeeringsWereNotRead() {
        assertThat(to(far().unreadPeerings("vnet-a"), "10.5.1.4")).containsExactly("ROUTE next hop = UNREAD");
    }

    @ParameterizedTest
    @CsvSource({"Approved,ALLOWS", "approved,ALLOWS", "Pending,DENIES", "Rejected,DENIES"})
    void aPrivateEndpointLetsThroughWhereItsConnectionIsApproved(String status, String verdict) {
        Scene scene = scene().endpoint("pe-web", Scene.siteId("web"), "web.azurewebsites.net", SERVER, "snet-app")
                .connection("pe-web", status);

        assertThat(to(scene, SERVER)).containsExactly("PRIVATE_ENDPOINT pe-web: " + status + " = " + verdict);
    }

    /** Rules see the member and its port, not the front. */
    @Test
    void behindALoadBalancerTheRulesAreThoseOfItsMember() {
        Scene scene = new Scene()
                .subnet("vnet-a", "snet-front", "10.0.7.0/24")
                .pool("web", 443, "10.0.7.10")
                .card("nic-1", SERVER, "snet-app", "vm-1")
                .balancer("ilb", "10.0.7.10", "snet-front", 443)
                .behind("ilb", "nic-1")
                .group("snet-front", denyIn("none", 100, "*", "*", "*"))
                .group("snet-app", allowIn("web", 100, "*", "*", "443"));

        assertThat(to(scene, "10.0.7.10"))
                .containsExactly(
                        "LOAD_BALANCER ilb: 10.0.7.10 = ALLOWS",
                        "NSG_IN nsg-app: web (100) allows TCP 443 = ALLOWS @ subnet snet-app 10.0.2.0/24");
    }

    @Test
    void theSubnetOfAnAddressIsToldWithItsPrefix() {
        NetworkHops hops = hops(scene());

        assertThat(hops.gatewaySubnet()).isEqualTo("subnet snet-agw 10.0.1.0/24");
        assertThat(hops.subnetOf(SERVER)).contains("subnet snet-app 10.0.2.0/24");
        assertThat(hops.subnetOf("172.20.1.4")).isEmpty();
        assertThat(hops.subnetOf("app.example.com")).isEmpty();
    }
}
