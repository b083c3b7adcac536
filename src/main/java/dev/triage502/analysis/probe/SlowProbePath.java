package dev.triage502.analysis.probe;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.DirectProbes.Connect;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ProbeFailure;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A probe waited in vain: is its path slow, or does nothing get through? A dropped packet and a stopped machine leave the
 * same text, so something else has to show that the server answers.
 */
public final class SlowProbePath {

    /** Requests as near as this to the newest one of the log count as of now. */
    private static final Duration NOW = Duration.ofMinutes(2);

    private final Corroboration witnesses;

    private SlowProbePath(Corroboration witnesses) {
        this.witnesses = witnesses;
    }

    public static SlowProbePath of(Corroboration witnesses) {
        return new SlowProbePath(witnesses);
    }

    private static Stream<Server> timedOut(BackendHealth health) {
        return health.failingWith(ProbeFailure.TIMED_OUT);
    }

    /** Looks at the probe's path that connected and took as long as the probe waits. */
    public Stream<Finding> seen(DirectProbes probes) {
        return looks(probes)
                .filter(look -> look.isSlow() && look.isTheProbesPath())
                .map(TimedDirectProbe::finding);
    }

    /** The same, with what the probe says of those servers. */
    public Stream<Finding> seen(BackendHealth health, DirectProbes probes) {
        List<Finding> slow = seen(probes).toList();
        Set<Target> servers = slow.stream().map(Finding::target).collect(Collectors.toSet());
        return Stream.concat(
                slow.stream(),
                timedOut(health)
                        .filter(server -> servers.contains(server.target()))
                        .map(Server::quote));
    }

    /** Looks at the probe's path that were answered in time, and slow ones at other paths. */
    public Stream<Finding> against(DirectProbes probes) {
        return looks(probes)
                .filter(look -> look.isTheProbesPath() ? look.probe().answered() && !look.isSlow() : look.isSlow())
                .map(TimedDirectProbe::finding);
    }

    /** The looks at servers of which no probe says anything else than that it waited in vain. */
    private Stream<TimedDirectProbe> looks(DirectProbes probes) {
        return probes.stream()
                .filter(look ->
                        look.connect() == Connect.OK && look.elapsedMillis().isPresent())
                .flatMap(look -> look.targets().stream()
                        .filter(server -> witnesses
                                .probed(server)
                                .map(each -> each.failure() == ProbeFailure.TIMED_OUT)
                                .orElse(true))
                        .flatMap(server -> witnesses.asked(server).stream()
                                .map(asked -> TimedDirectProbe.of(server, look, asked))));
    }

    /** Servers that pass another probe on the same port at the same time: the way is open, and something answers. */
    public Stream<Finding> openOtherwise(BackendHealth health) {
        if (timedOut(health).findAny().isEmpty()) {
            return Stream.empty();
        }
        Map<String, Server> passing = new HashMap<>();
        health.healthy().forEach(server -> port(server).ifPresent(port -> passing.putIfAbsent(port, server)));
        return timedOut(health)
                .flatMap(server -> port(server).stream()
                        .flatMap(port -> Stream.ofNullable(passing.get(port)))
                        .flatMap(other -> Stream.of(
                                witnesses.filled(server.quote()),
                                server.finding(server.address() + " passes the probe of " + other.setting()
                                        + " on the same port: \"" + other.log() + "\""))));
    }

    private Optional<String> port(Server server) {
        return witnesses
                .asked(server.target())
                .map(asked -> server.address().toLowerCase(Locale.ROOT) + " " + asked.port());
    }

    /** Servers that a test probe found well, on whatever path. */
    public Stream<Finding> asked(BackendHealth health) {
        return timedOut(health)
                .flatMap(server -> witnesses
                        .answers(server.target())
                        .filter(answer -> answer.server().state() == State.HEALTHY)
                        .flatMap(answer -> Stream.of(answer.quote(), server.quote())));
    }

    /** Servers that answer live requests while the probe times out: what the probe says, and the last answer. */
    public Stream<Finding> servedMeanwhile(BackendHealth health, AccessLog log) {
        List<Row> served = log.served().toList();
        return timedOut(health).flatMap(server -> {
            Instant since = failingSince(server, log);
            return served.stream()
                    .filter(row -> row.serverAddress().equalsIgnoreCase(server.address())
                            && !row.to().isBefore(since))
                    .max(Comparator.comparing(Row::to))
                    .stream()
                    .flatMap(row -> Stream.of(server.quote(), answered(server, row)));
        });
    }

    /**
     * When the probe failed for sure: once the gateway had no server left, or now, where others of the pool went on. An
     * answer of before then says nothing of the path since.
     */
    private static Instant failingSince(Server server, AccessLog log) {
        return log.failing(ErrorInfo.NO_LIVE)
                .filter(row -> row.pool().equalsIgnoreCase(server.pool())
                        && row.setting().equalsIgnoreCase(server.setting()))
                .map(Row::from)
                .min(Instant::compareTo)
                .orElseGet(() -> log.newest().orElse(Instant.EPOCH).minus(NOW));
    }

    private static Finding answered(Server server, Row row) {
        return Finding.of(
                        Source.ACCESS_LOG,
                        server.target(),
                        server.address() + " responds to client requests for " + row.path() + " in "
                                + String.format(
                                        Locale.ROOT, "%.2f", row.timeTaken().orElse(0)) + " s")
                .at(row.to());
    }

    /** Servers that let live requests wait in vain as well: it is not the probe's path that is slow. */
    public Stream<Finding> slowEverywhere(BackendHealth health, AccessLog log) {
        List<Row> waited = log.failing(ErrorInfo.TIMED_OUT).toList();
        return timedOut(health)
                .flatMap(server -> waited.stream()
                        .filter(row -> !row.serverAddress().isEmpty() && row.wentBy(server.target()))
                        .findFirst()
                        .stream()
                        .map(row -> Finding.of(
                                Source.ACCESS_LOG,
                                server.target(),
                                server.address() + " also times out on client requests for " + row.path())));
    }
}
