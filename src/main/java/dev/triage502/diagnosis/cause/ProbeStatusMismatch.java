package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.ProbeRejections.Reason;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import java.util.List;

/** A custom probe's path answers with a status outside the probe's match range. */
record ProbeStatusMismatch() implements Cause {

    @Override
    public String id() {
        return "probe-status-mismatch";
    }

    @Override
    public Verdict judge(Situation situation) {
        return RejectedStatus.of(situation, Reason.CUSTOM_PROBE, Reason.DEFAULT_PROBE);
    }

    @Override
    public AtFault atFault() {
        return AtFault.PROBE;
    }

    /** A page that was asked for directly, or a status that no other host or port would have changed. */
    @Override
    public List<String> ruledOutByDirectEvidence() {
        return List.of("probe-host-mismatch", "probe-port-or-protocol-mismatch");
    }
}
