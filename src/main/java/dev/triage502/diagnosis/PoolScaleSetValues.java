package dev.triage502.diagnosis;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.Backends.ScaleSet;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.incident.ResourceId;
import dev.triage502.incident.Wording;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which scale set fills a pool, and may it grow? Or which one was changed and names no pool any more? */
final class PoolScaleSetValues {

    private static final String WRITE = "Microsoft.Compute/virtualMachineScaleSets/write";

    private final Evidence evidence;
    private final List<ScaleSet> sets;
    private final Map<String, String> values = new TreeMap<>();

    private PoolScaleSetValues(Evidence evidence) {
        this.evidence = evidence;
        this.sets = evidence.backends().toOptional().map(Backends::scaleSets).orElse(List.of()).stream()
                .filter(each -> each.nodes().isEmpty())
                .toList();
    }

    /**
     * @param pool the pool that suffers; nothing is known where none is
     * @return {@code pool-scale-set} with {@code pool-scale-set-resource-group}, and {@code growth-refused} ({@code subnet}, {@code quota}
     *     or {@code capacity}) if Azure refused it more instances; of an empty pool {@code left-scale-set} with {@code
     *     left-scale-set-resource-group}, the one set that was changed in the window and names no pool
     */
    static Map<String, String> of(Evidence evidence, Optional<String> pool) {
        PoolScaleSetValues found = new PoolScaleSetValues(evidence);
        pool.flatMap(name -> evidence.gateway().toOptional().flatMap(gateway -> gateway.pool(name)))
                .ifPresent(found::look);
        return found.values;
    }

    private void look(Pool pool) {
        Optional<ScaleSet> filling =
                sets.stream().filter(each -> each.pools().contains(pool.id())).findFirst();
        filling.ifPresent(set -> {
            put("pool-scale-set", set.id());
            refusal(set.id()).ifPresent(why -> values.put("growth-refused", why));
        });
        if (filling.isEmpty() && pool.isEmpty()) {
            List<ScaleSet> left = sets.stream()
                    .filter(each -> each.pools().isEmpty()
                            && lastWrite(each.id())
                                    .filter(write -> write.outcome() == Outcome.SUCCEEDED
                                            && write.ended()
                                                    .isAfter(evidence.incident().from()))
                                    .isPresent())
                    .toList();
            if (left.size() == 1) {
                put("left-scale-set", left.get(0).id());
            }
        }
    }

    private void put(String name, ResourceId set) {
        values.put(name, set.name());
        values.put(name + "-resource-group", set.resourceGroup());
    }

    private Optional<Operation> lastWrite(ResourceId set) {
        return evidence.activityLog().toOptional().map(ActivityLog::operations).orElse(List.of()).stream()
                .filter(each -> each.is(WRITE) && each.resource().equals(set))
                .max(Comparator.comparing(Operation::started));
    }

    /** Why its last update failed, if it was for want of room. */
    private Optional<String> refusal(ResourceId set) {
        return lastWrite(set)
                .filter(each -> each.outcome() == Outcome.FAILED)
                .map(each -> Wording.of(each.code() + " " + each.message()))
                .flatMap(why -> why.has("subnetisfull")
                        ? Optional.of("subnet")
                        : why.has("quota")
                                ? Optional.of("quota")
                                : why.has("allocationfailed", "skunotavailable", "overconstrained")
                                        ? Optional.of("capacity")
                                        : Optional.empty());
    }
}
