package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.Corroboration;
import dev.triage502.analysis.probe.Corroboration.Rehearsal;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.OnDemandHealth.Answer;
import dev.triage502.evidence.ProbeFailure;
import java.util.Map;
import java.util.stream.Stream;

/** The probe's path answers, but without the text that the probe looks for. */
record ProbeBodyMismatch() implements Cause {

    @Override
    public String id() {
        return "probe-body-mismatch";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        Corroboration witnesses = situation.corroboration();
        return Verdict.of(
                Sign.conclusive(
                        evidence.probeResults(),
                        health -> health.failingWith(ProbeFailure.BODY_MISMATCH)
                                .map(Server::quote)
                                .map(witnesses::filled)),
                Sign.conclusive(
                        evidence.onDemandHealth(),
                        onDemand -> onDemand.answers().stream()
                                .filter(each -> each.server().isFailing()
                                        && each.server().failure() == ProbeFailure.BODY_MISMATCH)
                                .map(Answer::quote)
                                .map(witnesses::filled)),
                Sign.suggestive(
                        evidence.directProbes(),
                        evidence.gateway(),
                        (probes, gateway) -> bodies(probes, witnesses, false)),
                Sign.contrary(
                        evidence.directProbes(),
                        evidence.gateway(),
                        (probes, gateway) -> bodies(probes, witnesses, true)));
    }

    /** Looks that asked what the probe asks, and whether the text that it wants is in the answer's beginning. */
    private static Stream<Finding> bodies(DirectProbes probes, Corroboration witnesses, boolean wanted) {
        return witnesses
                .rehearsals(probes, ProbeFailure.BODY_MISMATCH)
                .filter(each ->
                        each.asked().accepts(each.look()) && each.look().body().isPresent())
                .flatMap(each -> each.asked().probe().stream()
                        .filter(probe -> !probe.body().isEmpty() && has(each, probe) == wanted)
                        .map(probe -> each.finding(" with body \"" + body(each) + "\"; " + probe.name() + " expects \""
                                + probe.body() + "\""))
                        .map(each.asked()::fill)
                        .map(finding -> isRedirect(each)
                                ? finding.with(Map.of("redirects", "yes", "status", String.valueOf(status(each))))
                                : finding));
    }

    /** Whether the page leads elsewhere: the probe takes that for an answer and does not follow. */
    private static boolean isRedirect(Rehearsal rehearsal) {
        return status(rehearsal) >= 300 && status(rehearsal) < 400;
    }

    private static int status(Rehearsal rehearsal) {
        return rehearsal.look().status().orElse(0);
    }

    private static boolean has(Rehearsal rehearsal, Probe probe) {
        return body(rehearsal).contains(probe.body());
    }

    private static String body(Rehearsal rehearsal) {
        return rehearsal.look().body().orElse("");
    }

    @Override
    public AtFault atFault() {
        return AtFault.PROBE;
    }
}
