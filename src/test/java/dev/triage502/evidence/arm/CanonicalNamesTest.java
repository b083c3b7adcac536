package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Source;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CanonicalNamesTest {

    private static final CanonicalNames NAMES = new CanonicalNames(Json.read(
                    Source.GATEWAY,
                    "{'id':'/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/agw"
                            + "','properties':{'backendAddressPools':[{'name':'Pool-Web','properties':{'backendAddresses':["
                            + "{'fqdn':'Shop.contoso.com'}]}},{'name':'idle','properties':{}}],"
                            + "'requestRoutingRules':[{'name':'r','properties':{'backendAddressPool':{'id':'/x/pool-web'}}}]}}")
            .gateway()
            .toOptional());

    @Test
    void aNameIsSpeltAsTheGatewaySpellsIt() {
        assertThat(NAMES.pool("pool-WEB")).isEqualTo("Pool-Web");
        assertThat(NAMES.member("shop.CONTOSO.com")).isEqualTo("Shop.contoso.com");
        assertThat(NAMES.pool("Another")).isEqualTo("Another");
    }

    @Test
    void aPoolThatNoRuleLeadsToIsIdle() {
        assertThat(NAMES.isIdle("IDLE")).isTrue();
        assertThat(NAMES.isIdle("pool-web")).isFalse();
        assertThat(NAMES.isIdle("unknown")).isFalse();
    }

    @Test
    void whereTheGatewayWasNotReadNothingIsKnown() {
        assertThat(new CanonicalNames(Optional.empty()).customProbe("set")).isEmpty();
    }
}
