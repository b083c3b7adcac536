package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.diagnosis.Diagnosis.Impact;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Whom does it hurt: how many requests, by which listeners, hosts and servers, and since when? */
final class ImpactAssessment {

    private ImpactAssessment() {}

    static Optional<Impact> of(Evidence evidence, RequestOutcomes traffic) {
        Optional<AccessLog> log =
                evidence.accessLog().toOptional().filter(each -> !each.rows().isEmpty());
        return log.map(each -> counted(each, traffic))
                .or(() -> evidence.metrics().toOptional().flatMap(metrics -> measured(metrics, traffic)));
    }

    private static Impact counted(AccessLog log, RequestOutcomes traffic) {
        Function<Row, String> host = row -> row.originalHost().isEmpty() ? row.host() : row.originalHost();
        return new Impact(
                log.failedRequests(),
                log.totalRequests(),
                traffic.onset(),
                log.lastFailure(),
                hurtMost(log, Row::listener),
                hurtMost(log, host),
                hurtMost(log, Row::serverAddress));
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

    private static Optional<Impact> measured(Metrics metrics, RequestOutcomes traffic) {
        if (metrics.clientErrors().isEmpty()) {
            return Optional.empty();
        }
        double total =
                metrics.of("ResponseStatus").mapToDouble(Metrics.Series::sum).sum();
        return Optional.of(new Impact(
                Math.round(metrics.clientErrors().getAsDouble()),
                Math.round(total),
                traffic.onset(),
                traffic.lastFailure(),
                List.of(),
                List.of(),
                List.of()));
    }
}
