package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;

/** No route leads from the gateway to the pool's address. */
record BackendAddressUnreachable() implements Cause {

    @Override
    public String id() {
        return "backend-address-unreachable";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return ReachabilityVerdict.at(situation, Step.NO_WAY, evidence.backends());
    }

    @Override
    public AtFault atFault() {
        return AtFault.POOL_OR_SERVER;
    }

    @Override
    public List<String> explains() {
        return List.of("probe-timeout", "request-timeout", "backend-closes-connection", "backend-not-listening");
    }
}
