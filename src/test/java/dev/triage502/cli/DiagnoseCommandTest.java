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
import java.util.ArrayList;
import java.util.List;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/subscriptions/s/resourceGroups/../providers/Microsoft.Network/applicationGateways/agw",
                "/subscriptions/s/resourceGroups/%2e%2e/providers/Microsoft.Network/applicationGateways/agw",
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw?x",
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw#x",
                "https://portal.azure.com/#resource/subscriptions/s/resourceGroups/%252e%252e/providers/Microsoft.Network"
                        + "/applicationGateways/agw",
                "agw.",
                "a b",
                ""
            })
    void aGatewayThatCannotBeIsWrongUsageForEveryCommandThatAsksAzure(String gateway) {
        for (String command : List.of("diagnose", "doctor", "record")) {
            Terminal terminal = new Terminal();
            List<String> args = new ArrayList<>(List.of(command, "--gateway", gateway));
            if (command.equals("record")) {
                args.addAll(List.of("--out", "target/never-written"));
            }
            assertThat(terminal.run(args.toArray(String[]::new))).as(command).isEqualTo(2);
            assertThat(terminal.err().lines()).hasSize(1);
            assertThat(terminal.err()).contains("--gateway", "use the resource ID of an application gateway");
        }
    }

    @Test
    void aNameThatIsTooLongIsToldByItsLength() {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("diagnose", "--gateway", "g".repeat(180))).isEqualTo(2);
        assertThat(terminal.err()).contains("a gateway name of 180 characters, where Azure allows 80");
    }

    @ParameterizedTest
    @CsvSource({
        "2999-01-01T00:00:00Z,1h,is in the future",
        "2026-01-31T09:10:00Z,25h,at most 24 hours",
        "2026-01-31T09:10:00Z,99999d,at most 24 hours",
        "1969-01-31T09:10:00Z,1h,use a time such as",
        "+999999999-12-31T23:59:59Z,1h,use a time such as",
        "yesterday,1h,use a time such as"
    })
    void aWindowThatNothingCanBeAskedAboutIsWrongUsage(String until, String since, String expected) {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("diagnose", "--gateway", ID, "--until", until, "--since", since))
                .isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains(expected).doesNotContain("java.", "Instant");
    }

    @Test
    void recordingAnAlertOfTheFutureIsWrongUsage() {
        Terminal terminal = new Terminal();
        assertThat(terminal.run(
                        "record", "--gateway", ID, "--out", "target/never-written", "--until", "2999-01-01T00:00:00Z"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("is in the future");
    }

    @Test
    void whatIsNoGatewayIsWrongUsage() {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("diagnose", "--gateway", "https://portal.azure.com/#home"))
                .isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains("use the resource ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3x", "0m", "-PT5M", "soon"})
    void whatIsNoLengthOfTimeIsWrongUsage(String span) {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("diagnose", "--gateway", "agw", "--since=" + span))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("use a duration such as 90s, 30m, 2h or 1d");
    }

    @ParameterizedTest
    @CsvSource({"90s,90", "30m,1800", "2h,7200", "1d,86400", "PT5M,300"})
    void readsLengthsOfTime(String text, long seconds) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aPretendAzureAnywhereElseIsRefused() {
        Terminal terminal = new Terminal(false, Map.of("TRIAGE502_AZURE_ENDPOINT", "https://example.com"));
        assertThat(terminal.run("diagnose", "--gateway", ID)).isEqualTo(2);
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
                .hasMessageStartingWith("no application gateway named agw-nowhere");
    }

    @Test
    void saysWhyItCouldNotLook() {
        assertThatThrownBy(() -> found(SourceDocuments.none(), "agw-shop"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("agw-shop: AuthorizationFailed");
    }

    private static ResourceId found(SourceDocuments documents, String name) throws Exception {
        try (PretendAzure pretend = PretendAzure.start(documents, ResourceId.of(ID), PretendAzure.Options.usual());
                AzureAccess azure = AzureAccess.open(AzureSettings.pretend(pretend.endpoint()))) {
            return new GatewayArgument(name).find(new GatewaySearch(azure));
        }
    }
}
