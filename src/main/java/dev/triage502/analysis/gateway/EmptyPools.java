package dev.triage502.analysis.gateway;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.evidence.Target.Place;
import java.util.stream.Stream;

/** Pools that have no members, and the rules that lead to them. */
public final class EmptyPools {

    private EmptyPools() {}

    /** The pools without members to which a rule sends requests. */
    public static Stream<Pool> used(Gateway gateway) {
        return gateway.pools().stream()
                .filter(Pool::isEmpty)
                .filter(pool -> routes(gateway, pool).findAny().isPresent());
    }

    /** The rules, and paths of rules, that send requests to the pool. */
    public static Stream<Rule> routes(Gateway gateway, Pool pool) {
        return gateway.rules().stream().filter(rule -> rule.pool().equalsIgnoreCase(pool.name()));
    }

    /** Controllers leave an empty pool as the default of a path map; it hurts only requests that match no path. */
    public static boolean isOnlyFallback(Gateway gateway, Pool pool) {
        return routes(gateway, pool)
                .allMatch(rule -> gateway.rules().stream()
                        .anyMatch(other -> other.name().equals(rule.name())
                                && !other.paths().isEmpty()
                                && rule.paths().isEmpty()));
    }

    /** Whether only some paths lead there, so that it takes a log to tell whether anybody asks for it. */
    public static boolean isOnlyForPaths(Gateway gateway, Pool pool) {
        return routes(gateway, pool).noneMatch(rule -> rule.paths().isEmpty());
    }

    /** Whether servers of other pools fail, and no log tells which pool the failing requests were for. */
    public static boolean othersFailInstead(Evidence evidence) {
        return !evidence.accessLog().isPresent()
                && evidence.backendHealth().toOptional().stream()
                        .flatMap(BackendHealth::failing)
                        .findAny()
                        .isPresent();
    }

    /** Whether something else may be what fails: servers of other pools do, or neither log nor health was read. */
    public static boolean mayOthersFailInstead(Evidence evidence) {
        boolean unseen =
                !evidence.accessLog().isPresent() && !evidence.backendHealth().isPresent();
        return unseen || othersFailInstead(evidence);
    }

    /** Whether every server passes its probe, or the log has failing requests of this very pool. */
    public static boolean isAllThatFails(Evidence evidence, Target pool) {
        boolean wellElsewhere = evidence.backendHealth().toOptional().stream()
                .flatMap(BackendHealth::failing)
                .findAny()
                .isEmpty();
        return wellElsewhere
                || evidence.accessLog().toOptional().stream()
                        .flatMap(AccessLog::failing)
                        .anyMatch(row -> row.pool().equalsIgnoreCase(pool.name()));
    }

    /** Whether requests may fail for want of the pool's members: not where the log has those that fail, and none went there. */
    public static boolean mayBeAsked(Evidence evidence, Pool pool) {
        return evidence.accessLog()
                .toOptional()
                .filter(log -> log.failedRequests() > 0)
                .map(log -> log.failedByWay().by(target(pool)) > 0)
                .orElse(true);
    }

    /** The pool as a target. */
    public static Target target(Pool pool) {
        return Target.of(Kind.POOL, pool.name(), pool.id().toString());
    }

    /** The pools that backend health lists without a server. */
    public static Stream<Finding> probedWithoutServers(BackendHealth health) {
        return health.associations().stream()
                .filter(each -> each.servers() == 0)
                .map(each -> Finding.of(
                        Source.BACKEND_HEALTH,
                        Target.of(Kind.POOL, each.pool(), "").on(Place.SETTING, each.setting()),
                        each.pool() + " is used with " + each.setting() + " and has no server to probe"));
    }

    /** What speaks against an empty pool: every pool in use has members, as far as the whole document was read. */
    public static Stream<Finding> noneIsEmpty(Gateway gateway) {
        boolean any = gateway.associations().isEmpty()
                || gateway.gap().isPresent()
                || used(gateway).findAny().isPresent();
        return any
                ? Stream.empty()
                : Stream.of(Finding.of(
                        Source.GATEWAY, gateway.target(), "every pool that a rule uses has backend targets"));
    }
}
