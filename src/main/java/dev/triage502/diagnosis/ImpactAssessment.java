package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.HostOutcome;
import dev.triage502.analysis.traffic.LateLog;
import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.diagnosis.Diagnosis.Impact.Count;
import dev.triage502.diagnosis.Diagnosis.Impact.HostImpact;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnosis.PoolHealth;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Metrics.Point;
import dev.triage502.evidence.Metrics.Series;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whom does it hurt: how many requests, by which listeners, hosts and servers, and since when? */
final class ImpactAssessment {

    /** So long without a request is worth a word; rows of the access log may be some minutes late. */
    private static final Duration QUIET = Duration.ofMinutes(10);

    private ImpactAssessment() {}

    static Optional<Impact> of(Evidence evidence, RequestOutcomes traffic) {
        Optional<AccessLog> log =
                evidence.accessLog().toOptional().filter(each -> !each.rows().isEmpty());
        Optional<Instant> logEnds = LateLog.end(evidence);
        return log.map(each -> counted(each, logEnds, evidence, traffic))
                .or(() -> measured(evidence, Optional.empty())
                        .map(count -> new Impact(
                                count,
                                traffic.onset(),
                                traffic.lastFailure(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of())));
    }

    private static Impact counted(
            AccessLog log, Optional<Instant> logEnds, Evidence evidence, RequestOutcomes traffic) {
        HostOutcome together = HostOutcome.together(log);
        Count logged = new Count(
                together.failed(),
                together.requests(),
                Source.ACCESS_LOG,
                logEnds,
                quiet(log.newest().filter(each -> logEnds.isEmpty()), evidence.incident()));
        // A log that is behind counts too few; metrics that are, too.
        Count count = measured(evidence, logEnds)
                .filter(each -> logEnds.isPresent() && each.failed() >= logged.failed())
                .orElse(logged);
        List<HostOutcome> hosts = HostOutcome.all(log);
        return new Impact(
                count,
                traffic.onset(),
                count.by() == Source.METRICS ? traffic.lastFailure() : log.lastFailure(),
                hurtMost(log, Row::listener),
                hurtMost(log, Row::clientHost),
                hurtMost(log, Row::serverAddress),
                hosts.stream()
                        .flatMap(each -> affected(each, evidence.incident()).stream())
                        .toList(),
                // A log that ends early does not show whom later failures spared.
                hosts.stream()
                        .filter(each -> each.failed() == 0 && logEnds.isEmpty())
                        .map(HostOutcome::host)
                        .toList());
    }

    private static Optional<HostImpact> affected(HostOutcome host, Incident incident) {
        return host.since()
                .flatMap(since -> host.until()
                        .map(until -> new HostImpact(
                                host.host(),
                                host.failed(),
                                host.requests(),
                                since.isBefore(incident.from()) ? incident.from() : since,
                                until.isAfter(incident.to()) ? incident.to() : until,
                                host.requestsSince())));
    }

    /** The servers of the pool at fault, each once, whichever settings they are probed through. */
    static Optional<PoolHealth> ofPool(Evidence evidence, NamedCause root) {
        Optional<String> pool = Stream.concat(
                        root.target().stream(),
                        root.findings().stream().flatMap(finding -> finding.suffering().stream()))
                .flatMap(target -> target.at(Place.POOL).stream())
                .findFirst();
        return pool.flatMap(name -> evidence.backendHealth().toOptional().flatMap(health -> ofPool(health, name)));
    }

    /** The servers of each pool, as far as the health of all of a pool's is known. */
    static List<PoolHealth> ofEachPool(Evidence evidence) {
        return evidence.backendHealth().toOptional().stream()
                .flatMap(health -> health.servers().stream()
                        .map(BackendHealth.Server::pool)
                        .distinct()
                        .flatMap(pool -> ofPool(health, pool).stream()))
                .toList();
    }

    private static Optional<PoolHealth> ofPool(BackendHealth health, String pool) {
        Map<String, List<BackendHealth.Server>> servers = health.servers().stream()
                .filter(server -> server.pool().equalsIgnoreCase(pool))
                .collect(Collectors.groupingBy(BackendHealth.Server::address));
        boolean unknown = servers.values().stream()
                .flatMap(List::stream)
                .anyMatch(server -> server.state() == BackendHealth.State.UNKNOWN);
        if (servers.isEmpty() || unknown) {
            return Optional.empty();
        }
        long healthy = servers.values().stream()
                .filter(each -> each.stream().allMatch(server -> server.state() == BackendHealth.State.HEALTHY))
                .count();
        return Optional.of(new PoolHealth(pool, healthy, servers.size()));
    }

    /** The values on failing requests, the one that most of them carry first. */
    private static List<String> hurtMost(AccessLog log, Function<Row, String> what) {
        TreeMap<String, Long> counts = new TreeMap<>();
        log.failing()
                .filter(row -> !what.apply(row).isEmpty())
                .forEach(row -> counts.merge(what.apply(row), row.requests(), Long::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * By {@code ResponseStatus} and its status groups: {@code TotalRequests} counts successful requests only, so no share
     * can be taken of it.
     */
    private static Optional<Count> measured(Evidence evidence, Optional<Instant> logEnds) {
        return evidence.metrics()
                .toOptional()
                .filter(metrics -> metrics.clientErrors().isPresent())
                .map(metrics -> new Count(
                        responses(metrics.of("ResponseStatus", "httpstatusgroup", "5xx"), evidence),
                        responses(metrics.of("ResponseStatus"), evidence),
                        Source.METRICS,
                        logEnds,
                        quiet(lastResponse(metrics, evidence.incident()), evidence.incident())));
    }

    private static long responses(Stream<Series> series, Evidence evidence) {
        return Math.round(inWindow(series, evidence.incident())
                .mapToDouble(point -> point.value().orElse(0))
                .sum());
    }

    /** The last one that was measured; empty where nothing was measured after it, so that the metric may just end there. */
    private static Optional<Instant> lastResponse(Metrics metrics, Incident incident) {
        return inWindow(metrics.of("ResponseStatus"), incident)
                .filter(point -> point.value().orElse(0) > 0)
                .map(Point::at)
                .max(Comparator.naturalOrder())
                .filter(last -> inWindow(metrics.of("ResponseStatus"), incident)
                        .anyMatch(point -> !point.at().isBefore(last.plus(QUIET))));
    }

    /** Those of the incident's window; an answer of the metrics may span more. */
    private static Stream<Point> inWindow(Stream<Series> series, Incident incident) {
        return series.flatMap(each -> each.measured().stream())
                .filter(point -> !point.at().isBefore(incident.from().truncatedTo(ChronoUnit.MINUTES))
                        && !point.at().isAfter(incident.to()));
    }

    private static Optional<Instant> quiet(Optional<Instant> last, Incident incident) {
        return last.filter(at -> !at.plus(QUIET).isAfter(incident.to()));
    }
}
