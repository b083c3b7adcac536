package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivityLogReaderTest {

    private static final String WRITE = "Microsoft.Network/applicationGateways/write";

    @Test
    void foldsTheRowsOfOneOperationIntoOne() {
        Operation operation = only(
                "[" + row("c1", WRITE, "Succeeded", "08:30:40", "") + "," + row("c1", WRITE, "Started", "08:30:00", "")
                        + "," + row("c1", WRITE, "Accepted", "08:30:02", "") + "]");
        assertThat(operation.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(operation.started()).isEqualTo(Instant.parse("2026-03-02T08:30:00Z"));
        assertThat(operation.ended()).isEqualTo(Instant.parse("2026-03-02T08:30:40Z"));
    }

    @Test
    void keepsOperationsApartThatShareACorrelationOnly() {
        String rules = "Microsoft.Network/networkSecurityGroups/securityRules/write";
        assertThat(read("[" + row("c1", WRITE, "Succeeded", "08:30:00", "") + ","
                        + row("c1", rules, "Succeeded", "08:30:00", "") + "]"))
                .hasSize(2);
    }

    @Test
    void keepsRowsWithoutACorrelationApart() {
        String row = row("", WRITE, "Succeeded", "08:30:00", "");
        assertThat(read("[" + row + "," + row + "]")).hasSize(2);
    }

    @Test
    void anAcceptedOperationIsNotEndedByARequestOfTheSameRunThatWasTurnedAway() {
        String busy =
                "{\'error\':{\'code\':\'AnotherOperationInProgress\',\'message\':\'Later.\'}}".replace("'", "\\\"");
        List<Operation> operations = read("[" + row("run", WRITE, "Started", "08:30:00", "") + ","
                + row("run", WRITE, "Accepted", "08:30:02", "") + "," + row("run", WRITE, "Started", "08:38:00", "")
                + "," + row("run", WRITE, "Failed", "08:38:01", busy) + ","
                + row("run", WRITE, "Failed", "08:41:00", busy) + "]");

        assertThat(operations)
                .extracting(Operation::outcome)
                .containsExactly(Outcome.STARTED, Outcome.FAILED, Outcome.FAILED);
        assertThat(operations.get(1).started()).isEqualTo(Instant.parse("2026-03-02T08:38:00Z"));
        assertThat(operations.get(1).isRefusedAsBusy()).isTrue();
    }

    @Test
    void aRequestThatWasTurnedAwayAtOnceIsOneOperation() {
        String busy = "{\\\"error\\\":{\\\"code\\\":\\\"AnotherOperationInProgress\\\"}}";

        assertThat(only("[" + row("run", WRITE, "Started", "08:30:00", "") + ","
                                + row("run", WRITE, "Failed", "08:30:01", busy) + "]")
                        .isRefusedAsBusy())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Started,STARTED",
        "Accepted,STARTED",
        "Succeeded,SUCCEEDED",
        "Success,SUCCEEDED",
        "Failed,FAILED",
        "failure,FAILED",
        "Canceled,FAILED"
    })
    void knowsHowAnOperationEnded(String status, Outcome outcome) {
        assertThat(only("[" + row("c1", WRITE, status, "08:30:00", "") + "]").outcome())
                .isEqualTo(outcome);
    }

    @Test
    void readsWhyAnOperationFailedOutOfAMessageInAMessage() {
        Operation operation = only("["
                + row(
                                "c1",
                                WRITE,
                                "Failed",
                                "08:30:00",
                                "{\\'error\\':{\\'code\\':\\'Invalid\\',\\'message\\':\\'Not so.\\',"
                                        + "\\'details\\':[{\\'message\\':\\'The rule r1 names no pool.\\'}]}}")
                        .replace("\\'", "\\\"")
                + "]");
        assertThat(operation.code()).isEqualTo("Invalid");
        assertThat(operation.message()).isEqualTo("Not so. The rule r1 names no pool.");
    }

    @ParameterizedTest
    @CsvSource({"plain words", "{broken"})
    void keepsAMessageThatIsNoDocument(String message) {
        assertThat(only("[" + row("c1", WRITE, "Failed", "08:30:00", message) + "]")
                        .message())
                .isEqualTo(message);
    }

    @Test
    void takesTheSubStatusWhereNoMessageSaysWhy() {
        String row = row("c1", WRITE, "Failed", "08:30:00", "")
                .replace(
                        "'properties'",
                        "'subStatus':{'value':'Conflict','localizedValue':'Conflict (HTTP 409)'},'properties'");
        assertThat(only("[" + row + "]"))
                .extracting(Operation::code, Operation::message)
                .containsExactly("Conflict", "Conflict (HTTP 409)");
    }

    @Test
    void keepsWhatThePlatformSaysOfAResourcesHealth() {
        Operation operation = only("[{'eventTimestamp':'2026-03-02T08:30:00Z','correlationId':'c',"
                + "'operationName':{'value':'Microsoft.Resourcehealth/healthevent/Activated/action'},"
                + "'status':{'value':'Active'},'category':{'value':'ResourceHealth'},'resourceId':'"
                + Json.GATEWAY + "','properties':{'title':'Unavailable','details':'We are looking into"
                + " it.','cause':'PlatformInitiated'}}]");
        assertThat(operation.category()).isEqualTo("ResourceHealth");
        assertThat(operation.message()).isEqualTo("Unavailable; We are looking into it.; cause: PlatformInitiated");
    }

    @Test
    void readsTheCommandLinesListAndItsPlainWords() {
        assertThat(only("[{'eventTimestamp':'2026-03-02T08:30:00Z','operationName':'" + WRITE
                                + "','status':'Succeeded','resourceId':'" + Json.GATEWAY + "'}]")
                        .is(WRITE))
                .isTrue();
    }

    private static String row(String correlation, String name, String status, String time, String statusMessage) {
        return "{'eventTimestamp':'2026-03-02T" + time + "Z','correlationId':'" + correlation + "',"
                + "'operationName':{'value':'" + name + "'},'status':{'value':'" + status + "'},"
                + "'caller':'ops@example.com','category':{'value':'Administrative'},'resourceId':'" + Json.GATEWAY
                + "',"
                + "'properties':{'statusMessage':'" + statusMessage + "'}}";
    }

    private static Operation only(String rows) {
        List<Operation> operations = read(rows);
        assertThat(operations).hasSize(1);
        return operations.get(0);
    }

    private static List<Operation> read(String rows) {
        Reading<ActivityLog> listed =
                Json.read(Source.ACTIVITY_LOG, "{'value':" + rows + "}").activityLog();
        assertThat(Json.read(Source.ACTIVITY_LOG, rows).activityLog()).isEqualTo(listed);
        return listed.toOptional().orElseThrow(() -> new AssertionError(listed)).operations();
    }
}
