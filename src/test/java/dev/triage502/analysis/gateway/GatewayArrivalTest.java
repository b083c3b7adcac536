package dev.triage502.analysis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.analysis.gateway.GatewayArrival.Decision;
import dev.triage502.analysis.gateway.GatewayArrival.Judgement;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.ServiceAccess;
import dev.triage502.evidence.ServiceAccess.AccessRule;
import dev.triage502.evidence.ServiceAccess.Exposure;
import dev.triage502.evidence.ServiceAccess.Kind;
import dev.triage502.evidence.ServiceAccess.Rest;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a service's own rules let the gateway in: only a rule that surely matches decides. */
class GatewayArrivalTest {

    private static final ResourceId SHOP = ResourceId.of(Scene.GROUP + "/providers/Microsoft.Web/sites/shop");
    private static final ResourceId OWN_SUBNET = ResourceId.of(Scene.VNET + "/subnets/snet-agw");
    private static final Judgement OPEN = new Judgement(Decision.OPEN, "");

    /** A gateway with the public address 203.0.113.9, in a network without private endpoints. */
    private static Scene scene() {
        return publicAddresses(Scene.v2().network().networkArray("privateEndpoints", "[]"), "203.0.113.9");
    }

    private static Scene publicAddresses(Scene scene, String... addresses) {
        List<String> all = Stream.of(addresses)
                .map(each -> "{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/publicIPAddresses/pip-" + each
                        + "','properties':{'ipAddress':'" + each + "','ipConfiguration':{'id':'" + Scene.GATEWAY
                        + "/frontendIPConfigurations/fe'}}}")
                .toList();
        return scene.networkArray("publicIPAddresses", all.toString());
    }

    private static Scene withServiceEndpoint(Scene scene, String service) {
        return scene.networkArray(
                "virtualNetworks",
                "[{'name':'vnet-shop','id':'" + Scene.VNET + "','properties':{'addressSpace':{'addressPrefixes':"
                        + "['10.0.0.0/16']},'subnets':[{'name':'snet-agw','id':'" + OWN_SUBNET + "','properties':{"
                        + "'addressPrefix':'10.0.1.0/24','serviceEndpoints':[{'service':'" + service
                        + "'}]}}],'virtualNetworkPeerings':[]}}]");
    }

    private static GatewayArrival arrival(Scene scene) {
        return GatewayArrival.of(scene.evidence());
    }

    private static ServiceAccess access(Kind kind, Rest rest, AccessRule... rules) {
        return new ServiceAccess(SHOP, kind, List.of(), Exposure.BY_RULES, false, List.of(rules), rest);
    }

    private static ServiceAccess app(Rest rest, AccessRule... rules) {
        return access(Kind.APP_SERVICE, rest, rules);
    }

    private static AccessRule from(String name, boolean admits, String... ranges) {
        List<Range> all = Stream.of(ranges)
                .map(each -> IpAddresses.parse(each).orElseThrow())
                .toList();
        return new AccessRule(name, admits, false, all, Optional.empty(), "", false);
    }

    private static AccessRule ofSubnet(ResourceId subnet) {
        return new AccessRule("by-subnet", true, false, List.of(), Optional.of(subnet), "", false);
    }

    private static AccessRule ofTag(String tag) {
        return new AccessRule("by-tag", true, false, List.of(), Optional.empty(), tag, false);
    }

    private static Judgement judge(Scene scene, ServiceAccess access) {
        return arrival(scene)
                .judge(access, access.names().isEmpty() ? "" : access.names().get(0), false);
    }

    private static Judgement admitted(String rule) {
        return new Judgement(Decision.ADMITTED, rule);
    }

    private static Judgement rejected(String rule) {
        return new Judgement(Decision.REJECTED, rule);
    }

    @Test
    void theFirstRuleThatHoldsThePublicAddressDecides() {
        AccessRule other = from("other", true, "198.51.100.0/24");
        AccessRule deny = from("deny", false, "198.51.100.0/24", "203.0.113.0/24");
        AccessRule late = from("late", true, "203.0.113.9");

        assertThat(judge(scene(), app(Rest.REJECTED, other, deny, late))).isEqualTo(rejected("rule deny"));
        assertThat(judge(scene(), app(Rest.REJECTED, other, late, deny))).isEqualTo(admitted("rule late"));
    }

