package dev.triage502.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResourceTypeTest {

    @Test
    void isTheSameInAnyCaseAndKeepsItsSpelling() {
        assertThat(ResourceType.of("Microsoft.Network/virtualNetworks"))
                .isEqualTo(ResourceType.of("microsoft.network/VIRTUALNETWORKS"))
                .hasToString("Microsoft.Network/virtualNetworks");
    }

    @Test
    void standsInAResourceOfItsFirstTwoSegments() {
        assertThat(ResourceType.of("Microsoft.Network/virtualNetworks/subnets").ofTop())
                .isEqualTo(ResourceType.of("Microsoft.Network/virtualNetworks"));
        assertThat(ResourceType.of("Microsoft.Network/virtualNetworks").ofTop())
                .isEqualTo(ResourceType.of("Microsoft.Network/virtualNetworks"));
    }

    @Test
    void takesTheSpellingOfTheTypeItStandsIn() {
        assertThat(ResourceType.of("microsoft.network/virtualnetworks/subnets")
                        .below(ResourceType.of("Microsoft.Network/virtualNetworks")))
                .hasToString("Microsoft.Network/virtualNetworks/subnets");
    }
}
