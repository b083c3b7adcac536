package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.triage502.azure.AzureAccess;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.GatewaySearch;
import dev.triage502.collect.RecordedCase;
import dev.triage502.incident.GatewayText;
import dev.triage502.local.PretendAzure;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever names a gateway that is not there hears which ones are. */
class GatewayLookupTest {

    @Test
    void namesThoseThatCanBeRead() throws Exception {
        RecordedCase recorded = CaseFolder.readShipped("blocked-by-nsg");
        try (PretendAzure azure = PretendAzure.start(recorded.documents(), recorded.gateway())) {
            AppSettings settings = AppSettings.read(
                    Map.of("TRIAGE502_AZURE_ENDPOINT", azure.endpoint().toString()));
            GatewayLookup lookup = new GatewayLookup(() -> new GatewaySearch(AzureAccess.open(settings.azure())));
            String there = recorded.gateway().name();

            assertThat(lookup.find(new GatewayText(there))).isEqualTo(recorded.gateway());
            assertThat(lookup.known("")).isEqualTo("The app can read " + there + ".");
            assertThatThrownBy(() -> lookup.find(new GatewayText("agw-nowhere")))
                    .isInstanceOf(HttpProblem.class)
                    .hasMessageContaining("no application gateway named \"agw-nowhere\"")
                    .hasMessageEndingWith("The app can read " + there);
        }
    }
}
