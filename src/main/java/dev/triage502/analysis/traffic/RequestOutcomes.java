package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Point;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.evidence.PairedServer;
import dev.triage502.evidence.RequestsByTarget;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.incident.ArmName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Did requests fail, when, how many by which way, and have they stopped failing? */
public final class RequestOutcomes {

    /** How long it must have been quiet before failures count as ended: metrics and logs lag by some minutes. */
    private static final Duration QUIET = Duration.ofMinutes(10);

    /** How long is enough after one short burst, where the log shows requests that are served all the while. */
    private static final Duration QUIET_AFTER_A_BURST = Duration.ofMinutes(5);

    private static final Duration SHORTEST_BURST = Duration.ofMinutes(1);

    /** What explains less than this part of the failing requests, a tenth, leaves open why the others fail. */
    private static final long SMALL_PART = 10;

    /** So many requests that did not come are no chance. */
    private static final long EXPECTED = 10;

    private final Evidence evidence;
    private final Optional<AccessLog> log;
    private final Optional<Metrics> metrics;
    private final HostCounts hosts;
    private final Optional<RequestsByTarget> asked;
    private final Optional<RequestsByTarget> failed;
    private final Map<Set<RequestEnding>, RequestsByTarget> failedByEnding = new HashMap<>();
    private final boolean sawFailure;
    private final boolean recovered;

    /** What is known of the requests where it could not be computed: nothing. */
    public static RequestOutcomes unknown(Evidence evidence) {
        return new RequestOutcomes(evidence, Optional.empty(), Optional.empty());
    }

    private RequestOutcomes(Evidence evidence, Optional<AccessLog> log, Optional<Metrics> metrics) {
        this.evidence = evidence;
        this.log = log;
        this.metrics = metrics;
        this.hosts = HostCounts.of(evidence);
        this.asked = log.map(AccessLog::byWay);
        this.failed = log.map(AccessLog::failedByWay);
        this.sawFailure = false;
        this.recovered = false;
    }

    public RequestOutcomes(Evidence evidence) {
        this.evidence = evidence;
        this.log = evidence.accessLog().toOptional().map(each -> MaintenancePages.without(each, evidence));
        this.metrics = evidence.metrics().toOptional();
        this.hosts = HostCounts.of(evidence);
        this.asked = log.map(AccessLog::byWay);
        this.failed = log.map(AccessLog::failedByWay);
        // Asked once for each cause that is shown, so found out once.
        this.sawFailure = failuresWereMeasured() || poolIsDown() || fellSilent() || sessionsAreCut(evidence);
        this.recovered = recovers();
    }

    /** Whether failing requests were counted one by one, so that causes can be weighed by them. */
    public boolean isCounted() {
        return log.filter(each -> each.failedRequests() > 0).isPresent();
    }

    /** Whether a metric or the log shows that requests failed. */
    public boolean failuresWereMeasured() {
        return isCounted() || measuredFailures().findAny().isPresent();
    }

    /** How many counted failing requests went by one of the targets. */
    public long failedBy(List<Target> targets) {
        return failed.map(each -> each.byAnyOf(targets)).orElse(0L);
    }

    /**
     * How many counted failing requests went by one of the targets and may have ended in one of these ways: those whose ending the
     * log does not tell count, and those for which no server was left.
     *
     * @param without servers whose requests are left out
     */
    public long failedBy(List<Target> targets, Set<RequestEnding> endings, List<Target> without) {
        return log.map(each -> failedByEnding
                        .computeIfAbsent(endings, some -> ofEndings(each, some))
                        .byAnyOf(targets, without))
                .orElse(0L);
    }

    private RequestsByTarget ofEndings(AccessLog counted, Set<RequestEnding> endings) {
        Set<ArmName> lostOtherwise =
                endings.equals(Set.of(RequestEnding.ANSWERED)) ? LossDespiteAnswers.of(counted, evidence) : Set.of();
        return new RequestsByTarget(counted.failing().filter(row -> {
            RequestEnding ending = RequestEnding.of(row);
            return ending == RequestEnding.NO_SERVER
                    ? !lostOtherwise.contains(ArmName.of(row.pool()))
                    : ending == RequestEnding.UNKNOWN || endings.contains(ending);
        }));
    }

    /** Whether so many of the counted failing requests are too few to be what the incident is about. */
    public boolean isSmallPart(long requests) {
        return log.filter(each -> requests * SMALL_PART < each.failedRequests()).isPresent();
    }

