package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;

/** Nothing accepts connections on the backend's port. */
record BackendNotListening() implements Cause {

    @Override
    public String id() {
        return "backend-not-listening";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return ReachabilityVerdict.at(situation, Step.NOT_LISTENING, evidence.directProbes());
    }

    @Override
    public AtFault atFault() {
        return AtFault.POOL_OR_SERVER;
    }

    @Override
    public List<String> explains() {
        return List.of("probe-timeout", "request-timeout", "backend-closes-connection");
    }
}
