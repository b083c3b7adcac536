package dev.triage502.diagnosis;

import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Machine;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Backends.Site;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.OperationKind;
import dev.triage502.incident.ResourceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** In which state is what stands behind a pool, so that a start and its undo fit; and what would join an empty pool? */
final class BackendFixValues {

    private BackendFixValues() {}

    /**
     * @param pool the pool that suffers; empty where none is known
     * @return {@code power}: how the stopped members are ({@code stopped}, {@code deallocated}, {@code mixed}, {@code
     *     in-transition}; of an App Service app {@code quota}, or {@code running} where it was started again); {@code stopped-ids} and {@code deallocated-ids}; {@code instance-ids} of a scale set, all of them where
     *     they were not read, {@code stopped-instance-ids} and {@code deallocated-instance-ids}; {@code
     *     joining-scale-set}, which names the empty pool
     */
    static Map<String, String> of(Evidence evidence, List<Finding> findings, Optional<String> pool) {
        TreeMap<String, String> values = new TreeMap<>();
        List<ResourceId> members = findings.stream()
                .flatMap(each ->
                        Stream.of(each.values().getOrDefault("member-id", "").split("\\s+(?=/subscriptions/)")))
                .filter(each -> !each.isEmpty())
                .map(ResourceId::of)
                .distinct()
                .toList();
        Optional<Backends> backends = evidence.backends().toOptional();
        List<ScaleSet> sets = backends.map(Backends::scaleSets).orElse(List.of());
        List<Machine> stopped = Stream.concat(
                        backends.map(Backends::machines).orElse(List.of()).stream(),
                        sets.stream().flatMap(each -> each.instances().stream()))
                .filter(each -> members.contains(each.id()) && each.power() != Power.UNSAID)
                .toList();
        Map<ResourceId, String> states = new LinkedHashMap<>();
        members.forEach(each -> logged(evidence, each).ifPresent(state -> states.put(each, state)));
        stopped.forEach(each -> states.put(each.id(), power(each)));
        put(values, states);
        backends.map(Backends::sites).orElse(List.of()).stream()
                .filter(each -> members.contains(each.id()))
                .forEach(each -> power(each).ifPresent(power -> values.put("power", power)));
        members.stream()
                .map(each -> each.after("virtualMachineScaleSets"))
                .filter(each -> !each.isEmpty())
                .findFirst()
                .ifPresent(set -> {
                    List<String> ids = instances(set, states, state -> true);
                    values.put("instance-ids", ids.isEmpty() ? "*" : String.join(" ", ids));
                    putIds(values, "stopped-instance-ids", instances(set, states, "stopped"::equals));
                    putIds(values, "deallocated-instance-ids", instances(set, states, "deallocated"::equals));
                });
        pool.flatMap(name -> evidence.gateway().toOptional().flatMap(gateway -> gateway.pool(name)))
                .filter(Gateway.Pool::isEmpty)
                .flatMap(each -> sets.stream()
                        .filter(set -> set.pools().contains(each.id()))
                        .findFirst())
                .ifPresent(set -> {
                    values.put("joining-scale-set", set.id().name());
                    values.put("joining-scale-set-resource-group", set.id().resourceGroup());
                });
        return values;
    }

    private static void put(Map<String, String> values, Map<ResourceId, String> states) {
        List<String> different = states.values().stream().distinct().toList();
        if (different.size() > 1 && !different.contains("in-transition")) {
            values.put("power", "mixed");
        } else if (!different.isEmpty()) {
            values.put("power", different.get(0));
        }
        List.of("stopped", "deallocated")
                .forEach(state -> putIds(
                        values,
                        state + "-ids",
                        states.entrySet().stream()
                                .filter(each -> each.getValue().equals(state))
                                .map(each -> each.getKey().toString())
                                .toList()));
    }

    private static void putIds(Map<String, String> values, String name, List<String> ids) {
        if (!ids.isEmpty()) {
            values.put(name, String.join(" ", ids));
        }
    }

    /** The numbers of a scale set's instances that are in such a state. */
    private static List<String> instances(String set, Map<ResourceId, String> states, Predicate<String> state) {
        return states.entrySet().stream()
                .filter(each -> state.test(each.getValue()))
                .map(Map.Entry::getKey)
                .filter(each -> each.after("virtualMachineScaleSets").equalsIgnoreCase(set)
                        && !each.after("virtualMachines").isEmpty())
                .map(ResourceId::name)
                .toList();
    }

    /** How the activity log says that it was stopped, if nothing started it since. */
    private static Optional<String> logged(Evidence evidence, ResourceId member) {
        return evidence.activityLog().toOptional().stream()
                .flatMap(log -> log.on(member))
                .filter(each -> each.outcome() == Outcome.SUCCEEDED)
                .filter(each -> each.kind() == OperationKind.START || each.kind() == OperationKind.STOP)
                .reduce((earlier, later) -> later)
                .filter(each -> each.kind() == OperationKind.STOP)
                .map(each -> lower(each.name()).contains("deallocate") ? "deallocated" : "stopped");
    }

    private static Optional<String> power(Site site) {
        if (site.usedUpItsQuota()) {
            return Optional.of("quota");
        }
        return site.power() == Power.RUNNING ? Optional.of("running") : Optional.empty();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String power(Machine machine) {
        if (machine.power() != Power.STOPPED) {
            return "in-transition";
        }
        return lower(machine.status()).contains("deallocated") ? "deallocated" : "stopped";
    }
}
