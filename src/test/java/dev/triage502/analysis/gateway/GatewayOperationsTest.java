package dev.triage502.analysis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the activity log says was done to the gateway itself. */
class GatewayOperationsTest {

    private static final String TYPE = "Microsoft.Network/applicationGateways";
    private static final String WRITE = TYPE + "/write";
    private static final String STOP = TYPE + "/stop/action";
    private static final String START = TYPE + "/start/action";

    private static GatewayOperations operations(Scene scene) {
        ActivityLog log = scene.evidence().activityLog().toOptional().orElseThrow();
        return GatewayOperations.of(log, ResourceId.of(Scene.GATEWAY));
    }

    private static Scene scene() {
        return Scene.v2().quietActivityLog();
    }

    private static Scene write(Scene scene, int minutesBefore, String caller, String status) {
        return scene.activity(minutesBefore, WRITE, Scene.GATEWAY, caller, status);
    }

    private static Instant before(int minutes) {
        return Scene.AT.minusSeconds(60L * minutes);
    }

    private static List<Instant> refusedBy(Scene scene, int minutesBefore) {
        return operations(scene).refusedBy(before(minutesBefore)).stream()
                .map(Operation::started)
                .toList();
    }

    @Test
    void onlyWhatConcernsThisGatewayCounts() {
        Scene scene = scene().activity(9, WRITE, Scene.GATEWAY + "-2", "ops", "Succeeded")
                .activity(8, "Microsoft.Network/networkSecurityGroups/write", Scene.GROUP, "ops", "Succeeded")
                .activity(7, "Microsoft.Network/networkInterfaces/write", Scene.GATEWAY, "ops", "Succeeded")
                .activity(6, WRITE, Scene.GATEWAY, "ops", "Succeeded");

        assertThat(operations(scene).operations())
                .extracting(Operation::started)
                .containsExactly(before(6));
    }

    @Test
    void theLastRefusedWriteOfEachWriterCounts() {
        Scene scene = write(scene(), 30, "ops", "Failed");
        write(scene, 20, "OPS", "Failed");
        write(scene, 10, "pipeline", "Failed");

        assertThat(refusedBy(scene, 5)).containsExactlyInAnyOrder(before(20), before(10));
    }

    @Test
    void aLaterWriteThatSucceededMakesItGood() {
        Scene scene = write(scene(), 30, "ops", "Failed");
        write(scene, 20, "Ops", "Succeeded");

        assertThat(refusedBy(scene, 5)).isEmpty();
    }

    @Test
    void aWriteOfAnotherDoesNotMakeItGood() {
        Scene scene = write(scene(), 30, "ops", "Failed");
        write(scene, 20, "pipeline", "Succeeded");

        assertThat(refusedBy(scene, 5)).containsExactly(before(30));
    }

    /** What was refused only after requests failed did not bring that about. */
    @Test
    void whatWasRefusedLaterThanTheFailuresBeganDoesNotCount() {
        Scene scene = write(scene(), 10, "ops", "Failed");

        assertThat(refusedBy(scene, 11)).isEmpty();
        assertThat(refusedBy(scene, 10)).containsExactly(before(10));
    }

    @Test
    void aWriterThatWasRefusedBeforeAndIsStillRefusedCounts() {
        Scene scene = write(scene(), 30, "ops", "Failed");
        write(scene, 10, "ops", "Failed");

        assertThat(refusedBy(scene, 20)).containsExactly(before(10));
    }

    @Test
    void aRefusedStopIsNoRefusedWrite() {
        assertThat(refusedBy(scene().activity(30, STOP, Scene.GATEWAY, "ops", "Failed"), 5))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {WRITE, STOP, START})
    void aChangeIsUnderWayUntilItOrALaterOneEnds(String operation) {
        Scene begun = scene().activity(20, operation, Scene.GATEWAY, "ops", "Started");

        assertThat(operations(begun).underWay()).map(Operation::started).contains(before(20));
        assertThat(operations(write(begun, 10, "other", "Succeeded")).underWay())
                .isEmpty();
    }

