package dev.triage502.reachability.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutageEndTest {

    private static final String VM = Scene.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-web";
    private static final String NSG = Scene.GROUP + "/providers/Microsoft.Network/networkSecurityGroups/nsg-web";
    private static final String START = "Microsoft.Compute/virtualMachines/start/action";
    private static final String RULE_WRITE = "Microsoft.Network/networkSecurityGroups/securityRules/write";
    private static final String RULE_DELETE = "Microsoft.Network/networkSecurityGroups/securityRules/delete";

    /** No server was live from 50 to 30 minutes ago, and requests were served 28 minutes ago. */
    private static Scene ended() {
        return Scene.web()
                .webHealth("Healthy", "Success. Received 200 status code")
                .failed(50, 5, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .failed(30, 5, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .served(28, 9, "10.0.2.4:80")
                .network()
                .interfaceOf("nic-web", "10.0.2.4", VM);
    }

    private static ReachabilityResult.Ending at(Step step, Scene scene) {
        return ReachabilityAnalysis.of(scene.evidence()).ended(step);
    }

    @Test
    void aServerThatWasStartedWhenTheFailuresEndedHadBeenStopped() {
        Scene scene = ended().activity(30, START, VM, "duty@shop.example", "Succeeded");

        assertThat(at(Step.STOPPED, scene).shows())
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .contains("VM vm-web was started by duty@shop.example when the failures ended");
    }

    @Test
    void theStartOfAnotherMachineTellsNothing() {
        Scene scene = ended().activity(30, START, VM + "-reports", "bi@shop.example", "Succeeded");

        assertThat(at(Step.STOPPED, scene).shows()).isEmpty();
    }

    @Test
    void aStartLongBeforeTheEndTellsNothing() {
        Scene scene = ended().activity(45, START, VM, "duty@shop.example", "Succeeded");

        assertThat(at(Step.STOPPED, scene).shows()).isEmpty();
    }

    @Test
    void aStartTellsNothingWhereRequestsStillFail() {
        Scene scene = ended().failed(2, 5, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .activity(30, START, VM, "duty@shop.example", "Succeeded");

        assertThat(at(Step.STOPPED, scene).shows()).isEmpty();
    }

    @Test
    void aRuleThatCameAndWentWithTheFailuresHadBlockedTheServer() {
        Scene scene = ended().group("snet-web", "nsg-web")
                .activity(51, RULE_WRITE, NSG + "/securityRules/lockdown", "sec@shop.example", "Succeeded")
                .activity(30, RULE_DELETE, NSG + "/securityRules/lockdown", "duty@shop.example", "Succeeded");

        assertThat(at(Step.DENIED, scene).shows()).singleElement().satisfies(found -> {
            assertThat(found.target().name()).isEqualTo("lockdown");
            assertThat(found.text()).contains("changed when requests to", "and deleted by");
        });
    }

    @Test
    void aRuleThatIsOnlyDeletedHintsAtMostAndNotWhereRequestsWereServedBefore() {
        Scene deleted = ended().group("snet-web", "nsg-web")
                .activity(30, RULE_DELETE, NSG + "/securityRules/lockdown", "duty@shop.example", "Succeeded");
        assertThat(at(Step.DENIED, deleted).shows()).isEmpty();
        assertThat(at(Step.DENIED, deleted).hints()).hasSize(1);

        Scene servedBefore = deleted.served(58, 9, "10.0.2.4:80");
        assertThat(at(Step.DENIED, servedBefore).hints()).isEmpty();
    }

    @Test
    void aRuleOfAnotherGroupTellsNothing() {
        Scene scene = ended().group("snet-web", "nsg-web")
                .activity(51, RULE_WRITE, NSG + "-hr/securityRules/lockdown", "sec@shop.example", "Succeeded")
                .activity(30, RULE_DELETE, NSG + "-hr/securityRules/lockdown", "duty@shop.example", "Succeeded");

        assertThat(at(Step.DENIED, scene).shows()).isEmpty();
    }

    private static Scene cameAndWent(Scene scene, String type, String resource) {
        return scene.activity(51, type + "/write", resource, "net@shop.example", "Succeeded")
                .activity(30, type + "/delete", resource, "duty@shop.example", "Succeeded");
    }

    /** On the way out, or on the way back. */
    @ParameterizedTest
    @ValueSource(strings = {"snet-agw", "snet-web"})
    void aRouteThatCameAndWentWithTheFailuresHadDivertedThem(String subnet) {
        Scene scene = ended().routes(subnet, "rt", "other 10.9.0.0/16 None");
        String table = Scene.GROUP + "/providers/Microsoft.Network/routeTables/rt";

        assertThat(at(
                                Step.DIVERTED,
                                cameAndWent(scene, "Microsoft.Network/routeTables/routes", table + "/routes/detour"))
                        .shows())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.target().kind()).isEqualTo(Kind.ROUTE);
                    assertThat(found.target().name()).isEqualTo("detour");
                    assertThat(found.target().at(Place.ROUTE_TABLE)).contains("rt");
                    assertThat(found.target().at(Place.SUBNET)).contains(subnet);
                    assertThat(found.text()).contains("route detour of rt was changed when requests to");
                });
    }

    /** The server is in {@code vnet-far}, which the gateway's network is peered with. */
    private static Scene beyondPeering() {
        String networks = Scene.GROUP + "/providers/Microsoft.Network/virtualNetworks/";
        String near = "{'name':'vnet-shop','id':'" + networks + "vnet-shop','properties':{'addressSpace':"
                + "{'addressPrefixes':['10.0.1.0/24']},'subnets':[{'name':'snet-agw','id':'" + networks
                + "vnet-shop/subnets/snet-agw','properties':{'addressPrefix':'10.0.1.0/24'}}],"
                + "'virtualNetworkPeerings':[{'name':'to-far','properties':{'peeringState':'Connected',"
                + "'allowVirtualNetworkAccess':true,'remoteVirtualNetwork':{'id':'" + networks
                + "vnet-far'},'remoteAddressSpace':{'addressPrefixes':['10.0.2.0/24']}}}]}}";
        String far = "{'name':'vnet-far','id':'" + networks + "vnet-far','properties':{'addressSpace':"
                + "{'addressPrefixes':['10.0.2.0/24']},'subnets':[{'name':'snet-web','id':'" + networks
                + "vnet-far/subnets/snet-web','properties':{'addressPrefix':'10.0.2.0/24'}}],"
                + "'virtualNetworkPeerings':[{'name':'to-shop','properties':{'peeringState':'Connected',"
                + "'allowVirtualNetworkAccess':true,'remoteVirtualNetwork':{'id':'" + networks
                + "vnet-shop'},'remoteAddressSpace':{'addressPrefixes':['10.0.1.0/24']}}}]}}";
        return ended().networkArray("virtualNetworks", "[" + near + "," + far + "]");
    }

    private static Scene joinedAgain(String network, String peering) {
        String type = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";
        String half = Scene.GROUP + "/providers/Microsoft.Network/virtualNetworks/" + network
                + "/virtualNetworkPeerings/" + peering;
        return beyondPeering()
                .activity(51, type + "/delete", half, "net@shop.example", "Succeeded")
                .activity(30, type + "/write", half, "duty@shop.example", "Succeeded");
    }

    /** Either half joins the two networks. */
    @ParameterizedTest
    @CsvSource({"vnet-shop,to-far", "vnet-far,to-shop"})
    void aPeeringThatWentAndCameWithTheFailuresHadCutTheServerOff(String network, String peering) {
        assertThat(at(Step.NO_WAY, joinedAgain(network, peering)).shows())
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .contains("peering " + peering + " of " + network + " was deleted when requests began to fail, and made"
                        + " again by duty@shop.example when the failures ended");
    }

    @Test
    void aPeeringWithAnotherNetworkTellsNothing() {
        assertThat(at(Step.NO_WAY, joinedAgain("vnet-shop", "to-reports")).shows())
                .isEmpty();
        assertThat(at(Step.NO_WAY, joinedAgain("vnet-reports", "to-shop")).shows())
                .isEmpty();
    }

    @Test
    void aWholeGroupThatWasChangedTwiceIsNoRuleOfItsOwn() {
        Scene scene = ended().group("snet-web", "nsg-web")
                .activity(51, "Microsoft.Network/networkSecurityGroups/write", NSG, "sec@shop.example", "Succeeded")
                .activity(30, "Microsoft.Network/networkSecurityGroups/write", NSG, "duty@shop.example", "Succeeded");

        assertThat(at(Step.DENIED, scene).shows()).singleElement().satisfies(found -> {
            assertThat(found.target().at(Place.NSG)).contains("nsg-web");
            assertThat(found.text())
                    .startsWith("NSG nsg-web was changed when requests to")
                    .contains("and changed again by duty@shop.example when the failures ended");
        });
    }

    /** A server behind a name, whose zone was linked when the failures ended. */
    private static Scene named(String zone, String name, String linked) {
        String id = Scene.GROUP + "/providers/Microsoft.Network/privateDnsZones/" + zone;
        String link = "/virtualNetworkLinks/link";
        return Scene.v2()
                .pool("pool-web", name)
                .setting("set-web", "{'port':80,'protocol':'Http'}")
                .rule("rule-web", "pool-web", "set-web")
                .health("pool-web", "set-web", name, "Healthy", "Success")
                .failed(50, 5, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .failed(30, 5, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .served(28, 9, "10.0.2.9")
                .network()
                .networkArray(
                        "privateDnsZones",
                        "[{'id':'" + id + "','name':'" + zone + "','type':'Microsoft.Network/privateDnsZones',"
                                + "'properties':{}},{'id':'" + id + link + "','name':'link','type':"
                                + "'Microsoft.Network/privateDnsZones/virtualNetworkLinks','properties':{"
                                + "'virtualNetworkLinkState':'Completed','virtualNetwork':{'id':'" + Scene.VNET
                                + "'}}},{'id':'" + id + "/A/app','name':'app','type':"
                                + "'Microsoft.Network/privateDnsZones/A','properties':{'aRecords':[{'ipv4Address':"
                                + "'10.0.2.9'}]}}]")
                .activity(
                        31,
                        "Microsoft.Network/privateDnsZones/virtualNetworkLinks/write",
                        id.replace(zone, linked) + link,
                        "duty@shop.example",
                        "Succeeded");
    }

    @Test
    void aZoneThatWasLinkedWhenTheFailuresEndedHadAnsweredNothingBefore() {
        assertThat(at(Step.NAME_UNRESOLVED, named("corp.example", "app.corp.example", "corp.example"))
                        .shows())
                .extracting(Finding::text)
                .singleElement()
                .asString()
                .contains("private DNS zone corp.example was linked to vnet-shop by duty@shop.example when the failures"
                        + " ended");
        assertThat(at(Step.NAME_UNRESOLVED, named("corp.example", "app.corp.example", "other.example"))
                        .shows())
                .as("another zone")
                .isEmpty();
    }

    @Test
    void aPrivateLinkZoneHadLeftTheNameToPublicDns() {
        String zone = "privatelink.azurewebsites.net";

        assertThat(at(Step.NAME_ELSEWHERE, named(zone, "app.azurewebsites.net", zone))
                        .shows())
                .hasSize(1);
    }
}
