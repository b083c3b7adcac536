package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When did a pool have no server left, soon after a request of it had failed? */
public final class ServerLoss {

    /** Within this time after a server fell silent its probe has failed, and no request is sent to it any more. */
    private static final Duration PROBES_NOTICE = Duration.ofMinutes(5);

    private ServerLoss() {}

    /** The first request after this one that found no server of the pool, if it came within minutes. */
    public static Optional<Instant> after(Row row, AccessLog log) {
        Instant until = row.to().plus(PROBES_NOTICE);
        return log.failing(ErrorInfo.NO_LIVE)
                .filter(each -> each.pool().equalsIgnoreCase(row.pool())
                        && each.setting().equalsIgnoreCase(row.setting()))
                .filter(each -> !each.to().isBefore(row.from()) && !each.from().isAfter(until))
                .map(each -> each.from().isBefore(row.from()) ? row.from() : each.from())
                .min(Instant::compareTo);
    }
}
