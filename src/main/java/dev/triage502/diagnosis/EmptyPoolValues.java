package dev.triage502.diagnosis;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Listener;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Gateway.Rule;
import dev.triage502.incident.HostName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a rule that leads to an empty pool can lead instead, and whether it takes requests that are another rule's. */
final class EmptyPoolValues {

    /** The last priority that a rule can have. */
    private static final int LAST = 20_000;

    /** As many names as a sentence holds. */
    private static final int NAMED = 5;

    private final Gateway gateway;
    private final Map<String, String> values = new TreeMap<>();

    private EmptyPoolValues(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * @param pool the pool that suffers; nothing is known where it is not empty
     * @return {@code path-map} and {@code path-index}, where the empty pool is used in a path map (without an index: as its
     *     default), and {@code rewrite-set} and {@code rewrite-rule}, if that rule has the path map evaluated again; {@code unused-pool}, the one pool that has servers and that nothing leads to; {@code pools-with-servers};
     *     {@code shadowed-rule}, {@code rule-priority} and {@code last-priority}, where the rule is tried before the one that is
     *     for the host that fails
     */
    static Map<String, String> of(Evidence evidence, Optional<String> pool) {
        Optional<Gateway> gateway = evidence.gateway().toOptional();
        Optional<Pool> empty =
                pool.flatMap(name -> gateway.flatMap(each -> each.pool(name)).filter(Pool::isEmpty));
        if (gateway.isEmpty() || empty.isEmpty()) {
            return Map.of();
        }
        EmptyPoolValues found = new EmptyPoolValues(gateway.get());
        found.others();
        gateway.get().rules().stream()
                .filter(each -> each.pool().equalsIgnoreCase(empty.get().name()))
                .findFirst()
                .ifPresent(rule -> found.rule(rule, evidence.accessLog().toOptional()));
        return found.values;
    }

    private void others() {
        List<String> filled = gateway.pools().stream()
                .filter(each -> !each.isEmpty())
                .map(Pool::name)
                .toList();
        List<String> unused = filled.stream()
                .filter(name ->
                        gateway.rules().stream().noneMatch(rule -> rule.pool().equalsIgnoreCase(name)))
                .toList();
        if (unused.size() == 1) {
            values.put("unused-pool", unused.get(0));
        }
        if (!filled.isEmpty()) {
            String more = filled.size() > NAMED ? " and " + (filled.size() - NAMED) + " more" : "";
            values.put(
                    "pools-with-servers", String.join(", ", filled.subList(0, Math.min(NAMED, filled.size()))) + more);
        }
    }

    private void rule(Rule rule, Optional<AccessLog> log) {
        if (!rule.pathMap().isEmpty()) {
            values.put("path-map", rule.pathMap());
            rule.pathRule().ifPresent(index -> values.put("path-index", String.valueOf(index)));
            gateway.reroutes().stream()
                    .filter(each -> each.pathMap().equalsIgnoreCase(rule.pathMap()))
                    .findFirst()
                    .ifPresent(each -> {
                        values.put("rewrite-set", each.rewriteSet());
                        values.put("rewrite-rule", each.rewriteRule());
                    });
        }
        log.ifPresent(rows -> shadowed(rule, rows));
    }

    /** Of a rule without a host: a later rule that is for the host of every request that failed by it. */
    private void shadowed(Rule rule, AccessLog log) {
        boolean anyHost = listener(rule).filter(each -> each.hosts().isEmpty()).isPresent();
        List<String> hosts = log.failing()
                .filter(row -> row.pool().equalsIgnoreCase(rule.pool()))
                .map(AccessLog.Row::clientHost)
                .distinct()
                .toList();
        int last = gateway.rules().stream()
                .mapToInt(each -> each.priority().orElse(0))
                .max()
                .orElse(0);
        if (!anyHost || hosts.isEmpty() || rule.priority().isEmpty() || last + 1 > LAST) {
            return;
        }
        List<Rule> right =
                hosts.stream().flatMap(host -> isFor(rule, host).stream()).toList();
        if (right.size() == hosts.size()) {
            values.put("shadowed-rule", right.get(0).name());
            values.put("rule-priority", String.valueOf(rule.priority().getAsInt()));
            values.put("last-priority", String.valueOf(Math.min(LAST, last + 10)));
        }
    }

    private Optional<Rule> isFor(Rule rule, String host) {
        return gateway.rules().stream()
                .filter(each -> each.priority().orElse(0) > rule.priority().orElse(0))
                .filter(each -> listener(each)
                        .filter(other -> other.port()
                                .equals(listener(rule).map(Listener::port).orElse(other.port())))
                        .filter(other ->
                                other.hosts().stream().map(HostName::of).anyMatch(HostName.of(host)::isCoveredBy))
                        .isPresent())
                .findFirst();
    }

    private Optional<Listener> listener(Rule rule) {
        return gateway.listeners().stream()
                .filter(each -> each.name().equalsIgnoreCase(rule.listener()))
                .findFirst();
    }
}
