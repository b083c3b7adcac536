package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureSettings;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.GatewaySearch;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import dev.triage502.local.PretendAzure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnoseCommandTest {

    private static final String ID =
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-shop/providers/Microsoft.Network"
                    + "/applicationGateways/agw-shop";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID,
                " " + ID + "/ ",
                ID + "/backendAddressPools/orders",
                "https://portal.azure.com/#@contoso.com/resource" + ID + "/overview",
                "https://portal.azure.com/#resource" + ID,
                "https://portal.azure.com/?feature=x#@contoso.com/resource" + ID + "/backendHealth?x=y",
                "https://portal.azure.com/#view/Microsoft_Azure_X/Y.ReactView/resourceId/%2Fsubscriptions%2F"
                        + "11111111-2222-3333-4444-555555555555%2FresourceGroups%2Frg-shop%2Fproviders%2FMicrosoft.Network"
                        + "%2FapplicationGateways%2Fagw-shop"
            })
    void knowsTheGatewayThatATextHolds(String text) {
        assertThat(new GatewayArgument(text).id()).contains(ResourceId.of(ID));
    }

    @ParameterizedTest
    @CsvSource({"agw-shop,true", "AGW.shop_2,true", "a b,false", "x') or true //,false", "https://example.com/,false"})
    void knowsWhatCanBeAName(String text, boolean isName) {
        assertThat(new GatewayArgument(text).id()).isEmpty();
        assertThat(new GatewayArgument(text).isName()).isEqualTo(isName);
    }

    @Test
    void whatIsNoGatewayIsWrongUsage() {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("diagnose", "--gateway", "https://portal.azure.com/#home"))
                .isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains("neither the ARM id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3x", "0m", "-PT5M", "soon"})
    void whatIsNoLengthOfTimeIsWrongUsage(String span) {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("diagnose", "--gateway", "agw", "--since=" + span))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("write 90s, 30m, 2h or 1d");
    }

    @ParameterizedTest
    @CsvSource({"90s,90", "30m,1800", "2h,7200", "1d,86400", "PT5M,300"})
    void readsLengthsOfTime(String text, long seconds) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aPretendAzureAnywhereElseIsRefused() {
        Terminal terminal = new Terminal(false, Map.of("TRIAGE502_AZURE_ENDPOINT", "https://example.com"));
        assertThat(terminal.run("diagnose", "--gateway", ID)).isEqualTo(1);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains("TRIAGE502_AZURE_ENDPOINT is \"https://example.com\"");
    }

    @Test
    void findsAGatewayByItsNameWhateverItsCase() throws Exception {
        RecordedCase recorded = CaseFolder.readShipped(CaseFolder.shipped().get(0));
        assertThat(found(recorded.documents(), recorded.gateway().name().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(recorded.gateway());
    }

    @Test
    void saysThatThereIsNoneOfTheName() {
        RecordedCase recorded = CaseFolder.readShipped(CaseFolder.shipped().get(0));
        assertThatThrownBy(() -> found(recorded.documents(), "agw-nowhere"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("agw-nowhere: no application gateway of this name");
    }

    @Test
    void saysWhyItCouldNotLook() {
        assertThatThrownBy(() -> found(SourceDocuments.none(), "agw-shop"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("Resource Graph: forbidden: AuthorizationFailed");
    }

    private static ResourceId found(SourceDocuments documents, String name) throws Exception {
        try (PretendAzure pretend = PretendAzure.start(documents, ResourceId.of(ID), PretendAzure.Options.usual());
                AzureAccess azure = AzureAccess.open(AzureSettings.pretend(pretend.endpoint()))) {
            return new GatewayArgument(name).find(new GatewaySearch(azure));
        }
    }
}
