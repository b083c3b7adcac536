package dev.triage502.reachability.nsg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.IpAddresses.Range;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import dev.triage502.reachability.nsg.PrefixMatcher.Match;
import dev.triage502.reachability.nsg.PrefixMatcher.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrefixMatcherTest {

    private static final Range HOME = range("10.0.0.0/16");
    private static final Range NEAR = range("10.0.2.4");
    private static final Range FAR = range("172.16.0.4");
    private static final Range PUBLIC = range("20.1.2.3");

    private static final Tags KNOWN =
            new Tags(List.of(HOME), false, Map.of(ArmName.of("Sql"), List.of(range("20.9.0.0/16"))));
    private static final Tags OPEN = new Tags(List.of(HOME), true, Map.of());

    private static Range range(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static Match matches(Tags tags, Range range, String... prefixes) {
        return matcher(tags, prefixes).matches(range, Optional.of(Set.of()));
    }

    private static PrefixMatcher matcher(Tags tags, String... prefixes) {
        return new PrefixMatcher(Arrays.asList(prefixes), List.of(), tags);
    }

    @Test
    void aPrefixMeansTheAddressesInIt() {
        assertThat(matches(KNOWN, NEAR, "10.0.9.0/24", "10.0.2.0/24")).isEqualTo(Match.YES);
        assertThat(matches(KNOWN, NEAR, "10.0.9.0/24")).isEqualTo(Match.NO);
        assertThat(matches(KNOWN, HOME, "10.0.2.0/24")).as("a part only").isEqualTo(Match.NO);
        assertThat(matches(KNOWN, PUBLIC, "*")).isEqualTo(Match.YES);
        assertThat(matches(KNOWN, PUBLIC, "any")).isEqualTo(Match.YES);
    }

    @Test
    void theNetworkAndTheInternetAreWhatTheOtherIsNot() {
        assertThat(matches(KNOWN, NEAR, "VirtualNetwork")).isEqualTo(Match.YES);
        assertThat(matches(KNOWN, NEAR, "Internet")).isEqualTo(Match.NO);
        assertThat(matches(KNOWN, PUBLIC, "VirtualNetwork")).isEqualTo(Match.NO);
        assertThat(matches(KNOWN, PUBLIC, "Internet")).isEqualTo(Match.YES);
        assertThat(matches(KNOWN, FAR, "virtualnetwork")).isEqualTo(Match.NO);
    }

    @Test
    void aPrivateAddressMayBeInANetworkOfWhichNotAllIsKnown() {
        assertThat(matches(OPEN, FAR, "VirtualNetwork")).isEqualTo(Match.MAYBE);
        assertThat(matches(OPEN, FAR, "Internet")).isEqualTo(Match.MAYBE);
        assertThat(matches(OPEN, PUBLIC, "VirtualNetwork")).isEqualTo(Match.NO);
        assertThat(matches(OPEN, PUBLIC, "Internet")).isEqualTo(Match.YES);
        assertThat(matcher(OPEN, "VirtualNetwork").matches(FAR, Optional.empty(), Match.YES))
                .isEqualTo(Match.YES);
    }

    @Test
    void azuresLoadBalancerProbesFromOneAddress() {
        assertThat(matches(KNOWN, range("168.63.129.16"), "AzureLoadBalancer")).isEqualTo(Match.YES);
        assertThat(matches(KNOWN, PUBLIC, "AzureLoadBalancer")).isEqualTo(Match.NO);
    }

    @Test
    void aServiceTagMeansItsListAndOneWithoutAListMayMeanAnyPublicAddress() {
        assertThat(matches(KNOWN, range("20.9.1.1"), "Sql")).isEqualTo(Match.YES);
        assertThat(matches(KNOWN, PUBLIC, "sql")).isEqualTo(Match.NO);
        assertThat(matches(KNOWN, PUBLIC, "Storage.WestEurope")).isEqualTo(Match.MAYBE);
        assertThat(matches(KNOWN, NEAR, "Storage.WestEurope")).isEqualTo(Match.NO);
    }

    @Test
    void applicationSecurityGroupsMeanTheirInterfacesAlone() {
        ResourceId web = ResourceId.of("/subscriptions/s/resourceGroups/g/providers/x/y/web");
        ResourceId api = ResourceId.of("/subscriptions/s/resourceGroups/g/providers/x/y/api");
        PrefixMatcher ofGroup = new PrefixMatcher(List.of(), List.of(web), KNOWN);

        assertThat(ofGroup.matches(NEAR, Optional.of(Set.of(web, api)))).isEqualTo(Match.YES);
        assertThat(ofGroup.matches(NEAR, Optional.of(Set.of(api)))).isEqualTo(Match.NO);
        assertThat(ofGroup.matches(NEAR, Optional.empty())).isEqualTo(Match.MAYBE);
    }

    @Test
    void anAnswerChangesAtTheBordersOfPrefixesAndOfTheNetworkWhereATagNamesIt() {
        assertThat(matcher(KNOWN, "10.0.2.0/24").borders()).containsExactly(range("10.0.2.0/24"));
        assertThat(matcher(KNOWN, "10.0.2.0/24", "VirtualNetwork").borders()).contains(HOME);
        assertThat(matcher(KNOWN, "Internet").borders()).containsExactly(HOME);
    }
}
