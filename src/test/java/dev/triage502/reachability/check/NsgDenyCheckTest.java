package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.allowIn;
import static dev.triage502.reachability.check.Scene.denyIn;
import static dev.triage502.reachability.check.Scene.denyOut;
import static dev.triage502.reachability.check.Scene.route;
import static dev.triage502.reachability.check.Scene.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Network.EndpointPolicies;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.HostName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.ReachabilityResult;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NsgDenyCheckTest {

    private static Scene scene() {
        return new Scene().pool("web", 443, "10.0.2.4").fails("10.0.2.4", ProbeFailure.CANNOT_CONNECT);
    }

    private static List<Finding> shown(Scene scene) {
        return shown(scene.reach());
    }

    private static List<Finding> shown(ReachabilityResult reach) {
        return reach.shows(Step.DENIED).toOptional().orElseThrow();
    }

    private static Finding only(Scene scene) {
        List<Finding> findings = shown(scene);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void namesTheRuleThatDecidesAndTheTooNarrowOneAboveIt() {
        Finding finding = only(scene().group(
                        "snet-app",
                        allowIn("allow-appgw", 100, "10.0.1.0/24", "10.0.2.243/32", "443"),
                        denyIn("deny-all", 4096, "*", "*", "*")));

        assertThat(finding.target().kind()).isEqualTo(Kind.NSG_RULE);
        assertThat(finding.target().name()).isEqualTo("deny-all");
        assertThat(finding.target().at(Place.NSG)).contains("nsg-app");
        assertThat(finding.target().at(Place.SUBNET)).contains("snet-app");
        assertThat(finding.text())
                .isEqualTo("NSG rule deny-all (priority 4096, inbound) of nsg-app on subnet snet-app blocks TCP"
                        + " 10.0.1.0/24 → 10.0.2.4:443; the allow rule allow-appgw (100) only covers traffic to"
                        + " 10.0.2.243/32");
        assertThat(finding.suffering()).extracting(target -> target.name()).containsExactly("10.0.2.4");
        assertThat(finding.values())
                .containsEntry("rule", "deny-all")
                .containsEntry("nsg", "nsg-app")
                .containsEntry("nsg-resource-group", "rg-web")
                .containsEntry("direction", "Inbound")
                .containsEntry("priority", "4096")
                .containsEntry("free-priority", "4095")
                .containsEntry("gateway-prefix", "10.0.1.0/24")
                .containsEntry("backend-prefix", "10.0.2.0/24")
                .containsEntry("allow-rule", "allow-appgw")
                .containsEntry("port", "443");
    }

    @Test
    void aDenyAboveAnAllowDecides() {
        Finding finding = only(scene().group(
                        "snet-app",
                        denyIn("block", 100, "VirtualNetwork", "*", "443"),
                        allowIn("allow", 200, "10.0.1.0/24", "*", "443")));

        assertThat(finding.target().name()).isEqualTo("block");
        assertThat(finding.text()).endsWith("; the allow rule allow (200) would allow it, but has a lower precedence");
        assertThat(finding.values()).doesNotContainKey("free-priority");
    }

    @Test
    void theDefaultRuleDecidesWhereNoneOfOnesOwnDoes() {
        // The gateway's network is not the backend's, and the peering does not let it in: not "VirtualNetwork".
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.4")
                .fails("10.0.2.4", ProbeFailure.TIMED_OUT)
                .group("snet-app", denyIn("no-vnet", 4000, "VirtualNetwork", "10.0.9.0/24", "*"));
        assertThat(shown(scene)).isEmpty();

        Finding finding = only(
                scene().group("snet-app", rule("only-https", 300, true, false, "10.0.1.0/24", "*", "8443,440-450")));
        assertThat(finding.target().name()).isEqualTo("only-https");
    }

    /** It is in every group, so why it is there is no question. */
    @Test
    void aRuleThatEveryGroupHasIsSaidToBeOne() {
        SecurityRule last = SecurityRule.builder()
                .name("DenyAllInBound")
                .id("id")
                .priority(64999)
                .inbound(true)
                .allows(false)
                .protocol("*")
                .sources(List.of("*"))
                .destinations(List.of("*"))
                .sourcePorts(List.of("*"))
                .destinationPorts(List.of("*"))
                .sourceGroups(List.of())
                .destinationGroups(List.of())
                .isDefault(true)
                .build();

        assertThat(only(scene().group("snet-app", last)).values()).containsEntry("default-rule", "yes");
        assertThat(only(scene().group("snet-app", denyIn("deny-all", 4000, "*", "*", "*")))
                        .values())
                .doesNotContainKey("default-rule");
    }

    @Test
    void theWinningNumberLiesBelowEveryRuleThatWouldStillDeny() {
        Finding finding = only(scene().group(
                        "snet-app",
                        denyIn("first", 300, "10.0.1.0/25", "*", "*"),
                        allowIn("other", 299, "10.0.5.0/24", "*", "80"),
                        denyIn("second", 400, "*", "*", "443")));

        assertThat(finding.values()).containsEntry("free-priority", "298");
    }

    @Test
    void onlyARuleForTheGatewayAndTheServerCountsAsOneThatWasMeantToAllow() {
        for (SecurityRule other : List.of(
                allowIn("from-elsewhere", 100, "10.0.9.0/24", "*", "443"),
                allowIn("to-elsewhere", 100, "10.0.1.0/24", "10.0.9.0/24", "443"),
                allowIn("other-port-below", 4001, "10.0.1.0/24", "*", "8443"),
                allowIn("internet", 100, "Internet", "*", "443"))) {
            assertThat(only(scene().group("snet-app", other, denyIn("deny-all", 4000, "*", "*", "*")))
                            .text())
                    .as(other.name())
                    .doesNotContain("allow rule");
        }
    }

    @Test
    void ofSeveralThatWereMeantToAllowTheOneForThePortIsNamedAndThenTheFirst() {
        Finding finding = only(scene().group(
                        "snet-app",
                        allowIn("other-port", 100, "10.0.1.0/24", "*", "8443"),
                        allowIn("second", 300, "10.0.1.4", "*", "443"),
                        allowIn("first", 200, "10.0.1.5", "*", "443"),
                        denyIn("deny-all", 4000, "*", "*", "*")));
        Finding tag = only(scene().group(
                        "snet-app",
                        allowIn("tag", 100, "VirtualNetwork", "10.0.2.9", "443"),
                        allowIn("other-port", 90, "VirtualNetwork", "*", "8443"),
                        denyIn("deny-all", 4000, "*", "*", "*")));

        assertThat(finding.text()).contains("the allow rule first (200) only covers traffic from 10.0.1.5");
        assertThat(tag.text()).contains("the allow rule tag (100) only covers traffic to 10.0.2.9");
    }

    @Test
    void whatOnlyPartOfTheGatewaysInstancesMeetsIsSaidSo() {
        Finding finding = only(scene().group(
                        "snet-app",
                        allowIn("allow-instances", 100, "10.0.1.4,10.0.1.5", "*", "443"),
                        denyIn("deny-all", 4000, "*", "*", "*")));

        assertThat(finding.text())
                .contains("allows only part of the gateway's subnet (10.0.1.4, 10.0.1.5)")
                .contains("allow-instances (100) only covers traffic from 10.0.1.4, 10.0.1.5");
    }

    @Test
    void aHealthyServerThatSomeInstancesCannotReachIsFoundByTheLog() {
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.4")
                .healthy("10.0.2.4")
                .group(
                        "snet-app",
                        allowIn("allow-instances", 100, "10.0.1.4", "*", "443"),
                        denyIn("deny-all", 4000, "*", "*", "*"))
                .request("09:01:00", 200, "pool-web", "10.0.2.4", ErrorInfo.NO_ERROR, "appgw_0")
                .request("09:02:00", 502, "pool-web", "", ErrorInfo.NO_LIVE, "appgw_1");

        assertThat(only(scene).text()).contains("only requests through appgw_1 fail");
    }

    @Test
    void aHealthyServerIsNotDeniedWhateverTheRulesSay() {
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.4")
                .healthy("10.0.2.4")
                .group("snet-app", denyIn("deny-all", 4000, "*", "*", "*"));

        assertThat(shown(scene)).isEmpty();
    }

    /** The probe has a port of its own that the rules let in, so health stays good while requests are dropped. */
    @Test
    void whatDropsOnlyThePortOfRequestsIsFoundByTheLog() {
        Scene failing = new Scene()
                .pool("web", 443, "10.0.2.4")
                .probePort("web", 8443)
                .healthy("10.0.2.4")
                .group("snet-app", denyIn("findings", 150, "*", "*", "443"), allowIn("all", 200, "*", "*", "*"))
                .request("09:01:00", 200, "pool-web", "10.0.2.4", ErrorInfo.NO_ERROR, "appgw_0")
                .request("09:02:00", 504, "pool-web", "10.0.2.4", ErrorInfo.TIMED_OUT, "appgw_0");

        assertThat(only(failing).target().name()).isEqualTo("findings");
        assertThat(shown(failing.request("09:03:00", 200, "pool-web", "10.0.2.4", ErrorInfo.NO_ERROR, "appgw_0")))
                .as("served again")
                .isEmpty();
    }

    @Test
    void theOutboundRulesOfTheGatewaysSubnetCountAsWell() {
        Finding finding = only(scene().group("snet-agw", denyOut("no-app", 200, "*", "10.0.2.0/24", "*")));

        assertThat(finding.target().at(Place.NSG)).contains("nsg-agw");
        assertThat(finding.values()).containsEntry("direction", "Outbound");
    }

    @Test
    void theInterfacesOwnGroupCountsAsWell() {
        Finding finding = only(scene().cardGroup("nsg-nic", denyIn("deny-443", 200, "*", "*", "443"))
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1", Optional.of(Scene.groupId("nsg-nic"))));

        assertThat(finding.target().at(Place.NSG)).contains("nsg-nic");
        assertThat(finding.target().at(Place.SUBNET)).isEmpty();
        assertThat(finding.text()).contains("of nsg-nic on interface nic-1 blocks");
    }

    @Test
    void anApplicationSecurityGroupCoversItsMembersOnly() {
        SecurityRule toGroup = SecurityRule.builder()
                .name("allow-web")
                .id("id")
                .priority(100)
                .inbound(true)
                .allows(true)
                .protocol("Tcp")
                .sources(List.of("10.0.1.0/24"))
                .destinations(List.of())
                .sourcePorts(List.of("*"))
                .destinationPorts(List.of("443"))
                .sourceGroups(List.of())
                .destinationGroups(List.of(Scene.asg("asg-web")))
                .isDefault(false)
                .build();
        Scene member = scene().card("nic-1", "10.0.2.4", "snet-app", "vm-1", "asg-web")
                .group("snet-app", toGroup, denyIn("deny-all", 4000, "*", "*", "*"));
        Scene stranger = scene().card("nic-1", "10.0.2.4", "snet-app", "vm-1", "asg-db")
                .group("snet-app", toGroup, denyIn("deny-all", 4000, "*", "*", "*"));
        Scene unknown = scene().group("snet-app", toGroup, denyIn("deny-all", 4000, "*", "*", "*"));

        assertThat(shown(member)).isEmpty();
        assertThat(only(stranger).target().name()).isEqualTo("deny-all");
        assertThat(shown(unknown)).isEmpty();
        assertThat(unknown.reach().hints(Step.DENIED).toOptional().orElseThrow())
                .extracting(Finding::text)
                .singleElement()
                .asString()
                .contains("may block");
    }

    @Test
    void portRangesProtocolsAndTagsAreRead() {
        SecurityRule udp = SecurityRule.builder()
                .name("udp")
                .id("id")
                .priority(100)
                .inbound(true)
                .allows(false)
                .protocol("Udp")
                .sources(List.of("*"))
                .destinations(List.of("*"))
                .sourcePorts(List.of("*"))
                .destinationPorts(List.of("*"))
                .sourceGroups(List.of())
                .destinationGroups(List.of())
                .isDefault(false)
                .build();

        assertThat(shown(scene().group("snet-app", udp))).isEmpty();
        assertThat(shown(scene().group("snet-app", denyIn("d", 100, "Internet", "*", "*"))))
                .isEmpty();
        assertThat(shown(scene().group("snet-app", denyIn("d", 100, "AzureLoadBalancer", "*", "*"))))
                .isEmpty();
        assertThat(shown(scene().group("snet-app", denyIn("d", 100, "Sql.WestEurope", "*", "*"))))
                .isEmpty();
        assertThat(shown(scene().group("snet-app", denyIn("d", 100, "*", "*", "80,8000-8100"))))
                .isEmpty();
        assertThat(shown(scene().group("snet-app", denyIn("d", 100, "VirtualNetwork", "VirtualNetwork", "400-500"))))
                .hasSize(1);
    }

    @Test
    void anAllowForAConnectionsSourcePortLetsNothingThrough() {
        SecurityRule fromPort = SecurityRule.builder()
                .name("allow")
                .id("id")
                .priority(100)
                .inbound(true)
                .allows(true)
                .protocol("Tcp")
                .sources(List.of("10.0.1.0/24"))
                .destinations(List.of("*"))
                .sourcePorts(List.of("443"))
                .destinationPorts(List.of("443"))
                .sourceGroups(List.of())
                .destinationGroups(List.of())
                .isDefault(false)
                .build();

        assertThat(only(scene().group("snet-app", fromPort, denyIn("deny-all", 200, "*", "*", "*")))
                        .target()
                        .name())
                .isEqualTo("deny-all");
    }

    @Test
    void aDefaultRouteWidensTheVirtualNetworkTag() {
        Scene scene = new Scene()
                .net("vnet-b", "10.5.0.0/16")
                .subnet("vnet-b", "snet-far", "10.5.1.0/24")
                .pool("far", 443, "10.5.1.4")
                .fails("10.5.1.4", ProbeFailure.TIMED_OUT)
                .peered("vnet-a", "vnet-b")
                .group("snet-far", denyIn("deny-rest", 4000, "*", "*", "*"))
                .routes("snet-far", route("default", "0.0.0.0/0", NextHop.INTERNET, ""));

        assertThat(only(scene).target().name()).isEqualTo("deny-rest");
    }

    @Test
    void aPeerThatIsLetInBelongsToTheVirtualNetwork() {
        Scene scene = new Scene()
                .net("vnet-b", "10.5.0.0/16")
                .subnet("vnet-b", "snet-far", "10.5.1.0/24")
                .pool("far", 443, "10.5.1.4")
                .fails("10.5.1.4", ProbeFailure.TIMED_OUT)
                .peered("vnet-a", "vnet-b")
                .group("snet-far");

        assertThat(shown(scene)).isEmpty();
    }

    @Test
    void aPeerWhosePeeringsWereNotReadBelongsToTheVirtualNetwork() {
        Scene scene = new Scene()
                .net("vnet-b", "10.5.0.0/16")
                .subnet("vnet-b", "snet-far", "10.5.1.0/24")
                .peer("vnet-a", "vnet-b", "Connected", true, false)
                .unreadPeerings("vnet-b")
                .group("snet-far")
                .pool("web", 80, "10.5.1.4")
                .fails("10.5.1.4", ProbeFailure.TIMED_OUT);

        assertThat(scene.reach().shows(Step.DENIED).toOptional().orElseThrow()).isEmpty();
        assertThat(scene.reach().hints(Step.DENIED).toOptional().orElseThrow()).isEmpty();
    }

    @Test
    void whatIsEitherInTheVirtualNetworkOrOutsideIsLetThroughIfBothAre() {
        Scene scene = new Scene()
                .net("vnet-b", "10.5.0.0/16")
                .subnet("vnet-b", "snet-far", "10.5.1.0/24")
                .unreadPeerings("vnet-a")
                .group("snet-agw")
                .pool("web", 80, "10.5.1.4")
                .fails("10.5.1.4", ProbeFailure.TIMED_OUT);

        assertThat(scene.reach().shows(Step.DENIED).toOptional().orElseThrow()).isEmpty();
        assertThat(scene.reach().hints(Step.DENIED).toOptional().orElseThrow()).isEmpty();
    }

    @Test
    void aFrontIsJudgedByTheMembersBehindIt() {
        Scene environment = scene().delegated("snet-app", "Microsoft.App/environments");
        Scene balancer = scene().balancer("kubernetes-internal", "10.0.2.4", "snet-app");
        for (Scene each : List.of(environment, balancer)) {
            each.group(
                    "snet-app",
                    allowIn("allow-front", 100, "10.0.1.0/24", "10.0.2.4/32", "443"),
                    denyIn("deny-all", 4096, "*", "*", "*"));
            Finding finding = only(each);
            assertThat(finding.target().name()).isEqualTo("deny-all");
            assertThat(finding.text())
                    .contains("10.0.2.4 is a load balancer frontend; NSGs see the backends")
                    .contains("in 10.0.2.0/24");
        }
    }

    @Test
    void rulesOfAnEndpointsSubnetCountOnlyWherePoliciesSaySo() {
        Scene scene = scene().endpoint("pe-web", Scene.siteId("web"), "web.azurewebsites.net", "10.0.2.4", "snet-app")
                .group("snet-app", denyIn("deny-all", 4000, "*", "*", "*"));

        assertThat(shown(scene)).isEmpty();
        assertThat(shown(scene.policies("snet-app", EndpointPolicies.NSG))).hasSize(1);
    }

    @Test
    void ipv6IsJudgedByIpv6() {
        Scene scene = new Scene()
                .space("vnet-a", "fd00:db8::/48")
                .prefix("snet-agw", "fd00:db8:0:1::/64")
                .prefix("snet-app", "fd00:db8:0:2::/64")
                .pool("web", 443, "fd00:db8:0:2::4")
                .fails("fd00:db8:0:2::4", ProbeFailure.CANNOT_CONNECT)
                .group(
                        "snet-app",
                        allowIn("v4", 100, "10.0.1.0/24", "*", "443"),
                        denyIn("deny-six", 200, "fd00:db8:0:1::/64", "fd00:db8:0:2::/64", "443"));

        Finding finding = only(scene);
        assertThat(finding.target().name()).isEqualTo("deny-six");
        assertThat(finding.values()).containsEntry("gateway-prefix", "fd00:db8:0:1::/64");
    }

    @Test
    void bothThePortOfTheProbeAndThatOfRequestsAreTried() {
        Scene scene = scene().probePort("web", 8443)
                .group(
                        "snet-app",
                        allowIn("allow-443", 100, "10.0.1.0/24", "*", "443"),
                        denyIn("deny-all", 4000, "*", "*", "*"));
        assertThat(only(scene).text()).contains("10.0.2.4:8443").contains("allow-443 (100) only covers port 443");
    }

    @Test
    void oneRuleThatDropsManyIsNamedOnce() {
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.4", "10.0.2.5", "10.0.2.6", "10.0.2.7", "10.0.2.8", "10.0.2.10")
                .group("snet-app", denyIn("deny-all", 4000, "*", "*", "*"));
        for (String address : List.of("10.0.2.4", "10.0.2.5", "10.0.2.6", "10.0.2.7", "10.0.2.8", "10.0.2.10")) {
            scene.fails(address, ProbeFailure.TIMED_OUT);
        }

        Finding finding = only(scene);
        assertThat(finding.text()).contains("→ 10.0.2.4:443, 10.0.2.5:443, 10.0.2.6:443 and 3 more");
        assertThat(finding.suffering()).hasSize(6);
    }

    @Test
    void aGroupThatCouldNotBeReadLeavesTheStepUnread() {
        Reading<List<Finding>> shows = scene().unreadGroup("snet-app").reach().shows(Step.DENIED);

        assertThat(shows.unread().orElseThrow().why()).isEqualTo(Reading.Why.FORBIDDEN);
        assertThat(shows.unread().orElseThrow().detail()).contains("nsg-app");
    }

    @Test
    void aPeeredNetworkThatWasNotCollectedLeavesTheStepUnread() {
        Scene scene = new Scene()
                .pool("far", 443, "10.5.1.4")
                .fails("10.5.1.4", ProbeFailure.TIMED_OUT)
                .peer("vnet-a", "vnet-b", "Connected", true, false, List.of(Scene.range("10.5.0.0/16")));

        assertThat(scene.reach().shows(Step.DENIED).unread().orElseThrow().detail())
                .contains("vnet-b");
    }

    @Test
    void aCleanWaySpeaksAgainstTheStep() {
        ReachabilityResult reach = scene().group(
                        "snet-app",
                        allowIn("FromGateway", 100, "10.0.1.0/24", "*", "443"),
                        denyIn("deny-all", 4000, "*", "*", "*"))
                .reach();

        assertThat(shown(reach)).isEmpty();
        assertThat(reach.opposes(Step.DENIED).toOptional().orElseThrow())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.target().kind()).isEqualTo(Kind.POOL);
                    assertThat(finding.text())
                            .contains("allowed by NSG rule FromGateway (100) of nsg-app for port 443");
                });
    }

    @Test
    void aDenialIsOnlyAHintWhereNothingShowsAFailure() {
        ReachabilityResult reach = new Scene()
                .pool("web", 443, "10.0.2.4")
                .group("snet-app", denyIn("deny-all", 4000, "*", "*", "*"))
                .reach();

        assertThat(shown(reach)).isEmpty();
        assertThat(reach.hints(Step.DENIED).toOptional().orElseThrow()).hasSize(1);
    }

    @Test
    void withoutTheNetworkNothingIsKnown() {
        assertThat(scene().withoutNetwork().reach().shows(Step.DENIED).unread()).isPresent();
        assertThat(scene().withoutGateway().reach().shows(Step.DENIED).unread()).isPresent();
    }

    @Test
    void theOrderOfListsChangesNothing() {
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.4", "10.0.2.5", "10.0.2.9", "10.0.2.10")
                .pool("api", 8080, "10.0.2.4", "10.0.2.77")
                .group(
                        "snet-app",
                        denyIn("deny-a", 300, "10.0.1.0/25", "10.0.2.0/28", "*"),
                        denyIn("deny-b", 400, "*", "10.0.2.64/26", "8080"));
        for (String address : List.of("10.0.2.4", "10.0.2.5", "10.0.2.9", "10.0.2.10", "10.0.2.77")) {
            scene.fails(address, ProbeFailure.CANNOT_CONNECT);
        }
        ReachabilityResult first = scene.reach();
        for (long seed = 1; seed < 6; seed++) {
            assertThat(scene.shuffled(seed).reach()).isEqualTo(first);
        }
    }

    private static Scene balanced() {
        return new Scene()
                .pool("web", 443, "10.0.2.50")
                .fails("10.0.2.50", ProbeFailure.TIMED_OUT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .card("nic-2", "10.0.2.5", "snet-app", "vm-2")
                .balancer("ilb", "10.0.2.50", "snet-app", 443)
                .behind("ilb", "nic-1", "nic-2");
    }

    @Test
    void aRuleThatDropsTheLoadBalancersProbesTakesAllItsMembersAway() {
        Finding finding = only(balanced()
                .group(
                        "snet-app",
                        allowIn("gateway", 100, "10.0.1.0/24", "*", "443"),
                        denyIn("shut", 4000, "*", "*", "*")));

        assertThat(finding.target().name()).isEqualTo("shut");
        assertThat(finding.text()).contains("AzureLoadBalancer", "ilb", "10.0.2.50:443");
        assertThat(finding.values())
                .containsEntry("gateway-prefix", "AzureLoadBalancer")
                .containsEntry("backend-prefix", "10.0.2.0/24")
                .containsEntry("arrives-from", "load-balancer");
    }

    /** The services of an AKS cluster: their rules name the frontend. */
    @Test
    void withFloatingIpTheMembersRulesSeeTheFrontendsAddress() {
        Scene scene = new Scene()
                .pool("web", 443, "10.0.2.50")
                .fails("10.0.2.50", ProbeFailure.TIMED_OUT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .floating()
                .balancer("kubernetes", "10.0.2.50", "snet-app", 443)
                .behind("kubernetes", "nic-1");
        var probes = allowIn("probes", 110, "AzureLoadBalancer", "*", "*");
        var shut = denyIn("shut", 4000, "*", "*", "*");

        assertThat(shown(scene.group("snet-app", allowIn("k8s", 100, "10.0.1.0/24", "10.0.2.50", "443"), probes, shut)))
                .isEmpty();
        assertThat(only(scene.group("snet-app", allowIn("nodes", 100, "10.0.1.0/24", "10.0.2.4", "443"), probes, shut))
                        .values())
                .containsEntry("backend-prefix", "10.0.2.50");
        assertThat(only(scene.group("snet-app", allowIn("k8s", 100, "10.0.1.0/24", "10.0.2.50", "443"), shut))
                        .values())
                .containsEntry("arrives-from", "load-balancer")
                .containsEntry("backend-prefix", "10.0.2.0/24");
    }

    /** A container environment at that address, in the network of the gateway. */
    private static Scene environment(dev.triage502.evidence.Network.SecurityRule... rules) {
        return new Scene()
                .pool("web", 443, "10.0.2.60")
                .fails("10.0.2.60", ProbeFailure.CANNOT_CONNECT)
                .backends(new Backends(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Backends.PrivateDomain(
                                ResourceId.of(Scene.RESOURCES + "Microsoft.App/managedEnvironments/cae"),
                                HostName.of("calm-1.westeurope.azurecontainerapps.io"),
                                "10.0.2.60")),
                        java.util.Optional.empty()))
                .group("snet-app", rules);
    }

    @Test
    void aRuleThatDropsTheProbesOfAnEnvironmentsOwnLoadBalancerCutsItOff() {
        var gateway = allowIn("gateway", 100, "10.0.1.0/24", "*", "443");
        var probes = allowIn("probes", 110, "AzureLoadBalancer", "*", "30000-32767");
        var shut = denyIn("shut", 4000, "*", "*", "*");

        Finding finding = only(environment(gateway, shut));
        assertThat(finding.target().name()).isEqualTo("shut");
        assertThat(finding.text())
                .contains(
                        "blocks the health probes (AzureLoadBalancer) of the container environment's own load balancer"
                                + " at 10.0.2.60:443");
        assertThat(finding.values())
                .containsEntry("ports", "30000-32767")
                .containsEntry("arrives-from", "load-balancer");
        assertThat(shown(environment(gateway, probes, shut))).isEmpty();
    }

    @Test
    void membersThatTheGatewayAndTheProbesReachAreClear() {
        Scene scene = balanced()
                .group(
                        "snet-app",
                        allowIn("gateway", 100, "10.0.1.0/24", "*", "443"),
                        allowIn("probes", 110, "AzureLoadBalancer", "*", "*"),
                        denyIn("shut", 4000, "*", "*", "*"));

        assertThat(shown(scene)).isEmpty();
    }

    @Test
    void aRuleForTheFrontsOwnAddressNeverMatchesBehindIt() {
        Scene scene = balanced()
                .group(
                        "snet-app",
                        allowIn("front", 100, "10.0.1.0/24", "10.0.2.50", "443"),
                        allowIn("probes", 110, "AzureLoadBalancer", "*", "*"),
                        denyIn("shut", 4000, "*", "*", "*"));

        assertThat(only(scene).values()).containsEntry("gateway-prefix", "10.0.1.0/24");
    }

    private static Scene reachedByItsPublicAddress() {
        return new Scene()
                .pool("web", 443, "203.0.113.88")
                .fails("203.0.113.88", ProbeFailure.TIMED_OUT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .publicAddress("203.0.113.88", "nic-1");
    }

    @Test
    void toAPublicAddressTheGatewayComesFromItsOwn() {
        Scene subnet = reachedByItsPublicAddress()
                .publicAddress("203.0.113.140", "")
                .group(
                        "snet-app",
                        allowIn("gateway", 300, "10.0.1.0/24", "*", "443"),
                        denyIn("no-strangers", 900, "*", "*", "*"));
        Scene address = reachedByItsPublicAddress()
                .publicAddress("203.0.113.140", "")
                .group(
                        "snet-app",
                        allowIn("gateway", 300, "203.0.113.128/28", "*", "443"),
                        denyIn("no-strangers", 900, "*", "*", "*"));

        assertThat(only(subnet).target().name()).isEqualTo("no-strangers");
        assertThat(only(subnet).values())
                .containsEntry("gateway-prefix", "203.0.113.140")
                .containsEntry("arrives-from", "public-address");
        assertThat(shown(address)).isEmpty();
    }

    @Test
    void aNameThatIsTheLabelOfAPublicAddressLeadsThere() {
        String name = "shop.westeurope.cloudapp.azure.com";
        Scene scene = new Scene()
                .pool("web", 443, name)
                .fails(name, ProbeFailure.CANNOT_CONNECT)
                .card("nic-1", "10.0.2.4", "snet-app", "vm-1")
                .publicAddress("203.0.113.88", "nic-1", name)
                .publicAddress("203.0.113.140", "")
                .group(
                        "snet-app",
                        allowIn("gateway", 300, "10.0.1.0/24", "*", "443"),
                        denyIn("no-strangers", 900, "*", "*", "*"));

        assertThat(only(scene).target().name()).isEqualTo("no-strangers");
        assertThat(only(scene).values()).containsEntry("arrives-from", "public-address");
    }

    @Test
    void whereTheGatewaysPublicAddressIsNotKnownTheRulesAreOpen() {
        ReachabilityResult reach = reachedByItsPublicAddress()
                .group("snet-app", denyIn("no-strangers", 900, "*", "*", "*"))
                .reach();

        assertThat(reach.shows(Step.DENIED).unread()).isPresent();
    }

    @Test
    void aStandardPublicAddressWithoutAnyGroupIsClosed() {
        Scene basic = reachedByItsPublicAddress().publicAddress("203.0.113.140", "");
        assertThat(shown(basic)).as("a Basic one is open").isEmpty();

        Finding closed = only(basic.standardAddresses());

        assertThat(closed.target().kind()).isEqualTo(Kind.POOL);
        assertThat(closed.text()).contains("203.0.113.88", "neither interface nic-1 nor subnet snet-app has an NSG");
        assertThat(closed.values())
                .containsEntry("closed-address", "203.0.113.88")
                .containsEntry("gateway-prefix", "203.0.113.140")
                .containsEntry("nic", "nic-1");
    }

    @Test
    void aGroupThatAllowsTheGatewayOpensAStandardPublicAddress() {
        Scene open = reachedByItsPublicAddress()
                .publicAddress("203.0.113.140", "")
                .standardAddresses()
                .group("snet-app", allowIn("gateway", 300, "203.0.113.140", "*", "443"));
        Scene unread = reachedByItsPublicAddress()
                .publicAddress("203.0.113.140", "")
                .standardAddresses()
                .unreadGroup("snet-app");

        assertThat(shown(open)).isEmpty();
        assertThat(unread.reach().shows(Step.DENIED).unread()).isPresent();
    }

    // Security admin rules of Azure Virtual Network Manager

    @Test
    void aSecurityAdminRuleDeniesBeforeAnyGroup() {
        Scene denied = scene().group("snet-app", allowIn("web", 100, "10.0.1.0/24", "*", "443"))
                .adminRules("vnet-a", List.of(), denyIn("no-web", 50, "*", "*", "443"));

        Finding finding = onlyOf(shown(denied));
        assertThat(finding.target().kind()).isEqualTo(Kind.ADMIN_RULE);
        assertThat(finding.target().name()).isEqualTo("no-web");
        assertThat(finding.text())
                .startsWith("security admin rule no-web (priority 50, inbound)")
                .contains("in virtual network vnet-a blocks TCP 10.0.1.0/24 → 10.0.2.4:443");
        assertThat(finding.values())
                .containsEntry("admin-rule", "no-web")
                .containsEntry("admin-vnet-id", Scene.netId("vnet-a").toString())
                .as("the rule's id names no manager")
                .doesNotContainKeys("network-manager", "network-manager-id", "rule-collection-id")
                .doesNotContainKeys("rule", "nsg", "free-priority");
    }

    @Test
    void theNetworkManagerOfASecurityAdminRuleIsTakenFromItsId() {
        String manager = "/subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Network/networkManagers/nm (prod)";
        String collection = manager + "/securityAdminConfigurations/baseline/ruleCollections/deny";
        Finding finding = onlyOf(shown(scene().group("snet-app", allowIn("web", 100, "10.0.1.0/24", "*", "443"))
                .adminRules(
                        "vnet-a",
                        List.of(),
                        SecurityRule.builder()
                                .name("no-web")
                                .id(collection + "/rules/no-web")
                                .priority(50)
                                .inbound(true)
                                .allows(false)
                                .protocol("*")
                                .sources(List.of("*"))
                                .destinations(List.of("*"))
                                .destinationPorts(List.of("443"))
                                .build())));

        assertThat(finding.values())
                .containsEntry("network-manager", "nm (prod)")
                .containsEntry("network-manager-id", manager)
                .containsEntry("rule-collection-id", collection);
    }

    @Test
    void whatIsAlwaysAllowedIsAskedOfNoGroup() {
        Scene denied = scene().group("snet-app", denyIn("d", 100, "*", "*", "443"));
        assertThat(shown(denied)).hasSize(1);

        denied.adminRules("vnet-a", List.of("web"), allowIn("web", 50, "10.0.1.0/24", "*", "443"));
        assertThat(shown(denied)).isEmpty();
    }

    @Test
    void whatIsOnlyAllowedIsStillTheGroupsToDecide() {
        assertThat(onlyOf(shown(scene().group("snet-app", denyIn("d", 100, "*", "*", "443"))
                                .adminRules("vnet-a", List.of(), allowIn("web", 50, "10.0.1.0/24", "*", "443"))))
                        .target()
                        .name())
                .isEqualTo("d");
    }

    @Test
    void whatIsAlwaysAllowedForAPartOfTheSubnetLeavesTheRestToTheGroup() {
        Finding finding = onlyOf(shown(scene().group("snet-app", denyIn("d", 100, "*", "*", "443"))
                .adminRules("vnet-a", List.of("half"), allowIn("half", 50, "10.0.1.0/25", "*", "443"))));

        assertThat(finding.text()).contains("10.0.1.128/25", "allows only part of the gateway's subnet (10.0.1.0/25)");
    }

    @Test
    void theFirstSecurityAdminRuleThatMatchesDecides() {
        assertThat(shown(scene().adminRules(
                                "vnet-a",
                                List.of(),
                                allowIn("web", 40, "10.0.1.0/24", "*", "443"),
                                denyIn("rest", 50, "*", "*", "*"))))
                .isEmpty();
    }

    @Test
    void rulesOfAnotherNetworkOrPortOrDirectionDoNotMatter() {
        assertThat(shown(scene().net("vnet-b", "10.7.0.0/16")
                        .adminRules("vnet-b", List.of(), denyIn("all", 1, "*", "*", "*"))
                        .adminRules(
                                "vnet-a",
                                List.of(),
                                denyIn("ssh", 1, "*", "*", "22"),
                                denyOut("out", 2, "*", "*", "*"))))
                .isEmpty();
    }

    @Test
    void rulesOutOfTheGatewaysNetworkCountOnlyForAnIsolatedGateway() {
        Scene isolated = scene().isolated().adminRules("vnet-a", List.of(), denyOut("out", 2, "*", "10.0.2.0/24", "*"));

        assertThat(onlyOf(shown(isolated)).target().name()).isEqualTo("out");
    }

    @Test
    void privateEndpointsAreExempt() {
        Scene endpoint = new Scene()
                .pool("web", 443, "10.0.2.9")
                .fails("10.0.2.9", ProbeFailure.TIMED_OUT)
                .endpoint("pe-app", Scene.siteId("app"), "app.azurewebsites.net", "10.0.2.9", "snet-app")
                .adminRules("vnet-a", List.of(), denyIn("all", 1, "*", "*", "*"));

        assertThat(shown(endpoint)).isEmpty();
    }

    @Test
    void rulesThatCouldNotBeReadLeaveTheWayOpen() {
        Scene refused = scene().unreadAdminRules("vnet-a");

        assertThat(refused.reach().shows(Step.DENIED).unread()).isPresent();
        assertThat(refused.reach().unchecked())
                .extracting(each -> each.text())
                .containsExactly(
                        "traffic to 10.0.2.4 enters virtual network vnet-a, whose security admin rules triage502"
                                + " could not read");
    }

    private static Finding onlyOf(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