    /** Whether something that would show failing requests was read. */
    public boolean isObserved() {
        return isLogged() || (metrics.flatMap(RequestOutcomes::failures).isPresent() && countsAllFailures());
    }

    /**
     * Whether the metrics that were read would show every failure. On v1 {@code FailedRequests} leaves out the requests
     * that had no live server, so that there the probes have to be known too.
     */
    private boolean countsAllFailures() {
        boolean v1 = evidence.gateway()
                .toOptional()
                .filter(each -> !each.sku().isV2())
                .isPresent();
        return !v1
                || hosts.areKnown()
                || evidence.probeResults().isPresent()
                || metrics.filter(each -> each.of("ResponseStatus").findAny().isPresent())
                        .isPresent();
    }

    /**
     * Whether the log ends long before the alert and no metric counts the requests since: rows may be late, or none came. Where
     * requests are rare, a pause says nothing.
     */
    public boolean endsEarly() {
        Optional<Instant> newest = log.flatMap(AccessLog::newest);
        boolean counted = metrics.filter(each ->
                        failures(each).isPresent() || counters(each).findAny().isPresent())
                .isPresent();
        return !counted
                && newest.filter(last -> isLongPause(Duration.between(last, evidence.at())))
                        .isPresent();
    }

    /**
     * Whether sessions may have been cut without a trace: one that ends at a timeout keeps its status 101 and is no failed request.
     * The log would show it, and a count of responses by status shows whether there were any.
     */
    public boolean maySessionsBeCutUnseen() {
        List<Series> byStatus =
                metrics.stream().flatMap(each -> each.of("ResponseStatus")).toList();
        boolean any = byStatus.stream()
                .filter(series -> series.dimension("httpstatusgroup")
                        .filter("1xx"::equals)
                        .isPresent())
                .anyMatch(series -> series.peak().orElse(0) > 0);
        // Host counts say at least how the servers do; with neither them nor a status, nothing says that all is well.
        return !isLogged() && (any || (byStatus.isEmpty() && !hosts.areKnown()));
    }

    /** Whether at least ten requests were to be expected in it, at the rate of those before. */
    private boolean isLongPause(Duration pause) {
        List<Row> rows = log.map(AccessLog::rows).orElse(List.of());
        Optional<Instant> first = rows.stream().map(Row::from).min(Instant::compareTo);
        Optional<Instant> last = rows.stream().map(Row::to).max(Instant::compareTo);
        if (pause.compareTo(QUIET) <= 0 || first.isEmpty() || last.isEmpty()) {
            return false;
        }
        long before = Duration.between(first.get(), last.get()).toSeconds();
        long requests = rows.stream().mapToLong(Row::requests).sum();
        return before > 0 && requests * pause.toSeconds() / before >= EXPECTED;
    }

    /** Whether any source shows that requests fail or failed, or that a pool that is asked has nobody left. */
    public boolean sawFailure() {
        return sawFailure;
    }

    /** Whether there is anything to explain: a failure, a health that is not known, or nothing that would show one. */
    public boolean needsExplaining() {
        boolean unknown = evidence.backendHealth()
                .toOptional()
                .filter(health -> health.unknown().findAny().isPresent())
                .isPresent();
        return sawFailure || unknown || !isObserved() || endsEarly();
    }

    /** Whether backend health was read, so that a report which the gateway cannot send would show. */
    public boolean isHealthRead() {
        return evidence.backendHealth().isPresent();
    }

    /** When the failures began: by the log, else by the metrics. */
    public Optional<Instant> onset() {
        return log.flatMap(AccessLog::onset).or(() -> measuredFailures().min(Instant::compareTo));
    }

    public Optional<Instant> lastFailure() {
        Optional<Instant> logged = log.flatMap(AccessLog::lastFailure);
        Optional<Instant> measured = measuredFailures().max(Instant::compareTo);
        return Stream.of(logged, measured).flatMap(Optional::stream).max(Instant::compareTo);
    }

    /**
     * Whether failures were seen and are over: quiet for long enough, or after one burst for longer than it took; longer than
     * they ever paused before, requests served meanwhile, and no server in use that fails.
     */
    public boolean hasRecovered() {
        return recovered;
    }

