package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import java.util.stream.Stream;

/** The pool holds addresses that no longer run the service. */
record StaleBackendAddresses() implements Cause {

    @Override
    public String id() {
        return "stale-backend-addresses";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return ReachabilityVerdict.at(
                situation, Step.STALE, evidence.activityLog(), evidence.backends(), evidence.directProbes());
    }

    @Override
    public AtFault atFault() {
        return AtFault.POOL_OR_SERVER;
    }

    @Override
    public List<String> explains() {
        return Stream.concat(
                        mistakenFor().stream(),
                        Stream.of("probe-status-mismatch", "probe-host-mismatch", "default-probe-rejected"))
                .toList();
    }

    /** What answers for somebody else at an address that is gone is seen to be that; so its answers are no rivals. */
    @Override
    public List<String> mistakenFor() {
        return List.of(
                "probe-timeout",
                "request-timeout",
                "backend-closes-connection",
                "backend-not-listening",
                "backend-returns-error");
    }

    /** An address that another machine has now, or that the configuration has dropped, is not that of a stopped one. */
    @Override
    public List<String> ruledOutByDirectEvidence() {
        return List.of("backends-stopped");
    }
}
