package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.traffic.FailureContrasts;
import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.analysis.traffic.LoadTrend;
import dev.triage502.analysis.traffic.PathSpecificFailures;
import dev.triage502.analysis.traffic.RequestEnding;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Counted;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The backend resets or closes connections during a request: a keep-alive race, a crash, a recycle. */
record BackendClosesConnection() implements Cause {

    @Override
    public String id() {
        return "backend-closes-connection";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        Set<Row> handshakes = evidence.accessLog()
                .toOptional()
                .map(situation.liveTls()::unansweredForTheirName)
                .orElse(Set.of());
        FailureContrasts contrasts = situation.contrasts();
        Predicate<Row> closed = row -> closed(row)
                && !handshakes.contains(row)
                && contrasts.ofInstance(row.pool()).isEmpty();
        return Verdict.of(
                Sign.conclusive(
                                evidence.accessLog(),
                                log -> LiveFailures.byServer(log, closed)
                                        .filter(failures -> !contrasts.isStray(failures))
                                        .filter(failures -> LiveFailures.isReached(failures, log, evidence))
                                        .filter(failures -> failures.servedSince(log)
                                                .findAny()
                                                .isPresent())
                                        .map(failures -> described(failures, log)))
                        .consulting(evidence.probeResults()),
                Sign.suggestive(
                        evidence.accessLog(),
                        log -> LiveFailures.byServer(log, closed)
                                .filter(failures -> !contrasts.isStray(failures))
                                .map(failures -> described(failures, log))),
                Sign.contrary(evidence.accessLog(), log -> contrasts.ofInstances()),
                Sign.contrary(
                        evidence.accessLog(),
                        log -> PathSpecificFailures.always(log)
                                .map(failures -> failures.finding("all requests for "
                                        + failures.rows().get(0).path()
                                        + " end without a complete response, and no others do"))),
                Sign.contrary(evidence.accessLog(), log -> LoadTrend.roseFirst(log, evidence))
                        .consulting(evidence.metrics()),
                Sign.contrary(evidence.accessLog(), evidence.gateway(), BackendClosesConnection::neverOverTls),
                Sign.contrary(evidence.accessLog(), BackendClosesConnection::noneClosed));
    }

    private static boolean closed(Row row) {
        return row.errorInfo() == ErrorInfo.CLOSED_CONNECTION;
    }

    private static Finding described(LiveFailures failures, AccessLog log) {
        long served = log.served()
                .filter(failures::wentTheSameWay)
                .mapToLong(Row::requests)
                .sum();
        return failures.finding(failures.server() + " closed the connection on " + failures.counted()
                + " without a response (after up to " + failures.longest() + " s), and answered "
                + Counted.of(served, "other request"));
    }

    /** Where no request at all is answered through a TLS setting, it is the handshake that fails. */
    private static Stream<Finding> neverOverTls(AccessLog log, Gateway gateway) {
        return LiveFailures.bySetting(log, BackendClosesConnection::closed)
                .filter(failures -> gateway.setting(failures.setting())
                        .map(Gateway.Setting::isTls)
                        .orElse(gateway.gap().isPresent()))
                .filter(failures -> failures.servedSince(log).findAny().isEmpty())
                .map(failures -> failures.finding("no request through " + failures.setting() + " is answered"
                        + (gateway.setting(failures.setting()).isPresent()
                                ? ", and it uses TLS to the servers"
                                : ", and it may use TLS to the servers (the setting was not understood)")));
    }

    private static Stream<Finding> noneClosed(AccessLog log) {
        boolean any = log.failing().findAny().isEmpty() || log.failing().anyMatch(BackendClosesConnection::closed);
        return any ? Stream.empty() : LiveFailures.against(log, "no failed request was closed by a server");
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
