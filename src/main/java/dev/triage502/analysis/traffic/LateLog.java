package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Metrics.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where does the access log end, if requests were answered after its last row? Rows arrive minutes late, metrics within one
 * to three, so at the time of an alert the log often ends before the failures do.
 */
public final class LateLog {

    /** Rows of the last minute may still be on their way while the metric of that minute is there. */
    private static final Duration SLACK = Duration.ofMinutes(2);

    private LateLog() {}

    /** The time of the newest row, where {@code ResponseStatus} counts responses from two minutes after it. */
    public static Optional<Instant> end(Evidence evidence) {
        Optional<Instant> newest = evidence.accessLog().toOptional().flatMap(AccessLog::newest);
        return newest.filter(end -> evidence.metrics().toOptional().stream()
                .flatMap(metrics -> metrics.of("ResponseStatus"))
                .flatMap(series -> series.measured().stream())
                .filter(point -> point.value().orElse(0) > 0)
                .map(Point::at)
                .anyMatch(at -> !at.isBefore(end.plus(SLACK)) && !at.isAfter(evidence.at())));
    }
}
