package dev.triage502.analysis.probe;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway.Probe;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How did a server answer live requests while its probe failed? Once all servers of a pool are marked down none reaches
 * it, so what counts is the time between the first probe that failed and that moment.
 */
final class LiveAnswersDuringProbing {

    /** What live requests that reached a server got. */
    enum Lately {
        SERVED,
        /** 5xx of the server's own. */
        ERRORS,
        /** No request was seen to reach it, or no log was read. */
        NONE
    }

    private final Map<String, List<Row>> rows = new HashMap<>();

    private LiveAnswersDuringProbing() {}

    public static LiveAnswersDuringProbing of(Evidence evidence) {
        LiveAnswersDuringProbing all = new LiveAnswersDuringProbing();
        evidence.accessLog()
                .toOptional()
                .map(AccessLog::rows)
                .orElse(List.of())
                .forEach(row -> all.rows
                        .computeIfAbsent(key(row.pool(), row.setting()), key -> new ArrayList<>())
                        .add(row));
        return all;
    }

    public Lately of(Target server, Optional<Probe> probe) {
        List<Row> reached = reached(server).toList();
        Optional<Instant> firstError = reached.stream()
                .filter(LiveAnswersDuringProbing::isError)
                .map(Row::from)
                .min(Instant::compareTo);
        if (firstError.isPresent() && mostlyErrors(reached, firstError.get())) {
            return Lately.ERRORS;
        }
        return served(server, probe).findAny().isPresent() ? Lately.SERVED : Lately.NONE;
    }

    /** Whether it answered a request with what it was asked for: that a page is refused is an answer too, and not this one. */
    boolean sawWelcome(Target server, Optional<Probe> probe) {
        return served(server, probe).anyMatch(row -> row.status() < 400);
    }

    /** The requests that it answered since its probe fails, and since a server of its pool returned errors, if all are down now. */
    private Stream<Row> served(Target server, Optional<Probe> probe) {
        Optional<Instant> down = nobodyUp(server);
        Optional<Instant> failing = down.map(since -> since.minus(beforeMarkedDown(probe)));
        Optional<Instant> erring = down.flatMap(since -> firstError(server, failing.orElse(since)));
        return reached(server)
                .filter(row -> row.isServed()
                        && failing.map(since -> !row.to().isBefore(since)).orElse(true)
                        && erring.map(since -> !row.to().isBefore(since)).orElse(true));
    }

    private Optional<Instant> firstError(Target server, Instant since) {
        return way(server).stream()
                .filter(row -> isError(row) && !row.from().isBefore(since))
                .map(Row::from)
                .min(Instant::compareTo);
    }

    private Stream<Row> reached(Target server) {
        return way(server).stream().filter(row -> !row.serverAddress().isEmpty() && row.wentBy(server));
    }

    /** The rows of the same pool and setting; all, where the log does not say which. */
    private List<Row> way(Target server) {
        List<Row> same = rows.get(
                key(server.at(Place.POOL).orElse(""), server.at(Place.SETTING).orElse("")));
        return same != null ? same : rows.getOrDefault(key("", ""), List.of());
    }

    private static boolean isError(Row row) {
        return row.maker() == Maker.BACKEND && row.serverStatus().orElse(0) >= 500;
    }

    /** A server that serves the most of its requests is not down for an error now and then. */
    private static boolean mostlyErrors(List<Row> reached, Instant since) {
        long errors = reached.stream()
                .filter(LiveAnswersDuringProbing::isError)
                .mapToLong(Row::requests)
                .sum();
        long served = reached.stream()
                .filter(row -> row.isServed() && !row.to().isBefore(since))
                .mapToLong(Row::requests)
                .sum();
        return errors * 4 >= served;
    }

    /** Since when the gateway had no server for these requests. */
    private Optional<Instant> nobodyUp(Target server) {
        return way(server).stream()
                .filter(LiveAnswersDuringProbing::hadNobody)
                .map(Row::from)
                .min(Instant::compareTo)
                .or(() -> nobodyUpByUnnamed(server));
    }

    /** The log of v1 names no pool where no server is left: such a row counts once the pool's own rows have ended. */
    private Optional<Instant> nobodyUpByUnnamed(Target server) {
        Optional<Instant> last = way(server).stream().map(Row::to).max(Instant::compareTo);
        return rows.getOrDefault(key("", ""), List.of()).stream()
                .filter(LiveAnswersDuringProbing::hadNobody)
                .map(Row::from)
                .filter(from -> last.map(from::isAfter).orElse(true))
                .min(Instant::compareTo);
    }

    private static boolean hadNobody(Row row) {
        return row.isFailure()
                && (row.errorInfo() == ErrorInfo.NO_LIVE
                        || row.errorInfo() == ErrorInfo.NONE
                                && row.serverAddress().isEmpty());
    }

    /** How long a server goes on to get requests, at least, once its probe has begun to fail (probe overview). */
    private static Duration beforeMarkedDown(Optional<Probe> probe) {
        return Duration.ofSeconds(probe.map(each -> (long) each.intervalSeconds() * (each.unhealthyThreshold() - 1))
                .orElse(60L));
    }

    private static String key(String pool, String setting) {
        return (pool + "\n" + setting).toLowerCase(Locale.ROOT);
    }
}
