package dev.triage502.diagnosis;

import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.Machine;
import dev.triage502.evidence.Backends.Power;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.incident.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** In which state is what stands behind a pool, so that a start and its undo fit; and what would join an empty pool? */
final class BackendFixValues {

    private BackendFixValues() {}

    /**
     * @param pool the pool that suffers; empty where none is known
     * @return {@code power}: how the first of the stopped members is ({@code stopped}, {@code deallocated}, {@code
     *     in-transition}); {@code instance-ids} of a scale set, all of them where they were not read; {@code
     *     joining-scale-set}, which names the empty pool; {@code unused-pool}, the one that has members in its place
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
        stopped.stream().findFirst().map(BackendFixValues::power).ifPresent(each -> values.put("power", each));
        members.stream()
                .map(each -> each.after("virtualMachineScaleSets"))
                .filter(each -> !each.isEmpty())
                .findFirst()
                .ifPresent(set -> {
                    List<String> ids = stopped.stream()
                            .filter(each ->
                                    each.id().after("virtualMachineScaleSets").equalsIgnoreCase(set))
                            .map(each -> each.id().name())
                            .toList();
                    values.put("instance-ids", ids.isEmpty() ? "*" : String.join(" ", ids));
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
        pool.flatMap(name -> evidence.gateway().toOptional().flatMap(gateway -> unused(gateway, name)))
                .ifPresent(other -> values.put("unused-pool", other));
        return values;
    }

    /** The one pool with members that nothing leads to, where the rule leads to an empty one. */
    private static Optional<String> unused(Gateway gateway, String empty) {
        if (gateway.pool(empty).filter(Gateway.Pool::isEmpty).isEmpty()) {
            return Optional.empty();
        }
        List<String> others = gateway.pools().stream()
                .filter(each -> !each.isEmpty()
                        && gateway.associations().stream()
                                .noneMatch(pair -> pair.pool().id().equals(each.id())))
                .map(Gateway.Pool::name)
                .toList();
        return others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty();
    }

    private static String power(Machine machine) {
        if (machine.power() != Power.STOPPED) {
            return "in-transition";
        }
        return machine.status().toLowerCase(java.util.Locale.ROOT).contains("deallocated") ? "deallocated" : "stopped";
    }
}
