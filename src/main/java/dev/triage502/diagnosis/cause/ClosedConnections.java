package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.traffic.FailureContrasts;
import dev.triage502.analysis.traffic.LiveFailures;
import dev.triage502.analysis.traffic.ServerLoss;
import dev.triage502.diagnosis.Situation;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Counted;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Reading.CouldNotRead;
import java.util.EnumSet;
import java.util.Optional;
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

    /** What a probe meets of a server that is not there. */
    private static final Set<ProbeFailure> OUT_OF_REACH =
            EnumSet.of(ProbeFailure.CANNOT_CONNECT, ProbeFailure.TIMED_OUT);

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
                .filter(failures -> answersOthers(failures, log))
                .map(failures -> described(failures, log));
    }

    /**
     * Those of each server; where the gateway's configuration was not read, only of servers that have answered others since:
     * through a TLS setting the handshake may be what fails.
     */
    Stream<Finding> ofServers(AccessLog log, Evidence evidence) {
        return byServer(log)
                .filter(failures -> evidence.gateway().isPresent() || answersOthers(failures, log))
                .map(failures -> described(failures, log));
    }

    /** The gateway's configuration, where it was not read and would tell a closed connection from a failed TLS handshake. */
    Optional<CouldNotRead<?>> tellingHandshakes(Evidence evidence) {
        boolean open = evidence.accessLog().toOptional().stream()
                .anyMatch(log -> byServer(log).anyMatch(failures -> !answersOthers(failures, log)));
        return evidence.gateway().unread().<CouldNotRead<?>>map(each -> each).filter(unread -> open);
    }

    /** Servers that have answered nothing since and that probes do not reach: their closed connections are a symptom. */
    Stream<Finding> ofServersOutOfReach(AccessLog log, Evidence evidence) {
        Stream<Finding> probed = byServer(log)
                .filter(failures -> !answersOthers(failures, log))
                .filter(failures -> isOutOfReach(failures, evidence) || isLostSoon(failures, log))
                .map(failures ->
                        failures.finding(failures.server() + " has not answered a request since, and its probe fails"));
        return Stream.concat(
                probed,
                evidence.directProbes().toOptional().stream().flatMap(probes -> ofServersThatRefuse(log, probes)));
    }

    /** A server that answers nothing since, and that refuses direct connections to the same port, closes none that were made. */
    private static Stream<Finding> ofServersThatRefuse(AccessLog log, DirectProbes probes) {
        return LiveFailures.byServer(log, ClosedConnections::closed)
                .filter(failures -> !answersOthers(failures, log))
                .filter(failures -> probes.probes().stream()
                        .anyMatch(look -> look.connect() == Connect.REFUSED
                                && look.address().equalsIgnoreCase(failures.server())
                                && failures.rows().stream()
                                        .anyMatch(row -> row.serverPort().equals(look.port()))))
                .map(failures -> failures.finding(failures.server() + " refuses direct connections to the same port"));
    }

    /** Whether requests soon found no live server, as the probes of all had failed. */
    private static boolean isLostSoon(LiveFailures failures, AccessLog log) {
        return failures.rows().stream()
                .anyMatch(row -> ServerLoss.after(row, log).isPresent());
    }

    private static boolean isOutOfReach(LiveFailures failures, Evidence evidence) {
        return evidence.probeResults().toOptional().stream()
                .flatMap(BackendHealth::failing)
                .anyMatch(server -> OUT_OF_REACH.contains(server.failure()) && failures.isOf(server));
    }

    private static boolean answersOthers(LiveFailures failures, AccessLog log) {
        return failures.servedSince(log).findAny().isPresent();
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
        boolean begun =
                failures.rows().stream().anyMatch(row -> row.serverStatus().isPresent());
        return failures.finding(failures.server() + " closed the connection on " + failures.counted()
                + (begun ? " before the response was complete" : " without a response") + " (after up to "
                + failures.longest() + " s), and answered "
                + Counted.of(served, "other request"));
    }

    /**
     * Where no request at all is answered through a TLS setting, or by one server through it whose probe is not known to pass, it
     * is the handshake that fails.
     */
    static Stream<Finding> neverOverTls(AccessLog log, Gateway gateway, Evidence evidence) {
        Stream<LiveFailures> servers = LiveFailures.byServer(log, ClosedConnections::closed)
                .filter(failures -> evidence.probeResults().toOptional().stream()
                        .flatMap(BackendHealth::healthy)
                        .noneMatch(failures::isOf));
        return Stream.concat(LiveFailures.bySetting(log, ClosedConnections::closed), servers)
                .filter(failures -> gateway.setting(failures.setting())
                        .map(Gateway.Setting::isTls)
                        .orElse(gateway.gap().isPresent()))
                .filter(failures -> !answersOthers(failures, log))
                .map(failures -> failures.finding("no request "
                        + (failures.server().isEmpty() ? "" : "to " + failures.server() + " ")
                        + "through " + failures.setting() + " is answered"
                        + (gateway.setting(failures.setting()).isPresent()
                                ? ", and it uses TLS to the servers"
                                : ", and it may use TLS to the servers (the setting was not understood)")));
    }

    static Stream<Finding> none(AccessLog log) {
        boolean any = log.failing().findAny().isEmpty() || log.failing().anyMatch(ClosedConnections::closed);
        return any ? Stream.empty() : LiveFailures.against(log, "no failed request was closed by a server");
    }
}
