package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reach.Step;
import java.util.List;

/** A network security group drops traffic from the gateway to the backend. */
record NsgBlocksBackend() implements Cause {

    @Override
    public String id() {
        return "nsg-blocks-backend";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        return Reaching.at(evidence, Step.DENIED);
    }

    @Override
    public List<String> explains() {
        return List.of("probe-timeout", "request-timeout", "backend-closes-connection", "backend-not-listening");
    }
}
