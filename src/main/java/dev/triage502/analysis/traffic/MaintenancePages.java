package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Maker;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.DirectProbes.DirectProbe;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Target.Place;
import dev.triage502.incident.Wording;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Error pages that are shown on purpose, such as during announced work: a 503 that is no fault. */
public final class MaintenancePages {

    private static final List<String> SAYING_SO =
            List.of("maintenance", "planned work", "scheduled work", "being updated", "temporarily closed");

    private MaintenancePages() {}

    /** The log without the answers of 503 by servers whose page says, asked directly, that it is meant. */
    static AccessLog without(AccessLog log, Evidence evidence) {
        Set<String> pools = announced(evidence);
        return pools.isEmpty()
                ? log
                : new AccessLog(log.rows().stream()
                        .filter(row -> !isDeliberate(row, pools))
                        .toList());
    }

    /** The pool that most of such answers came from, if there were any. */
    public static Optional<String> pool(Evidence evidence) {
        Set<String> pools = announced(evidence);
        Map<String, Long> answers = evidence.accessLog().toOptional().stream()
                .flatMap(log -> log.rows().stream())
                .filter(row -> isDeliberate(row, pools))
                .collect(Collectors.groupingBy(Row::pool, TreeMap::new, Collectors.summingLong(Row::requests)));
        return answers.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static Set<String> announced(Evidence evidence) {
        Set<String> pools = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        evidence.directProbes().toOptional().stream()
                .flatMap(probes -> probes.stream())
                .filter(MaintenancePages::saysSo)
                .flatMap(probe -> probe.targets().stream())
                .forEach(target -> target.at(Place.POOL).ifPresent(pools::add));
        return pools;
    }

    private static boolean saysSo(DirectProbe probe) {
        Wording body = Wording.of(probe.body().orElse(""));
        return probe.status().orElse(0) == 503 && SAYING_SO.stream().anyMatch(body::has);
    }

    private static boolean isDeliberate(Row row, Set<String> pools) {
        return row.status() == 503 && row.maker() == Maker.BACKEND && pools.contains(row.pool());
    }
}