    private boolean recovers() {
        Optional<Instant> last = lastFailure();
        if (last.isEmpty() || serversFail() || !failedServersServeAgain()) {
            return false;
        }
        // Rows that are late may show more failures.
        Instant seen = endsEarly() ? log.flatMap(AccessLog::newest).orElse(evidence.at()) : evidence.at();
        Duration quiet = Duration.between(last.get(), seen);
        boolean longEnough = quiet.compareTo(QUIET) >= 0 || isOneBurst(last.get());
        return longEnough && quiet.compareTo(longestPause()) > 0 && servedAfter(last.get());
    }

    /**
     * Whether each server to which requests failed was seen to serve since, where neither probes nor host counts tell how it
     * does: the gateway skips one that stays silent, and the others go on.
     */
    private boolean failedServersServeAgain() {
        if (evidence.probeResults().isPresent() || hosts.areKnown()) {
            return true;
        }
        Map<PairedServer, Instant> served = new HashMap<>();
        log.stream()
                .flatMap(AccessLog::served)
                .forEach(
                        row -> served.merge(serverOf(row), row.to(), (one, other) -> one.isAfter(other) ? one : other));
        return log.stream()
                .flatMap(AccessLog::failing)
                .filter(row -> !row.serverAddress().isEmpty())
                .allMatch(failed ->
                        served.getOrDefault(serverOf(failed), Instant.MIN).isAfter(failed.to()));
    }

    private static PairedServer serverOf(Row row) {
        return PairedServer.of(Target.server(row.serverAddress(), row.pool()));
    }

    /** Whether nothing was served for a time, and requests have been served since for longer than it took. Single failures may return. */
    private boolean isOneBurst(Instant last) {
        Optional<Instant> servedUntil =
                log.stream().flatMap(AccessLog::served).map(Row::to).max(Instant::compareTo);
        if (onset().isEmpty() || servedUntil.isEmpty()) {
            return false;
        }
        Instant began = onset().get();
        boolean servedWithin = log.stream()
                .flatMap(AccessLog::served)
                .anyMatch(row -> row.from().isAfter(began) && row.to().isBefore(last));
        Duration burst = Duration.between(began, last);
        if (servedWithin || burst.compareTo(SHORTEST_BURST) < 0) {
            return false;
        }
        Duration since = Duration.between(last, servedUntil.get());
        return since.compareTo(QUIET_AFTER_A_BURST) >= 0 && since.compareTo(burst) > 0;
    }

    private boolean servedAfter(Instant moment) {
        boolean logged =
                log.stream().flatMap(AccessLog::served).anyMatch(row -> row.to().isAfter(moment));
        boolean measured = metrics.stream()
                .flatMap(RequestOutcomes::counters)
                .flatMap(series -> series.measured().stream())
                .anyMatch(point -> point.at().isAfter(moment) && point.value().orElse(0) > 0);
        return logged || (log.isEmpty() && measured);
    }

    /** The longest time between two failures: what pauses for as long now may come back. */
    private Duration longestPause() {
        return isCounted() ? longestLoggedPause() : longestMeasuredPause();
    }

