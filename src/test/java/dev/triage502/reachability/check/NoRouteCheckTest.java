package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoRouteCheckTest {

    private static Scene to(String... members) {
        Scene scene = new Scene().pool("web", 80, members);
        for (String member : members) {
            scene.fails(member, ProbeFailure.TIMED_OUT);
        }
        return scene;
    }

    private static List<Finding> shown(Scene scene) {
        return scene.reach().shows(Step.NO_WAY).toOptional().orElseThrow();
    }

    private static Finding only(Scene scene) {
        List<Finding> findings = shown(scene);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static Scene farNetwork(String... members) {
        return to(members).net("vnet-b", "10.5.0.0/16").subnet("vnet-b", "snet-far", "10.5.1.0/24");
    }

    @Test
    void anAddressOfTheNetworkHasAWay() {
        assertThat(shown(to("10.0.2.4"))).isEmpty();
    }

    @Test
    void anAddressOutsideEveryNetworkHasNone() {
        Finding finding = only(to("10.9.2.4"));

        assertThat(finding.target().kind()).isEqualTo(Kind.POOL);
        assertThat(finding.text())
                .isEqualTo("10.9.2.4 in pool-web is neither in vnet-a (10.0.0.0/16) nor in a peered VNet; the matching"
                        + " route is the system route (10.0.0.0/8 → None)");
        assertThat(finding.values()).containsEntry("address", "10.9.2.4");
    }

    @Test
    void whatHoldsForSeveralMembersIsOneSentence() {
        assertThat(only(to("10.9.2.4", "10.9.2.5")).text())
                .startsWith("10.9.2.4 and 10.9.2.5 in pool-web are neither in vnet-a (10.0.0.0/16)");
        assertThat(only(to("10.9.2.4", "10.9.2.5", "10.9.2.6", "10.9.2.7", "10.9.2.8"))
                        .text())
                .startsWith("10.9.2.4, 10.9.2.5, 10.9.2.6 and 2 more in pool-web are neither in");
    }

    @Test
    void oneMemberOfSeveralIsNamedItself() {
        Finding finding = only(to("10.9.2.4", "10.0.2.4"));

        assertThat(finding.target().kind()).isEqualTo(Kind.SERVER);
        assertThat(finding.target().name()).isEqualTo("10.9.2.4");
    }

    @Test
    void anAddressOfNoSubnetBelongsToNothing() {
        assertThat(only(to("10.0.77.4")).text()).contains("in none of its subnets, so nothing can have this address");
    }

    @Test
    void loopbackAndLinkLocalLeadNowhereEvenIfTheNetworkIsUnread() {
        assertThat(shown(to("127.0.0.1").withoutNetwork())).hasSize(1);
        assertThat(shown(to("169.254.10.1").withoutNetwork())).hasSize(1);
    }

    @Test
    void aPublicAddressHasAWay() {
        assertThat(shown(to("203.0.113.9"))).isEmpty();
    }

    private static Scene balancedAbroad() {
        return farNetwork("10.5.1.200")
                .peered("vnet-a", "vnet-b")
                .region("vnet-b", "northeurope")
                .card("nic-1", "10.5.1.5", "snet-far", "vm-1");
    }

    @Test
    void aBasicBalancerIsReachedFromItsOwnRegionOnly() {
        Finding finding = only(balancedAbroad()
                .basic()
                .balancer("lb", "10.5.1.200", "snet-far", 80)
                .behind("lb", "nic-1"));

        assertThat(finding.text())
                .contains(
                        "is the frontend of Basic load balancer lb in northeurope, which a peering from another region"
                                + " (westeurope) does not reach");
        assertThat(finding.values()).containsEntry("basic-balancer", "lb").containsEntry("successors", "10.5.1.5");
    }

    @Test
    void aBasicBalancerOfTheSameRegionIsReached() {
        assertThat(shown(balancedAbroad()
                        .region("vnet-b", "westeurope")
                        .basic()
                        .balancer("lb", "10.5.1.200", "snet-far", 80)
                        .behind("lb", "nic-1")))
                .isEmpty();
    }

    @Test
    void aStandardBalancerIsReachedFromEveryRegion() {
        assertThat(shown(balancedAbroad()
                        .balancer("lb", "10.5.1.200", "snet-far", 80)
                        .behind("lb", "nic-1")))
                .isEmpty();
    }

    @Test
    void aNetworkWithoutPeeringIsOutOfReach() {
        Finding finding = only(farNetwork("10.5.1.4"));

        assertThat(finding.text()).contains("is in vnet-b, which vnet-a is not peered with");
        assertThat(finding.values())
                .containsEntry("remote-vnet-id", Scene.netId("vnet-b").toString());
    }

    @Test
    void aPeeredNetworkIsWithinReach() {
        assertThat(shown(farNetwork("10.5.1.4").peered("vnet-a", "vnet-b"))).isEmpty();
    }

    @Test
    void aDisconnectedPeeringIsNamed() {
        Finding finding = only(farNetwork("10.5.1.4").peer("vnet-a", "vnet-b", "Disconnected", true, false));

        assertThat(finding.text()).contains("peering vnet-a-to-vnet-b of vnet-a, which is Disconnected");
        assertThat(finding.values())
                .containsEntry("peering", "vnet-a-to-vnet-b")
                .containsEntry("peering-fix", "recreate")
                .containsEntry("peering-vnet-id", Scene.netId("vnet-a").toString());
    }

    @Test
    void aPeeringThatAllowsNoAccessIsNamed() {
        assertThat(only(farNetwork("10.5.1.4").peer("vnet-a", "vnet-b", "Connected", false, false))
                        .text())
                .contains("allowVirtualNetworkAccess is false");
    }

    @Test
    void anotherHalfThatTheDocumentLacksIsNotMissing() {
        Scene lacking = farNetwork("10.5.1.4").peer("vnet-a", "vnet-b", "Connected", true, false);

        assertThat(shown(lacking)).isEmpty();
        assertThat(shown(lacking.unreadPeerings("vnet-b"))).isEmpty();
    }

    @Test
    void unreadPeeringsOfTheGatewaysNetworkLeaveItOpen() {
        Scene scene = farNetwork("10.5.1.4").unreadPeerings("vnet-a");

        assertThat(scene.reach().shows(Step.NO_WAY).unread().orElseThrow().detail())
                .isEqualTo("the peerings of vnet-a were not collected");
    }

    @Test
    void theOtherHalfTellsOfOnesOwn() {
        Scene scene = farNetwork("10.5.1.4")
                .peer("vnet-b", "vnet-a", "Connected", true, false)
                .unreadPeerings("vnet-a");

        assertThat(shown(scene)).isEmpty();
    }

    @Test
    void aPeeringOfWhichNoRangeIsSaidLeavesItOpen() {
        Scene unreadBeyond =
                to("10.5.1.4").half("vnet-a", "vnet-b", "Connected", "FullyInSync", true, false, List.of());
        Scene outOfSync = farNetwork("10.5.1.4")
                .half("vnet-a", "vnet-b", "Connected", "RemoteNotInSync", true, false, List.of())
                .peer("vnet-b", "vnet-a", "Connected", true, false);

        for (Scene each : List.of(unreadBeyond, outOfSync)) {
            assertThat(each.reach().shows(Step.NO_WAY).unread().orElseThrow().detail())
                    .isEqualTo("peering vnet-a-to-vnet-b of vnet-a lists no address ranges of the other VNet");
        }
    }

    @Test
    void aPeeringInSyncReachesTheWholeOtherNetwork() {
        Scene scene = farNetwork("10.5.1.4")
                .half("vnet-a", "vnet-b", "Connected", "FullyInSync", true, false, List.of())
                .peer("vnet-b", "vnet-a", "Connected", true, false);

        assertThat(scene.reach().shows(Step.NO_WAY).toOptional().orElseThrow()).isEmpty();
    }

    @Test
    void theOtherHalfOfAPeeringCounts() {
        Finding finding = only(farNetwork("10.5.1.4")
                .peer("vnet-a", "vnet-b", "Connected", true, false)
                .peer("vnet-b", "vnet-a", "Initiated", true, false));

        assertThat(finding.text()).contains("peering vnet-b-to-vnet-a of vnet-b, which is Initiated");
        assertThat(finding.values())
                .as("the network that has the half")
                .containsEntry("peering-vnet-id", Scene.netId("vnet-b").toString())
                .containsEntry("peering-fix", "other-half");
    }

    @Test
    void aRangeThatThePeeringDoesNotKnowYetIsOutOfReach() {
        Scene scene = to("10.6.1.4")
                .net("vnet-b", "10.5.0.0/16", "10.6.0.0/16")
                .subnet("vnet-b", "snet-new", "10.6.1.0/24")
                .peer("vnet-a", "vnet-b", "Connected", true, false, List.of(Scene.range("10.5.0.0/16")))
                .peer("vnet-b", "vnet-a", "Connected", true, false);

        assertThat(only(scene).text()).contains("does not include that range");
    }

    @Test
    void aPeersPeerIsNotReached() {
        Scene scene = to("10.7.1.4")
                .net("vnet-b", "10.5.0.0/16")
                .net("vnet-c", "10.7.0.0/16")
                .subnet("vnet-c", "snet-c", "10.7.1.0/24")
                .peered("vnet-a", "vnet-b")
                .peered("vnet-b", "vnet-c");

        assertThat(only(scene).text()).contains("is in vnet-c, which vnet-a is not peered with");
    }

    @Test
    void aRouteThroughAHubIsAWay() {
        Scene scene = farNetwork("10.5.1.4")
                .routes("snet-agw", route("spokes", "10.5.0.0/16", NextHop.APPLIANCE, "10.8.0.4"));

        assertThat(shown(scene)).isEmpty();
    }

    private static Scene overAMiddle() {
        return farNetwork("10.5.1.4")
                .net("vnet-hub", "10.8.0.0/24")
                .subnet("vnet-hub", "snet-nva", "10.8.0.0/27")
                .peered("vnet-a", "vnet-hub")
                .peered("vnet-b", "vnet-hub")
                .routes("snet-agw", route("far", "10.5.0.0/16", NextHop.APPLIANCE, "10.8.0.4"))
                .routes("snet-far", route("back", "10.0.0.0/16", NextHop.APPLIANCE, "10.8.0.4"));
    }

    private static List<Finding> hinted(Scene scene) {
        return scene.reach().hints(Step.NO_WAY).toOptional().orElseThrow();
    }

    @Test
    void aPeeringThatRefusesWhatAnApplianceForwardsIsNamed() {
        assertThat(hinted(overAMiddle())).isEmpty();
        List<Finding> far = hinted(overAMiddle().keepsForwardedOut("vnet-b", "vnet-hub"));
        List<Finding> own = hinted(overAMiddle().keepsForwardedOut("vnet-a", "vnet-hub"));

        assertThat(far).hasSize(1);
        assertThat(far.get(0).text())
                .contains("10.5.1.4 in pool-web is reached through the appliance at 10.8.0.4, but peering"
                        + " vnet-b-to-vnet-hub of vnet-b does not accept forwarded traffic");
        assertThat(far.get(0).values())
                .containsEntry("peering-fix", "forwarded")
                .containsEntry("vnet", "vnet-b");
        // The replies come back the same way.
        assertThat(own).hasSize(1);
        assertThat(own.get(0).text()).contains("peering vnet-a-to-vnet-hub of vnet-a");
        // The hub's own halves take what comes from the two networks themselves.
        assertThat(hinted(
                        overAMiddle().keepsForwardedOut("vnet-hub", "vnet-a").keepsForwardedOut("vnet-hub", "vnet-b")))
                .isEmpty();
    }

    @Test
    void whoLastWroteAPeeringThatRefusesIsSaid() {
        String write = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write";
        ResourceId half = ResourceId.of(Scene.netId("vnet-b") + "/virtualNetworkPeerings/vnet-b-to-vnet-hub");
        Scene scene = overAMiddle()
                .keepsForwardedOut("vnet-b", "vnet-hub")
                .operation("08:50:00", write, half, Outcome.SUCCEEDED, "late@example.com")
                .operation("08:10:00", write, half, Outcome.SUCCEEDED, "early@example.com")
                .operation("09:00:00", write, Scene.netId("vnet-a"), Outcome.SUCCEEDED, "other@example.com");

        assertThat(hinted(scene)).hasSize(2).first().satisfies(finding -> {
            assertThat(finding.source()).isEqualTo(Source.ACTIVITY_LOG);
            assertThat(finding.text()).contains("vnet-b-to-vnet-hub").contains("by late@example.com");
            assertThat(finding.at()).contains(Instant.parse("2026-03-02T08:50:00Z"));
        });
    }

    @Test
    void repliesThatComeBackOtherwiseDoNotPassTheGatewaysOwnHalf() {
        Scene scene = overAMiddle()
                .keepsForwardedOut("vnet-a", "vnet-hub")
                .routes("snet-far", route("back", "10.0.0.0/16", NextHop.APPLIANCE, "10.8.0.5"));

        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void aDefaultRouteToTheInternetIsNoWayToAPrivateAddress() {
        assertThat(shown(to("10.9.2.4").routes("snet-agw", route("internet", "0.0.0.0/0", NextHop.INTERNET, ""))))
                .hasSize(1);
    }

    @Test
    void whatOnesOwnGatewayMayAnnounceIsNotKnown() {
        Scene scene = to("172.20.1.4").subnet("vnet-a", "GatewaySubnet", "10.0.250.0/27");

        assertThat(scene.reach().shows(Step.NO_WAY).unread().orElseThrow().detail())
                .contains("BGP");
    }

    @Test
    void aTableThatKeepsLearnedRoutesOutSettlesIt() {
        Scene scene = to("172.20.1.4")
                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/27")
                .routes("snet-agw", false);

        assertThat(only(scene).text()).contains("route table rt-agw of the gateway's subnet has the propagation of");
        assertThat(only(scene).values())
                .containsEntry("propagation", "off")
                .containsEntry("learned-prefix", "172.20.1.4/32");
    }

    @Test
    void whatAnotherSubnetLearnsIsTheRangeToRoute() {
        Scene scene = to("172.20.1.4")
                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/27")
                .card("nic-1", "10.0.2.9", "snet-app", "vm-1")
                .learned(Scene.cardId("nic-1").toString(), "172.20.0.0/16", NextHop.NETWORK_GATEWAY)
                .routes("snet-agw", false);

        assertThat(only(scene).text()).contains("it does not learn the route to 172.20.0.0/16");
        assertThat(only(scene).values()).containsEntry("learned-prefix", "172.20.0.0/16");
    }

    @Test
    void aLearnedRouteIsAWay() {
        Scene scene = to("172.20.1.4")
                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/27")
                .learned("", "172.20.0.0/16", NextHop.NETWORK_GATEWAY);

        assertThat(shown(scene)).isEmpty();
    }

    @Test
    void routesThatWereLearnedWithoutThisOneSettleIt() {
        Scene scene = to("172.20.1.4")
                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/27")
                .learned("", "192.168.0.0/16", NextHop.NETWORK_GATEWAY);

        assertThat(shown(scene)).hasSize(1);
    }

    @Test
    void theRangesThatAreLearnedAreNamedWithTheLocalNetworkGatewayThatWasChanged() {
        Scene scene = to("172.20.1.4")
                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/27")
                .card("nic-1", "10.0.2.9", "snet-app", "vm-1")
                .learned(Scene.cardId("nic-1").toString(), "172.21.0.0/16", NextHop.NETWORK_GATEWAY);
        ResourceId local = ResourceId.of(Scene.RESOURCES + "Microsoft.Network/localNetworkGateways/lng-works");

        assertThat(only(scene).text())
                .contains("vnet-a learns routes to 172.21.0.0/16 from a VPN or ExpressRoute gateway, but none to this");
        assertThat(only(scene).values()).containsEntry("learned-ranges", "172.21.0.0/16");
        scene.operation("09:00:00", "Microsoft.Network/localNetworkGateways/write", local, Outcome.SUCCEEDED);

        assertThat(shown(scene)).anySatisfy(finding -> {
            assertThat(finding.text()).contains("local network gateway lng-works was changed by ops@example.com");
            assertThat(finding.values())
                    .containsEntry("local-gateway", "lng-works")
                    .containsEntry("local-gateway-resource-group", local.resourceGroup());
        });
    }

    @Test
    void whatAnInterfaceOfTheSameNetworkLearnedTheGatewayLearnsToo() {
        Scene scene = to("172.20.1.4")
                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/27")
                .card("nic-1", "10.0.2.9", "snet-app", "vm-1")
                .learned(Scene.cardId("nic-1").toString(), "172.20.0.0/16", NextHop.NETWORK_GATEWAY);

        assertThat(shown(scene)).isEmpty();
    }

    /** A tunnel that is down announces nothing, and an interface beside the gateway shows it. */
    @Test
    void whereAnInterfaceOfTheSameNetworkLearnedNothingTheGatewayLearnsNothing() {
        Scene scene = to("172.20.1.4")
                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/27")
                .card("nic-1", "10.0.2.9", "snet-app", "vm-1");

        assertThat(scene.reach().shows(Step.NO_WAY).unread())
                .as("no route was looked at")
                .isPresent();
        assertThat(shown(scene.resolved("nic-1", "172.16.0.0/12", NextHop.NONE)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.text())
                            .contains(
                                    "172.20.1.4",
                                    "172.16.0.0/12",
                                    "learns no routes from its VPN or ExpressRoute gateway");
                    assertThat(finding.values()).containsEntry("nothing-learned", "yes");
                });
    }

    @Test
    void anInterfaceWhoseSubnetLearnsNothingShowsNothing() {
        Scene scene = to("172.20.1.4")
                .subnet("vnet-a", "GatewaySubnet", "10.0.250.0/27")
                .routes("snet-app", false)
                .card("nic-1", "10.0.2.9", "snet-app", "vm-1")
                .resolved("nic-1", "172.16.0.0/12", NextHop.NONE);

        assertThat(scene.reach().shows(Step.NO_WAY).unread()).isPresent();
    }

    @Test
    void podsWhoseRoutesAreOnTheNodesSubnetOnlyAreOutOfReach() {
        Scene scene = to("10.244.2.11", "10.244.1.9")
                .routes(
                        "snet-app",
                        route("aks-1", "10.244.1.0/24", NextHop.APPLIANCE, "10.0.2.5"),
                        route("aks-2", "10.244.2.0/24", NextHop.APPLIANCE, "10.0.2.6"));

        Finding finding = only(scene);
        assertThat(finding.target().name()).isEqualTo("pool-web");
        assertThat(finding.text()).contains("its table is on subnet snet-app, not on the gateway's subnet snet-agw");
        assertThat(finding.values().get("route-table-id")).endsWith("/routeTables/rt-app");
    }

    @Test
    void clusterInternalRangesAreNamedAsSuch() {
        Scene services = to("10.96.0.10").cluster("aks-1", Power.RUNNING, "azure", "", "10.96.0.0/16");
        Scene pods = to("192.168.3.4").cluster("aks-1", Power.RUNNING, "azure overlay", "192.168.0.0/16", "");

        assertThat(only(services).text()).contains("service range 10.96.0.0/16 of cluster aks-1");
        assertThat(only(pods).text()).contains("pod range 192.168.0.0/16 of cluster aks-1");
        assertThat(only(services).values())
                .containsEntry("cluster-range", "services")
                .doesNotContainKey("cluster-network");
        assertThat(only(pods).values())
                .containsEntry("cluster-range", "pods")
                .containsEntry("cluster-network", "overlay")
                .containsEntry("cluster", "aks-1")
                .containsKey("cluster-resource-group");
    }

    @Test
    void ipv6NeedsAPrefixOnTheGatewaysSubnet() {
        assertThat(only(to("fd00:db8::4")).text()).contains("has no IPv6 prefix");
    }

    @Test
    void aPrivateEndpointWhoseConnectionIsNotApprovedLeadsNowhere() {
        for (String status : List.of("Pending", "Rejected", "Disconnected")) {
            Finding finding = only(to("10.0.2.9")
                    .endpoint("pe-db", Scene.siteId("web-1"), "web-1.example.com", "10.0.2.9", "snet-app")
                    .connection("pe-db", status));

            assertThat(finding.text())
                    .contains("is the address of private endpoint pe-db, whose connection to web-1 is " + status
                            + ", not Approved");
            assertThat(finding.values().get("private-endpoint-id")).endsWith("/privateEndpoints/pe-db");
        }
    }

    @Test
    void aPrivateEndpointThatIsApprovedOrOfWhichNothingIsSaidIsAWay() {
        for (String status : List.of("Approved", "")) {
            assertThat(shown(to("10.0.2.9")
                            .endpoint("pe-db", Scene.siteId("web-1"), "web-1.example.com", "10.0.2.9", "snet-app")
                            .connection("pe-db", status)))
                    .isEmpty();
        }
    }

    @Test
    void anUnreadTableLeavesItOpen() {
        assertThat(to("10.9.2.4")
                        .unreadTable("snet-agw")
                        .reach()
                        .shows(Step.NO_WAY)
                        .unread())
                .isPresent();
    }

    @Test
    void anUnreadNetworkLeavesItOpen() {
        assertThat(to("10.0.2.4").withoutNetwork().reach().shows(Step.NO_WAY).unread())
                .isPresent();
    }

    private static Scene besideAHub(String member) {
        return to(member).net("vnet-hub", "10.7.0.0/16").peered("vnet-a", "vnet-hub");
    }

    /** Networks behind the hub's VPN or ExpressRoute gateway are reached only by one that uses it. */
    @Test
    void aPeeringThatDoesNotUseTheHubsGatewayIsNamed() {
        Finding finding = only(besideAHub("192.168.5.4").subnet("vnet-hub", "GatewaySubnet", "10.7.250.0/24"));

        assertThat(finding.text())
                .contains("; peering vnet-a-to-vnet-hub of vnet-a does not use the gateway of vnet-hub"
                        + " (useRemoteGateways is false), so networks behind that gateway are not known");
        assertThat(finding.values())
                .containsEntry("peering", "vnet-a-to-vnet-hub")
                .containsEntry("peering-fix", "remote-gateway")
                .containsEntry("vnet", "vnet-a")
                .containsEntry("vnet-resource-group", "rg-web");
        assertThat(only(besideAHub("192.168.5.4").subnet("vnet-hub", "snet-other", "10.7.1.0/24"))
                        .text())
                .as("the hub has no gateway")
                .doesNotContain("useRemoteGateways");
    }

    @Test
    void aRouteOfAnotherSubnetThatCoversItIsNamed() {
        Finding finding = only(to("192.168.5.4")
                .routes("snet-app", route("to-onprem", "192.168.0.0/16", NextHop.APPLIANCE, "10.0.9.4")));

        assertThat(finding.text())
                .contains("; route to-onprem (192.168.0.0/16 → VirtualAppliance 10.0.9.4) of rt-app covers it, but its"
                        + " table is on subnet snet-app, not on the gateway's subnet snet-agw");
        assertThat(finding.values()).containsKey("route-table-id");
        assertThat(only(to("192.168.5.4").routes("snet-app", route("drop", "192.168.0.0/16", NextHop.NONE, "")))
                        .text())
                .as("one that leads nowhere is no help")
                .doesNotContain("covers it");
    }
}
