package dev.triage502.analysis.gateway;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.ActivityLog.Outcome;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.OperationKind;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.Target.Kind;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What was done to the gateway itself: writes by each of its writers, stops and starts. In the order of time. */
public record GatewayOperations(ResourceId gateway, List<Operation> operations) {

    private static final String TYPE = "Microsoft.Network/applicationGateways";

    public static GatewayOperations of(ActivityLog log, ResourceId gateway) {
        return new GatewayOperations(
                gateway,
                log.operations().stream()
                        .filter(each -> each.concerns(TYPE))
                        .filter(each -> each.resource().isWithin(gateway))
                        .toList());
    }

    /** The gateway as a target, known by its id alone. */
    public static Target target(ResourceId gateway) {
        return Target.of(Kind.GATEWAY, gateway.name(), gateway.toString());
    }

    /**
     * Failed writes that no later one by the same writer made good, the last of each writer, where the writer's first
     * since its last success was refused by then: what was refused later did not bring the failures about.
     */
    public List<Operation> refusedBy(Instant moment) {
        Map<ArmName, Operation> first = new HashMap<>();
        Map<ArmName, Operation> last = new LinkedHashMap<>();
        for (Operation each : operations) {
            ArmName writer = ArmName.of(each.caller());
            if (isWrite(each) && each.failed()) {
                first.putIfAbsent(writer, each);
                last.put(writer, each);
            } else if (isWrite(each) && each.outcome() == Outcome.SUCCEEDED) {
                first.remove(writer);
                last.remove(writer);
            }
        }
        last.keySet().removeIf(writer -> {
            Operation begun = first.get(writer);
            return begun == null || begun.started().isAfter(moment);
        });
        return List.copyOf(last.values());
    }

    /** The first change that has not ended and that none that succeeded has followed. */
    Optional<Operation> underWay() {
        Instant settled = operations.stream()
                .filter(each -> changes(each) && each.outcome() == Outcome.SUCCEEDED)
                .map(Operation::ended)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        return operations.stream()
                .filter(each -> changes(each) && each.outcome() == Outcome.STARTED)
                .filter(each -> each.started().isAfter(settled))
                .findFirst();
    }

    /** A stop that no start followed. */
    public Stream<Finding> stoppedAndNotStarted() {
        return lastStop()
                .map(each -> Finding.of(
                                Source.ACTIVITY_LOG,
                                target(gateway),
                                gateway.name() + " was stopped" + OperationPhrase.by(each.caller())
                                        + " and has not been started since")
                        .at(each.started())
                        .with(GatewayState.STATE, GatewayState.STOPPED))
                .stream();
    }

    /** The deletion of the gateway itself that no update which succeeded has followed. */
    public Stream<Finding> deletedAndNotCreated() {
        return operations.stream()
                .filter(each -> each.outcome() == Outcome.SUCCEEDED && (isDeletion(each) || isWrite(each)))
                .reduce((first, second) -> second)
                .filter(this::isDeletion)
                .map(each -> Finding.of(
                                Source.ACTIVITY_LOG,
                                target(gateway),
                                gateway.name() + " was deleted" + OperationPhrase.by(each.caller())
                                        + " and has not been created again since")
                        .at(each.started())
                        .with(GatewayState.STATE, GatewayState.DELETED)
                        .with("deleted-at", each.started().toString()))
                .stream();
    }

    private boolean isDeletion(Operation operation) {
        return operation.is(TYPE + "/delete") && operation.resource().equals(gateway);
    }

    /** The stop that no start followed. */
    Optional<Operation> lastStop() {
        return operations.stream()
                .filter(each ->
                        !each.failed() && (each.kind() == OperationKind.STOP || each.kind() == OperationKind.START))
                .reduce((first, second) -> second)
                .filter(each -> each.kind() == OperationKind.STOP);
    }

    /** Whether an operation updates the gateway itself. */
    static boolean isWrite(Operation operation) {
        return operation.is(TYPE + "/write");
    }

    private static boolean changes(Operation operation) {
        return isWrite(operation) || operation.kind() == OperationKind.START || operation.kind() == OperationKind.STOP;
    }
}
