package dev.triage502.analysis.gateway;

import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An update of the gateway that has begun and not ended: is it stuck, and what was refused because of it? The gateway may
 * serve meanwhile, with the older configuration.
 */
public final class UpdateInProgress {

    /** A v2 update takes minutes; from here on it does not end by itself. */
    private static final Duration STUCK = Duration.ofMinutes(25);

    /** The same, where other requests are already turned away because of it. */
    private static final Duration STUCK_AND_REFUSING = Duration.ofMinutes(15);

    /** A v1 gateway is updated one instance after the other. */
    private static final Duration STUCK_V1 = Duration.ofMinutes(45);

    private final Gateway gateway;
    private final Operation update;
    private final Duration lasted;
    private final List<Operation> refused;
    private final boolean readRefused;

    private UpdateInProgress(Gateway gateway, Operation update, List<Operation> refused, Evidence evidence) {
        this.gateway = gateway;
        this.update = update;
        this.lasted = Duration.between(update.started(), evidence.at());
        this.refused = refused;
        this.readRefused = evidence.bySource().stream()
                .flatMap(each -> each.unread().stream())
                .map(CouldNotRead::detail)
                .anyMatch(ActivityLog::isBusy);
    }

    /** The update that the gateway's state and the activity log agree on, if there is one. */
    public static Optional<UpdateInProgress> of(Gateway gateway, ActivityLog log, Evidence evidence) {
        if (!gateway.provisioningState().equalsIgnoreCase("Updating")) {
            return Optional.empty();
        }
        GatewayOperations operations = GatewayOperations.of(log, gateway.id());
        return operations
                .underWay()
                .map(update -> new UpdateInProgress(
                        gateway,
                        update,
                        operations.operations().stream()
                                .filter(each -> each.isRefusedAsBusy()
                                        && !each.started().isBefore(update.started()))
                                .toList(),
                        evidence));
    }

    /**
     * Why it is not known since when the gateway is Updating, if so: no update in the rows of the log that were read is
     * without an end, and older rows are missing.
     */
    public static Optional<CouldNotRead<?>> beginMissing(Evidence evidence) {
        return evidence.gateway()
                .toOptional()
                .filter(gateway -> gateway.provisioningState().equalsIgnoreCase("Updating"))
                .flatMap(gateway -> evidence.activityLog()
                        .toOptional()
                        .filter(log -> of(gateway, log, evidence).isEmpty()))
                .flatMap(log -> evidence.missingGatewayOperations());
    }

    /** The update, where it has lasted for longer than any that ends. */
    public Stream<Finding> stuck() {
        return isStuck() ? Stream.of(finding()) : Stream.empty();
    }

    /** The writes that were turned away because of an update that is stuck; whatever they held is not applied. */
    public Stream<Finding> refusedWrites() {
        return isStuck() ? refused.stream().filter(GatewayOperations::isWrite).map(this::refusal) : Stream.empty();
    }

    private boolean isStuck() {
        return lasted.compareTo(limit()) > 0;
    }

    private Duration limit() {
        if (!gateway.sku().isV2()) {
            return STUCK_V1;
        }
        return readRefused || !refused.isEmpty() ? STUCK_AND_REFUSING : STUCK;
    }

    private Finding finding() {
        return Finding.of(
                        Source.ACTIVITY_LOG,
                        gateway.target(),
                        gateway.id().name() + " has been Updating for " + lasted.toMinutes() + " min; the update"
                                + OperationPhrase.by(update.caller()) + " has not finished")
                .at(update.started())
                .with("state", "Updating")
                .with("updating-minutes", String.valueOf(lasted.toMinutes()))
                .with("caller", update.caller());
    }

    private Finding refusal(Operation write) {
        return Finding.of(
                        Source.ACTIVITY_LOG,
                        gateway.target(),
                        "an update" + OperationPhrase.by(write.caller())
                                + " was rejected because another one has not finished: \""
                                + write.code() + ": " + write.message() + "\"")
                .at(write.started())
                .with("caller", write.caller())
                .with("error-code", write.code());
    }
}
