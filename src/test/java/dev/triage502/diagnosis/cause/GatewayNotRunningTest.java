package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;

class GatewayNotRunningTest {

    private static final String WRITE = "Microsoft.Network/applicationGateways/write";

    @Test
    void shownByTheOperationalState() {
        assertThat(Judging.of(new GatewayNotRunning(), Scene.web().gatewayProperty("operationalState", "'Stopped'"))
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .text())
                .isEqualTo("agw-shop is in operational state Stopped");
    }

    @Test
    void shownByAnUpdateThatHasBeenUnderWayForHours() {
        Scene scene = Scene.web()
                .gatewayProperty("provisioningState", "'Updating'")
                .activity(150, WRITE, Scene.GATEWAY, "deploy@example.com", "Started");

        Judging.of(new GatewayNotRunning(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownByAnUpdateThatBeganTenMinutesAgo() {
        Scene scene = Scene.web()
                .gatewayProperty("provisioningState", "'Updating'")
                .activity(10, WRITE, Scene.GATEWAY, "deploy@example.com", "Started");

        Judging.of(new GatewayNotRunning(), scene).isNotShown();
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
}
