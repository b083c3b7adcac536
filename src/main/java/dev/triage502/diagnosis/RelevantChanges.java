package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.diagnosis.Diagnosis.Change;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.AzureServiceDomains;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Target;
import dev.triage502.incident.OperationName;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What did somebody change that could have done this, nearest to the onset first? */
final class RelevantChanges {

    private static final int AT_MOST = 12;

    /** A change bites at once, but its log row may be stamped a little after the first failure. */
    private static final Duration STAMPED_LATE = Duration.ofMinutes(2);

    private static final Duration BEFORE_THE_END = Duration.ofMinutes(30);

    private static final String STORAGE = "Microsoft.Storage/storageAccounts";

    private static final List<String> ABLE = List.of(
            "Microsoft.Network",
            "Microsoft.Compute/virtualMachines",
            "Microsoft.Compute/virtualMachineScaleSets",
            "Microsoft.Web/sites",
            "Microsoft.Web/serverFarms",
            "Microsoft.App",
            "Microsoft.ContainerService",
            "Microsoft.ContainerInstance",
            "Microsoft.ApiManagement",
            "Microsoft.KeyVault",
            "Microsoft.DevTestLab/schedules",
            "Microsoft.ResourceHealth");

    private RelevantChanges() {}

    /** The operations that can change how requests reach a backend, those before the onset and nearest to it first. */
    static List<Change> around(Evidence evidence, RequestOutcomes traffic, List<Target> targets) {
        Instant onset = traffic.onset().orElse(evidence.incident().alertedAt());
        List<ResourceId> concerned = targets.stream()
                .map(Target::id)
                .filter(id -> !id.isEmpty())
                .distinct()
                .map(ResourceId::of)
                .toList();
        Map<ResourceId, Boolean> touching = new HashMap<>(); // many operations are of few resources
        return evidence.activityLog().toOptional().map(ActivityLog::operations).orElse(List.of()).stream()
                .filter(each -> isAble(each, evidence))
                .sorted(Comparator.comparing((Operation each) ->
                                !touching.computeIfAbsent(each.resource(), resource -> touches(resource, concerned)))
                        .thenComparing(each -> each.started().isAfter(onset.plus(STAMPED_LATE)))
                        .thenComparing(
                                each -> Duration.between(each.started(), onset).abs())
                        .thenComparing(Operation::name)
                        .thenComparing(Operation::resource))
                .limit(AT_MOST)
                .map(RelevantChanges::change)
                .toList();
    }

    /** The operations about the end of the failures that succeeded, the latest first. */
    static List<Change> beforeTheEnd(Evidence evidence, Instant end) {
        return evidence.activityLog().toOptional().map(ActivityLog::operations).orElse(List.of()).stream()
                .filter(each -> isAble(each, evidence))
                .filter(each -> !each.failed()
                        && !each.started().isBefore(end.minus(BEFORE_THE_END))
                        && !each.started().isAfter(end.plus(STAMPED_LATE)))
                .sorted(Comparator.comparing(Operation::started)
                        .reversed()
                        .thenComparing(Operation::name)
                        .thenComparing(Operation::resource))
                .limit(AT_MOST)
                .map(RelevantChanges::change)
                .toList();
    }

    private static Change change(Operation each) {
        return new Change(
                each.started(),
                OperationPhrase.of(each).sentence(),
                what(each),
                each.caller(),
                each.resource().toString(),
                each.failed());
    }

    private static boolean isAble(Operation operation, Evidence evidence) {
        OperationName name = OperationName.of(operation.name());
        boolean reads = name.isRead() || name.has("list") || name.has("backendhealth");
        boolean able = ABLE.stream().anyMatch(name::isOn) || name.isOn(STORAGE) && isBehind(operation, evidence);
        return !reads && able;
    }

    /** Whether a pool holds the storage account: others are of no concern to requests. */
    private static boolean isBehind(Operation operation, Evidence evidence) {
        String account = operation.resource().after("storageAccounts");
        return evidence.gateway().toOptional().stream()
                .flatMap(gateway -> gateway.pools().stream())
                .flatMap(pool -> pool.members().stream())
                .filter(member -> AzureServiceDomains.storageService(member).isPresent())
                .anyMatch(member -> member.split("\\.", 2)[0].equalsIgnoreCase(account));
    }

    private static boolean touches(ResourceId resource, List<ResourceId> concerned) {
        return concerned.stream().anyMatch(id -> id.isWithin(resource) || resource.isWithin(id));
    }

    /** "agw-shop: Microsoft.Network/applicationGateways/write, failed: Code". */
    private static String what(Operation operation) {
        String outcome = switch (operation.outcome()) {
            case STARTED -> ", end not logged";
            case FAILED -> ", failed" + (operation.code().isEmpty() ? "" : ": " + operation.code());
            default -> "";
        };
        return operation.name() + outcome;
    }
}