    @Test
    void whereNoRuleMatchesTheRestDecides() {
        AccessRule other = from("other", true, "198.51.100.0/24");

        assertThat(judge(scene(), app(Rest.REJECTED, other))).isEqualTo(rejected("no rule allows it"));
        assertThat(judge(scene(), app(Rest.ADMITTED, other))).isEqualTo(admitted("no rule denies it"));
        assertThat(judge(scene(), app(Rest.UNSAID, other))).isEqualTo(OPEN);
    }

    @Test
    void aRuleForEverybodyMatchesWhateverTheGatewaysAddress() {
        AccessRule all = new AccessRule("all", false, true, List.of(), Optional.empty(), "", false);

        assertThat(judge(Scene.v2(), app(Rest.ADMITTED, all))).isEqualTo(rejected("rule all"));
    }

    /** A rule on headers matches some requests only. */
    @Test
    void aRuleThatAlsoAsksForHeadersLeavesItOpenUnlessTheRestComesToTheSame() {
        AccessRule headers = new AccessRule(
                "front-door",
                true,
                false,
                List.of(IpAddresses.parse("203.0.113.0/24").orElseThrow()),
                Optional.empty(),
                "",
                true);

        assertThat(judge(scene(), app(Rest.REJECTED, headers))).isEqualTo(OPEN);
        assertThat(judge(scene(), app(Rest.ADMITTED, headers))).isEqualTo(admitted("no rule denies it"));
    }

    @Test
    void aRuleThatMayRejectLeavesAnAdmissionOpenAndConfirmsARejection() {
        AccessRule mayReject = from("no-addresses", false);

        assertThat(judge(scene(), app(Rest.ADMITTED, mayReject))).isEqualTo(OPEN);
        assertThat(judge(scene(), app(Rest.REJECTED, mayReject))).isEqualTo(rejected("no rule allows it"));
    }

    @Test
    void withoutAKnownPublicAddressNoListOfAddressesDecides() {
        AccessRule list = from("list", true, "198.51.100.0/24");

        assertThat(judge(publicAddresses(scene()), app(Rest.REJECTED, list))).isEqualTo(OPEN);
        assertThat(judge(publicAddresses(scene(), "203.0.113.9", "203.0.113.10"), app(Rest.REJECTED, list)))
                .as("it may come from either")
                .isEqualTo(OPEN);
    }

