package dev.triage502.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentJsonTest {

    private static final String GATEWAY =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw";

    @Test
    void readsWhatItWrote() {
        Incident incident = Incident.alertedAt(ResourceId.of(GATEWAY), Instant.parse("2026-03-02T08:14:31Z"));

        assertThat(IncidentJson.read(IncidentJson.write(incident))).isEqualTo(incident);
    }

    /** Whoever can write into the queue must not be able to have other resources read. */
    @ParameterizedTest
    @ValueSource(strings = {"rg/..", "..", "rg?x", "rg#x", "%2e%2e", ""})
    void refusesAGatewayWhoseResourceGroupWouldLeadElsewhere(String group) {
        Incident incident = Incident.alertedAt(ResourceId.of(GATEWAY), Instant.parse("2026-03-02T08:14:31Z"));
        JsonObject json = IncidentJson.write(incident);
        json.addProperty("gateway", GATEWAY.replace("/rg/", "/" + group + "/"));

        assertThatThrownBy(() -> IncidentJson.read(json)).hasMessageContaining("gateway: found");
    }
}
