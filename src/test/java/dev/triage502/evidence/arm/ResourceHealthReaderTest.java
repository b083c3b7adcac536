package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.triage502.evidence.DiagnosticSettings;
import dev.triage502.evidence.DiagnosticSettings.Setting;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.ResourceHealth;
import dev.triage502.evidence.ResourceHealth.Initiator;
import dev.triage502.evidence.ResourceHealth.State;
import dev.triage502.evidence.Source;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceHealthReaderTest {

    @ParameterizedTest
    @CsvSource({
        "Unavailable,healthEventCause,PlatformInitiated,PLATFORM",
        "Degraded,healthEventCause,UserInitiated,USER",
        "Unavailable,reasonType,UserInitiated,USER",
        "Unavailable,reasonType,Customer Initiated,USER",
        "Unavailable,reasonType,Unplanned,PLATFORM",
        "Unavailable,context,Platform Initiated,PLATFORM",
        "Unavailable,title,Stopped by user,USER",
        "Unknown,title,Unknown,UNSAID",
        "Available,reasonType,'',UNSAID"
    })
    void knowsWhoBeganIt(String state, String field, String value, Initiator initiator) {
        ResourceHealth health =
                read("{'properties':{'availabilityState':'" + state + "','" + field + "':'" + value + "'}}");
        assertThat(health.initiator()).isEqualTo(initiator);
        assertThat(health.state().name()).isEqualToIgnoringCase(state);
    }

    @Test
    void tellsOfAFaultThatIsOverButStillShown() {
        ResourceHealth health = read("{'properties':{'availabilityState':'Available','summary':'All is well.',"
                + "'recentlyResolved':{'unavailableOccuredTime':'2026-03-02T08:00:00Z',"
                + "'resolvedTime':'2026-03-02T08:20:00Z','unavailableSummary':'A host failed.'}}}");
        assertThat(health.resolved()).contains(Instant.parse("2026-03-02T08:20:00Z"));
        assertThat(health.summary()).isEqualTo("All is well. Before: A host failed.");
    }

    @Test
    void takesTheCurrentOneOfAList() {
        ResourceHealth health = read(
                "{'value':["
                        + "{'name':'2026-03-02+08:50:00Z','properties':{'availabilityState':'Unavailable','occuredTime':'2026-03-02T08:50:00Z'}},"
                        + "{'name':'current','properties':{'availabilityState':'Available','occuredTime':'2026-03-02T08:40:00Z'}}]}");
        assertThat(health.state()).isEqualTo(State.AVAILABLE);
    }

    @Test
    void takesTheNewestOfAListWithoutACurrentOne() {
        ResourceHealth health = read("{'value':["
                + "{'name':'a','properties':{'availabilityState':'Unavailable','occuredTime':'2026-03-02T08:50:00Z'}},"
                + "{'name':'b','properties':{'availabilityState':'Available','occuredTime':'2026-03-02T08:40:00Z'}}]}");
        assertThat(health.state()).isEqualTo(State.UNAVAILABLE);
    }

    @Test
    void knowsWhereTheAccessLogGoes() {
        DiagnosticSettings settings = Json.read(
                        Source.DIAGNOSTIC_SETTINGS,
                        "{'value':[{'name':'all','properties':{'workspaceId':'/w/1','logAnalyticsDestinationType':'Dedicated',"
                                + "'logs':[{'category':null,'categoryGroup':'allLogs','enabled':true}]}},"
                                + "{'name':'one','properties':{'workspaceId':'/w/2','logAnalyticsDestinationType':null,"
                                + "'logs':[{'category':'ApplicationGatewayAccessLog','enabled':true}]}},"
                                + "{'name':'off','properties':{'workspaceId':'/w/3',"
                                + "'logs':[{'category':'ApplicationGatewayAccessLog','enabled':false},"
                                + "{'category':'ApplicationGatewayFirewallLog','enabled':true}]}},"
                                + "{'name':'kept','properties':{'storageAccountId':'/s',"
                                + "'logs':[{'category':'ApplicationGatewayAccessLog','enabled':true}]}}]}")
                .diagnosticSettings()
                .toOptional()
                .orElseThrow();
        assertThat(settings.settings())
                .extracting(Setting::name, Setting::workspace, Setting::accessLog, Setting::dedicated)
                .containsExactly(
                        tuple("all", "/w/1", true, true),
                        tuple("kept", "", true, false),
                        tuple("off", "/w/3", false, false),
                        tuple("one", "/w/2", true, false));
        assertThat(settings.logsAccess()).isTrue();
    }

    private static ResourceHealth read(String document) {
        Reading<ResourceHealth> reading =
                Json.read(Source.RESOURCE_HEALTH, document).resourceHealth();
        return reading.toOptional().orElseThrow(() -> new AssertionError(reading));
    }
}
