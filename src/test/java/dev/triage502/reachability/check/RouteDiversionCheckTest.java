package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Network.EndpointPolicies;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteDiversionCheckTest {

    private static final String FIREWALL = "10.0.9.4";

    private static Scene scene() {
        return new Scene().pool("web", 443, "10.0.2.4").fails("10.0.2.4", ProbeFailure.TIMED_OUT);
    }

    private static List<Finding> shown(Scene scene) {
        return scene.reach().shows(Step.DIVERTED).toOptional().orElseThrow();
    }

    private static List<Finding> hinted(Scene scene) {
        return scene.reach().hints(Step.DIVERTED).toOptional().orElseThrow();
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void aRouteThroughAnApplianceThatTheAnswersDoNotTakeIsShown() {
        Finding finding =
                only(shown(scene().routes("snet-agw", route("to-fw", "10.0.2.0/24", NextHop.APPLIANCE, FIREWALL))));

        assertThat(finding.target().kind()).isEqualTo(Kind.ROUTE);
        assertThat(finding.target().name()).isEqualTo("to-fw");
        assertThat(finding.target().at(Place.ROUTE_TABLE)).contains("rt-agw");
        assertThat(finding.target().at(Place.SUBNET)).contains("snet-agw");
        assertThat(finding.text())
                .isEqualTo("route to-fw (10.0.2.0/24 → VirtualAppliance 10.0.9.4) of rt-agw on the gateway's subnet"
                        + " snet-agw routes 10.0.2.4 through an appliance, but replies from subnet snet-app bypass"
                        + " it, so it drops the connection");
        assertThat(finding.values())
                .containsEntry("route", "to-fw")
                .containsEntry("route-table", "rt-agw")
                .containsEntry("route-table-resource-group", "rg-web")
                .containsEntry("next-hop", FIREWALL)
                .containsEntry("next-hop-type", "VirtualAppliance")
                .containsEntry("destination-prefix", "10.0.2.0/24");
    }

    @Test
    void answersThatComeBackThroughAFirewallAreShown() {
        Finding finding = only(shown(scene().routes(
                        "snet-app",
                        route("default", "0.0.0.0/0", NextHop.APPLIANCE, FIREWALL),
                        route("inner", "10.0.1.0/24", NextHop.APPLIANCE, FIREWALL))));

        assertThat(finding.target().name()).isEqualTo("inner");
        assertThat(finding.target().at(Place.SUBNET)).contains("snet-app");
        assertThat(finding.text()).contains("diverts replies to the gateway's subnet 10.0.1.0/24");
        assertThat(finding.values()).containsEntry("destination-prefix", "10.0.1.0/24");
    }

    @Test
    void aRouteForTheWholeNetworksPrefixCatchesTheAnswersToo() {
        assertThat(shown(scene().routes("snet-app", route("vnet", "10.0.0.0/16", NextHop.APPLIANCE, FIREWALL))))
                .hasSize(1);
    }

    @Test
    void aDefaultRouteOnTheBackendsSubnetIsHarmlessInsideTheNetwork() {
        Scene scene = scene().routes(
                        "snet-app",
                        route("default", "0.0.0.0/0", NextHop.APPLIANCE, FIREWALL),
                        route("private", "10.0.0.0/8", NextHop.APPLIANCE, FIREWALL));

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void theDefaultRouteIsHarmlessBeyondAPeeringToo() {
        Scene scene = new Scene()
                .net("vnet-b", "10.5.0.0/16")
                .subnet("vnet-b", "snet-far", "10.5.1.0/24")
                .peered("vnet-a", "vnet-b")
                .pool("far", 443, "10.5.1.4")
                .fails("10.5.1.4", ProbeFailure.TIMED_OUT)
                .routes("snet-far", route("default", "0.0.0.0/0", NextHop.APPLIANCE, FIREWALL));

        assertThat(shown(scene)).isEmpty();
    }

    @Test
    void theDefaultRouteIsHarmlessBeyondAPeeringOfWhichOnlyOneHalfWasRead() {
        Scene scene = new Scene()
                .net("vnet-b", "10.5.0.0/16")
                .subnet("vnet-b", "snet-far", "10.5.1.0/24")
                .peer("vnet-a", "vnet-b", "Connected", true, false)
                .unreadPeerings("vnet-b")
                .routes("snet-far", route("default", "0.0.0.0/0", NextHop.APPLIANCE, "10.5.9.4"))
                .pool("web", 80, "10.5.1.4")
                .fails("10.5.1.4", ProbeFailure.TIMED_OUT);

        assertThat(scene.reach().shows(Step.DIVERTED).toOptional().orElseThrow())
                .isEmpty();
    }

    @Test
    void whatAPeeringMayTakeInsteadIsNotSaidToBeDiverted() {
        Scene scene = new Scene()
                .net("vnet-b", "10.5.0.0/16")
                .subnet("vnet-b", "snet-far", "10.5.1.0/24")
                .unreadPeerings("vnet-a")
                .routes("snet-agw", route("drop", "10.0.0.0/8", NextHop.NONE, ""))
                .pool("web", 80, "10.5.1.4")
                .fails("10.5.1.4", ProbeFailure.TIMED_OUT);

        assertThat(scene.reach().shows(Step.DIVERTED).unread().orElseThrow().detail())
                .contains("the peerings of vnet-a");
    }

    @Test
    void aRouteThatOnlyPartOfTheAnswersTakesNamesTheInstances() {
        Finding finding =
                only(shown(scene().routes("snet-app", route("part", "10.0.1.128/25", NextHop.APPLIANCE, FIREWALL))));

        assertThat(finding.text()).contains("replies to the gateway's instances in 10.0.1.128/25");
    }

    @Test
    void theSameFirewallBothWaysIsAHintAtMost() {
        Scene scene = scene().routes("snet-agw", route("to-app", "10.0.2.0/24", NextHop.APPLIANCE, FIREWALL))
                .routes("snet-app", route("to-agw", "10.0.1.0/24", NextHop.APPLIANCE, FIREWALL));

        assertThat(shown(scene)).isEmpty();
        assertThat(only(hinted(scene)).text()).contains("in both directions");
        assertThat(hinted(scene.look("10.0.2.4", 443, Connect.REFUSED))).isEmpty();
    }

    @Test
    void aRouteToNoneDrops() {
        assertThat(only(shown(scene().routes("snet-agw", route("hole", "10.0.2.4/32", NextHop.NONE, ""))))
                        .text())
                .contains("drops traffic to 10.0.2.4");
        assertThat(only(shown(scene().routes("snet-app", route("hole", "10.0.1.0/24", NextHop.NONE, ""))))
                        .text())
                .contains("drops replies");
    }

    @Test
    void aRouteOfANearAddressToANetworkGatewayOrTheInternetDiverts() {
        assertThat(shown(scene().routes("snet-agw", route("vpn", "10.0.2.0/24", NextHop.NETWORK_GATEWAY, ""))))
                .hasSize(1);
        assertThat(shown(scene().routes("snet-agw", route("out", "10.0.2.0/24", NextHop.INTERNET, ""))))
                .hasSize(1);
    }

    @Test
    void theLongerPrefixWinsWhateverTheOrder() {
        Scene scene = scene().routes(
                        "snet-agw",
                        route("wide", "10.0.2.0/24", NextHop.APPLIANCE, FIREWALL),
                        route("narrow", "10.0.2.0/28", NextHop.VNET_LOCAL, ""));

        assertThat(shown(scene)).isEmpty();
    }

    @Test
    void aUserDefinedRouteBeatsThePlatformsOfEqualLengthAndNoLongerOne() {
        assertThat(shown(scene().routes("snet-agw", route("all", "10.0.0.0/16", NextHop.APPLIANCE, FIREWALL))))
                .hasSize(1);
        assertThat(shown(scene().routes("snet-agw", route("all", "10.0.0.0/15", NextHop.APPLIANCE, FIREWALL))))
                .isEmpty();
    }

    @Test
    void whatBgpAnnouncesOfOnesOwnNetworkLosesToIt() {
        Scene scene = scene().learned("", "10.0.2.0/24", NextHop.NETWORK_GATEWAY);

        assertThat(shown(scene)).isEmpty();
    }

    @Test
    void aPrivateEndpointIsDivertedOnlyWherePoliciesSaySo() {
        Scene scene = scene().endpoint("pe-web", Scene.siteId("web"), "web.azurewebsites.net", "10.0.2.4", "snet-app")
                .routes("snet-agw", route("to-fw", "10.0.2.0/24", NextHop.APPLIANCE, FIREWALL));

        assertThat(shown(scene)).isEmpty();
        assertThat(shown(scene.policies("snet-app", EndpointPolicies.ROUTE_TABLE)))
                .hasSize(1);
    }

    /** A wider route loses against the /32 of the endpoint even where the subnet's policies are on. */
    @Test
    void aPrivateEndpointIsDivertedByRoutesThatAreNoWiderThanItsNetwork() {
        Scene scene = scene().endpoint("pe-web", Scene.siteId("web"), "web.azurewebsites.net", "10.0.2.4", "snet-app")
                .policies("snet-app", EndpointPolicies.ROUTE_TABLE);

        assertThat(shown(scene.routes("snet-agw", route("to-fw", "10.0.0.0/16", NextHop.APPLIANCE, FIREWALL))))
                .hasSize(1);
        assertThat(shown(scene.routes("snet-agw", route("to-fw", "10.0.0.0/15", NextHop.APPLIANCE, FIREWALL))))
                .isEmpty();
    }

    @Test
    void aPodsRouteByItsNodeIsTheWay() {
        Scene scene = new Scene()
                .pool("web", 80, "10.244.2.11")
                .fails("10.244.2.11", ProbeFailure.TIMED_OUT)
                .routes("snet-agw", route("aks-2", "10.244.2.0/24", NextHop.APPLIANCE, "10.0.2.6"));

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).isEmpty();
    }

    @Test
    void aPodsRouteByANodeThatIsGoneDiverts() {
        Scene scene = new Scene()
                .pool("web", 80, "10.244.2.11")
                .fails("10.244.2.11", ProbeFailure.TIMED_OUT)
                .routes("snet-agw", route("aks-2", "10.244.2.0/24", NextHop.APPLIANCE, "10.0.2.6"))
                .scaleSet(
                        "nodes",
                        Power.RUNNING,
                        List.of(),
                        Scene.instance("nodes", 0, Power.RUNNING, "10.0.2.7"),
                        Scene.instance("nodes", 1, Power.RUNNING, "10.0.2.8"));

        assertThat(only(shown(scene)).text())
                .contains("routes 10.244.2.11 to 10.0.2.6, an address that no longer exists");
    }

    @Test
    void aPublicBackendBehindAnApplianceIsAHint() {
        Scene scene = new Scene()
                .pool("web", 443, "203.0.113.9")
                .fails("203.0.113.9", ProbeFailure.TIMED_OUT)
                .routes("snet-agw", route("default", "0.0.0.0/0", NextHop.APPLIANCE, FIREWALL));

        assertThat(shown(scene)).isEmpty();
        assertThat(hinted(scene)).hasSize(1);
    }

    @Test
    void aLearnedDefaultRouteTakesAPublicBackendAway() {
        Scene scene = new Scene()
                .pool("web", 443, "203.0.113.9")
                .fails("203.0.113.9", ProbeFailure.TIMED_OUT)
                .learned("", "0.0.0.0/0", NextHop.NETWORK_GATEWAY);

        assertThat(only(shown(scene)).text()).startsWith("the BGP route (0.0.0.0/0");
    }

    @Test
    void aTableThatCouldNotBeReadLeavesTheStepUnread() {
        assertThat(scene().unreadTable("snet-agw").reach().shows(Step.DIVERTED).unread())
                .isPresent();
        assertThat(scene().unreadTable("snet-app").reach().shows(Step.DIVERTED).unread())
                .isPresent();
    }

    private static Scene throughFirewall() {
        return scene().subnet("vnet-a", "snet-fw", "10.0.9.0/24")
                .card("nic-fw", "10.0.9.4", "snet-fw", "vm-fw")
                .routes("snet-agw", route("out", "10.0.2.0/24", NextHop.APPLIANCE, "10.0.9.4"))
                .routes("snet-app", route("back", "10.0.1.0/24", NextHop.APPLIANCE, "10.0.9.4"));
    }

    @Test
    void anApplianceThatIsStoppedLetsNothingThrough() {
        Finding byState = only(shown(throughFirewall().machine("vm-fw", Power.STOPPED, "VM deallocated")));
        Finding byLog = only(shown(throughFirewall()
                .operation(
                        "08:00:00",
                        "Microsoft.Compute/virtualMachines/deallocate/action",
                        Scene.machineId("vm-fw"),
                        dev.triage502.evidence.ActivityLog.Outcome.SUCCEEDED)));

        assertThat(byState.target().name()).isEqualTo("out");
        assertThat(byState.text())
                .contains("routes 10.0.2.4 to 10.0.9.4, where VM vm-fw is stopped (\"VM deallocated\")");
        assertThat(byState.values())
                .containsEntry("member-id", Scene.machineId("vm-fw").toString());
        assertThat(byLog.text()).contains("routes 10.0.2.4 to 10.0.9.4, where VM vm-fw was stopped");
    }

    @Test
    void anApplianceThatRunsIsAHintAtMost() {
        assertThat(shown(throughFirewall().machine("vm-fw", Power.RUNNING, "VM running")))
                .isEmpty();
    }

    @Test
    void anApplianceWhoseInterfaceDoesNotForwardGetsNothing() {
        Finding finding = only(shown(throughFirewall().forwards("nic-fw", false)));

        assertThat(finding.text())
                .contains("routes 10.0.2.4 to 10.0.9.4, whose interface nic-fw has IP forwarding off");
        assertThat(finding.values())
                .containsEntry("hop-interface", "nic-fw")
                .containsEntry("hop-interface-id", Scene.cardId("nic-fw").toString());
        assertThat(shown(throughFirewall().forwards("nic-fw", true))).isEmpty();
    }

    private static Scene throughTwoFirewalls() {
        return scene().routes("snet-agw", route("out", "10.0.2.0/24", NextHop.APPLIANCE, "10.0.9.4"))
                .routes("snet-app", route("back", "10.0.1.0/24", NextHop.APPLIANCE, "10.0.9.5"));
    }

    private static Scene written(Scene scene, String at, String table) {
        return scene.operation(
                at,
                "Microsoft.Network/routeTables/routes/write",
                ResourceId.of(Scene.tableId(table) + "/routes/any"),
                dev.triage502.evidence.ActivityLog.Outcome.SUCCEEDED);
    }

    @Test
    void ofTwoTablesThatDoNotFitTheOneThatWasChangedLastIsNamed() {
        Finding gateways = only(shown(throughTwoFirewalls()));
        Finding changed = only(shown(written(throughTwoFirewalls(), "08:00:00", "rt-app")));
        Finding bothChanged =
                only(shown(written(written(throughTwoFirewalls(), "08:00:00", "rt-app"), "08:05:00", "rt-agw")));

        assertThat(gateways.target().name()).isEqualTo("out");
        assertThat(gateways.text())
                .contains("routes 10.0.2.4 through 10.0.9.4, but replies from subnet snet-app go through 10.0.9.5");
        assertThat(changed.target().name()).isEqualTo("back");
        assertThat(changed.target().at(Place.ROUTE_TABLE)).contains("rt-app");
        assertThat(changed.text())
                .contains("routes replies to the gateway's subnet 10.0.1.0/24 through 10.0.9.5, but requests to"
                        + " 10.0.2.4 go through 10.0.9.4");
        assertThat(bothChanged.target().name()).isEqualTo("out");
    }

    @Test
    void whatIsDivertedIsNotAskedForARuleAsWell() {
        ReachabilityResult reach = scene().routes("snet-agw", route("hole", "10.0.2.4/32", NextHop.NONE, ""))
                .group("snet-app", Scene.denyIn("deny-all", 4000, "*", "*", "*"))
                .reach();

        assertThat(reach.shows(Step.DENIED).toOptional().orElseThrow()).isEmpty();
        assertThat(reach.opposes(Step.DENIED).toOptional().orElseThrow())
                .extracting(Finding::text)
                .containsExactly("10.0.2.4 in pool-web: explained by route hole (10.0.2.4/32 → None) of rt-agw");
    }

    /** Nodes of a cluster behind a public load balancer, which send everything out through a firewall. */
    private static Scene publicFront() {
        return new Scene()
                .pool("web", 443, "203.0.113.60")
                .fails("203.0.113.60", ProbeFailure.TIMED_OUT)
                .card("node-0", "10.0.2.4", "snet-app", "")
                .balancer("kubernetes", "203.0.113.60", "", 443)
                .behind("kubernetes", "node-0")
                .publicAddress("198.51.100.61", "");
    }

    @Test
    void answersOfMembersBehindAPublicFrontMayNotLeaveThroughAnAppliance() {
        Finding finding = only(
                shown(publicFront().routes("snet-app", route("all-out", "0.0.0.0/0", NextHop.APPLIANCE, FIREWALL))));

        assertThat(finding.target().name()).isEqualTo("all-out");
        assertThat(finding.target().at(Place.SUBNET)).contains("snet-app");
        assertThat(finding.text())
                .isEqualTo("route all-out (0.0.0.0/0 → VirtualAppliance 10.0.9.4) of rt-app on subnet snet-app diverts"
                        + " replies to the gateway's public IP address 198.51.100.61 from 203.0.113.60"
                        + " (asymmetric routing: the requests arrive directly)");
        assertThat(finding.values())
                .containsEntry("answers-to", "198.51.100.61/32")
                .doesNotContainKey("destination-prefix");
    }

    @Test
    void answersThatLeaveToTheInternetDirectlyAreNotDiverted() {
        Scene exempt = publicFront()
                .routes(
                        "snet-app",
                        route("all-out", "0.0.0.0/0", NextHop.APPLIANCE, FIREWALL),
                        route("to-agw", "198.51.100.61/32", NextHop.INTERNET, ""));

        assertThat(shown(exempt)).isEmpty();
        assertThat(hinted(exempt)).isEmpty();
    }

    @Test
    void aMemberOnASubnetWithoutTheRouteStillAnswers() {
        Scene two = publicFront()
                .subnet("vnet-a", "snet-other", "10.0.7.0/24")
                .card("node-1", "10.0.7.4", "snet-other", "")
                .behind("kubernetes", "node-0", "node-1")
                .routes("snet-app", route("all-out", "0.0.0.0/0", NextHop.APPLIANCE, FIREWALL));

        assertThat(shown(two)).isEmpty();
        assertThat(only(hinted(two)).target().name()).isEqualTo("all-out");
    }

    @Test
    void answersOfMembersBehindAnInternalFrontLeaveFromTheirOwnSubnet() {
        Scene inner = new Scene()
                .subnet("vnet-a", "snet-front", "10.0.7.0/24")
                .pool("web", 443, "10.0.7.10")
                .fails("10.0.7.10", ProbeFailure.TIMED_OUT)
                .card("node-0", "10.0.2.4", "snet-app", "")
                .balancer("ilb", "10.0.7.10", "snet-front", 443)
                .behind("ilb", "node-0")
                .routes("snet-app", route("back", "10.0.1.0/24", NextHop.APPLIANCE, FIREWALL));

        assertThat(only(shown(inner)).values()).containsEntry("destination-prefix", "10.0.1.0/24");
    }
}
