package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.IpAddresses;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests that a server did not answer in time: was that server reached while they waited, and what ended them?
 *
 * <p>A server that has gone, or that a rule cuts off, leaves the same rows for a minute, until its probe fails. So each
 * server is asked for by itself: that its neighbours answer says nothing of it.
 */
public final class TimedOutRequests {

    /** Fewer could end at about the same time by chance. */
    private static final long ENOUGH = 3;

    /** How much of the requests has to end at one time. */
    private static final double NEARLY_ALL = 0.9;

    /** The value of a finding that names the one server of its pool that is slow. */
    public static final String SLOW_SERVER = "slow-server";

    private final AccessLog log;
    private final Evidence evidence;
    private final FailureContrasts contrasts;

    private TimedOutRequests(AccessLog log, Evidence evidence, FailureContrasts contrasts) {
        this.log = log;
        this.evidence = evidence;
        this.contrasts = contrasts;
    }

    /** @param contrasts what sets failed requests apart: a server that alone is slow is at fault, and not the timeout */
    public static TimedOutRequests of(AccessLog log, Evidence evidence, FailureContrasts contrasts) {
        return new TimedOutRequests(log, evidence, contrasts);
    }

    /** v2 logs a code; v1 answers 502 after the timeout and logs none, so that only the time tells. */
    public static boolean isTimedOut(Row row) {
        return row.errorInfo() == ErrorInfo.TIMED_OUT
                || (row.errorInfo() == ErrorInfo.NONE
                        && row.isFailure()
                        && row.maker() == Maker.GATEWAY
                        && !row.serverAddress().isEmpty());
    }

    /** A finding for each server that was reached and whose requests ended when the setting's time was over. */
    public Stream<Finding> atTheLimit(Gateway gateway) {
        return whereReached()
                .flatMap(waited -> gateway.setting(waited.setting()).stream()
                        .filter(setting -> waited.rows().stream().anyMatch(row -> endsAt(setting, row)))
                        .map(setting -> waited.finding(waited.counted()
                                        + (waited.server().isEmpty() ? "" : " to " + waited.server()) + " ended after "
                                        + waited.longest()
                                        + " s; the request timeout of " + setting.name() + " is "
                                        + setting.requestTimeoutSeconds() + " s"
                                        + (isAlone(waited)
                                                ? "; the other servers of " + waited.pool()
                                                        + " answered the same path in time"
                                                : ""))
                                .with("setting", setting.name())
                                .with("limit", String.valueOf(setting.requestTimeoutSeconds())))
                        .map(finding -> isAlone(waited) ? finding.with(SLOW_SERVER, waited.server()) : finding));
    }

    /** Whether one server alone lets requests wait, and others of its pool answer the same path. */
    private boolean isAlone(LiveFailures waited) {
        Set<String> paths = waited.rows().stream().map(Row::path).collect(Collectors.toSet());
        return contrasts.isOfOneServer(waited)
                && log.served()
                        .anyMatch(row -> row.pool().equalsIgnoreCase(waited.pool())
                                && !row.serverAddress().equalsIgnoreCase(waited.server())
                                && paths.contains(row.path()));
    }

    /**
     * A finding for each server that was reached and let requests wait, however long; where the limit is not known, not of
     * requests that waited for a connection.
     */
    public Stream<Finding> atAnyTime() {
        return whereReached()
                .filter(waited -> evidence.gateway().isPresent() || !gotNoConnection(waited))
                .map(waited -> waited.finding(waited.counted() + " timed out waiting for "
                        + (waited.server().isEmpty() ? waited.pool() : waited.server())));
    }

    /** Whether none of them has a connect time, though the log has those of others to the same server. */
    private boolean gotNoConnection(LiveFailures waited) {
        return waited.rows().stream().allMatch(row -> row.connectTime().isEmpty())
                && waited.servedSince(log).anyMatch(row -> row.connectTime().isPresent());
    }

    /** A finding for each pair of pool and setting of {@link #endedEarly}. */
    public static Stream<Finding> tooEarly(AccessLog log, Gateway gateway) {
        return endedEarly(log, gateway)
                .map(waited -> waited.finding(waited.all() + " to " + waited.pool()
                        + " that got no connection ended after " + waited.longest()
                        + " s, well before the request timeout of " + waited.setting()));
    }

    /**
     * Those of servers that were reached meanwhile, a group for each server; others are a symptom of what cut it off. Where the failures
     * of a pool come through some of the gateway's instances only, the answers to the others do not show that these reach it.
     */
    private Stream<LiveFailures> whereReached() {
        return LiveFailures.byServerTried(log, TimedOutRequests::isTimedOut)
                .filter(waited -> !contrasts.isStray(waited)
                        && !isSilentDirectly(waited)
                        && contrasts.ofInstance(waited.pool()).isEmpty())
                .map(waited -> waited.with(waited.rows().stream()
                        .filter(row -> isReached(waited, row))
                        .toList()))
                .filter(waited -> !waited.rows().isEmpty());
    }

    /** Whether the server takes no connection at that port from elsewhere either: then it is not slow. */
    private boolean isSilentDirectly(LiveFailures waited) {
        List<DirectProbe> there = evidence.directProbes().toOptional().stream()
                .flatMap(DirectProbes::stream)
                .filter(look -> look.address().equalsIgnoreCase(waited.server())
                        && waited.rows().stream()
                                .anyMatch(row -> row.serverPort().equals(look.port())))
                .toList();
        return !there.isEmpty() && there.stream().allMatch(look -> look.connect() == Connect.TIMED_OUT);
    }

