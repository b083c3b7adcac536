package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.traffic.FailureContrasts;
import dev.triage502.analysis.traffic.LoadTrend;
import dev.triage502.analysis.traffic.PathSpecificFailures;
import dev.triage502.analysis.traffic.RequestEnding;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import java.util.List;
import java.util.Set;

/** The backend resets or closes connections during a request: a keep-alive race, a crash, a recycle. */
record BackendClosesConnection() implements Cause {

    @Override
    public String id() {
        return "backend-closes-connection";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        FailureContrasts contrasts = situation.contrasts();
        ClosedConnections closed = ClosedConnections.in(situation);
        return Verdict.of(
                Sign.conclusive(evidence.accessLog(), log -> closed.ofServersThatAnswer(log, evidence))
                        .consulting(evidence.probeResults())
                        .unlessInPart(closed.tellingHandshakes(evidence)),
                Sign.suggestive(evidence.accessLog(), log -> closed.ofServers(log, evidence)),
                Sign.contrary(evidence.accessLog(), log -> contrasts.ofInstances()),
                Sign.contrary(
                        evidence.accessLog(),
                        log -> PathSpecificFailures.always(log)
                                .map(failures -> failures.finding("all requests for "
                                        + failures.rows().get(0).path()
                                        + " end without a complete response, and no others do"))),
                Sign.contrary(evidence.accessLog(), log -> LoadTrend.roseFirst(log, evidence))
                        .consulting(evidence.metrics()),
                Sign.contrary(
                        evidence.accessLog(),
                        evidence.gateway(),
                        (log, gateway) -> ClosedConnections.neverOverTls(log, gateway, evidence)),
                Sign.contrary(evidence.accessLog(), log -> closed.ofServersOutOfReach(log, evidence)),
                Sign.contrary(evidence.accessLog(), ClosedConnections::none));
    }

    @Override
    public List<String> openWithoutDirectProbe() {
        return List.of("backend-sends-invalid-response");
    }

    /** A server that answers other requests, or its probe, meanwhile is there and is reached. */
    @Override
    public List<String> ruledOutByDirectEvidence() {
        return ReachabilityVerdict.OF_THE_PATH;
    }

    @Override
    public AtFault atFault() {
        return AtFault.POOL_OR_SERVER;
    }

    @Override
    public Set<RequestEnding> endings() {
        return Set.of(RequestEnding.CLOSED);
    }
}
