package dev.triage502.analysis.traffic;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.DimensionCounts.Count;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.RequestDimension;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What sets failed requests apart from served ones, and what follows from it for a cause? Where the log names no pool
 * (first generation), requests of several may be compared with one another; that is worth telling, and says nothing against a
 * cause.
 *
 * @param all the pool with most failed requests first, in each the least likely chance first
 */
public record FailureContrasts(List<FailureContrast> all) {

    /** By the counts of the log, or by its rows where nothing was counted; none where no log was read. */
    public static FailureContrasts of(Evidence evidence) {
        return evidence.accessLog().toOptional().map(FailureContrasts::of).orElse(new FailureContrasts(List.of()));
    }

    static FailureContrasts of(AccessLog log) {
        List<Count> counts =
                log.dimensions().toOptional().map(each -> each.counts()).orElseGet(() -> RowCounts.of(log));
        List<FailureContrast> counted = FailureContrast.of(counts, FailureContrast.LEVEL);
        Stream<FailureContrast> turns = InstanceTurns.of(log).stream()
                .filter(turn -> counted.stream().noneMatch(each -> each.isOfMakersIn(turn.pool())));
        return new FailureContrasts(Stream.concat(counted.stream(), turns).toList());
    }

    /**
     * The pool whose failures come through some of the gateway's instances only, while no server is set apart: the same
     * servers answer the other instances, so it is not the servers that differ.
     */
    public Optional<FailureContrast> ofInstance(String pool) {
        return of(pool, RequestDimension.SERVER).isPresent() ? Optional.empty() : of(pool, RequestDimension.INSTANCE);
    }

    /** What the instances say against a cause in the servers, a finding for each such pool. */
    public Stream<Finding> ofInstances() {
        return all.stream()
                .filter(each -> !each.pool().isEmpty())
                .filter(each -> ofInstance(each.pool()).filter(each::equals).isPresent())
                .map(FailureContrast::finding);
    }

    /** What speaks against a load that all requests of a pool share: its failures are of a few paths only. */
    public Stream<Finding> ofPaths() {
        return all.stream()
                .filter(each -> each.dimension() == RequestDimension.PATH
                        && !each.pool().isEmpty())
                .map(FailureContrast::finding);
    }

    /**
     * Whether other servers of the pool have the failures, and these few are stray ones: a cause that is shown for the others
     * need not be shown for this server.
     */
    public boolean isStray(LiveFailures failures) {
        return of(failures.pool(), RequestDimension.SERVER)
                .filter(each -> each.values().stream()
                        .map(FailureContrast::address)
                        .noneMatch(failures.server()::equalsIgnoreCase))
                .isPresent();
    }

    /** Whether nearly all failures of the pool are of this one server. */
    boolean isOfOneServer(LiveFailures failures) {
        return of(failures.pool(), RequestDimension.SERVER)
                .filter(each -> each.values().size() == 1
                        && FailureContrast.address(each.values().get(0)).equalsIgnoreCase(failures.server()))
                .isPresent();
    }

    private Optional<FailureContrast> of(String pool, RequestDimension dimension) {
        return all.stream()
                .filter(each -> each.pool().equalsIgnoreCase(pool) && each.dimension() == dimension)
                .findFirst();
    }
}
