package dev.triage502.reachability.check;

import static dev.triage502.reachability.check.Scene.allowIn;
import static dev.triage502.reachability.check.Scene.denyIn;
import static dev.triage502.reachability.check.Scene.denyOut;
import static dev.triage502.reachability.check.Scene.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Network.NextHop;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementPathTest {

    private static Scene scene() {
        return new Scene().pool("web", 443, "10.0.2.4").unknown("10.0.2.4");
    }

    private static List<Finding> denied(Scene scene) {
        return scene.reach().managementDenied().toOptional().orElseThrow();
    }

    private static List<Finding> diverted(Scene scene) {
        return scene.reach().managementDiverted().toOptional().orElseThrow();
    }

    private static List<Finding> maybe(Scene scene) {
        return scene.reach().managementMayBeDiverted().toOptional().orElseThrow();
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void withoutAGroupNothingIsDenied() {
        assertThat(denied(scene())).isEmpty();
    }

    @Test
    void theDefaultRuleDeniesWhatNoRuleLetsIn() {
        Finding finding = only(denied(scene().group("snet-agw", allowIn("web", 100, "Internet", "*", "443"))));

        assertThat(finding.target().kind()).isEqualTo(Kind.NSG_RULE);
        assertThat(finding.target().name()).isEqualTo("DenyAllInBound");
        assertThat(finding.target().at(Place.SUBNET)).contains("snet-agw");
        assertThat(finding.text()).contains("blocks traffic from GatewayManager");
        assertThat(finding.values())
                .containsEntry("free-priority", "4096")
                .containsEntry("management-source", "GatewayManager")
                .containsEntry("ports", "65200-65535");
    }

    @Test
    void theRangeIsThatOfTheGeneration() {
        Scene scene = scene().group("snet-agw", allowIn("v1", 100, "GatewayManager", "*", "65503-65534"));

        assertThat(only(denied(scene)).text()).contains("65200-65535");
        assertThat(denied(scene.v1())).isEmpty();
    }

    @Test
    void partOfTheRangeIsNotEnough() {
        Scene scene = scene().group(
                        "snet-agw",
                        allowIn("some", 100, "GatewayManager", "*", "65200-65300"),
                        denyIn("rest", 200, "*", "*", "65301-65535"),
                        allowIn("lb", 300, "AzureLoadBalancer", "*", "*"));

        assertThat(only(denied(scene)).text()).endsWith("(ports 65301-65535); rule some allows only 65200-65300");
    }

    @Test
    void aRuleWithTheRangeOfTheOtherGenerationIsNamed() {
        Finding finding = only(denied(scene().group(
                        "snet-agw",
                        allowIn("manage", 120, "GatewayManager", "*", "65503-65534"),
                        allowIn("lb", 130, "AzureLoadBalancer", "*", "*"),
                        denyIn("rest", 4000, "*", "*", "*"))));

        assertThat(finding.text()).endsWith("; rule manage allows only 65503-65534, the range of a v1 gateway");
        assertThat(finding.values())
                .containsEntry("narrow-rule", "manage")
                .containsEntry("narrow-ports", "65503-65534");
    }

    @Test
    void aRuleBehindTheDenyOrForMoreThanManagementIsNotToBeCorrected() {
        assertThat(only(denied(scene().group(
                                        "snet-agw",
                                        allowIn("lb", 100, "AzureLoadBalancer", "*", "*"),
                                        denyIn("rest", 200, "*", "*", "*"),
                                        allowIn("manage", 300, "GatewayManager", "*", "65503-65534"))))
                        .values())
                .doesNotContainKey("narrow-rule");
        assertThat(only(denied(scene().group(
                                        "snet-agw",
                                        allowIn("web", 100, "Internet", "*", "65503-65534"),
                                        allowIn("lb", 130, "AzureLoadBalancer", "*", "*"),
                                        denyIn("rest", 200, "*", "*", "*"))))
                        .values())
                .doesNotContainKey("narrow-rule");
    }

    @Test
    void anAllowForInternetOrEverybodyLetsItIn() {
        assertThat(denied(scene().group("snet-agw", allowIn("all", 100, "*", "*", "*"))))
                .isEmpty();
        assertThat(denied(scene().group("snet-agw", allowIn("net", 100, "Internet", "10.0.1.0/24", "1024-65535"))))
                .isEmpty();
        assertThat(denied(scene().group("snet-agw", allowIn("vnet", 100, "VirtualNetwork", "*", "*"))))
                .hasSize(1);
    }

    @Test
    void aDenyOfInternetDeniesThePlatform() {
        Finding finding = only(denied(scene().v1()
                .group(
                        "snet-agw",
                        allowIn("http", 100, "Internet", "*", "80,443"),
                        denyIn("high", 300, "Internet", "*", "1024-65535"))));

        assertThat(finding.target().name()).isEqualTo("high");
        assertThat(finding.values()).containsEntry("free-priority", "299");
    }

    @Test
    void whetherATagThatHoldsManyServicesMeansItIsNotClaimed() {
        assertThat(denied(scene().group(
                                "snet-agw",
                                denyIn("cloud", 100, "AzureCloud.WestEurope", "*", "*"),
                                allowIn("manager", 200, "GatewayManager", "*", "65200-65535"))))
                .isEmpty();
    }

    @Test
    void theLoadBalancersProbesAreNeededAsWell() {
        Finding finding = only(denied(scene().group(
                        "snet-agw",
                        allowIn("manager", 100, "GatewayManager", "*", "65200-65535"),
                        denyIn("deny-all", 4096, "*", "*", "*"))));

        assertThat(finding.values())
                .containsEntry("management-source", "AzureLoadBalancer")
                .containsEntry("dropped-probes", "Azure's health probes");
        assertThat(finding.text()).contains("which Azure's health probes need");
    }

    @Test
    void anIsolatedGatewayNeedsNothing() {
        Scene scene = scene().isolated()
                .group("snet-agw", denyIn("deny-all", 100, "*", "*", "*"))
                .routes("snet-agw", route("default", "0.0.0.0/0", NextHop.APPLIANCE, "10.8.0.4"));

        assertThat(denied(scene)).isEmpty();
        assertThat(diverted(scene)).isEmpty();
        assertThat(maybe(scene)).isEmpty();
    }

    @Test
    void aDefaultRouteToAnApplianceDiverts() {
        Finding finding = only(
                diverted(scene().routes("snet-agw", route("default", "0.0.0.0/0", NextHop.APPLIANCE, "10.8.0.4"))));

        assertThat(finding.target().name()).isEqualTo("default");
        assertThat(finding.target().at(Place.ROUTE_TABLE)).contains("rt-agw");
        assertThat(finding.values())
                .containsEntry("route-table-resource-group", "rg-web")
                .containsEntry("next-hop-type", "VirtualAppliance");
    }

    @Test
    void twoHalvesOfTheInternetDivertAsOne() {
        assertThat(diverted(scene().routes(
                                "snet-agw",
                                route("low", "0.0.0.0/1", NextHop.NONE, ""),
                                route("high", "128.0.0.0/1", NextHop.NONE, ""))))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.values()).containsEntry("second-next-hop-type", "None"))
                .extracting(finding -> finding.values().get("second-route"))
                .containsExactlyInAnyOrder("low", "high");
    }

    /** The whole has a route as well, which both halves hide. */
    @Test
    void theHalvesWinOverARouteForTheWhole() {
        assertThat(diverted(scene().routes(
                                "snet-agw",
                                route("all", "0.0.0.0/0", NextHop.APPLIANCE, "10.8.0.4"),
                                route("low", "0.0.0.0/1", NextHop.APPLIANCE, "10.8.0.5"),
                                route("high", "128.0.0.0/1", NextHop.INTERNET, ""))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values())
                        .containsEntry("route", "low")
                        .doesNotContainKey("second-route"));
        assertThat(diverted(scene().routes(
                                "snet-agw",
                                route("low", "0.0.0.0/1", NextHop.APPLIANCE, "10.8.0.5"),
                                route("high", "128.0.0.0/1", NextHop.APPLIANCE, "10.8.0.6"))))
                .extracting(finding -> finding.values().get("second-next-hop"))
                .containsExactlyInAnyOrder("10.8.0.5", "10.8.0.6");
    }

    @Test
    void aDefaultRouteToTheInternetAndRoutesForOthersDoNot() {
        assertThat(diverted(scene().routes(
                                "snet-agw",
                                route("default", "0.0.0.0/0", NextHop.INTERNET, ""),
                                route("pods", "10.244.0.0/24", NextHop.APPLIANCE, "10.0.2.5"))))
                .isEmpty();
        assertThat(diverted(scene().routes("snet-app", route("default", "0.0.0.0/0", NextHop.APPLIANCE, "10.8.0.4"))))
                .isEmpty();
    }

    @Test
    void aRouteForThePlatformsTagDiverts() {
        assertThat(diverted(
                        scene().routes("snet-agw", route("manager", "GatewayManager", NextHop.APPLIANCE, "10.8.0.4"))))
                .hasSize(1);
    }

    @Test
    void aLearnedDefaultRouteDivertsUnlessTheTableKeepsItOut() {
        Scene learned = scene().learned("", "0.0.0.0/0", NextHop.NETWORK_GATEWAY);

        assertThat(only(diverted(learned)).target().kind()).isEqualTo(Kind.ROUTE);
        assertThat(diverted(learned.routes("snet-agw", false))).isEmpty();
        assertThat(diverted(scene().learned("", "0.0.0.0/0", NextHop.NETWORK_GATEWAY)
                        .routes("snet-agw", route("default", "0.0.0.0/0", NextHop.INTERNET, ""))))
                .isEmpty();
    }

    @Test
    void gatewaysOfAPeerMakeOneWonder() {
        Scene scene = scene().peer("vnet-a", "vnet-hub", "Connected", true, true);

        Finding finding = only(maybe(scene));
        assertThat(finding.target().kind()).isEqualTo(Kind.SUBNET);
        assertThat(finding.text()).contains("peering vnet-a-to-vnet-hub uses the gateways of vnet-hub");
        assertThat(maybe(scene.routes("snet-agw", false))).isEmpty();
        assertThat(maybe(scene())).isEmpty();
    }

    @Test
    void whatCouldNotBeReadStaysUnread() {
        assertThat(scene().unreadGroup("snet-agw").reach().managementDenied().unread())
                .isPresent();
        assertThat(scene().unreadTable("snet-agw").reach().managementDiverted().unread())
                .isPresent();
        assertThat(scene().withoutNetwork().reach().managementDenied().unread()).isPresent();
        assertThat(scene().withoutGateway().reach().managementDiverted().unread())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"*", "Any", "Internet", "gatewaymanager", "0.0.0.0/0"})
    void everyWayToWriteThePlatformLetsItIn(String source) {
        assertThat(denied(scene().group(
                                "snet-agw",
                                allowIn("manager", 100, source, "*", "65200-65535"),
                                allowIn("balancer", 110, "AzureLoadBalancer", "*", "*"),
                                denyIn("deny-all", 4096, "*", "*", "*"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8", "VirtualNetwork", "AzureLoadBalancer", "Storage"})
    void whatIsNotThePlatformDoesNotLetItIn(String source) {
        assertThat(denied(scene().group(
                                "snet-agw",
                                allowIn("other", 100, source, "*", "65200-65535"),
                                allowIn("balancer", 110, "AzureLoadBalancer", "*", "*"),
                                denyIn("deny-all", 4096, "*", "*", "*"))))
                .extracting(each -> each.target().name())
                .containsExactly("deny-all");
    }

    @ParameterizedTest
    @CsvSource({"20.0.0.0/8", "AzureCloud"})
    void whatMayHoldThePlatformDecidesNothing(String source) {
        assertThat(denied(scene().group(
                                "snet-agw",
                                allowIn("perhaps", 100, source, "*", "65200-65535"),
                                allowIn("balancer", 110, "AzureLoadBalancer", "*", "*"),
                                denyIn("deny-all", 4096, "*", "*", "*"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"*", "any", "AzureLoadBalancer", "VirtualNetwork", "168.63.129.16", "168.63.0.0/16"})
    void everyWayToWriteThePlatformsBalancerLetsItIn(String source) {
        assertThat(denied(scene().group(
                                "snet-agw",
                                allowIn("manager", 100, "GatewayManager", "*", "65200-65535"),
                                allowIn("balancer", 110, source, "*", "*"),
                                denyIn("deny-all", 4096, "*", "*", "*"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"*,true", "Any,true", "VirtualNetwork,true", "10.0.1.0/24,true", "10.0.0.0/16,true", "10.0.2.0/24,false"
    })
    void aRuleIsForTheInstancesWhereItsDestinationHoldsTheirSubnet(String destination, boolean isForThem) {
        List<Finding> findings = denied(scene().group(
                        "snet-agw",
                        denyIn("shut", 90, "GatewayManager", destination, "65200-65535"),
                        allowIn("all", 100, "*", "*", "*")));

        assertThat(findings).hasSize(isForThem ? 1 : 0);
    }

    @Test
    void rulesForOtherDirectionsAndPortsDecideNothing() {
        assertThat(denied(scene().group(
                                "snet-agw",
                                denyOut("out", 90, "*", "*", "*"),
                                denyIn("below", 91, "*", "*", "65100-65199"),
                                allowIn("all", 100, "*", "*", "*"))))
                .isEmpty();
    }

    @Test
    void theFreePriorityGoesBeforeTheFirstRuleThatCouldDenyIt() {
        Finding finding = only(denied(scene().group(
                        "snet-agw",
                        denyIn("web", 150, "GatewayManager", "*", "443"),
                        denyIn("elsewhere", 160, "GatewayManager", "10.0.2.0/24", "*"),
                        denyIn("edge", 200, "GatewayManager", "*", "65535"),
                        denyIn("most", 300, "Internet", "*", "65000-65534"),
                        allowIn("balancer", 400, "AzureLoadBalancer", "*", "*"))));

        assertThat(finding.target().name()).isEqualTo("most");
        assertThat(finding.text()).endsWith("(ports 65200-65534)");
        assertThat(finding.values()).containsEntry("free-priority", "199");
    }

    @Test
    void ofTwoRulesThatDropAsMuchTheOneOfTheLowerPortsIsTold() {
        Finding finding = only(denied(scene().group(
                        "snet-agw",
                        denyIn("high", 200, "*", "*", "65368-65535"),
                        denyIn("low", 210, "*", "*", "65200-65367"),
                        allowIn("balancer", 400, "AzureLoadBalancer", "*", "*"))));

        assertThat(finding.target().name()).isEqualTo("low");
    }
}
