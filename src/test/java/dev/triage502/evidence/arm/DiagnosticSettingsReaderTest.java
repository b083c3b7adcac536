package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.DiagnosticSettings;
import org.junit.jupiter.api.Test;

class DiagnosticSettingsReaderTest {

    private static DiagnosticSettings read(String log) {
        return DiagnosticSettingsReader.read(
                Json.of("{'value':[{'name':'d','properties':{'workspaceId':'/w','logs':[" + log + "]}}]}"),
                new Losses());
    }

    @Test
    void theAccessLogIsKeptByItsCategoryOrByTheGroupOfAll() {
        assertThat(read("{'category':'applicationgatewayaccesslog','enabled':true}")
                        .logsAccess())
                .isTrue();
        assertThat(read("{'categoryGroup':'allLogs','enabled':true}").logsAccess())
                .isTrue();
    }

    @Test
    void aCategoryThatIsOffOrAnotherKeepsNothing() {
        assertThat(read("{'category':'ApplicationGatewayAccessLog','enabled':false}")
                        .logsAccess())
                .isFalse();
        assertThat(read("{'category':'ApplicationGatewayFirewallLog','enabled':true}")
                        .logsAccess())
                .isFalse();
    }
}
