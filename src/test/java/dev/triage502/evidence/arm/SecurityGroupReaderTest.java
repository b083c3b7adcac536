package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Network.SecurityGroup;
import dev.triage502.evidence.Network.SecurityRule;
import dev.triage502.incident.ResourceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What would make a report name the wrong rule. */
class SecurityGroupReaderTest {

    private static final String NSG =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg-app";

    private static SecurityGroup read(String rules) {
        return SingleReaders.network(
                        Json.of("{'networkSecurityGroups':[{'id':'" + NSG + "','properties':{" + rules + "}}]}"))
                .toOptional()
                .orElseThrow()
                .securityGroup(Optional.of(ResourceId.of(NSG)))
                .toOptional()
                .orElseThrow();
    }

    private static String rule(String name, int priority, String more) {
        return "{'name':'" + name + "','properties':{'priority':" + priority
                + ",'direction':'Inbound','access':'Allow',"
                + "'protocol':'Tcp','sourceAddressPrefix':'*','destinationAddressPrefix':'*',"
                + "'sourcePortRange':'*','destinationPortRange':'443'" + more + "}}";
    }

    @Test
    void rulesAreTriedByNumberAndNotAsListed() {
        SecurityGroup group = read("'securityRules':[" + rule("late", 300, "") + "," + rule("early", 100, "") + "]");

        assertThat(group.rules())
                .filteredOn(rule -> rule.inbound() && !rule.isDefault())
                .extracting(SecurityRule::name)
                .containsExactly("early", "late");
    }

    @Test
    void theSixDefaultRulesCountThoughADocumentLeavesThemOut() {
        SecurityGroup group = read("'securityRules':[]");

        assertThat(group.rules()).hasSize(6).allMatch(SecurityRule::isDefault);
        assertThat(group.rules())
                .filteredOn(rule -> rule.name().equals("DenyAllInBound"))
                .singleElement()
                .matches(rule -> !rule.allows() && rule.inbound() && rule.priority() == 65500);
    }

    @Test
    void severalPrefixesAndPortsAreAllMeant() {
        SecurityRule rule = read("'securityRules':["
                        + rule("r", 100, "")
                                .replace(
                                        "'sourceAddressPrefix':'*'",
                                        "'sourceAddressPrefixes':['10.0.1.0/24','10.0.3.0/24']")
                                .replace("'destinationPortRange':'443'", "'destinationPortRanges':['8080','443']")
                        + "]")
                .rules()
                .stream()
                .filter(each -> !each.isDefault())
                .findFirst()
                .orElseThrow();

        assertThat(rule.sources()).containsExactly("10.0.1.0/24", "10.0.3.0/24");
        assertThat(rule.destinationPorts()).containsExactlyInAnyOrder("443", "8080");
    }

    @Test
    void aRuleWhoseAccessIsNoWordOfAzuresMayDecideInThePlaceOfLaterOnesOnly() {
        SecurityGroup group = read("'securityRules':["
                + rule("odd", 200, "").replace("'access':'Allow'", "'access':'Perhaps'") + "," + rule("r", 100, "")
                + "]");

        assertThat(group.unreadBefore(true, 300))
                .hasValueSatisfying(each -> assertThat(each.name()).isEqualTo("odd"));
        assertThat(group.unreadBefore(true, 100)).isEmpty();
        assertThat(group.unreadBefore(false, 300)).isEmpty();
    }
}