    /** An appliance replaces the gateway's address by its own. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0 VirtualAppliance 10.0.9.4,true",
        "0.0.0.0/0 VirtualNetworkGateway,true",
        "0.0.0.0/0 Internet,false",
        "0.0.0.0/0 VnetLocal,false",
        "198.51.100.0/24 VirtualAppliance 10.0.9.4,false"
    })
    void aDefaultRouteThroughAnApplianceHidesThePublicAddress(String route, boolean hidden) {
        Scene scene = scene().routes("snet-agw", "rt-agw", "r " + route);

        assertThat(arrival(scene).publicAddress()).isEqualTo(hidden ? Optional.empty() : Optional.of("203.0.113.9"));
        assertThat(judge(scene, app(Rest.REJECTED, from("list", true, "198.51.100.0/24")))
                        .decision())
                .isEqualTo(hidden ? Decision.OPEN : Decision.REJECTED);
    }

    @Test
    void theAddressOfAnotherResourceIsNotTheGateways() {
        Scene scene = scene().networkArray(
                        "publicIPAddresses",
                        "[{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/publicIPAddresses/pip','properties':"
                                + "{'ipAddress':'203.0.113.9','ipConfiguration':{'id':'" + Scene.GROUP
                                + "/providers/Microsoft.Network/loadBalancers/lb/frontendIPConfigurations/fe'}}}]");

        assertThat(arrival(scene).publicAddress()).isEmpty();
    }

    @Test
    void throughAServiceEndpointItComesAsItsSubnetAndNotAsItsAddress() {
        Scene scene = withServiceEndpoint(scene(), "microsoft.web");
        AccessRule address = from("address", true, "203.0.113.9");

        assertThat(judge(scene, app(Rest.REJECTED, ofSubnet(OWN_SUBNET)))).isEqualTo(admitted("rule by-subnet"));
        assertThat(judge(scene, app(Rest.REJECTED, address))).isEqualTo(rejected("no rule allows it"));
        assertThat(judge(scene, app(Rest.REJECTED, ofTag("AzureCloud")))).isEqualTo(rejected("no rule allows it"));
        assertThat(arrival(scene).words(app(Rest.REJECTED)))
                .contains("from subnet snet-agw through a service endpoint");
    }

    @Test
    void aServiceEndpointForAnotherServiceDoesNotCount() {
        Scene scene = withServiceEndpoint(scene(), "Microsoft.Storage.Global");

        assertThat(judge(scene, app(Rest.REJECTED, ofSubnet(OWN_SUBNET))).decision())
                .isEqualTo(Decision.REJECTED);
        assertThat(judge(scene, access(Kind.STORAGE_ACCOUNT, Rest.REJECTED, ofSubnet(OWN_SUBNET))))
                .isEqualTo(admitted("rule by-subnet"));
        assertThat(arrival(scene).words(app(Rest.REJECTED))).contains("from 203.0.113.9");
    }

    @Test
    void aRuleForASubnetMatchesNobodyElse() {
        ResourceId other = ResourceId.of(Scene.VNET + "/subnets/snet-web");

        assertThat(judge(scene(), app(Rest.REJECTED, ofSubnet(other)))).isEqualTo(rejected("no rule allows it"));
        assertThat(judge(Scene.unread(), app(Rest.REJECTED, ofSubnet(other))))
                .as("the gateway's subnet is not known")
                .isEqualTo(OPEN);
        assertThat(judge(Scene.v2(), app(Rest.REJECTED, ofSubnet(OWN_SUBNET))))
                .as("whether the subnet has a service endpoint was not read")
                .isEqualTo(OPEN);
    }

    /** It is the endpoint that is missing, and no rule. */
    @Test
    void aRuleForItsSubnetDoesNotAdmitItWithoutTheServiceEndpoint() {
        assertThat(judge(scene(), access(Kind.STORAGE_ACCOUNT, Rest.REJECTED, ofSubnet(OWN_SUBNET))))
                .isEqualTo(rejected("rule by-subnet allows its subnet, but only through a service endpoint, which the"
                        + " subnet does not have"));
        assertThat(judge(
                        scene(),
                        access(
                                Kind.STORAGE_ACCOUNT,
                                Rest.REJECTED,
                                ofSubnet(ResourceId.of(Scene.VNET + "/subnets/snet-other")))))
                .isEqualTo(rejected("no rule allows it"));

        AccessRule nobody = new AccessRule("nobody", false, true, List.of(), Optional.empty(), "", false);
        assertThat(judge(scene(), app(Rest.REJECTED, ofSubnet(OWN_SUBNET), nobody)))
                .as("a rule for all others")
                .isEqualTo(
                        rejected("rule nobody; rule by-subnet allows its subnet, but only through a service endpoint,"
                                + " which the subnet does not have"));
    }

    /** A storage account does not see the public address of a caller in its own region. */
    @Test
    void aListOfAddressesThatHoldsTheGatewayLeavesAStorageAccountOpen() {
        AccessRule holds = from("holds", true, "203.0.113.0/24");
        AccessRule lacks = from("lacks", true, "198.51.100.0/24");

        assertThat(judge(scene(), access(Kind.STORAGE_ACCOUNT, Rest.REJECTED, holds)))
                .isEqualTo(OPEN);
        assertThat(judge(scene(), access(Kind.STORAGE_ACCOUNT, Rest.REJECTED, lacks)))
                .isEqualTo(rejected("no rule allows it"));
    }

