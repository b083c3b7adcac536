package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;

/** The member's name resolves, but to an address that is not the backend's, or not any more. */
record BackendNameResolvesElsewhere() implements Cause {

    @Override
    public String id() {
        return "backend-name-resolves-elsewhere";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return ReachabilityVerdict.at(
                situation, Step.NAME_ELSEWHERE, evidence.activityLog(), evidence.backends(), evidence.directProbes());
    }

    @Override
    public List<String> explains() {
        return List.of(
                "probe-timeout",
                "request-timeout",
                "backend-closes-connection",
                "probe-status-mismatch",
                "default-probe-rejected",
                "backend-returns-error",
                "probe-host-mismatch",
                "backend-not-listening");
    }
}
