package dev.triage502.analysis.gateway;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.RightsRefusal;
import dev.triage502.evidence.Source;
import dev.triage502.incident.ArmName;
import dev.triage502.incident.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Updates of the gateway that Azure refused, after which no later one by the same caller has succeeded. */
public final class RefusedUpdates {

    /** The log may stamp an operation a little after what it brought about. */
    private static final Duration STAMPED_LATE = Duration.ofMinutes(2);

    /** Served for so long after it, requests do not fail by what an update was to change. */
    private static final Duration LONG = Duration.ofMinutes(15);

    private static final Duration AN_ALERTS_DELAY = Duration.ofHours(1);

    private RefusedUpdates() {}

    /**
     * The updates that were refused by the first failed request, or by the alert where no failure was logged. Where no
     * request is seen to have been served, also those of an ingress controller that were refused later.
     */
    public static Stream<Finding> of(ActivityLog log, Evidence evidence) {
        Instant onset = evidence.accessLog()
                .toOptional()
                .flatMap(AccessLog::onset)
                .map(first -> first.plus(STAMPED_LATE))
                .orElse(evidence.at());
        GatewayOperations operations =
                GatewayOperations.of(log, evidence.incident().gateway());
        List<Operation> refused = operations.refusedBy(onset);
        Stream<Operation> later = servedNothing(evidence)
                ? operations.refusedBy(evidence.at()).stream()
                        .filter(each -> !refused.contains(each))
                        .filter(each -> ConfigurationWriters.of(log, evidence).isController(each))
                : Stream.empty();
        return Stream.concat(refused.stream(), later).map(each -> refusal(each, evidence));
    }

    /**
     * Whether the log shows failures, and no request served by a pool that fails. Then its first failure is no onset, and a
     * controller that was refused later may never have filled the pools.
     */
    private static boolean servedNothing(Evidence evidence) {
        return evidence.accessLog().toOptional().stream().anyMatch(requests -> {
            Set<ArmName> served =
                    requests.served().map(row -> ArmName.of(row.pool())).collect(Collectors.toSet());
            return requests.failing().findAny().isPresent()
                    && requests.failing().noneMatch(row -> served.contains(ArmName.of(row.pool())));
        });
    }

    /**
     * The same, but for those that requests outlived, and where no log tells since when they fail, for those of more than an hour
     * ago: what was borne for so long is an old story.
     */
    public static Stream<Finding> recent(ActivityLog log, Evidence evidence) {
        Instant earliest = evidence.at().minus(AN_ALERTS_DELAY);
        return of(log, evidence)
                .filter(each -> evidence.accessLog().isPresent()
                        ? mayHaveHurt(log, evidence)
                        : each.at().filter(earliest::isBefore).isPresent());
    }

    /** Whether both logs show that requests were served long after the last refusal. */
    public static boolean wereOutlived(Evidence evidence) {
        return evidence.accessLog().isPresent()
                && evidence.activityLog()
                        .toOptional()
                        .filter(log -> !mayHaveHurt(log, evidence))
                        .isPresent();
    }

    /** Whether requests may fail since a refusal: not known without the access log, and not so where pools outlived it. */
    public static boolean mayHaveHurt(ActivityLog log, Evidence evidence) {
        return evidence.accessLog()
                .toOptional()
                .filter(requests -> outlived(log, requests, evidence).findAny().isEmpty())
                .isPresent();
    }

    /** That every pool with failing requests had served others long after the last refusal, until something else happened. */
    public static Stream<Finding> outlived(ActivityLog log, AccessLog requests, Evidence evidence) {
        Optional<Instant> onset = requests.onset();
        Optional<Instant> refused = onset.flatMap(first ->
                GatewayOperations.of(log, evidence.incident().gateway()).refusedBy(first.plus(STAMPED_LATE)).stream()
                        .map(Operation::ended)
                        .max(Instant::compareTo));
        if (refused.isEmpty()) {
            return Stream.empty();
        }
        Instant later = refused.get().plus(LONG);
        Set<ArmName> served = requests.served()
                .filter(row -> !row.from().isBefore(later) && row.from().isBefore(onset.get()))
                .map(row -> ArmName.of(row.pool()))
                .collect(Collectors.toSet());
        boolean all = requests.failing().map(row -> ArmName.of(row.pool())).allMatch(served::contains);
        return all
                ? Stream.of(Finding.of(
                        Source.ACCESS_LOG,
                        GatewayOperations.target(evidence.incident().gateway()),
                        "requests were served for "
                                + Duration.between(refused.get(), onset.get()).toMinutes()
                                + " minutes after the update was refused"))
                : Stream.empty();
    }

    private static Finding refusal(Operation write, Evidence evidence) {
        String words = write.code().isEmpty() ? "" : ": \"" + write.code() + ": " + write.message() + "\"";
        Finding finding = Finding.of(
                        Source.ACTIVITY_LOG,
                        GatewayOperations.target(evidence.incident().gateway()),
                        "an update of " + write.resource().name() + OperationPhrase.by(write.caller())
                                + " failed, and no later update by the same caller has succeeded" + words)
                .at(write.started())
                .with("caller", write.caller())
                .with("error-code", write.code())
                .with("identity-type", RightsRefusal.typeOf(write.caller()))
                .with(Wording.of(write.code()).has("keyvault") ? Map.of("vault-refused", "yes") : Map.of());
        return RightsRefusal.of(write)
                .map(who -> who.linkedScope()
                        .map(scope -> finding.with("linked-scope", scope)
                                .with(who.linkedRole()
                                        .map(role -> Map.of("linked-role", role))
                                        .orElse(Map.of())))
                        .orElse(finding)
                        .with("identity", who.objectId()))
                .orElse(finding);
    }
}
