package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Bursts of failures that each follow a restart of machines or apps: nobody is left for a while, again and again. */
public final class RestartBursts {

    private static final List<String> ENDINGS = List.of(
            "/restart/action",
            "/reimage/action",
            "/redeploy/action",
            "/poweroff/action",
            "/deallocate/action",
            "/stop/action");

    private static final List<String> HOLDERS = List.of(
            "microsoft.compute/virtualmachines", "microsoft.compute/virtualmachinescalesets", "microsoft.web/sites");

    /** A pause this long makes two bursts of one. */
    private static final Duration PAUSE = Duration.ofMinutes(3);

    /** How soon after a restart the failures begin: what stops takes its probe's time to be noticed. */
    private static final Duration SOON = Duration.ofMinutes(4);

    private RestartBursts() {}

    /** A finding for each pool whose every burst of failures followed a restart; one burst alone could be chance. */
    public static Stream<Finding> beforeEveryBurst(AccessLog log, ActivityLog activity) {
        List<Operation> restarts =
                activity.operations().stream().filter(RestartBursts::isRestart).toList();
        return LiveFailures.bySetting(log, row -> row.errorInfo() == ErrorInfo.NO_LIVE)
                .flatMap(failures -> {
                    List<Instant> bursts = bursts(failures.rows());
                    boolean all = bursts.stream()
                            .allMatch(burst -> restarts.stream().anyMatch(each -> isShortlyBefore(each, burst)));
                    return bursts.size() > 1 && all ? Stream.of(told(failures, bursts, restarts)) : Stream.empty();
                });
    }

    private static List<Instant> bursts(List<Row> rows) {
        List<Instant> beginnings = new ArrayList<>();
        Instant until = Instant.MIN;
        for (Row row : rows) {
            if (beginnings.isEmpty() || Duration.between(until, row.from()).compareTo(PAUSE) > 0) {
                beginnings.add(row.from());
            }
            until = row.to().isAfter(until) ? row.to() : until;
        }
        return beginnings;
    }

    private static boolean isShortlyBefore(Operation restart, Instant burst) {
        Duration since = Duration.between(restart.started(), burst);
        return !since.isNegative() && since.compareTo(SOON) <= 0;
    }

    private static boolean isRestart(Operation operation) {
        Wording name = Wording.of(operation.name());
        return !operation.failed()
                && HOLDERS.stream().anyMatch(name::startWith)
                && ENDINGS.stream().anyMatch(name::endIn);
    }

    private static Finding told(LiveFailures failures, List<Instant> bursts, List<Operation> restarts) {
        Operation last = restarts.get(restarts.size() - 1);
        return Finding.of(
                        Source.ACTIVITY_LOG,
                        Target.of(Kind.POOL, failures.pool(), "").on(Place.SETTING, failures.setting()),
                        "each of " + bursts.size() + " bursts of failures of " + failures.pool()
                                + " began within minutes of a restart, e.g. when "
                                + OperationPhrase.of(last).sentence())
                .at(last.started())
                .with("caller", last.caller())
                .with("restart-bursts", String.valueOf(bursts.size()));
    }
}
