package dev.triage502.analysis.traffic;

import dev.triage502.analysis.traffic.FailureContrast.Share;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.AccessLog.Row;
import dev.triage502.evidence.RequestDimension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Gateway instances that fail in turn: for some minutes all requests through one of them fail, while the servers answer those
 * through the others; later it is another one's turn. Over the whole incident each has failed and served requests, so that counts by
 * instance do not set one apart. Something between them goes by the instance's address: a guard that bans an address for a time, an
 * allow list that is filled again and again.
 */
final class InstanceTurns {

    /** Failures further apart than this are two turns. */
    private static final Duration PAUSE = Duration.ofMinutes(3);

    /** Shorter turns may be chance. */
    private static final Duration SHORTEST = Duration.ofMinutes(2);

    private static final long ENOUGH = 10;

    private final List<Row> rows;

    private InstanceTurns(List<Row> rows) {
        this.rows = rows;
    }

    /** One for each pool whose failures come in such turns. */
    static List<FailureContrast> of(AccessLog log) {
        Map<String, List<Row>> byPool = log.rows().stream()
                .filter(row -> !row.pool().isEmpty() && !row.instance().isEmpty())
                .filter(row -> row.isFailure() || row.isServed())
                .collect(Collectors.groupingBy(Row::pool, TreeMap::new, Collectors.toList()));
        List<FailureContrast> all = new ArrayList<>();
        byPool.forEach((pool, rows) -> new InstanceTurns(rows).contrast(pool).ifPresent(all::add));
        return all;
    }

    /** Minutes in which one instance only fails. */
    private record Turn(String instance, Instant from, Instant to, long failed) {

        boolean holds(Row row) {
            return !row.from().isBefore(from) && !row.to().isAfter(to);
        }

        boolean touches(Row row) {
            return !row.to().isBefore(from) && !row.from().isAfter(to);
        }
    }

    private Optional<FailureContrast> contrast(String pool) {
        List<Turn> turns = turns().stream().filter(this::isOfOneInstance).toList();
        long failed =
                rows.stream().filter(Row::isFailure).mapToLong(Row::requests).sum();
        long inTurns = turns.stream().mapToLong(Turn::failed).sum();
        List<String> instances =
                turns.stream().map(Turn::instance).distinct().sorted().toList();
        if (instances.size() < 2 || inTurns < FailureContrast.SHARE * failed) {
            return Optional.empty();
        }
        long elsewhere = turns.stream().mapToLong(this::servedByOthers).sum();
        return Optional.of(new FailureContrast(
                pool,
                RequestDimension.INSTANCE,
                instances,
                failed,
                new Share(inTurns, inTurns),
                new Share(0, elsewhere),
                Math.log(FailureContrast.LEVEL),
                true));
    }

    private List<Turn> turns() {
        Map<String, List<Row>> failing = rows.stream()
                .filter(Row::isFailure)
                .sorted(Comparator.comparing(Row::from))
                .collect(Collectors.groupingBy(Row::instance, TreeMap::new, Collectors.toList()));
        List<Turn> turns = new ArrayList<>();
        failing.forEach((instance, of) -> {
            List<Row> turn = new ArrayList<>();
            for (Row row : of) {
                if (!turn.isEmpty()
                        && turn.get(turn.size() - 1).to().plus(PAUSE).isBefore(row.from())) {
                    turns.add(turn(instance, turn));
                    turn.clear();
                }
                turn.add(row);
            }
            turns.add(turn(instance, turn));
        });
        return turns;
    }

    private static Turn turn(String instance, List<Row> rows) {
        Instant to = rows.stream().map(Row::to).max(Instant::compareTo).orElseThrow();
        return new Turn(
                instance,
                rows.get(0).from(),
                to,
                rows.stream().mapToLong(Row::requests).sum());
    }

    /** Whether it goes on for minutes without any answer through the instance, and the others fail nothing and serve. */
    private boolean isOfOneInstance(Turn turn) {
        boolean lasts = Duration.between(turn.from(), turn.to()).compareTo(SHORTEST) >= 0;
        boolean servesNothing = rows.stream()
                .noneMatch(row -> row.isServed() && row.instance().equals(turn.instance()) && turn.holds(row));
        boolean othersFail = rows.stream()
                .anyMatch(row -> row.isFailure() && !row.instance().equals(turn.instance()) && turn.holds(row));
        return lasts && servesNothing && !othersFail && servedByOthers(turn) >= ENOUGH;
    }

    private long servedByOthers(Turn turn) {
        return rows.stream()
                .filter(row -> row.isServed() && !row.instance().equals(turn.instance()) && turn.touches(row))
                .mapToLong(Row::requests)
                .sum();
    }
}
