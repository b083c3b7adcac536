package dev.triage502.collect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.collect.AccessDoctor.Line;
import dev.triage502.collect.AccessDoctor.Repair;
import dev.triage502.collect.AccessDoctor.State;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessDoctorTest {

    private static final String GROUP = "/subscriptions/s1/resourceGroups/rg-web";
    private static final ResourceId GATEWAY =
            ResourceId.of(GROUP + "/providers/Microsoft.Network/applicationGateways/agw");
    private static final Incident INCIDENT = Incident.alertedAt(GATEWAY, Instant.parse("2026-01-31T09:10:00Z"));

    private static SourceDocuments well() {
        SourceDocuments documents = SourceDocuments.none();
        for (Source source : EnumSet.complementOf(EnumSet.of(Source.ON_DEMAND_HEALTH, Source.DIRECT_PROBE))) {
            documents = documents.with(source, JsonParser.parseString("{\"value\":[]}"));
        }
        return documents;
    }

    private static SourceDocuments refused(Source source, Why why, String detail) {
        return well().with(source, Reading.couldNotRead(source, why, detail));
    }

    private static List<Line> examine(SourceDocuments documents) {
        return AccessDoctor.examine(
                INCIDENT,
                documents,
                Map.of(Source.ACCESS_LOG, List.of("request-timeout")),
                Map.of(Source.ACCESS_LOG, List.of("request-timeout", "backend-returns-error")));
    }

    private static Line line(SourceDocuments documents, Source source) {
        return examine(documents).stream()
                .filter(line -> line.source() == source)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> commands(Line line) {
        return line.repairs().stream().map(Repair::command).toList();
    }

    @Test
    void allIsWellWhenAllThatIsWantedCanBeRead() {
        List<Line> lines = examine(well());

        assertThat(AccessDoctor.isWell(lines)).isTrue();
        assertThat(line(well(), Source.DIRECT_PROBE).state()).isEqualTo(State.OFF);
        assertThat(new DoctorReport(GATEWAY, Instant.EPOCH, lines).text())
                .contains("  readable       gateway\n")
                .contains("All sources are readable.");
    }

    @Test
    void aRefusedActionIsGrantedToWhoWasRefusedWhereItWas() {
        Line line = line(
                refused(
                        Source.ACTIVITY_LOG,
                        Why.FORBIDDEN,
                        "AuthorizationFailed: The client 'app' with object id '0a1b' does not have authorization to"
                                + " perform action 'Microsoft.Insights/eventtypes/values/read' over scope '" + GROUP
                                + "/providers/x/y/z' or the scope is invalid."),
                Source.ACTIVITY_LOG);

        assertThat(line.state()).isEqualTo(State.NOT_READABLE);
        assertThat(line.why()).isEqualTo("no permission");
        assertThat(commands(line))
                .containsExactly("az role assignment create --role Reader --assignee 0a1b --scope " + GROUP);
    }

    @Test
    void whatReaderLacksTakesARole() {
        Line line = line(
                refused(
                        Source.BACKEND_HEALTH,
                        Why.FORBIDDEN,
                        "AuthorizationFailed: The client 'app' with object id '0a1b' does not have authorization to"
                                + " perform action 'Microsoft.Network/applicationGateways/backendhealth/action' over scope"
                                + " '" + GATEWAY
                                + "' or the scope is invalid."),
                Source.BACKEND_HEALTH);

        assertThat(commands(line)).hasSize(2);
        assertThat(commands(line).get(0))
                .startsWith("az role definition create --role-definition '{\"Name\":\"Application Gateway 502 Triage\"")
                .contains("Microsoft.Network/applicationGateways/backendhealth/action")
                .contains("\"AssignableScopes\":[\"/subscriptions/s1\"]");
        assertThat(commands(line).get(1))
                .isEqualTo("az role assignment create --role 'Application Gateway 502 Triage' --assignee 0a1b --scope "
                        + GROUP);
    }

    @Test
    void whoIsNotLoggedInIsToldSo() {
        Line line = line(refused(Source.METRICS, Why.FORBIDDEN, "AuthenticationFailed: not signed in"), Source.METRICS);

        assertThat(commands(line)).contains("az login");
    }

    @Test
    void aLogThatIsNotKeptCostsCausesAndTakesADiagnosticSetting() {
        SourceDocuments documents = refused(Source.ACCESS_LOG, Why.NOT_ENABLED, "NoDiagnosticSetting: none");
        Line line = line(documents, Source.ACCESS_LOG);

        assertThat(line.untold()).containsExactly("request-timeout");
        assertThat(line.weaker()).containsExactly("backend-returns-error");
        assertThat(commands(line).get(0))
                .startsWith("az monitor diagnostic-settings create --name triage502 --resource " + GATEWAY)
                .contains("ApplicationGatewayAccessLog");
        DoctorReport report = new DoctorReport(GATEWAY, Instant.EPOCH, examine(documents));
        assertThat(report.isWell()).isFalse();
        assertThat(report.text())
                .contains("  not readable   access log           not enabled\n")
                .contains("cannot be diagnosed: request-timeout")
                .contains("1 of 11 sources are not fully readable.");
        assertThat(report.json().get("well").getAsBoolean()).isFalse();
        assertThat(report.json().toString()).contains("\"cannotTell\":[\"request-timeout\"]");
    }

    @Test
    void rowsThatCannotBeSeenMayTakeARightOnTheWorkspace() {
        SourceDocuments documents = refused(Source.ACCESS_LOG, Why.UNREACHABLE, "NoRows: none")
                .with(
                        Source.DIAGNOSTIC_SETTINGS,
                        JsonParser.parseString(
                                "{\"value\":[{\"properties\":{\"workspaceId\":\"/subscriptions/s1/w\",\"logs\":"
                                        + "[{\"categoryGroup\":\"allLogs\",\"enabled\":true}]}}]}"));

        assertThat(commands(line(documents, Source.ACCESS_LOG)))
                .anyMatch(command ->
                        command.contains("'Log Analytics Reader'") && command.endsWith("--scope /subscriptions/s1/w"));
    }

    @Test
    void aPartThatWasRefusedIsToldAndOneThatIsGoneIsNot() {
        String refusedPart =
                "{\"virtualNetworks\":[],\"networkSecurityGroups\":[{\"id\":\"/x\",\"error\":{\"code\":\"%s\",\"message\":\"m\"}}]}";
        SourceDocuments refused =
                well().with(Source.NETWORK, JsonParser.parseString(String.format(refusedPart, "AuthorizationFailed")));
        SourceDocuments gone =
                well().with(Source.NETWORK, JsonParser.parseString(String.format(refusedPart, "ResourceNotFound")));
        SourceDocuments list = well().with(
                        Source.NETWORK,
                        JsonParser.parseString(
                                "{\"virtualNetworks\":[],\"unread\":{\"privateDnsZones\":{\"code\":\"TooManyRequests\",\"message\":\"m\"}}}"));

        assertThat(line(refused, Source.NETWORK).state()).isEqualTo(State.IN_PART);
        assertThat(line(refused, Source.NETWORK).detail()).isEqualTo("AuthorizationFailed: m");
        assertThat(line(gone, Source.NETWORK).state()).isEqualTo(State.READABLE);
        assertThat(line(list, Source.NETWORK).why()).isEqualTo("throttled by Azure");
        SourceDocuments tooMuch =
                well().with(Source.NETWORK, JsonParser.parseString(String.format(refusedPart, "NotCollected")));
        assertThat(line(tooMuch, Source.NETWORK).state()).isEqualTo(State.READABLE);
    }

    @Test
    void backendsThatNobodyReachesTakeAWayIntoTheNetwork() {
        SourceDocuments documents = well().with(
                        Source.DIRECT_PROBE,
                        JsonParser.parseString("[{\"target\":\"10.0.0.4\",\"connect\":\"timeout\"}]"))
                .with(
                        Source.GATEWAY,
                        JsonParser.parseString(
                                "{\"properties\":{\"gatewayIPConfigurations\":[{\"properties\":{\"subnet\":{\"id\":\""
                                        + GROUP + "/providers/Microsoft.Network/virtualNetworks/v/subnets/gw\"}}}]}}"));

        Line line = line(documents, Source.DIRECT_PROBE);

        assertThat(line.state()).isEqualTo(State.NOT_READABLE);
        assertThat(commands(line).get(0))
                .startsWith("az functionapp vnet-integration add")
                .contains("--vnet " + GROUP + "/providers/Microsoft.Network/virtualNetworks/v ");
    }

    @Test
    void whatAzureSaysCannotEndACommandsQuotes() {
        Line line = line(
                refused(
                        Source.METRICS,
                        Why.FORBIDDEN,
                        "X: with object id 'a; rm -rf ~' does not have authorization to perform action 'b/read' over"
                                + " scope '/subscriptions/$(id)'"),
                Source.METRICS);

        assertThat(commands(line).get(0))
                .contains("--assignee 'a; rm -rf ~'")
                .contains("--scope '/subscriptions/$(id)'");
    }
}
