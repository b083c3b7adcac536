package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.traffic.RestartBursts;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import java.util.stream.Stream;

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
                Sign.conclusive(
                                evidence.accessLog(),
                                evidence.activityLog(),
                                (log, activity) -> RestartBursts.beforeEveryBurst(log, activity)
                                        .filter(found -> !isAnsweredNow(found, evidence)))
                        .consulting(evidence.backends(), evidence.directProbes()),
                Sign.suggestive(
                        evidence.accessLog(),
                        evidence.activityLog(),
                        (log, activity) -> RestartBursts.beforeEveryBurst(log, activity)
                                .filter(found -> isAnsweredNow(found, evidence))));
    }

    /** Whether the servers of the pool answer their probe, if not as wanted: then they are up, and the answer counts. */
    private static boolean isAnsweredNow(Finding found, Evidence evidence) {
        return evidence.probeResults().toOptional().stream()
                .flatMap(health -> Stream.of(ProbeFailure.STATUS_MISMATCH, ProbeFailure.BODY_MISMATCH)
                        .flatMap(health::failingWith))
                .anyMatch(
                        server -> server.pool().equalsIgnoreCase(found.target().name()));
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

    /** Machines that are gone and machines that are stopped are both silent. */
    @Override
    public List<String> mistakenFor() {
        return Stream.concat(explains().stream(), Stream.of("stale-backend-addresses"))
                .toList();
    }
}
