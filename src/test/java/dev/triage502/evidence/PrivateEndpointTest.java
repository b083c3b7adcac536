package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Network.PrivateEndpoint;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateEndpointTest {

    private static final String GROUP = "/subscriptions/s/resourceGroups/rg/providers/";

    private static PrivateEndpoint endpoint(List<String> names, String... groups) {
        return new PrivateEndpoint(
                ResourceId.of(GROUP + "Microsoft.Network/privateEndpoints/pe"),
                ResourceId.of(GROUP + "Microsoft.Storage/storageAccounts/shop"),
                "Approved",
                names,
                List.of("10.0.3.4"),
                Optional.empty(),
                List.of(groups));
    }

    @ParameterizedTest
    @CsvSource({
        "shop.blob.core.windows.net,blob,true",
        "shop-secondary.blob.core.windows.net,blob_secondary,true",
        "shop.z6.web.core.windows.net,blob,false",
        "shop.z6.web.core.windows.net,web,true",
        "shop.web.core.usgovcloudapi.net,blob,false",
        "shop.azurewebsites.net,sites,true"
    })
    void anEndpointOfAStorageAccountLeadsToOneOfItsServices(String host, String group, boolean leads) {
        assertThat(endpoint(List.of(), group).mayLeadTo(host)).isEqualTo(leads);
    }

    @Test
    void aNameThatTheEndpointListsAndAnEndpointThatSaysNothingMayLeadThere() {
        assertThat(endpoint(List.of("shop.z6.web.core.windows.net"), "blob").mayLeadTo("shop.z6.web.core.windows.net"))
                .isTrue();
        assertThat(endpoint(List.of()).mayLeadTo("shop.z6.web.core.windows.net"))
                .isTrue();
    }
}
