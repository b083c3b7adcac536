package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformEventTest {

    @Test
    void shownWhenResourceHealthSaysThatThePlatformBeganIt() {
        Scene scene = Scene.web()
                .resourceHealth("{'availabilityState':'Unavailable','healthEventCause':'PlatformInitiated',"
                        + "'summary':'We are investigating a problem'}");

        assertThat(Judging.of(new PlatformEvent(), scene)
                        .isShown(Confidence.CONFIRMED)
                        .get(0)
                        .text())
                .contains("\"We are investigating a problem\"");
    }

    @Test
    void shownWhenThePlatformSaysDegraded() {
        Scene scene = Scene.web()
                .resourceHealth("{'availabilityState':'Degraded','reasonType':'Unplanned',"
                        + "'healthEventCause':'PlatformInitiated','summary':'Degraded'}");

        Judging.of(new PlatformEvent(), scene).isShown(Confidence.CONFIRMED);
    }

    @Test
    void notShownWhenAUserStoppedTheGateway() {
        Scene scene = Scene.web()
                .resourceHealth(
                        "{'availabilityState':'Unavailable','healthEventCause':'UserInitiated','summary':'Stopped'}");

        assertThat(Judging.of(new PlatformEvent(), scene).isNotShown().get(0).text())
                .contains("user-initiated");
    }

    @Test
    void notShownBySilenceOfThePlatform() {
        Judging.of(new PlatformEvent(), Scene.web().resourceHealth("{'availabilityState':'Unknown'}"))
                .isNotShown();
    }

    @Test
    void ruledOutByAnAvailableGateway() {
        assertThat(Judging.of(
                                new PlatformEvent(),
                                Scene.web().resourceHealth("{'availabilityState':'Available','summary':'All is well'}"))
                        .isNotShown()
                        .get(0)
                        .text())
                .isEqualTo("Resource Health shows agw-shop as Available");
    }

    @Test
    void cannotTellWithoutResourceHealthAndActivityLog() {
        Judging.of(new PlatformEvent(), Scene.unread()).cannotTellWithout(Source.RESOURCE_HEALTH, Source.ACTIVITY_LOG);
    }

    @Test
    void possibleByAHealthEventOfTheGatewayThatThePlatformBegan() {
        assertThat(judged(health(20, "Activated", "PlatformInitiated"))
                        .isShown(Confidence.POSSIBLE)
                        .get(0))
                .satisfies(finding -> {
                    assertThat(finding.text()).contains("Azure reported: \"Unavailable; We are on it");
                    assertThat(finding.at()).contains(Scene.AT.minusSeconds(20 * 60));
                });
    }

    @Test
    void notShownByAHealthEventThatAUserBegan() {
        judged(health(20, "Activated", "UserInitiated")).isNotShown();
    }

    @Test
    void notShownByAHealthEventOfLongAgo() {
        judged(health(121, "Activated", "PlatformInitiated")).isNotShown();
    }

    @Test
    void notShownByAHealthEventThatIsOver() {
        judged(health(40, "Activated", "PlatformInitiated") + "," + health(25, "Resolved", "PlatformInitiated"))
                .isNotShown();
    }

    @Test
    void possibleByAHealthEventAfterOneThatIsOver() {
        judged(health(40, "Resolved", "PlatformInitiated") + "," + health(25, "Activated", "PlatformInitiated"))
                .isShown(Confidence.POSSIBLE);
    }

    @Test
    void notShownByAHealthEventOfAnotherGateway() {
        judged(health(20, "Activated", "PlatformInitiated").replace("agw-shop", "agw-other"))
                .isNotShown();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Application Gateway   | West Europe  | ServiceIssue",
                "application gateway   | westeurope   | ServiceIssue",
                "Virtual Network       | Global       | ''",
                "Network Infrastructure| ''           | EmergingIssues",
            })
    void possibleByAnIssueOfWhatTheGatewayStandsOn(String service, String region, String kind) {
        assertThat(judgedWith(event(service, region, kind, "Active", ""))
                        .isShown(Confidence.POSSIBLE)
                        .get(0))
                .satisfies(finding -> {
                    assertThat(finding.text()).contains("\"Trouble\"");
                    assertThat(finding.source()).isEqualTo(Source.RESOURCE_HEALTH);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SQL Database          | West Europe  | ServiceIssue       | Active",
                "Application Gateway   | Japan East   | ServiceIssue       | Active",
                "Application Gateway   | West Europe  | PlannedMaintenance | Active",
                "Application Gateway   | West Europe  | HealthAdvisory     | Active",
                "Application Gateway   | West Europe  | ServiceIssue       | Resolved",
            })
    void notShownByWhatDoesNotTouchIt(String service, String region, String kind, String status) {
        judgedWith(event(service, region, kind, status, "")).isNotShown();
    }

    @Test
    void notShownByAnIssueThatWasMitigatedBefore() {
        judgedWith(event("Application Gateway", "West Europe", "ServiceIssue", "Active", "2026-03-02T08:40:00Z"))
                .isNotShown();
    }

    @Test
    void anEventWithoutATimeCostsItselfAlone() {
        judgedWith("{'name':'T-2','properties':{'title':'?'}},"
                        + event("Application Gateway", "West Europe", "ServiceIssue", "Active", ""))
                .isShown(Confidence.POSSIBLE);
    }

    @Test
    void anEventOfServiceHealthIsNamedByItsTrackingId() {
        assertThat(judgedWith(event("Application Gateway", "", "ServiceIssue", "Active", ""))
                        .isShown(Confidence.POSSIBLE)
                        .get(0)
                        .values())
                .containsEntry("tracking-id", "T-1");
        assertThat(judged(health(20, "activated", "PlatformInitiated"))
                        .isShown(Confidence.POSSIBLE)
                        .get(0)
                        .values())
                .as("an event of the gateway alone has none")
                .doesNotContainKey("tracking-id");
    }

    private static Judging judgedWith(String events) {
        return Judging.of(
                new PlatformEvent(),
                Scene.web()
                        .document(
                                Source.RESOURCE_HEALTH,
                                "{'properties':{'availabilityState':'Unknown'},'serviceEvents':[" + events + "]}")
                        .document(Source.ACTIVITY_LOG, "{'value':[]}"));
    }

    private static Judging judged(String rows) {
        return Judging.of(
                new PlatformEvent(),
                Scene.web()
                        .resourceHealth("{'availabilityState':'Unknown'}")
                        .document(Source.ACTIVITY_LOG, "{'value':[" + rows + "]}"));
    }

    /** An event of the gateway's own health, as the activity log has it. */
    private static String health(int minutesBefore, String kind, String cause) {
        return "{'eventTimestamp':'" + Scene.AT.minusSeconds(60L * minutesBefore)
                + "','operationName':{'value':'Microsoft.Resourcehealth/healthevent/" + kind + "/action'},"
                + "'status':{'value':'Active'},'category':{'value':'ResourceHealth'},'correlationId':'" + kind
                + minutesBefore + "','resourceId':'" + Scene.GATEWAY
                + "','properties':{'title':'Unavailable','details':'We are on it','cause':'" + cause + "'}}";
    }

    /** An event of Service Health, as Microsoft.ResourceHealth/events has it. */
    private static String event(String service, String region, String kind, String status, String mitigated) {
        String regions = region.isEmpty() ? "" : "{'impactedRegion':'" + region + "','status':'" + status + "'}";
        return "{'name':'T-1','properties':{'eventType':'" + kind + "','status':'" + status
                + "','title':'Trouble','impactStartTime':'2026-03-02T08:30:00Z','impactMitigationTime':'" + mitigated
                + "','impact':[{'impactedService':'" + service + "','impactedRegions':[" + regions + "]}]}}";
    }
}
