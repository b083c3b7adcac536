package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.traffic.FailureContrasts;
import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.diagnosis.Situation;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Counted;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The requests that a server closed without a response.
 *
 * @param closed    whether a row is one, and neither its TLS handshake nor one gateway instance explains it
 * @param contrasts what sets the failed requests apart from the answered ones
 */
record ClosedConnections(Predicate<Row> closed, FailureContrasts contrasts) {

    static ClosedConnections in(Situation situation) {
        Set<Row> handshakes = situation
                .evidence()
                .accessLog()
                .toOptional()
                .map(situation.liveTls()::unansweredForTheirName)
                .orElse(Set.of());
        FailureContrasts contrasts = situation.contrasts();
        return new ClosedConnections(
                row -> closed(row)
                        && !handshakes.contains(row)
                        && contrasts.ofInstance(row.pool()).isEmpty(),
                contrasts);
    }

    /** Those of each server that is reached and has answered other requests since. */
    Stream<Finding> ofServersThatAnswer(AccessLog log, Evidence evidence) {
        return byServer(log)
                .filter(failures -> LiveFailures.isReached(failures, log, evidence))
                .filter(failures -> failures.servedSince(log).findAny().isPresent())
                .map(failures -> described(failures, log));
    }

    /** Those of each server. */
    Stream<Finding> ofServers(AccessLog log) {
        return byServer(log).map(failures -> described(failures, log));
    }

    private Stream<LiveFailures> byServer(AccessLog log) {
        return LiveFailures.byServer(log, closed).filter(failures -> !contrasts.isStray(failures));
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
    static Stream<Finding> neverOverTls(AccessLog log, Gateway gateway) {
        return LiveFailures.bySetting(log, ClosedConnections::closed)
                .filter(failures -> gateway.setting(failures.setting())
                        .map(Gateway.Setting::isTls)
                        .orElse(gateway.gap().isPresent()))
                .filter(failures -> failures.servedSince(log).findAny().isEmpty())
                .map(failures -> failures.finding("no request through " + failures.setting() + " is answered"
                        + (gateway.setting(failures.setting()).isPresent()
                                ? ", and it uses TLS to the servers"
                                : ", and it may use TLS to the servers (the setting was not understood)")));
    }

    static Stream<Finding> none(AccessLog log) {
        boolean any = log.failing().findAny().isEmpty() || log.failing().anyMatch(ClosedConnections::closed);
        return any ? Stream.empty() : LiveFailures.against(log, "no failed request was closed by a server");
    }
}
