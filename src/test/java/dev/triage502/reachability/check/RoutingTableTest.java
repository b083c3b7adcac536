package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.range;
import static dev.triage502.reachability.check.Scene.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.reachability.route.EffectiveRouting.Origin;
import dev.triage502.reachability.route.EffectiveRouting.RoutingTable;
import dev.triage502.reachability.route.EffectiveRouting.WinningRoute;
import dev.triage502.reachability.route.RouteFormatter;
import dev.triage502.reachability.server.Observations;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which route of the gateway's subnet wins for an address. */
class RoutingTableTest {

    private static final String FAR = "172.20.1.4";

    private static RoutingTable table(Scene scene) {
        Evidence evidence = scene.pool("web", 80, "10.0.2.4").evidence();
        return new Topology(evidence, new Observations(evidence)).routing().fromGateway();
    }

    private static WinningRoute to(Scene scene, String address) {
        return table(scene).to(range(address)).orElseThrow();
    }

    private static String told(Scene scene, String address) {
        return RouteFormatter.of(to(scene, address));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.2.4,VnetLocal,10.0.0.0/16",
        "10.9.0.1,None,10.0.0.0/8",
        "172.16.0.1,None,172.16.0.0/12",
        "192.168.1.1,None,192.168.0.0/16",
        "100.64.0.1,None,100.64.0.0/10",
        "203.0.113.9,Internet,0.0.0.0/0",
        "2001:db8::1,Internet,::/0"
    })
    void withoutRoutesOfOnesOwnThePlatformsCount(String address, String hop, String prefix) {
        assertThat(told(new Scene(), address)).isEqualTo("the system route (" + prefix + " → " + hop + ")");
    }

    @Test
    void ofEqualPrefixesAUserDefinedRouteWinsBeforeALearnedOneBeforeThePlatforms() {
        Scene learned = new Scene().learned("", "172.16.0.0/12", NextHop.NETWORK_GATEWAY);

        assertThat(to(learned, FAR).origin()).isEqualTo(Origin.LEARNED);
        assertThat(told(learned, FAR)).isEqualTo("the BGP route (172.16.0.0/12 → VirtualNetworkGateway)");
        assertThat(told(learned.routes("snet-agw", route("mine", "172.16.0.0/12", NextHop.APPLIANCE, "10.0.9.4")), FAR))
                .isEqualTo("route mine (172.16.0.0/12 → VirtualAppliance 10.0.9.4) of rt-agw");
    }

    @Test
    void aLongerPrefixWinsWhoeverMadeIt() {
        Scene scene = new Scene()
                .learned("", "172.20.0.0/16", NextHop.NETWORK_GATEWAY)
                .routes("snet-agw", route("mine", "172.16.0.0/12", NextHop.NONE, ""));

        assertThat(to(scene, FAR).origin()).isEqualTo(Origin.LEARNED);
        assertThat(to(scene, "172.21.1.4").origin()).isEqualTo(Origin.USER);
    }

    /** BGP does not take a network's own addresses, nor a peer's, away, however exact it is. */
    @Test
    void aLearnedRouteForAnAddressOfTheNetworkOrAPeerDoesNotWin() {
        Scene scene = new Scene()
                .net("vnet-b", "10.5.0.0/16")
                .peered("vnet-a", "vnet-b")
                .learned("", "10.0.2.0/24", NextHop.NETWORK_GATEWAY)
                .learned("", "10.5.1.0/24", NextHop.NETWORK_GATEWAY);

        assertThat(to(scene, "10.0.2.4").hop()).isEqualTo(NextHop.VNET_LOCAL);
        assertThat(to(scene, "10.5.1.4").hop()).isEqualTo(NextHop.PEERING);
        assertThat(to(scene, "10.5.1.4").peering()).isPresent();
    }

    @Test
    void aPeeringThatIsNotConnectedIsNoRoute() {
        Scene scene = new Scene().net("vnet-b", "10.5.0.0/16").peer("vnet-a", "vnet-b", "Initiated", true, false);

        assertThat(to(scene, "10.5.1.4").hop()).isEqualTo(NextHop.NONE);
    }

    @Test
    void aTableThatKeepsLearnedRoutesOutHasNone() {
        Scene scene = new Scene()
                .learned("", "172.20.0.0/16", NextHop.NETWORK_GATEWAY)
                .routes("snet-agw", false, route("other", "192.0.2.0/24", NextHop.NONE, ""));

        assertThat(to(scene, FAR).origin()).isEqualTo(Origin.SYSTEM);
    }

    @Test
    void whatAnotherInterfaceOfTheNetworkLearnedCountsAndItsOwnRoutesDoNot() {
        Scene scene = new Scene()
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .learned(Scene.cardId("nic-1").toString(), "172.20.0.0/16", NextHop.NETWORK_GATEWAY)
                .resolved("nic-1", "172.21.0.0/16", NextHop.INTERNET);

        assertThat(to(scene, FAR).origin()).isEqualTo(Origin.LEARNED);
        assertThat(to(scene, "172.21.1.4").hop()).isEqualTo(NextHop.NONE);
    }

    @Test
    void aNetworkOfAConnectedGroupIsReachedAsThePlatformResolvedIt() {
        Scene scene = new Scene()
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .resolved("nic-1", "10.7.0.0/16", NextHop.CONNECTED_GROUP);

        assertThat(to(scene, "10.7.1.4").hop()).isEqualTo(NextHop.CONNECTED_GROUP);
    }

    @Test
    void whatAnInterfaceOfAnotherNetworkLearnedDoesNotCount() {
        Scene scene = new Scene()
                .net("vnet-b", "10.5.0.0/16")
                .subnet("vnet-b", "snet-far", "10.5.1.0/24")
                .card("nic-b", "10.5.1.4", "snet-far", "vm-b")
                .learned(Scene.cardId("nic-b").toString(), "172.20.0.0/16", NextHop.NETWORK_GATEWAY);

        assertThat(to(scene, FAR).origin()).isEqualTo(Origin.SYSTEM);
    }

    @Test
    void aRouteForAServiceTagHoldsTheTagsAddresses() {
        Scene scene = new Scene()
                .tag("Storage", "20.60.0.0/16")
                .routes("snet-agw", route("to-storage", "storage", NextHop.APPLIANCE, "10.0.9.4"));

        assertThat(told(scene, "20.60.1.1"))
                .isEqualTo("route to-storage (20.60.0.0/16 → VirtualAppliance 10.0.9.4) of rt-agw");
        assertThat(to(scene, "20.61.1.1").hop()).isEqualTo(NextHop.INTERNET);
    }

    @Test
    void userDefinedRoutesForAPartOfARangeAreKnown() {
        RoutingTable table = table(new Scene()
                .routes(
                        "snet-agw",
                        route("part", "10.0.2.128/25", NextHop.NONE, ""),
                        route("whole", "10.0.2.0/24", NextHop.NONE, ""),
                        route("elsewhere", "10.0.3.0/24", NextHop.NONE, "")));

        assertThat(table.inside(range("10.0.2.0/24")))
                .extracting(each -> each.route().orElseThrow().name())
                .containsExactly("part");
    }

    @Test
    void aTableThatCouldNotBeReadSaysSo() {
        assertThat(table(new Scene().unreadTable("snet-agw")).unread()).isPresent();
        assertThat(table(new Scene()).unread()).isEmpty();
    }

    @Test
    void routesMayBeLearnedWhereANetworkGatewayIsThereAndNobodyReadThem() {
        Scene vpn = new Scene().subnet("vnet-a", "GatewaySubnet", "10.0.250.0/24");

        assertThat(table(vpn).mayLearn()).isTrue();
        assertThat(table(new Scene()).mayLearn()).isFalse();
        assertThat(table(new Scene()
                                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/24")
                                .learned("", "172.20.0.0/16", NextHop.NETWORK_GATEWAY))
                        .mayLearn())
                .as("what was learned was read")
                .isFalse();
        assertThat(table(new Scene()
                                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/24")
                                .routes("snet-agw", false))
                        .mayLearn())
                .as("the table keeps it out")
                .isFalse();
    }

    @Test
    void aPageGetsTheNamesOfTheRouteAndItsTable() {
        Scene scene = new Scene().routes("snet-agw", route("mine", "172.20.0.0/16", NextHop.APPLIANCE, "10.0.9.4"));

        assertThat(RouteFormatter.values(to(scene, FAR), table(scene).subnet()))
                .containsEntry("route", "mine")
                .containsEntry("route-table", "rt-agw")
                .containsEntry("route-table-resource-group", "rg-web")
                .containsEntry("address-prefix", "172.20.0.0/16")
                .containsEntry("next-hop-type", "VirtualAppliance")
                .containsEntry("next-hop", "10.0.9.4")
                .containsEntry("subnet", "snet-agw");
        assertThat(RouteFormatter.values(
                        to(new Scene(), FAR), table(new Scene()).subnet()))
                .doesNotContainKeys("route", "route-table", "next-hop");
    }

    @ParameterizedTest
    @CsvSource({
        "VNET_LOCAL,VnetLocal",
        "PEERING,VNetPeering",
        "ENDPOINT,InterfaceEndpoint",
        "INTERNET,Internet",
        "APPLIANCE,VirtualAppliance",
        "NETWORK_GATEWAY,VirtualNetworkGateway",
        "CONNECTED_GROUP,ConnectedGroup",
        "UNKNOWN,an unknown next hop",
        "NONE,None"
    })
    void nextHopsAreCalledAsAzureCallsThem(NextHop hop, String words) {
        assertThat(RouteFormatter.hop(hop)).isEqualTo(words);
    }

    @Test
    void aRangeIsAskedForAsAWhole() {
        Optional<WinningRoute> whole = table(
                        new Scene().routes("snet-agw", route("part", "10.0.2.128/25", NextHop.NONE, "")))
                .to(range("10.0.2.0/24"));

        assertThat(whole).map(WinningRoute::hop).contains(NextHop.VNET_LOCAL);
    }
}
