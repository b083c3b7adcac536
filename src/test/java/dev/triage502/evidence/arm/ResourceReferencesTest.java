package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.incident.ResourceId;
import org.junit.jupiter.api.Test;

class ResourceReferencesTest {

    private static final String GATEWAY =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/agw";

    @Test
    void anObjectsOwnIdComesBeforeWhatItMentions() {
        assertThat(ResourceReferences.gatewayIn(
                        Json.of("{'other':'" + GATEWAY + "-other','id':'" + GATEWAY + "/backendAddressPools/p'}")))
                .contains(ResourceId.of(GATEWAY));
    }

    @Test
    void aDocumentOfNoGatewayNamesNone() {
        assertThat(ResourceReferences.gatewayIn(Json.of("{'value':[{'id':'/subscriptions/s'},1,null]}")))
                .isEmpty();
    }
}
