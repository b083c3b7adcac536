package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.ProbeRejections.Reason;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;

/** No custom probe is set, and the default one gets an answer outside 200-399. */
record DefaultProbeRejected() implements Cause {

    @Override
    public String id() {
        return "default-probe-rejected";
    }

    @Override
    public Verdict judge(Situation situation) {
        return RejectedStatus.of(situation, Reason.DEFAULT_PROBE, Reason.CUSTOM_PROBE);
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