    private Duration longestMeasuredPause() {
        List<Instant> minutes = measuredFailures().sorted().toList();
        return IntStream.range(1, minutes.size())
                .mapToObj(i -> Duration.between(minutes.get(i - 1), minutes.get(i)))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Duration longestLoggedPause() {
        List<Row> failing = log.stream()
                .flatMap(AccessLog::failing)
                .sorted(Comparator.comparing(Row::from))
                .toList();
        Duration longest = Duration.ZERO;
        Instant until = failing.isEmpty() ? Instant.MIN : failing.get(0).to();
        for (Row row : failing) {
            if (row.from().isAfter(until)) {
                Duration pause = Duration.between(until, row.from());
                longest = pause.compareTo(longest) > 0 ? pause : longest;
            }
            until = row.to().isAfter(until) ? row.to() : until;
        }
        return longest;
    }

    private boolean serversFail() {
        boolean counted = evidence.probeResults().unread().isPresent()
                && hosts.poolsWithSomebodyDownNow().anyMatch(this::isAsked);
        return counted
                || hosts.poolsWithNobodyUpNow().anyMatch(this::isAsked)
                || evidence.probeResults()
                        .toOptional()
                        .filter(health -> health.failing().findAny().isPresent())
                        .isPresent();
    }

    /**
     * Whether a pool has no server left that passes its probe, and is asked: requests were seen to go there, or no log
     * says where they go. One failing server of several is skipped, and a pool that nobody asks hurts nobody.
     */
    private boolean poolIsDown() {
        Optional<BackendHealth> health = evidence.backendHealth().toOptional();
        Set<String> alive = health.stream()
                .flatMap(BackendHealth::healthy)
                .map(RequestOutcomes::association)
                .collect(Collectors.toSet());
        boolean down = health.stream()
                .flatMap(each -> each.servers().stream())
                .filter(Server::isFailing)
                .anyMatch(server -> !alive.contains(association(server)) && isAsked(server));
        boolean unknown = health.filter(BackendHealth::isAllUnknown).isPresent();
        boolean counted = hosts.poolsWithNobodyUpNow().anyMatch(this::isAsked);
        return down || counted || (unknown && !serves());
    }

    /** The pair of pool and setting, as a key; ARM names hold no blank. */
    private static String association(Server server) {
        return (server.pool() + " " + server.setting()).toLowerCase(Locale.ROOT);
    }

    private boolean isAsked(Server server) {
        return !isLogged() || asked.filter(each -> each.by(server.target()) > 0).isPresent();
    }

    private boolean isAsked(String pool) {
        return pool.isEmpty()
                || !isLogged()
                || asked.filter(each -> each.by(Target.of(Kind.POOL, pool, "")) > 0)
                        .isPresent();
    }

    private boolean isLogged() {
        return log.filter(each -> !each.rows().isEmpty()).isPresent();
    }

    private boolean serves() {
        return log.filter(each -> each.served().findAny().isPresent()).isPresent();
    }

    /**
     * Whether requests that came steadily have stopped coming, by the gateway's own count of connections and by the log, or by the
     * count of responses where there is no log.
     */
    private boolean fellSilent() {
        Optional<Instant> newest = log.flatMap(AccessLog::newest);
        boolean logSilent = newest.filter(
                        last -> Duration.between(last, evidence.at()).compareTo(QUIET) > 0)
                .isPresent();
        boolean connectionsGone = metrics.stream()
                .flatMap(each -> each.of("CurrentConnections"))
                .anyMatch(
                        series -> series.peak().orElse(0) > 0 && series.latest().orElse(1) == 0);
        return connectionsGone && (logSilent || (log.isEmpty() && responsesEnded()));
    }

    /** Whether the responses that a metric counts ended long before the alert. */
    private boolean responsesEnded() {
        return metrics.stream()
                .flatMap(RequestOutcomes::counters)
                .flatMap(series -> series.measured().stream())
                .filter(point -> point.value().orElse(0) > 0)
                .map(Point::at)
                .max(Instant::compareTo)
                .filter(last -> Duration.between(last, evidence.at()).compareTo(QUIET) > 0)
                .isPresent();
    }

    private boolean sessionsAreCut(Evidence evidence) {
        return log.flatMap(each -> evidence.gateway()
                        .toOptional()
                        .flatMap(
                                gateway -> CutSessions.atTheLimit(each, gateway).findAny()))
                .isPresent();
    }

    private Stream<Instant> measuredFailures() {
        Stream<Instant> counted =
                metrics.flatMap(RequestOutcomes::failures).stream().flatMap(List::stream);
        return isLogged() ? counted : Stream.concat(counted, hosts.minutesWithNobodyUp());
    }

    /** The minutes in which clients got errors; empty where no metric that counts them was read. */
    private static Optional<List<Instant>> failures(Metrics metrics) {
        List<Series> counting = new ArrayList<>(
                metrics.of("ResponseStatus", "httpstatusgroup", "5xx").toList());
        metrics.of("FailedRequests").forEach(counting::add);
        boolean read =
                !counting.isEmpty() || metrics.of("ResponseStatus").findAny().isPresent();
        return read
                ? Optional.of(counting.stream()
                        .flatMap(series -> series.measured().stream())
                        .filter(point -> point.value().orElse(0) > 0)
                        .map(Point::at)
                        .toList())
                : Optional.empty();
    }

    private static Stream<Series> counters(Metrics metrics) {
        return Stream.concat(
                metrics.of("TotalRequests"),
                metrics.of("ResponseStatus")
                        .filter(series -> !series.dimension("httpstatusgroup")
                                .filter("5xx"::equals)
                                .isPresent()));
    }
}
