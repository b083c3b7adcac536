package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Network;
import dev.triage502.evidence.Network.AdminRules;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.incident.ResourceId;
import org.junit.jupiter.api.Test;

/** Shapes: virtualNetworks/listNetworkManagerEffective… of the REST reference. */
class NetworkManagerReaderTest {

    private static final String VNET =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-a";
    private static final String RULES =
            "/subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Network/networkManagers/avnm"
                    + "/securityAdminConfigurations/base/ruleCollections/spokes/rules/";

    private static String rule(String name, int priority, String access, String more) {
        return "{'id':'" + RULES + name + "','kind':'Custom','properties':{'protocol':'Tcp','access':'" + access
                + "','direction':'Inbound','priority':" + priority
                + ",'sources':[{'addressPrefixType':'IPPrefix','addressPrefix':'10.0.0.0/8'}],"
                + "'destinations':[{'addressPrefixType':'IPPrefix','addressPrefix':'*'}],"
                + "'sourcePortRanges':['0-65535'],'destinationPortRanges':['8000-8999']" + more + "}}";
    }

    private static Network read(String adminRules, String more) {
        return SingleReaders.network(
                        Json.of("{'virtualNetworks':[],'securityAdminRules':[" + adminRules + "]" + more + "}"))
                .toOptional()
                .orElseThrow();
    }

    private static AdminRules rules(String... rules) {
        return read("{'virtualNetwork':{'id':'" + VNET + "'},'value':[" + String.join(",", rules) + "]}", "")
                .adminRules(ResourceId.of(VNET))
                .toOptional()
                .orElseThrow();
    }

    @Test
    void rulesAreInTheOrderOfTheirNumbersWhoeverListsThem() {
        AdminRules read = rules(rule("later", 90, "Deny", ""), rule("first", 10, "Allow", ""));

        assertThat(read.rules().rules()).extracting(SecurityRule::name).startsWith("first", "later");
        assertThat(read.rules().id()).isEqualTo(ResourceId.of(VNET));
    }

    @Test
    void denyAndAlwaysAllowAreFinalAndAllowIsNot() {
        AdminRules read = rules(rule("a", 1, "Allow", ""), rule("b", 2, "AlwaysAllow", ""), rule("c", 3, "Deny", ""));

        assertThat(read.rules().rules())
                .filteredOn(rule -> !rule.isDefault())
                .extracting(SecurityRule::name, SecurityRule::allows, read::isFinal)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", true, false),
                        org.assertj.core.groups.Tuple.tuple("b", true, true),
                        org.assertj.core.groups.Tuple.tuple("c", false, true));
    }

    @Test
    void aSideThatNamesNothingMeansEverything() {
        SecurityRule rule = rules("{'id':'" + RULES + "any','properties':{'protocol':'Any','access':'Deny',"
                        + "'direction':'Outbound','priority':5}}")
                .rules()
                .rules()
                .get(0);

        assertThat(rule.sources()).containsExactly("*");
        assertThat(rule.destinations()).containsExactly("*");
        assertThat(rule.destinationPorts()).containsExactly("*");
        assertThat(rule.protocol()).isEqualTo("*");
        assertThat(rule.inbound()).isFalse();
    }

    @Test
    void aRuleWithANetworkGroupIsNotUnderstoodAndMayDecideFirst() {
        AdminRules read = rules(
                rule("later", 90, "Deny", ""),
                rule("by-group", 10, "Allow", "")
                        .replace("'addressPrefix':'10.0.0.0/8'", "'addressPrefix':'" + VNET + "'"));

        assertThat(read.rules().unreadBefore(true, 90))
                .hasValueSatisfying(unread -> assertThat(unread.name()).isEqualTo("by-group"));
        assertThat(read.rules().unreadBefore(false, 90)).isEmpty();
    }

    @Test
    void aSecondPageThatWasNotReadLeavesEveryRuleOpen() {
        AdminRules read = read(
                        "{'virtualNetwork':{'id':'" + VNET + "'},'value':[" + rule("a", 1, "Allow", "")
                                + "],'skipToken':'more'}",
                        "")
                .adminRules(ResourceId.of(VNET))
                .toOptional()
                .orElseThrow();

        assertThat(read.rules().unreadBefore(true, 1)).isPresent();
    }

    @Test
    void aRefusalIsUnreadAndANetworkThatWasNotAskedIsToo() {
        Network network = read("{'id':'" + VNET + "','error':{'code':'AuthorizationFailed','message':'no'}}", "");

        assertThat(network.adminRules(ResourceId.of(VNET.toUpperCase(java.util.Locale.ROOT)))
                        .unread())
                .map(Reading.CouldNotRead::why)
                .contains(Why.FORBIDDEN);
        assertThat(network.adminRules(ResourceId.of(VNET + "-other")).unread())
                .map(Reading.CouldNotRead::why)
                .contains(Why.NOT_COLLECTED);
    }

    @Test
    void whereNobodyAskedForAnyThereIsNothingToSay() {
        Network network = SingleReaders.network(Json.of("{'virtualNetworks':[]}"))
                .toOptional()
                .orElseThrow();

        assertThat(network.adminRules(ResourceId.of(VNET))).isEqualTo(Reading.absent());
    }

    @Test
    void networksOfOneMeshReachEachOther() {
        String mesh = "{'id':'/m/connectivityConfigurations/mesh','properties':{'connectivityTopology':'Mesh'}}";
        String star = "{'id':'/m/connectivityConfigurations/star','configurationGroups':[{'id':'/m/networkGroups/g'}],"
                + "'properties':{'connectivityTopology':'HubAndSpoke','appliesToGroups':["
                + "{'networkGroupId':'/m/networkGroups/g','groupConnectivity':'None'}]}}";
        String joined = star.replace("'groupConnectivity':'None'", "'groupConnectivity':'DirectlyConnected'");

        assertThat(connected(mesh, mesh)).isTrue();
        assertThat(connected(joined, joined)).isTrue();
        assertThat(connected(star, star)).isFalse();
        assertThat(connected(mesh, star)).isFalse();
    }

    private static boolean connected(String one, String other) {
        String network = "{'id':'%s','properties':{'addressSpace':{'addressPrefixes':['%s']},'subnets':[]}}";
        return !SingleReaders.network(Json.of("{'virtualNetworks':["
                        + String.format(network, VNET, "10.0.0.0/16") + ","
                        + String.format(network, VNET + "-b", "10.1.0.0/16") + "],'connectivityConfigurations':["
                        + "{'virtualNetwork':{'id':'" + VNET + "'},'value':[" + one + "]},"
                        + "{'virtualNetwork':{'id':'" + VNET + "-b'},'value':[" + other + "]}]}"))
                .toOptional()
                .orElseThrow()
                .connectedWith(ResourceId.of(VNET))
                .isEmpty();
    }
}
