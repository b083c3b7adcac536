package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;

/** A network security group drops traffic from the gateway to the backend. */
record NsgBlocksBackend() implements Cause {

    @Override
    public String id() {
        return "nsg-blocks-backend";
    }

    @Override
    public Verdict judge(Situation situation) {
        return ReachabilityVerdict.at(situation, Step.DENIED);
    }

    @Override
    public List<String> explains() {
        return List.of("probe-timeout", "request-timeout", "backend-closes-connection", "backend-not-listening");
    }
}
