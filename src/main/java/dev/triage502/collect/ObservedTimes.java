package dev.triage502.collect;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** When was the incident that documents are of? For documents that nobody put a time to. */
final class ObservedTimes {

    /** Any time that a log can hold. */
    private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private static final Duration AFTERWARDS = Duration.ofMinutes(10);

    private ObservedTimes() {}

    /** The end of the incident as the documents show it: the last failed request, else the last that was logged. */
    static Optional<Instant> endIn(ResourceId gateway, SourceDocuments documents) {
        Evidence evidence = EvidenceReader.read(new Incident("any", gateway, FIRST, LAST, LAST), documents);
        return requests(evidence)
                .or(() -> last(evidence.metrics().toOptional().stream().flatMap(ObservedTimes::points)))
                .or(() -> last(evidence.activityLog().toOptional().stream()
                        .flatMap(log -> log.operations().stream())
                        .map(Operation::ended)))
                .map(end -> end.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }

    /** A little more than the last failure, if the log goes on: what was served then shows whether it was over. */
    private static Optional<Instant> requests(Evidence evidence) {
        Optional<AccessLog> log = evidence.accessLog().toOptional();
        Optional<Instant> logged =
                last(log.stream().flatMap(each -> each.rows().stream()).map(AccessLog.Row::to));
        return last(log.stream().flatMap(AccessLog::failing).map(AccessLog.Row::to))
                .map(failed -> failed.plus(AFTERWARDS))
                .flatMap(end -> logged.map(last -> last.isBefore(end) ? last : end))
                .or(() -> logged);
    }

    private static Stream<Instant> points(Metrics metrics) {
        return metrics.series().stream()
                .flatMap(series -> series.measured().stream())
                .map(Metrics.Point::at);
    }

    private static Optional<Instant> last(Stream<Instant> times) {
        return times.max(Comparator.naturalOrder());
    }
}
