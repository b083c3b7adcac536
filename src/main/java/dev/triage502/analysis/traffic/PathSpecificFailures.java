package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests that are cut off always and only on certain paths, while the same server answers on others. */
public final class PathSpecificFailures {

    /** Fewer than this could be chance. */
    private static final long ENOUGH = 3;

    private PathSpecificFailures() {}

    /**
     * The cut-off requests of each server, where a path is never answered and other paths always are. A server that was
     * gone right afterwards did not send a bad response: it broke down, or was taken away.
     */
    public static Stream<LiveFailures> always(AccessLog log) {
        return LiveFailures.byServer(log, PathSpecificFailures::isCutOff)
                .filter(failures -> isAlways(failures, log) && !brokeDown(failures, log));
    }

    private static boolean brokeDown(LiveFailures failures, AccessLog log) {
        return failures.rows().stream()
                .allMatch(row -> row.errorInfo() == ErrorInfo.CLOSED_CONNECTION
                        && ServerLoss.after(row, log).isPresent());
    }

    /** A connection closed early, or an answer that began and could not be used. */
    static boolean isCutOff(Row row) {
        return row.errorInfo() == ErrorInfo.CLOSED_CONNECTION || row.maker() == Maker.BOTH;
    }

    private static boolean isAlways(LiveFailures failures, AccessLog log) {
        Set<String> cut = failures.rows().stream().map(Row::path).collect(Collectors.toSet());
        List<Row> served = log.served().filter(failures::wentTheSameWay).toList();
        Set<String> hosts = failures.rows().stream().map(Row::clientHost).collect(Collectors.toSet());
        // Where each failing host fails on every path, the host is what they have in common.
        boolean othersAnswered = served.stream()
                .anyMatch(row -> !row.path().isEmpty()
                        && (hosts.contains("")
                                || row.clientHost().isEmpty()
                                || row.clientHost().equals("*")
                                || hosts.contains(row.clientHost())));
        boolean sameAnswered = served.stream().anyMatch(row -> cut.contains(row.path()));
        return !cut.contains("") && othersAnswered && !sameAnswered && failures.requests() >= ENOUGH;
    }
}
