package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.ProbeRejections;
import dev.triage502.analysis.probe.ProbeRejections.Reason;
import dev.triage502.analysis.probe.ProbeRejections.Rejection;
import dev.triage502.analysis.traffic.BackendErrorShare;
import dev.triage502.analysis.traffic.RequestEnding;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The backend itself answers with 5xx; bypassing the gateway shows the same. */
record BackendReturnsError() implements Cause {

    @Override
    public String id() {
        return "backend-returns-error";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        ProbeRejections rejections = situation.rejections();
        BackendErrors errors = new BackendErrors(situation);
        return Verdict.of(
                Sign.conclusive(evidence.accessLog(), errors::certain),
                Sign.conclusive(
                                evidence.probeResults(),
                                health -> rejections
                                        .settled(health, Reason.SERVER_ERROR)
                                        .filter(answer ->
                                                !errors.isShownToBeAnothers(answer) && !errors.mayBeAnothers(answer)))
                        .consulting(rejections.sources()),
                Sign.suggestive(evidence.accessLog(), errors::maybeAnothers),
                Sign.strong(
                        evidence.metrics(),
                        metrics -> situation.traffic().isCounted()
                                ? Stream.empty()
                                : BackendErrorShare.nearlyAll(metrics)),
                Sign.suggestive(
                        evidence.probeResults(),
                        health -> rejections
                                .unsettled(health, Reason.SERVER_ERROR)
                                .filter(answer -> !errors.mayBeAnothers(answer))),
                Sign.suggestive(
                        evidence.directProbes(),
                        evidence.gateway(),
                        (probes, gateway) ->
                                rejections.by(probes, Reason.SERVER_ERROR).map(Rejection::quote)));
    }

    @Override
    public List<String> openWithoutDirectProbe() {
        return List.of("probe-host-mismatch");
    }

    @Override
    public AtFault atFault() {
        return AtFault.POOL_OR_SERVER;
    }

    @Override
    public Set<RequestEnding> endings() {
        return Set.of(RequestEnding.ANSWERED);
    }
}
