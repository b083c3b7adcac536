package dev.triage502.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.diagnosis.Verdict.CannotTell;
import dev.triage502.diagnosis.Verdict.NotShown;
import dev.triage502.diagnosis.Verdict.Shown;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Scene;
import dev.triage502.evidence.Source;
import java.util.List;

/** What a cause makes of a scene, as a test states it. */
record Judging(Cause cause, Verdict verdict) {

    static Judging of(Cause cause, Scene scene) {
        return new Judging(cause, cause.judge(new Situation(scene.evidence())));
    }

    /** The verdict is that it is shown, this surely; the findings follow. */
    List<Finding> isShown(Confidence confidence) {
        assertThat(verdict).as(cause.id()).isInstanceOf(Shown.class);
        Shown shown = (Shown) verdict;
        assertThat(shown.confidence()).as(shown.findings().toString()).isEqualTo(confidence);
        return shown.findings();
    }

    /** The verdict is that somebody looked and it is not so; what speaks against it follows. */
    List<Finding> isNotShown() {
        assertThat(verdict).as(cause.id()).isInstanceOf(NotShown.class);
        return ((NotShown) verdict).because();
    }

    /** The verdict is that nothing could show it, for want of these sources. */
    void cannotTellWithout(Source... sources) {
        assertThat(verdict).as(cause.id()).isInstanceOf(CannotTell.class);
        assertThat(((CannotTell) verdict).missing())
                .extracting(CouldNotRead::source)
                .containsOnly(sources);
    }
}
