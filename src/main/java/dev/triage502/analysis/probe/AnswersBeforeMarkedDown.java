package dev.triage502.analysis.probe;

import dev.triage502.analysis.probe.ProbeRejections.Rejection;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.ErrorInfo;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What did servers answer right before the gateway had no live server? Where backend health cannot be read, these answers
 * stand in for those that the probes got.
 */
final class AnswersBeforeMarkedDown {

    /** How long before the first request without a live server the last answer may be: quiet pools get few requests. */
    private static final Duration RIGHT_BEFORE = Duration.ofMinutes(5);

    /** Fewer answers may be a client's mistake. */
    private static final long ENOUGH = 3;

    private AnswersBeforeMarkedDown() {}

    /**
     * The servers whose last answers were all of one status that their probe rejects, on the probe's own path or on one that
     * was answered as wanted before: a scanner's 404 says nothing of the probe.
     */
    static Stream<Rejection> rejected(AccessLog log, Corroboration witnesses) {
        TreeMap<String, List<Row>> pairs = new TreeMap<>();
        log.rows()
                .forEach(row -> pairs.computeIfAbsent(row.pool() + "\n" + row.setting(), key -> new ArrayList<>())
                        .add(row));
        return pairs.values().stream().flatMap(rows -> rejected(rows, witnesses));
    }

    private static Stream<Rejection> rejected(List<Row> rows, Corroboration witnesses) {
        Optional<Instant> down = rows.stream()
                .filter(row -> row.isFailure() && row.errorInfo() == ErrorInfo.NO_LIVE)
                .map(Row::from)
                .min(Instant::compareTo);
        if (down.isEmpty()) {
            return Stream.empty();
        }
        TreeMap<String, List<Row>> servers = new TreeMap<>();
        rows.stream()
                .filter(row -> row.serverStatus().orElse(0) > 0
                        && !row.serverAddress().isEmpty()
                        && !row.from().isAfter(down.get()))
                .forEach(row -> servers.computeIfAbsent(row.serverAddress(), key -> new ArrayList<>())
                        .add(row));
        return servers.values().stream().flatMap(each -> rejected(each, down.get(), witnesses).stream());
    }

    private static Optional<Rejection> rejected(List<Row> answers, Instant down, Corroboration witnesses) {
        Row any = answers.get(0);
        String member = witnesses.onlyNameIn(any.pool()).orElse(any.serverAddress());
        Target reached = Target.server(member, any.pool()).on(Place.SETTING, any.setting());
        Optional<ProbeRequest> asked = witnesses.asked(reached);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Target server = asked.get()
                .probe()
                .map(probe -> reached.on(Place.PROBE, probe.name()))
                .orElse(reached);
        Optional<Instant> accepted = answers.stream()
                .filter(row -> asked.get().accepts(row.serverStatus().getAsInt()))
                .map(Row::to)
                .max(Instant::compareTo);
        List<Row> last = answers.stream()
                .filter(row -> accepted.map(row.from()::isAfter).orElse(true))
                .toList();
        long requests = last.stream().mapToLong(Row::requests).sum();
        boolean alike = last.stream()
                        .map(row -> row.serverStatus().getAsInt())
                        .distinct()
                        .count()
                == 1;
        boolean rightBefore = last.stream().anyMatch(row -> !row.to().isBefore(down.minus(RIGHT_BEFORE)));
        Set<String> wanted = answers.stream()
                .filter(row -> asked.get().accepts(row.serverStatus().getAsInt()))
                .map(Row::path)
                .collect(Collectors.toCollection(HashSet::new));
        wanted.add(asked.get().path());
        boolean asProbed = last.stream().map(Row::path).anyMatch(wanted::contains);
        if (requests < ENOUGH || !alike || !rightBefore || !asProbed) {
            return Optional.empty();
        }
        int status = last.get(0).serverStatus().getAsInt();
        Finding finding = Finding.of(
                        Source.ACCESS_LOG,
                        server,
                        server.name() + " answered the last " + requests + " requests with " + status
                                + ", then the gateway had no live server")
                .at(last.get(0).from());
        return Optional.of(new Rejection(
                server, OptionalInt.of(status), Optional.of(asked.get().probe().isPresent()), finding));
    }
}