    /**
     * A later answer of the same server, a connection made meanwhile, or a green probe. Where the pool lost all its
     * servers soon afterwards, only an answer after that counts, and only if requests went on to time out: connections that are open may
     * outlast the way to the server.
     */
    private boolean isReached(LiveFailures waited, Row row) {
        Instant since = ServerLoss.after(row, log).orElse(row.from());
        boolean lost = ServerLoss.after(row, log).isPresent();
        if (waited.servedSince(log)
                .anyMatch(served -> served.to().isAfter(since) && (!lost || goesOnAfter(waited, served)))) {
            return true;
        }
        boolean connected = row.connectTime().orElse(0) > 0;
        boolean passes = passesProbe(waited);
        // A probe that is green now was not green when the gateway had no server left.
        return lost
                ? connected && !mayHaveBegunBefore(waited, row)
                : passes || (connected && !(failsProbe(waited) && mayHaveBegunBefore(waited, row)));
    }

    /** Whether requests timed out again after an answer; one that came when all was over says nothing of the time before. */
    private static boolean goesOnAfter(LiveFailures waited, Row served) {
        return waited.rows().stream().anyMatch(later -> later.from().isAfter(served.from()));
    }

    /** Whether it may have been under way, with its connection, when the server fell silent. */
    private static boolean mayHaveBegunBefore(LiveFailures waited, Row row) {
        Instant firstEnded = waited.rows().get(0).from();
        long taken = Math.round(1000 * row.timeTaken().orElse(0));
        return row.from().isBefore(firstEnded.plusMillis(taken));
    }

    private boolean failsProbe(LiveFailures waited) {
        return evidence.probeResults().toOptional().stream()
                .flatMap(health -> health.failing())
                .anyMatch(server -> isSame(server, waited));
    }

    /**
     * Where members are names, any of them may be the server that was tried; then all of them have to pass. A name that leads to
     * several addresses passes if one of them does, so its probe says nothing of the others.
     */
    private boolean passesProbe(LiveFailures waited) {
        List<Server> same = evidence.probeResults().toOptional().stream()
                .flatMap(health -> health.servers().stream())
                .filter(server -> isSame(server, waited))
                .toList();
        boolean listed = same.stream().anyMatch(server -> server.address().equalsIgnoreCase(waited.server()));
        Stream<Server> tried =
                listed ? same.stream().filter(each -> each.address().equalsIgnoreCase(waited.server())) : same.stream();
        return !same.isEmpty()
                && isProbedThere(waited)
                && (listed || !anotherAnswered(waited))
                && tried.allMatch(server -> server.state() == State.HEALTHY);
    }

    /** Whether the probe asks the port that requests go to, as far as is known. */
    private boolean isProbedThere(LiveFailures waited) {
        return evidence.gateway().toOptional().stream()
                .allMatch(gateway -> gateway.setting(waited.setting())
                        .filter(setting -> gateway.probedPort(setting) != setting.port())
                        .isEmpty());
    }

    /** Whether another address of the pool answered since: then it may be the one that answers the probe. */
    private boolean anotherAnswered(LiveFailures waited) {
        Instant since = waited.rows().get(0).from();
        return !waited.server().isEmpty()
                && log.served()
                        .anyMatch(row -> row.pool().equalsIgnoreCase(waited.pool())
                                && !row.serverAddress().isEmpty()
                                && !row.serverAddress().equalsIgnoreCase(waited.server())
                                && row.to().isAfter(since));
    }

    private static boolean isSame(Server server, LiveFailures waited) {
        return server.pool().equalsIgnoreCase(waited.pool())
                && server.setting().equalsIgnoreCase(waited.setting())
                && (waited.server().isEmpty()
                        || server.address().equalsIgnoreCase(waited.server())
                        || !IpAddresses.isAddress(server.address()));
    }

    /** Whether requests ended when the setting's time was over, or twice that, where a second server was tried. */
    private static boolean endsAt(Setting setting, Row row) {
        double limit = setting.requestTimeoutSeconds();
        double taken = row.timeTaken().orElse(row.timeTakenMax().orElse(0));
        return (taken >= limit * 0.97 && taken <= limit * 1.25 + 2)
                || (taken >= limit * 1.94 && taken <= limit * 2.2 + 2);
    }

    /**
     * The timed-out requests of each pair of pool and setting that all ended at one time, well before the setting's was
     * over: something else ends them.
     */
    static Stream<LiveFailures> endedEarly(AccessLog log, Gateway gateway) {
        return LiveFailures.bySetting(log, TimedOutRequests::isTimedOut)
                .filter(waited -> gateway.setting(waited.setting())
                        .filter(setting -> endedEarly(waited, setting.requestTimeoutSeconds()))
                        .isPresent());
    }

    private static boolean endedEarly(LiveFailures waited, double limit) {
        Optional<Double> usual = usualTime(waited.rows());
        return usual.filter(time -> waited.requests() >= ENOUGH && time < 0.9 * limit)
                .map(time -> waited.rows().stream()
                                .filter(row -> isAbout(time, row))
                                .mapToLong(Row::requests)
                                .sum()
                        >= NEARLY_ALL * waited.requests())
                .orElse(false);
    }

    /** The middle one of the times that they took, in seconds. */
    private static Optional<Double> usualTime(List<Row> rows) {
        List<Double> times = rows.stream()
                .flatMap(row -> row.timeTaken().stream().boxed())
                .sorted()
                .toList();
        return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
    }

    private static boolean isAbout(double time, Row row) {
        double off = Math.max(0.5, 0.05 * time);
        return Math.abs(row.timeTaken().orElse(0) - time) <= off
                && Math.abs(row.timeTakenMax().orElse(time) - time) <= off;
    }
}
