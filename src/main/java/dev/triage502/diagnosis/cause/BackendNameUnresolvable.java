package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;

/** The member's name does not resolve from the gateway. */
record BackendNameUnresolvable() implements Cause {

    @Override
    public String id() {
        return "backend-name-unresolvable";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return ReachabilityVerdict.at(
                situation, Step.NAME_UNRESOLVED, evidence.activityLog(), evidence.directProbes(), evidence.backends());
    }

    @Override
    public List<String> explains() {
        return List.of("probe-timeout", "request-timeout", "backend-closes-connection");
    }
}