    @Test
    void anEarlierSuccessDoesNotEndALaterChange() {
        Scene scene = write(write(scene(), 40, "ops", "Succeeded"), 20, "ops", "Started");

        assertThat(operations(scene).underWay()).map(Operation::started).contains(before(20));
    }

    @Test
    void ofTwoThatAreUnderWayTheFirstCounts() {
        Scene scene = write(write(scene(), 20, "ops", "Started"), 10, "other", "Started");

        assertThat(operations(scene).underWay()).map(Operation::started).contains(before(20));
    }

    @Test
    void whatChangesNothingIsNotUnderWay() {
        Scene scene = scene().activity(20, TYPE + "/backendhealth/action", Scene.GATEWAY, "ops", "Started");

        assertThat(operations(scene).underWay()).isEmpty();
    }

    @Test
    void aStopThatNoStartFollowedSaysWhoStoppedIt() {
        Scene scene = scene().activity(50, START, Scene.GATEWAY, "ops@example.com", "Succeeded")
                .activity(40, STOP, Scene.GATEWAY, "ops@example.com", "Succeeded");

        assertThat(operations(scene).stoppedAndNotStarted()).singleElement().satisfies(finding -> {
            assertThat(finding.text())
                    .isEqualTo("agw-shop was stopped by ops@example.com and has not been started since");
            assertThat(finding.at()).contains(before(40));
            assertThat(GatewayState.saysDown(finding)).isTrue();
        });
    }

    @Test
    void aStopThatFailedOrThatAStartFollowedIsNone() {
        Scene failed = scene().activity(40, STOP, Scene.GATEWAY, "ops", "Failed");
        Scene started = scene().activity(40, STOP, Scene.GATEWAY, "ops", "Succeeded")
                .activity(30, START, Scene.GATEWAY, "ops", "Succeeded");

        assertThat(operations(failed).stoppedAndNotStarted()).isEmpty();
        assertThat(operations(started).stoppedAndNotStarted()).isEmpty();
        assertThat(operations(started.activity(20, START, Scene.GATEWAY, "ops", "Failed"))
                        .stoppedAndNotStarted())
                .isEmpty();
    }

    @Test
    void aRefusedUpdateIsToldWithAzuresWords() {
        Scene scene = scene().activity(
                        30,
                        WRITE,
                        Scene.GATEWAY,
                        "ops@example.com",
                        "Failed",
                        "{'statusMessage':'{\\'error\\':{\\'code\\':\\'SubnetIsFull\\',\\'message\\':\\'no"
                                + " room\\'}}'}");

        assertThat(refusals(scene)).singleElement().satisfies(finding -> {
            assertThat(finding.text())
                    .isEqualTo("an update of agw-shop by ops@example.com failed, and no later update by the same"
                            + " caller has succeeded: \"SubnetIsFull: no room\"");
            assertThat(finding.values())
                    .containsEntry("caller", "ops@example.com")
                    .containsEntry("error-code", "SubnetIsFull")
                    .containsEntry("identity-type", "User");
        });
    }

    @Test
    void aRefusedUpdateWithoutAzuresWordsIsToldWithoutThem() {
        assertThat(refusals(write(scene(), 30, "ops@example.com", "Failed")))
                .extracting(Finding::text)
                .singleElement()
                .asString()
                .endsWith("has succeeded");
    }

    /** It counts until two minutes after the first failed request, where one was logged. */
    @Test
    void anUpdateThatWasRefusedLongAfterTheFirstFailedRequestIsNotTold() {
        Scene scene = Scene.web()
                .failed(30, 40, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0)
                .quietActivityLog();

        assertThat(refusals(write(scene, 20, "ops", "Failed"))).isEmpty();
        assertThat(refusals(write(scene, 29, "pipeline", "Failed"))).hasSize(1);
    }

    private static List<Finding> refusals(Scene scene) {
        ActivityLog log = scene.evidence().activityLog().toOptional().orElseThrow();
        return RefusedUpdates.of(log, scene.evidence()).toList();
    }
}
