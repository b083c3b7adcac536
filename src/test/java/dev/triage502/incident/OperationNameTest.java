package dev.triage502.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperationNameTest {

    @Test
    void isTheSameInAnyCaseAndKeepsItsSpelling() {
        assertThat(OperationName.of("Microsoft.Network/applicationGateways/write"))
                .isEqualTo(OperationName.of("MICROSOFT.NETWORK/APPLICATIONGATEWAYS/WRITE"))
                .hasToString("Microsoft.Network/applicationGateways/write");
    }

    @Test
    void isOnATypeOrInANamespaceByWholeSegments() {
        OperationName write = OperationName.of("MICROSOFT.NETWORK/APPLICATIONGATEWAYS/WRITE");
        assertThat(write.isOn("Microsoft.Network")).isTrue();
        assertThat(write.isOn("Microsoft.Network/applicationGateways")).isTrue();
        assertThat(write.isOn("Microsoft.Net")).isFalse();
        assertThat(write.isOn("Microsoft.Network/applicationGateways/write/more"))
                .isFalse();
    }

    @Test
    void theVerbOfAnActionIsItsOwnName() {
        assertThat(OperationName.of("Microsoft.Compute/virtualMachines/Deallocate/action")
                        .verb())
                .isEqualTo("deallocate");
        assertThat(OperationName.of("Microsoft.Compute/virtualMachines/Write").verb())
                .isEqualTo("write");
        assertThat(OperationName.of("").verb()).isEmpty();
    }

    @Test
    void onlyAReadReads() {
        assertThat(OperationName.of("Microsoft.Network/routeTables/READ").isRead())
                .isTrue();
        assertThat(OperationName.of("Microsoft.Network/routeTables/write").isRead())
                .isFalse();
    }
}
