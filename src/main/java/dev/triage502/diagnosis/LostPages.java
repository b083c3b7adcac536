package dev.triage502.diagnosis;

import dev.triage502.analysis.probe.ProbeRequest;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Does a backend answer 404 to live requests as well as to the probe, where it served before? Then it has lost what it serves,
 * and a probe of another path would send requests to it again.
 */
final class LostPages {

    private static final int NOT_FOUND = 404;

    /** One path, or fewer requests, may be a client's mistake. */
    private static final int PATHS = 2;

    private static final long REQUESTS = 3;

    /** How many paths are named. */
    private static final int NAMED = 2;

    private LostPages() {}

    /** Some of the paths, as a list for a sentence; empty where the backend still serves, or never did. */
    static Optional<String> of(Evidence evidence, Setting setting, ProbeRequest asked) {
        List<Row> answers = evidence.accessLog().toOptional().stream()
                .flatMap(log -> log.rows().stream())
                .filter(row -> row.setting().equalsIgnoreCase(setting.name())
                        && !row.serverAddress().isEmpty()
                        && row.serverStatus().isPresent())
                .toList();
        Optional<Instant> served = answers.stream()
                .filter(row -> asked.accepts(row.serverStatus().getAsInt()))
                .map(Row::to)
                .max(Instant::compareTo);
        List<Row> since = answers.stream()
                .filter(row -> served.filter(until -> row.from().isAfter(until)).isPresent())
                .toList();
        List<String> paths = since.stream()
                .map(Row::path)
                .filter(path -> path.startsWith("/") && !path.contains("*") && !path.equals(asked.path()))
                .distinct()
                .sorted()
                .toList();
        boolean lost = paths.size() >= PATHS
                && since.stream().allMatch(row -> row.serverStatus().getAsInt() == NOT_FOUND)
                && since.stream().mapToLong(Row::requests).sum() >= REQUESTS;
        return lost
                ? Optional.of(String.join(" and ", paths.stream().limit(NAMED).toList()))
                : Optional.empty();
    }
}
