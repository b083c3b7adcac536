package dev.triage502.analysis.traffic;

import dev.triage502.analysis.gateway.GatewayCapacity;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.IpAddresses;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Has the gateway run out of source ports towards public servers?
 *
 * <p>To a public server it leaves by its own public address, with about 1,024 ports an instance (known of the load
 * balancer, not published for the gateway). Two things together point to it, neither alone: as many connections as
 * ports, and requests that get no connection while many others to the same servers are answered. Those fail at once, or
 * wait for a port and all end at one time, well before the setting's timeout.
 */
public final class SourcePortExhaustion {

    private static final double PORTS_PER_INSTANCE = 1024;

    /** Seconds: nothing was sent and nothing waited for. */
    private static final double AT_ONCE = 0.1;

    /** Seconds: an answer that shows that the server is not slow. */
    private static final double QUICK = 1;

    private SourcePortExhaustion() {}

    /** Both findings, of metrics and access log, or none. */
    public static Stream<Finding> scarce(Gateway gateway, Metrics metrics, AccessLog log) {
        double ports = gateway.scale().most().orElse(0) * PORTS_PER_INSTANCE;
        Stream<Finding> connections =
                ports == 0 ? Stream.empty() : GatewayCapacity.above(gateway, metrics, "CurrentConnections", ports);
        Stream<Finding> failures = Stream.concat(
                LiveFailures.bySetting(log, SourcePortExhaustion::atOnce)
                        .filter(each ->
                                log.served().filter(each::wentTheSameWay).anyMatch(SourcePortExhaustion::isPublic))
                        .map(each -> finding(gateway, each, "failed immediately")),
                waitedForPort(gateway, log)
                        .map(each -> finding(
                                gateway, each, "got no connection and all ended after " + each.longest() + " s")));
        List<List<Finding>> both = List.of(connections.toList(), failures.toList());
        return both.stream().anyMatch(List::isEmpty)
                ? Stream.empty()
                : both.stream().flatMap(List::stream);
    }

    private static boolean atOnce(Row row) {
        return row.maker() == Maker.GATEWAY && row.timeTaken().orElse(1) < AT_ONCE;
    }

    /** Where the log has no connect times at all, it does not tell that these got no connection. */
    private static Stream<LiveFailures> waitedForPort(Gateway gateway, AccessLog log) {
        return TimedOutRequests.endedEarly(log, gateway).filter(each -> mayBe(each, log));
    }

    /** The gateway's configuration, where it was not read and would tell whether requests waited for a port or to their limit. */
    public static Optional<CouldNotRead<?>> undecided(Evidence evidence) {
        boolean open = evidence.accessLog().toOptional().stream()
                .anyMatch(log -> LiveFailures.bySetting(log, TimedOutRequests::isTimedOut)
                        .anyMatch(waited -> mayBe(waited, log)));
        return evidence.gateway().unread().<CouldNotRead<?>>map(each -> each).filter(unread -> open);
    }

    /** Whether requests got no connection to public servers that answered others quickly meanwhile. */
    static boolean mayBe(LiveFailures failures, AccessLog log) {
        return failures.rows().stream()
                        .allMatch(row -> isPublic(row) && row.connectTime().isEmpty())
                && failures.servedSince(log)
                        .anyMatch(row -> row.connectTime().isPresent()
                                && row.serverLatency().orElse(QUICK) < QUICK);
    }

    private static Finding finding(Gateway gateway, LiveFailures failures, String how) {
        return Finding.of(
                Source.ACCESS_LOG,
                gateway.target(),
                failures.counted() + " to the public addresses of " + failures.pool() + " " + how
                        + ", although others there were answered");
    }

    private static boolean isPublic(Row row) {
        return IpAddresses.parse(row.serverAddress())
                .filter(address -> !IpAddresses.isPrivate(address))
                .isPresent();
    }
}
