package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Confidence;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import org.junit.jupiter.api.Test;

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
}
