package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.BackendHealth.Server;
import dev.triage502.evidence.Evidence;
import dev.triage502.incident.ArmName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pools lost all their servers though these answered most requests well until then? Errors that they answered to others are
 * not what made the gateway give them up, unless its probe got an answer as well.
 */
final class LossDespiteAnswers {

    /** As long as a probe may take to notice. */
    private static final Duration RIGHT_BEFORE = Duration.ofMinutes(5);

    private LossDespiteAnswers() {}

    static Set<ArmName> of(AccessLog log, Evidence evidence) {
        Set<ArmName> answering = evidence.probeResults().toOptional().stream()
                .flatMap(BackendHealth::failing)
                .filter(each -> each.received().isPresent())
                .map(Server::pool)
                .map(ArmName::of)
                .collect(Collectors.toSet());
        Map<ArmName, Instant> lost = new HashMap<>();
        log.failing(ErrorInfo.NO_LIVE)
                .forEach(row ->
                        lost.merge(ArmName.of(row.pool()), row.from(), (one, two) -> one.isBefore(two) ? one : two));
        Map<ArmName, Long> balance = new HashMap<>();
        for (Row row : log.rows()) {
            ArmName pool = ArmName.of(row.pool());
            Instant down = lost.get(pool);
            boolean before =
                    down != null && !row.from().isAfter(down) && !row.to().isBefore(down.minus(RIGHT_BEFORE));
            if (before && !row.serverAddress().isEmpty()) {
                balance.merge(pool, row.isFailure() ? -row.requests() : row.requests(), Long::sum);
            }
        }
        return balance.entrySet().stream()
                .filter(each -> each.getValue() > 0 && !answering.contains(each.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
