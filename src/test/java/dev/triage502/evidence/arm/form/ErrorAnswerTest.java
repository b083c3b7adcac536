package dev.triage502.evidence.arm.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error that somebody kept in place of a document says why its source could not be read. */
class ErrorAnswerTest {

    private static final ErrorAnswer NO_RIGHT = new ErrorAnswer("AuthorizationFailed", "no right");

    @Test
    void anErrorOfAzuresIsKnownByItsCode() {
        assertThat(ErrorAnswer.in(
                        JsonParser.parseString("{'error':{'code':'AuthorizationFailed','message':'no right'}}")))
                .contains(NO_RIGHT);
        assertThat(ErrorAnswer.in(JsonParser.parseString("{'error':{'message':'no right'}}")))
                .isEmpty();
        assertThat(ErrorAnswer.in(JsonParser.parseString("{'error':'no right'}")))
                .isEmpty();
        assertThat(ErrorAnswer.in(JsonParser.parseString("{'name':'x'}"))).isEmpty();
    }

    @Test
    void anErrorThatAzPrintedIsKnownByItsLine() {
        assertThat(ErrorAnswer.printed("WARNING: x\nERROR: (AuthorizationFailed)  no right \nCode: x"))
                .contains(NO_RIGHT);
        assertThat(ErrorAnswer.printed("ERROR: argument --name: expected one")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.json,GATEWAY",
        "my-gateway-backend-health.json,BACKEND_HEALTH",
        "Backend Health.out,BACKEND_HEALTH",
        "activity_log.txt,ACTIVITY_LOG",
        "accessLog,ACCESS_LOG",
        "network.json,NETWORK",
        "backends.json,BACKENDS",
        "old.metrics.json,METRICS"
    })
    void theNameOfTheFileTellsTheSource(String file, Source source) {
        assertThat(NO_RIGHT.source(file)).contains(source);
    }

    /** A file of one network is no refusal of all of them. */
    @ParameterizedTest
    @CsvSource({"network-vnet.json", "backends-vm.json", "refused.json"})
    void aNameThatTellsNoSourceTellsNone(String file) {
        assertThat(NO_RIGHT.source(file)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Microsoft.Network/applicationGateways/read,GATEWAY",
        "Microsoft.Network/applicationGateways/backendhealth/action,BACKEND_HEALTH",
        "Microsoft.Network/applicationGateways/getBackendHealthOnDemand/action,ON_DEMAND_HEALTH",
        "Microsoft.OperationalInsights/workspaces/query/read,ACCESS_LOG",
        "Microsoft.Insights/logs/read,ACCESS_LOG",
        "Microsoft.Insights/metrics/read,METRICS",
        "microsoft.insights/eventtypes/values/read,ACTIVITY_LOG",
        "Microsoft.Insights/diagnosticSettings/read,DIAGNOSTIC_SETTINGS",
        "Microsoft.ResourceHealth/availabilityStatuses/read,RESOURCE_HEALTH"
    })
    void theActionThatWasRefusedTellsTheSourceWhereTheNameDoesNot(String action, Source source) {
        ErrorAnswer error = new ErrorAnswer(
                "AuthorizationFailed",
                "The client does not have authorization to perform action '" + action + "' over");

        assertThat(error.source("refused.json")).contains(source);
        assertThat(error.source("metrics.json")).as("the name counts more").contains(Source.METRICS);
    }

    @Test
    void anActionThatIsNoSourcesTellsNone() {
        assertThat(new ErrorAnswer("AuthorizationFailed", "to perform action 'Microsoft.Other/things/read'")
                        .source("refused.json"))
                .isEmpty();
    }

    @Test
    void theSourceIsThenUnreadForAzuresReason() {
        assertThat(NO_RIGHT.reading(Source.METRICS).unread()).hasValueSatisfying(unread -> {
            assertThat(unread.source()).isEqualTo(Source.METRICS);
            assertThat(unread.why()).isEqualTo(Why.FORBIDDEN);
            assertThat(unread.detail()).contains("AuthorizationFailed", "no right");
        });
    }

    @Test
    void longWordsAreCut() {
        assertThat(NO_RIGHT.words()).isEqualTo("AuthorizationFailed: no right");
        assertThat(new ErrorAnswer("Code", "").words()).isEqualTo("Code");
        assertThat(new ErrorAnswer("C", "x".repeat(197)).words()).hasSize(200).doesNotEndWith("…");
        assertThat(new ErrorAnswer("C", "x".repeat(198)).words()).hasSize(201).endsWith("x…");
    }

    @Test
    void anErrorWhoseSourceCannotBeToldIsNotTheData() {
        assertThat(NO_RIGHT.unassigned().reason())
                .isEqualTo("an error that Azure returned, not the data (AuthorizationFailed: no right)");
        assertThat(NO_RIGHT.unassigned().command()).startsWith("triage502 collect-script");
    }
}
