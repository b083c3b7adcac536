package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.traffic.RestartBursts;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;

/** The members of a pool are stopped, deallocated, or being restarted in place. */
record BackendsStopped() implements Cause {

    @Override
    public String id() {
        return "backends-stopped";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return ReachabilityVerdict.at(
                situation,
                Step.STOPPED,
                Sign.conclusive(evidence.accessLog(), evidence.activityLog(), RestartBursts::beforeEveryBurst)
                        .consulting(evidence.backends(), evidence.directProbes()));
    }

    @Override
    public AtFault atFault() {
        return AtFault.POOL_OR_SERVER;
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
                "backend-not-listening",
                "probe-host-mismatch",
                "backend-refuses-gateway");
    }
}
