package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.ProbeRejections;
import dev.triage502.analysis.probe.ProbeRejections.Reason;
import dev.triage502.analysis.probe.ProbeRejections.Rejection;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;

/** No custom probe is set, and the default one gets an answer outside 200-399. */
record DefaultProbeRejected() implements Cause {

    @Override
    public String id() {
        return "default-probe-rejected";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        ProbeRejections rejections = situation.rejections();
        return Verdict.of(
                Sign.conclusive(
                                evidence.probeResults(),
                                evidence.gateway(),
                                (health, gateway) -> rejections.settled(health, Reason.DEFAULT_PROBE))
                        .consulting(rejections.sources()),
                Sign.suggestive(
                        evidence.probeResults(),
                        evidence.gateway(),
                        (health, gateway) -> rejections.unsettled(health, Reason.DEFAULT_PROBE)),
                Sign.suggestive(
                        evidence.directProbes(),
                        evidence.gateway(),
                        (probes, gateway) ->
                                rejections.by(probes, Reason.DEFAULT_PROBE).map(Rejection::quote)),
                Sign.contrary(
                        evidence.gateway(),
                        evidence.probeResults(),
                        (gateway, health) ->
                                rejections.by(health, Reason.CUSTOM_PROBE).flatMap(rejections.others()::whichProbe)));
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }
}
