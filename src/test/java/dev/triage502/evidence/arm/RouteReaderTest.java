package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Network.NextHop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteReaderTest {

    private static final String ID =
            "'id':'/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/routeTables/t'";

    private static NextHop nextHop(String type) {
        return RouteReader.table(
                        ArmObject.document(Json.of("{" + ID + ",'properties':{'routes':[{'name':'r','properties':{"
                                + "'addressPrefix':'0.0.0.0/0','nextHopType':'" + type + "'}}]}}")),
                        new Losses())
                .routes()
                .get(0)
                .nextHop();
    }

    @ParameterizedTest
    @CsvSource({
        "VirtualAppliance, APPLIANCE",
        "VnetLocal, VNET_LOCAL",
        "Virtual network gateway, NETWORK_GATEWAY",
        "VNet peering, PEERING",
        "InterfaceEndpoint, ENDPOINT",
        "none, NONE",
        "Elsewhere, UNKNOWN"
    })
    void knowsWhereARouteLeadsInTheSpellingsOfTheApiAndThePortal(String type, NextHop hop) {
        assertThat(nextHop(type)).isEqualTo(hop);
    }
}
