package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.gateway.EmptyPools;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Sign.Weight;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.evidence.IngressController;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target.Place;
import java.util.stream.Stream;

/** A rule sends requests to a pool that has no members. */
record BackendPoolEmpty() implements Cause {

    @Override
    public String id() {
        return "backend-pool-empty";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        boolean isControllers = IngressController.of(evidence).isPresent();
        Weight seen = weight(evidence, isControllers);
        return Verdict.of(
                Sign.of(
                        seen,
                        evidence.gateway(),
                        gateway -> EmptyPools.used(gateway)
                                .filter(pool -> !EmptyPools.isOnlyFallback(gateway, pool))
                                .filter(pool -> EmptyPools.mayBeAsked(evidence, pool))
                                .filter(pool -> !EmptyPools.mayOthersFailInstead(evidence)
                                        || !EmptyPools.isOnlyForPaths(gateway, pool))
                                .map(pool -> noMembers(gateway, pool))),
                Sign.of(
                        seen,
                        evidence.gateway(),
                        evidence.accessLog(),
                        (gateway, log) -> EmptyPools.used(gateway)
                                .filter(pool -> log.failedByWay().by(EmptyPools.target(pool)) > 0)
                                .map(pool -> noMembers(gateway, pool))),
                Sign.suggestive(
                        evidence.gateway(),
                        gateway -> EmptyPools.used(gateway)
                                .filter(pool -> EmptyPools.isOnlyFallback(gateway, pool))
                                .filter(pool -> !isControllers || isAllThatFails(situation))
                                .map(pool -> noMembers(gateway, pool))),
                // The gateway's document says the same, and more: health is no second witness beside it.
                Sign.suggestive(
                        evidence.backendHealth(),
                        health -> evidence.gateway().isPresent()
                                ? Stream.empty()
                                : EmptyPools.probedWithoutServers(health)
                                        .filter(pool -> EmptyPools.isAllThatFails(evidence, pool.target()))),
                Sign.contrary(evidence.gateway(), EmptyPools::noneIsEmpty));
    }

    /**
     * Whether the writes were read, and what was in use before them. A controller fills the pools again with its next update; so
     * one that stays empty was as a rule emptied by another writer, which is another cause.
     */
    private static boolean tellsWhoWrote(Evidence evidence) {
        return evidence.activityLog().isPresent() && evidence.accessLog().isPresent();
    }

    /** How much an empty pool says: less where a controller fills it or may do so, and the writes were not read. */
    private static Weight weight(Evidence evidence, boolean isControllers) {
        if (isControllers && !tellsWhoWrote(evidence)) {
            return Weight.SUGGESTIVE;
        }
        // A controller would be known by its cluster, or by what it writes.
        boolean mayBeControllers =
                !evidence.backends().isPresent() && !evidence.activityLog().isPresent();
        return mayBeControllers ? Weight.STRONG : Weight.CONCLUSIVE;
    }

    /** Whether requests fail, no log says which, and every server is well: then those that match no path are left. */
    private static boolean isAllThatFails(Situation situation) {
        return situation.traffic().sawFailure()
                && !situation.evidence().accessLog().isPresent()
                && situation.evidence().backendHealth().toOptional().stream()
                        .anyMatch(health -> health.healthy().findAny().isPresent()
                                && health.healthy().count() == health.servers().size());
    }

    private static Finding noMembers(Gateway gateway, Pool pool) {
        String rule =
                EmptyPools.routes(gateway, pool).map(Rule::name).findFirst().orElse("");
        return Finding.of(
                        Source.GATEWAY,
                        EmptyPools.target(pool).on(Place.RULE, rule),
                        pool.name() + " is empty, and rule " + rule + " sends requests to it")
                .with("pool", pool.name());
    }
}
