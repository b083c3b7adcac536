package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.SlowProbePath;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import java.util.List;

/** The probe's path takes longer than the probe waits, while the server can be reached; the probe's text alone shows neither. */
record ProbeTimeout() implements Cause {

    @Override
    public String id() {
        return "probe-timeout";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        SlowProbePath slow = situation.slowProbes();
        return Verdict.of(
                Sign.conclusive(evidence.probeResults(), slow::openOtherwise).consulting(evidence.gateway()),
                Sign.conclusive(evidence.probeResults(), slow::asked).consulting(evidence.onDemandHealth()),
                Sign.conclusive(evidence.probeResults(), evidence.directProbes(), slow::seen),
                Sign.suggestive(evidence.probeResults(), evidence.accessLog(), slow::servedMeanwhile),
                Sign.suggestive(evidence.directProbes(), slow::seen),
                Sign.contrary(evidence.directProbes(), slow::against),
                Sign.contrary(evidence.probeResults(), evidence.accessLog(), slow::slowEverywhere));
    }

    /** A server that passes another probe on the same port, or gives the same page late, is there and is reached. */
    @Override
    public List<String> ruledOutByDirectEvidence() {
        return ReachabilityVerdict.OF_THE_PATH;
    }

    @Override
    public AtFault atFault() {
        return AtFault.PROBE;
    }
}
