package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.traffic.BackendErrorShare;
import dev.triage502.analysis.traffic.CutSessions;
import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.analysis.traffic.LoadTrend;
import dev.triage502.analysis.traffic.RequestEnding;
import dev.triage502.analysis.traffic.SlowDirectAnswers;
import dev.triage502.analysis.traffic.TimedOutRequests;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Metrics;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Live requests take longer than the setting's request time-out. */
record RequestTimeout() implements Cause {

    @Override
    public String id() {
        return "request-timeout";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return Verdict.of(
                Sign.conclusive(
                                evidence.accessLog(),
                                evidence.gateway(),
                                (log, gateway) -> TimedOutRequests.of(log, evidence, situation.contrasts())
                                        .atTheLimit(gateway))
                        .consulting(evidence.probeResults()),
                Sign.strong(evidence.accessLog(), evidence.gateway(), CutSessions::atTheLimit),
                Sign.strong(
                        evidence.directProbes(),
                        evidence.gateway(),
                        (probes, gateway) -> slowDirectly(situation, probes, gateway)),
                Sign.suggestive(
                        evidence.directProbes(),
                        evidence.gateway(),
                        (probes, gateway) -> slowDirectlyWithoutHealth(situation, probes, gateway)),
                Sign.suggestive(
                        evidence.accessLog(),
                        log -> TimedOutRequests.of(log, evidence, situation.contrasts())
                                .atAnyTime()),
                Sign.contrary(evidence.accessLog(), log -> situation.contrasts().ofInstances()),
                Sign.contrary(evidence.accessLog(), log -> LoadTrend.roseFirst(log, evidence))
                        .consulting(evidence.metrics()),
                Sign.contrary(evidence.accessLog(), evidence.gateway(), TimedOutRequests::tooEarly),
                Sign.contrary(evidence.metrics(), metrics -> ownErrors(situation, metrics)),
                Sign.contrary(evidence.accessLog(), log -> noneTimedOut(log, evidence)));
    }

    /** Slow answers stand for requests that end at the timeout where some failed, and no log says how. */
    private static Stream<Finding> slowDirectly(Situation situation, DirectProbes probes, Gateway gateway) {
        return situation.traffic().failuresWereMeasured()
                ? situation.evidence().probeResults().toOptional().stream()
                        .flatMap(health -> SlowDirectAnswers.ofHealthyServers(probes, gateway, health))
                : Stream.empty();
    }

    private static Stream<Finding> slowDirectlyWithoutHealth(
            Situation situation, DirectProbes probes, Gateway gateway) {
        boolean unread = situation.evidence().probeResults().unread().isPresent();
        return unread && situation.traffic().failuresWereMeasured()
                ? SlowDirectAnswers.slow(probes, gateway)
                : Stream.empty();
    }

    /** Where the log counts no failure, errors that the backends returned themselves did not end by a timeout. */
    private static Stream<Finding> ownErrors(Situation situation, Metrics metrics) {
        return situation.traffic().isCounted() ? Stream.empty() : BackendErrorShare.nearlyAll(metrics);
    }

    private static Stream<Finding> noneTimedOut(AccessLog log, Evidence evidence) {
        boolean any = log.failing().findAny().isEmpty() || log.failing().anyMatch(TimedOutRequests::isTimedOut);
        boolean cut = evidence.gateway().toOptional().stream()
                .flatMap(gateway -> CutSessions.atTheLimit(log, gateway))
                .findAny()
                .isPresent();
        return any || cut ? Stream.empty() : LiveFailures.against(log, "no failed request ended by a timeout");
    }

    /** A server that answers other requests, or its probe, meanwhile is there and is reached. */
    @Override
    public List<String> ruledOutByDirectEvidence() {
        return ReachabilityVerdict.OF_THE_PATH;
    }

    @Override
    public AtFault atFault() {
        return AtFault.SETTING;
    }

    @Override
    public Set<RequestEnding> endings() {
        return Set.of(RequestEnding.TIMED_OUT);
    }
}
