package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Reach;
import dev.triage502.evidence.Reach.Step;
import java.util.List;

/** The causes of reachability look at one step each of what {@link Reach} has worked out. */
final class Reaching {

    private Reaching() {}

    /** What the evidence says of one step. */
    static Verdict at(Reach reach, Step step) {
        return Verdict.of(
                Sign.conclusive(reach.shows(step), List::stream),
                Sign.suggestive(reach.hints(step), List::stream),
                Sign.contrary(reach.opposes(step), List::stream));
    }
}
