package dev.triage502.reachability.nsg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.reachability.nsg.PrefixMatcher.Match;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortRangesTest {

    @ParameterizedTest
    @CsvSource({
        "443,      443, true",
        "443,      444, false",
        "*,        1,   true",
        "400-443,  400, true",
        "400-443,  443, true",
        "400 - 443, 420, true",
        "400-443,  399, false",
        "400-443,  444, false",
        "https,    443, false",
        "443-x,    443, false",
    })
    void aRuleMeansASinglePortARangeOrAll(String ports, int port, boolean meant) {
        assertThat(PortRanges.match(List.of("22", ports), port)).isEqualTo(meant);
    }

    @Test
    void aRuleOfSourcePortsMeansConnectionsOnlyAsFarAsItHasThePortsOfTheirEnds() {
        assertThat(PortRanges.ephemeral(List.of())).isEqualTo(Match.YES);
        assertThat(PortRanges.ephemeral(List.of("*"))).isEqualTo(Match.YES);
        assertThat(PortRanges.ephemeral(List.of("80", "1024-65535"))).isEqualTo(Match.YES);
        assertThat(PortRanges.ephemeral(List.of("49152-65535", "80"))).isEqualTo(Match.MAYBE);
        assertThat(PortRanges.ephemeral(List.of("1-32768"))).isEqualTo(Match.MAYBE);
        assertThat(PortRanges.ephemeral(List.of("80", "443", "1-1023"))).isEqualTo(Match.NO);
        assertThat(PortRanges.ephemeral(List.of("50000"))).isEqualTo(Match.NO);
    }

    @Test
    void protocolsAreKnownByNameAndNumber() {
        assertThat(List.of("Tcp", "TCP", "6", "*", "Any")).allMatch(PortRanges::isTcp);
        assertThat(List.of("Udp", "17", "Icmp")).noneMatch(PortRanges::isTcp);
        assertThat(List.of("udp", "17", "*", "any")).allMatch(PortRanges::isUdp);
        assertThat(List.of("Tcp", "6", "Esp")).noneMatch(PortRanges::isUdp);
    }
}
