package dev.triage502.reachability.change;

import dev.triage502.evidence.ActivityLog.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Operations of one kind in the order of their starts, to be asked for those around a moment without going through all. */
public final class OperationTimeline {

    private final List<Operation> operations;
    private final Function<Operation, Instant> until;
    private final List<Instant> longest = new ArrayList<>();

    /** @param until the moment up to which an operation has to be reckoned with */
    public OperationTimeline(Stream<Operation> operations, Function<Operation, Instant> until) {
        this.operations =
                operations.sorted(Comparator.comparing(Operation::started)).toList();
        this.until = until;
        for (Operation each : this.operations) {
            Instant end = until.apply(each);
            Instant before = longest.isEmpty() ? end : longest.get(longest.size() - 1);
            longest.add(end.isAfter(before) ? end : before);
        }
    }

    public OperationTimeline(Stream<Operation> operations) {
        this(operations, Operation::ended);
    }

    /** How many had started by then. */
    private int startedBy(Instant moment) {
        int low = 0;
        int high = operations.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (operations.get(middle).started().isAfter(moment)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The last that had started by then. */
    public Optional<Operation> lastBy(Instant moment) {
        int count = startedBy(moment);
        return count == 0 ? Optional.empty() : Optional.of(operations.get(count - 1));
    }

    /** The last that had started by then and has to be reckoned with after {@code later}. */
    public Optional<Operation> lastBy(Instant moment, Instant later) {
        for (int i = startedBy(moment) - 1; i >= 0 && longest.get(i).isAfter(later); i--) {
            if (until.apply(operations.get(i)).isAfter(later)) {
                return Optional.of(operations.get(i));
            }
        }
        return Optional.empty();
    }

    /** The first that started after that. */
    Optional<Operation> firstAfter(Instant moment) {
        int at = startedBy(moment);
        return at == operations.size() ? Optional.empty() : Optional.of(operations.get(at));
    }

    /** Those that started after one moment and by another, the last first. */
    public Stream<Operation> between(Instant after, Instant by) {
        int from = startedBy(after);
        int to = startedBy(by);
        return Stream.iterate(to - 1, i -> i >= from, i -> i - 1).map(operations::get);
    }

    Stream<Operation> all() {
        return operations.stream();
    }
}
