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
                .contains("a user began it");
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
                .contains("All is well");
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
                    assertThat(finding.text()).contains("the platform reported: \"Unavailable; We are on it");
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
                "Application Gateway   | West Europe  | Incident      | Active",
                "application gateway   | westeurope   | Incident      | Updated",
                "Virtual Network       | Global       | ''            | Active",
                "Network Infrastructure| ''           | Incident      | InProgress",
            })
    void possibleByAnIncidentOfWhatTheGatewayStandsOn(String service, String region, String kind, String stage) {
        assertThat(judged(incident(service, region, kind, stage, ""))
                        .isShown(Confidence.POSSIBLE)
                        .get(0)
                        .text())
                .contains("\"Trouble\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SQL Database          | West Europe  | Incident      | Active",
                "Application Gateway   | Japan East   | Incident      | Active",
                "Application Gateway   | West Europe  | Maintenance   | Active",
                "Application Gateway   | West Europe  | Informational | Active",
                "Application Gateway   | West Europe  | Incident      | Planned",
                "Application Gateway   | West Europe  | Incident      | Resolved",
                "Application Gateway   | West Europe  | Incident      | RCA",
            })
    void notShownByWhatDoesNotTouchIt(String service, String region, String kind, String stage) {
        judged(incident(service, region, kind, stage, "")).isNotShown();
    }

    @Test
    void notShownByAnIncidentThatWasMitigatedBefore() {
        judged(incident("Application Gateway", "West Europe", "Incident", "Active", "2026-03-02T08:40:00Z"))
                .isNotShown();
    }

    @Test
    void notShownByAnIncidentThatALaterRowEnds() {
        judged(incident("Application Gateway", "West Europe", "Incident", "Active", "")
                        + ","
                        + incident("Application Gateway", "West Europe", "Incident", "Resolved", "")
                                .replace("T08:30", "T08:55"))
                .isNotShown();
    }

    @Test
    void readsTheServicesOfAnIncidentFromATextThatHoldsThem() {
        String told = incident("", "", "Incident", "Active", "")
                .replace(
                        "'title'",
                        "'impactedServices':'[{\"ServiceName\":\"Application Gateway\",\"ImpactedRegions\":"
                                + "[{\"RegionName\":\"West Europe\"}]}]','title'");

        judged(told).isShown(Confidence.POSSIBLE);
        judged(told.replace("West Europe", "Japan East")).isNotShown();
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

    /** An event of Service Health, as the activity log has it. */
    private static String incident(String service, String region, String kind, String stage, String mitigated) {
        return "{'eventTimestamp':'2026-03-02T08:30:00Z','operationName':{'value':'Microsoft.ServiceHealth/incident/action'},"
            + "'status':{'value':'Active'},'category':{'value':'ServiceHealth'},"
            + "'resourceId':'/subscriptions/00000000-0000-0000-0000-000000000001',"
            + "'properties':{'title':'Trouble','service':'" + service + "','region':'" + region
                + "','incidentType':'" + kind + "','stage':'" + stage + "','trackingId':'T-1','impactMitigationTime':'"
                + mitigated + "'}}";
    }
}
