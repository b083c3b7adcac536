package dev.triage502.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.reachability.NetworkHop.Kind;
import dev.triage502.reachability.NetworkHop.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NetworkHopTest {

    @Test
    void isMetWhereTheGatewaySendsUntilPacketsReachWhatStandsBeforeTheServer() {
        assertThat(Arrays.stream(Kind.values())
                        .filter(each -> new NetworkHop(each, "", "", Verdict.ALLOWS, "").isOfGateway()))
                .containsExactly(Kind.ADMIN_RULES_OUT, Kind.NSG_OUT, Kind.ROUTE, Kind.PEERING);
    }

    @Test
    void tellsAdminRulesFromNsgs() {
        assertThat(Arrays.stream(Kind.values()).filter(Kind::isNsg)).containsExactly(Kind.NSG_OUT, Kind.NSG_IN);
        assertThat(Arrays.stream(Kind.values()).filter(Kind::isAdminRules))
                .containsExactly(Kind.ADMIN_RULES_OUT, Kind.ADMIN_RULES_IN);
    }
}
