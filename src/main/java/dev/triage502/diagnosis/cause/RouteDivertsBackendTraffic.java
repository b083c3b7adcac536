package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;

/** A user-defined or learned route sends gateway and backend traffic elsewhere, out or back. */
record RouteDivertsBackendTraffic() implements Cause {

    @Override
    public String id() {
        return "route-diverts-backend-traffic";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return ReachabilityVerdict.at(situation, Step.DIVERTED, evidence.backends(), evidence.activityLog());
    }

    @Override
    public List<String> explains() {
        return List.of("probe-timeout", "request-timeout", "backend-closes-connection", "backend-not-listening");
    }
}
