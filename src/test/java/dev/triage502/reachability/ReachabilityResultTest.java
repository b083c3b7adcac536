package dev.triage502.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.reachability.ReachabilityResult.Step;
import org.junit.jupiter.api.Test;

class ReachabilityResultTest {

    private static final CouldNotRead<?> REFUSED =
            new CouldNotRead<>(Source.NETWORK, Why.FORBIDDEN, "AuthorizationFailed");

    @Test
    void saysOfEveryStepWhyNothingIsKnown() {
        ReachabilityResult unknown = ReachabilityResult.unknown(REFUSED);

        for (Step step : Step.values()) {
            assertThat(unknown.shows(step).unread().orElseThrow().detail()).isEqualTo("AuthorizationFailed");
        }
        assertThat(unknown.legs()).isEmpty();
    }

    /** A defect of ours is told as one, and not as a permission that somebody should grant. */
    @Test
    void tellsADefectFromASourceThatWasNotRead() {
        assertThat(ReachabilityResult.failed().isFailed()).isTrue();
        assertThat(ReachabilityResult.unknown(REFUSED).isFailed()).isFalse();
    }

    @Test
    void tellsItsOwnDefectFromThatOfAReader() {
        assertThat(ReachabilityResult.isFailure(
                        new CouldNotRead<>(Source.NETWORK, Why.INTERNAL_ERROR, "in the reader of subnets")))
                .isFalse();
        assertThat(ReachabilityResult.failed().shows(Step.values()[0]).unread().filter(ReachabilityResult::isFailure))
                .isPresent();
    }
}