    @ParameterizedTest
    @CsvSource({"AzureFrontDoor.Backend,REJECTED", "AzureCloud.westeurope,OPEN", "internet,OPEN", "VirtualNetwork,OPEN"
    })
    void theTagOfAnotherServiceDoesNotHoldTheGateway(String tag, Decision decision) {
        assertThat(judge(scene(), app(Rest.REJECTED, ofTag(tag))).decision()).isEqualTo(decision);
    }

    @Test
    void aTagWhoseAddressesWereReadIsJudgedByThem() {
        Scene scene = scene().networkArray(
                        "serviceTags", "[{'name':'AzureCloud','properties':{'addressPrefixes':['203.0.113.0/24']}}]");

        assertThat(judge(scene, app(Rest.REJECTED, ofTag("azurecloud")))).isEqualTo(admitted("rule by-tag"));
    }

    @Test
    void aPrivateEndpointOfTheServiceLeavesItOpen() {
        assertThat(judge(endpoint(SHOP.toString()), app(Rest.REJECTED))).isEqualTo(OPEN);
        assertThat(judge(endpoint(SHOP + "-2"), app(Rest.REJECTED))).isEqualTo(rejected("no rule allows it"));
        assertThat(judge(endpoint(""), app(Rest.REJECTED)))
                .as("it does not say of which service it is")
                .isEqualTo(OPEN);
    }

    @Test
    void aServiceIsSeenToHaveAPrivateEndpointByTheFirstPartOfItsName() {
        GatewayArrival arrival = arrival(endpoint(SHOP.toString()));

        assertThat(arrival.hasPrivateEndpoint("SHOP.azurewebsites.net")).isTrue();
        assertThat(arrival.hasPrivateEndpoint("store.azurewebsites.net")).isFalse();
    }

    private static Scene endpoint(String service) {
        return scene().networkArray(
                        "privateEndpoints",
                        "[{'id':'" + Scene.GROUP + "/providers/Microsoft.Network/privateEndpoints/pe','properties':"
                                + "{'privateLinkServiceConnections':[{'properties':{'privateLinkServiceId':'"
                                + service + "'}}]}}]");
    }

    @Test
    void aServiceWithPrivateEndpointsOnlyRejectsWhereItIsKnownToHaveNone() {
        ServiceAccess closed = new ServiceAccess(
                SHOP, Kind.APP_SERVICE, List.of(), Exposure.PRIVATE_ENDPOINTS_ONLY, false, List.of(), Rest.ADMITTED);

        assertThat(judge(scene(), closed))
                .isEqualTo(rejected("its public network access is off, and it has no private endpoint"));
        assertThat(judge(Scene.v2().network(), closed))
                .as("endpoints were not read")
                .isEqualTo(OPEN);
    }

    @Test
    void anAppThatIsOpenToItsEnvironmentOnlyRejectsTheGatewayHoweverItComes() {
        ServiceAccess internal = new ServiceAccess(
                SHOP, Kind.CONTAINER_APP, List.of(), Exposure.ENVIRONMENT_ONLY, true, List.of(), Rest.ADMITTED);

        assertThat(judge(Scene.unread(), internal))
                .isEqualTo(rejected("its ingress only accepts traffic from inside its environment"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CONTAINER_APP"})
    void rulesSayNothingOfACallerThatComesPrivately(Kind kind) {
        assertThat(arrival(scene()).judge(access(kind, Rest.REJECTED), "", true))
                .isEqualTo(OPEN);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.1.0/24,ADMITTED",
        "10.0.0.0/8,ADMITTED",
        "10.0.1.0/25,OPEN",
        "10.0.2.0/24,REJECTED",
        "203.0.113.0/24,REJECTED"
    })
    void aContainerAppInsideTheNetworkSeesTheGatewaysSubnet(String range, Decision decision) {
        ServiceAccess inside = new ServiceAccess(
                SHOP,
                Kind.CONTAINER_APP,
                List.of(),
                Exposure.BY_RULES,
                true,
                List.of(from("list", true, range)),
                Rest.REJECTED);

        assertThat(judge(scene(), inside).decision()).isEqualTo(decision);
        assertThat(judge(Scene.v2(), inside).decision())
                .as("without the network")
                .isEqualTo(Decision.OPEN);
    }
}
