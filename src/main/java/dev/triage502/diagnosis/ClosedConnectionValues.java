package dev.triage502.diagnosis;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.IngressController;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Is it one server alone that closes connections, and were servers replaced meanwhile, so that draining would help? */
final class ClosedConnectionValues {

    private ClosedConnectionValues() {}

    /**
     * @param pool   the pool that suffers
     * @param server the server that suffers, or an empty string
     * @return {@code only-server}, where other servers of the pool answered and closed nothing; {@code release}: {@code seen}
     *     where the activity log shows that backends were replaced or written, {@code unknown} where it could not be read
     */
    static Map<String, String> of(Evidence evidence, Optional<String> pool, String server) {
        TreeMap<String, String> values = new TreeMap<>();
        if (evidence.accessLog().toOptional().stream()
                .noneMatch(log ->
                        log.failing(ErrorInfo.CLOSED_CONNECTION).findAny().isPresent())) {
            return values;
        }
        if (pool.isPresent()
                && evidence.accessLog()
                        .toOptional()
                        .filter(log -> isAlone(log, pool.get(), server))
                        .isPresent()) {
            values.put("only-server", "yes");
        }
        Reading<ActivityLog> log = evidence.activityLog();
        if (log.toOptional().isEmpty()) {
            values.put("release", "unknown");
        } else if (log.toOptional().orElseThrow().operations().stream().anyMatch(each -> isRelease(each, evidence))) {
            values.put("release", "seen");
        }
        return values;
    }

    private static boolean isAlone(AccessLog log, String pool, String server) {
        List<Row> ofPool = log.rows().stream()
                .filter(row -> row.pool().equalsIgnoreCase(pool)
                        && !row.serverAddress().isEmpty())
                .toList();
        boolean mine = ofPool.stream()
                .anyMatch(row -> closed(row) && row.serverAddress().equalsIgnoreCase(server));
        boolean others = ofPool.stream()
                .anyMatch(row -> closed(row) && !row.serverAddress().equalsIgnoreCase(server));
        return mine
                && !others
                && log.served()
                        .anyMatch(row -> row.pool().equalsIgnoreCase(pool)
                                && !row.serverAddress().isEmpty()
                                && !row.serverAddress().equalsIgnoreCase(server));
    }

    private static boolean closed(Row row) {
        return row.errorInfo() == ErrorInfo.CLOSED_CONNECTION;
    }

    private static boolean isRelease(Operation operation, Evidence evidence) {
        boolean app = operation.concerns("Microsoft.Web/sites") || operation.concerns("Microsoft.App/containerApps");
        boolean pods = operation.concerns("Microsoft.Network/applicationGateways")
                && IngressController.of(evidence)
                        .filter(controller -> controller.made(operation))
                        .isPresent();
        return operation.kind() == OperationKind.REPLACE
                || operation.kind() == OperationKind.IN_PLACE
                || operation.kind() == OperationKind.WRITE && (app || pods);
    }
}
