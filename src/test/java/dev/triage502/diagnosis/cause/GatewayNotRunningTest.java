package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayNotRunningTest {

    private static final String WRITE = "Microsoft.Network/applicationGateways/write";
    private static final String BUSY = "{'statusMessage':'{\\'error\\':{\\'code\\':\\'AnotherOperationInProgress\\',"
            + "\\'message\\':\\'Another operation is in progress.\\'}}'}";

    @Test
    void shownByTheOperationalState() {
        assertThat(Judging.of(new GatewayNotRunning(), Scene.web().gatewayProperty("operationalState", "'Stopped'"))
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .text())
                .isEqualTo("the operational state of agw-shop is Stopped");
    }

    /** Minutes since the update began, and whether something was refused because of it. */
    private static Scene updating(Scene scene, int minutes, boolean refused) {
        Scene updating = scene.gatewayProperty("provisioningState", "'Updating'")
                .activity(minutes, WRITE, Scene.GATEWAY, "deploy@example.com", "Started");
        return refused
                ? updating.activity(minutes - 5, WRITE, Scene.GATEWAY, "ops@example.com", "Failed", BUSY)
                : updating;
    }

    @ParameterizedTest
    @CsvSource({"26,false", "16,true", "150,false"})
    void shownByAV2UpdateThatDoesNotEndByItself(int minutes, boolean refused) {
        Finding stuck = Judging.of(new GatewayNotRunning(), updating(Scene.web(), minutes, refused))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(stuck.text()).contains("has been Updating for " + minutes + " min", "deploy@example.com");
        assertThat(stuck.values()).containsEntry("updating-minutes", String.valueOf(minutes));
    }

    @ParameterizedTest
    @CsvSource({"24,false", "14,true"})
    void notShownByAV2UpdateThatMayStillEnd(int minutes, boolean refused) {
        Judging.of(new GatewayNotRunning(), updating(Scene.web(), minutes, refused))
                .isNotShown();
    }

    @Test
    void aV1GatewayTakesLongerWhetherOrNotOthersAreRefused() {
        Judging.of(new GatewayNotRunning(), updating(Scene.v1(), 44, true)).isNotShown();
        Judging.of(new GatewayNotRunning(), updating(Scene.v1(), 46, false)).isShown(Confidence.CONFIRMED);
    }

    @Test
    void aReadThatAzureRefusedBecauseOfTheUpdateCountsAsARefusal() {
        Scene scene = updating(Scene.web(), 16, false)
                .document(
                        Source.BACKEND_HEALTH,
                        "{'error':{'code':'AnotherOperationInProgress','message':'Another operation is in"
                                + " progress.'}}");

        Judging.of(new GatewayNotRunning(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void cannotTellWhereTheUpdateMayHaveBegunInTheMissingRows() {
        Scene unknown = Scene.web()
                .gatewayProperty("provisioningState", "'Updating'")
                .activity(5, "Microsoft.Resources/tags/write", Scene.GATEWAY, "ops@example.com", "Succeeded")
                .olderActivityMissing(Scene.GROUP);
        Scene known = updating(Scene.web(), 10, false).olderActivityMissing(Scene.GROUP);

        Judging.of(new GatewayNotRunning(), unknown)
                .cannotTellWithout(Source.ACTIVITY_LOG, Source.ACCESS_LOG, Source.RESOURCE_HEALTH);
        Judging.of(new GatewayNotRunning(), known).isNotShown();
    }

    @Test
    void notShownByAnUpdateWithoutAnEndThatALaterOneSucceeded() {
        Scene scene = updating(Scene.web(), 90, false)
                .activity(60, WRITE, Scene.GATEWAY, "deploy@example.com", "Succeeded")
                .activity(3, WRITE, Scene.GATEWAY, "deploy@example.com", "Started");

        Judging.of(new GatewayNotRunning(), scene).isNotShown();
    }

    @Test
    void aStopIsDoubtedOnceRequestsAreAnsweredAfterIt() {
        Scene scene = Scene.unread()
                .activity(
                        40,
                        "Microsoft.Network/applicationGateways/stop/action",
                        Scene.GATEWAY,
                        "ops@example.com",
                        "Succeeded")
                .served(5, 30, "10.0.2.4");

        Judging.of(new GatewayNotRunning(), scene).isNotShown();
    }

    @Test
    void aStopIsFeltThoughNothingFailsAndAnUpdateThatIsStuckIsNot() {
        GatewayNotRunning cause = new GatewayNotRunning();

        assertThat(cause.isFeltWithoutFailures(
                        Judging.of(cause, Scene.web().gatewayProperty("operationalState", "'Stopped'"))
                                .isShown(Confidence.CONFIRMED)))
                .isTrue();
        assertThat(cause.isFeltWithoutFailures(
                        Judging.of(cause, updating(Scene.web(), 60, false)).isShown(Confidence.CONFIRMED)))
                .isFalse();
    }

    @Test
    void possibleWhenProvisioningFailedAndNothingIsServed() {
        Scene scene =
                Scene.web().gatewayProperty("provisioningState", "'Failed'").failed(5, 30, 502, "", "", 0);

        Judging.of(new GatewayNotRunning(), scene).isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownWhenProvisioningFailedAndTheGatewaySaysThatItFindsNoServer() {
        Scene scene = Scene.web()
                .gatewayProperty("provisioningState", "'Failed'")
                .failed(5, 30, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        Judging.of(new GatewayNotRunning(), scene).isNotShown();
    }

    @Test
    void notShownByAnotherOperationThatWasNotSeenToEnd() {
        Scene scene = Scene.web()
                .gatewayProperty("provisioningState", "'Updating'")
                .activity(
                        150,
                        "Microsoft.Network/applicationGateways/backendhealth/action",
                        Scene.GATEWAY,
                        "watch@example.com",
                        "Started")
                .activity(5, WRITE, Scene.GATEWAY, "deploy@example.com", "Started");

        Judging.of(new GatewayNotRunning(), scene).isNotShown();
    }

    @Test
    void notShownByAStopOfAGatewayOfTheSameNameElsewhere() {
        Scene scene = Scene.web()
                .gatewayProperty("provisioningState", "'Updating'")
                .activity(
                        40,
                        "Microsoft.Network/applicationGateways/stop/action",
                        Scene.GATEWAY.replace("rg-shop", "rg-shop-test"),
                        "ops@example.com",
                        "Succeeded");

        Judging.of(new GatewayNotRunning(), scene).isNotShown();
    }

    @Test
    void notShownWhenProvisioningFailedAndRequestsAreServed() {
        Scene scene = Scene.web()
                .gatewayProperty("provisioningState", "'Failed'")
                .served(5, 30, "10.0.2.4")
                .failed(5, 30, 502, "ERRORINFO_UPSTREAM_NO_LIVE", "", 0);

        Judging.of(new GatewayNotRunning(), scene).isNotShown();
    }

    @Test
    void likelyByAStopInTheActivityLogAndAUsersWordWhereTheGatewayCouldNotBeRead() {
        Scene scene = Scene.unread()
                .activity(
                        40,
                        "Microsoft.Network/applicationGateways/stop/action",
                        Scene.GATEWAY,
                        "ops@example.com",
                        "Succeeded")
                .resourceHealth(
                        "{'availabilityState':'Unavailable','healthEventCause':'UserInitiated','summary':'Stopped'}");

        Judging.of(new GatewayNotRunning(), scene).isShown(Confidence.LIKELY);
    }

    @Test
    void notShownByAStopThatAStartFollowed() {
        Scene scene = Scene.web()
                .activity(
                        40,
                        "Microsoft.Network/applicationGateways/stop/action",
                        Scene.GATEWAY,
                        "ops@example.com",
                        "Succeeded")
                .activity(
                        30,
                        "Microsoft.Network/applicationGateways/start/action",
                        Scene.GATEWAY,
                        "ops@example.com",
                        "Succeeded");

        Judging.of(new GatewayNotRunning(), scene).isNotShown();
    }

    @Test
    void cannotTellWhenNothingCouldBeRead() {
        Judging.of(new GatewayNotRunning(), Scene.unread())
                .cannotTellWithout(Source.GATEWAY, Source.ACTIVITY_LOG, Source.ACCESS_LOG, Source.RESOURCE_HEALTH);
    }

    private static final String GONE = "{'error':{'code':'ResourceNotFound','message':\"The Resource"
            + " 'Microsoft.Network/applicationGateways/agw-shop' was not found.\"}}";

    private static Scene deleted(Scene scene) {
        return scene.activity(
                30, "Microsoft.Network/applicationGateways/delete", Scene.GATEWAY, "deploy@example.com", "Succeeded");
    }

    @Test
    void shownByADeletionOfWhatAzureNoLongerFinds() {
        Finding gone = Judging.of(
                        new GatewayNotRunning(), deleted(Scene.unread().document(Source.GATEWAY, GONE)))
                .isShown(Confidence.CONFIRMED)
                .get(0);

        assertThat(gone.text()).contains("agw-shop was deleted by deploy@example.com");
        assertThat(gone.values()).containsEntry("state", "Deleted").containsKey("deleted-at");
        assertThat(new GatewayNotRunning().isFeltWithoutFailures(List.of(gone))).isTrue();
    }

    @Test
    void aDeletionAloneIsAHintForItMayHaveBeenCreatedAgain() {
        Judging.of(new GatewayNotRunning(), deleted(Scene.unread())).isShown(Confidence.POSSIBLE);
        Judging.of(new GatewayNotRunning(), deleted(Scene.web())).isNotShown();
    }

    @Test
    void aGatewayThatWasCreatedAgainIsNotDeleted() {
        Scene again = deleted(Scene.unread().document(Source.GATEWAY, GONE))
                .activity(10, WRITE, Scene.GATEWAY, "deploy@example.com", "Succeeded");

        Judging.of(new GatewayNotRunning(), again)
                .cannotTellWithout(Source.GATEWAY, Source.ACCESS_LOG, Source.RESOURCE_HEALTH);
    }

    @Test
    void aDeletedPartOfItIsNotTheGateway() {
        Scene probe = Scene.unread()
                .document(Source.GATEWAY, GONE)
                .activity(
                        30,
                        "Microsoft.Network/applicationGateways/delete",
                        Scene.GATEWAY + "-old",
                        "deploy@example.com",
                        "Succeeded");

        Judging.of(new GatewayNotRunning(), probe)
                .cannotTellWithout(Source.GATEWAY, Source.ACCESS_LOG, Source.RESOURCE_HEALTH);
    }
}
