package dev.triage502.analysis.gateway;

import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.OperationPhrase;
import dev.triage502.evidence.ResourceHealth;
import dev.triage502.evidence.ResourceHealth.Initiator;
import dev.triage502.evidence.ResourceHealth.State;
import dev.triage502.evidence.Source;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Does the gateway run? Each finding that it does not carries the value {@code state}: {@code Stopped}, {@code Starting},
 * {@code Stopping}, {@code Failed} or {@code Deleted}.
 */
public final class GatewayState {

    static final String STATE = "state";
    static final String STOPPED = "Stopped";
    static final String DELETED = "Deleted";

    /** A state that is not known says nothing (applicationGateways of the REST reference). */
    private static final List<String> DOWN = List.of("Stopped", "Starting", "Stopping");

    /** What a gateway still answers while it is being stopped is logged a little later than the stop. */
    private static final Duration DRAINING = Duration.ofMinutes(5);

    private GatewayState() {}

    /** That its own document says that it is stopped, or on the way there or back. */
    public static Stream<Finding> stopped(Gateway gateway) {
        return DOWN.stream().anyMatch(gateway.operationalState()::equalsIgnoreCase)
                ? Stream.of(Finding.of(
                                Source.GATEWAY,
                                gateway.target(),
                                "the operational state of " + gateway.id().name() + " is " + gateway.operationalState())
                        .with(STATE, gateway.operationalState()))
                : Stream.empty();
    }

    /** Whether a finding says that the gateway is down or gone, and not only unable to change. */
    public static boolean saysDown(Finding finding) {
        String state = finding.values().getOrDefault(STATE, "");
        return state.equals(DELETED) || DOWN.stream().anyMatch(state::equalsIgnoreCase);
    }

    /** That its last update failed, where the log shows no request that it served. */
    public static Stream<Finding> failedServingNothing(Gateway gateway, AccessLog log) {
        return gateway.provisioningState().equalsIgnoreCase("Failed") && servesNothing(log)
                ? Stream.of(Finding.of(
                                Source.GATEWAY,
                                gateway.target(),
                                "the provisioning state of " + gateway.id().name()
                                        + " is Failed, and no requests are served")
                        .with(STATE, "Failed"))
                : Stream.empty();
    }

    /** A gateway that tells what became of a server that it tried is at work, whatever its state says. */
    private static boolean servesNothing(AccessLog log) {
        return !log.rows().isEmpty()
                && log.rows().stream().noneMatch(row -> (row.status() > 0 && row.status() < 500) || row.isOfServer());
    }

    /** That Resource Health says that a user made it unavailable. */
    public static Stream<Finding> stoppedByUser(ResourceHealth health, Evidence evidence) {
        return health.state() == State.UNAVAILABLE && health.initiator() == Initiator.USER
                ? Stream.of(Finding.of(
                                Source.RESOURCE_HEALTH,
                                GatewayOperations.target(evidence.incident().gateway()),
                                "Resource Health reports a user-initiated event: \"" + health.summary() + "\"")
                        .with(STATE, STOPPED))
                : Stream.empty();
    }

    /** That its own document says that it runs and is up to date. */
    public static Stream<Finding> running(Gateway gateway) {
        boolean well = gateway.operationalState().equalsIgnoreCase("Running")
                && gateway.provisioningState().equalsIgnoreCase("Succeeded");
        return well
                ? Stream.of(Finding.of(
                        Source.GATEWAY,
                        gateway.target(),
                        gateway.id().name() + " is Running, provisioning state Succeeded"))
                : Stream.empty();
    }

    /** That requests were answered after the stop that the activity log shows: it was started again since. */
    public static Stream<Finding> answeredSinceStop(AccessLog log, ActivityLog activity, Evidence evidence) {
        return GatewayOperations.of(activity, evidence.incident().gateway()).lastStop().stream()
                .flatMap(stop -> log.served()
                        .filter(row -> row.from().isAfter(stop.ended().plus(DRAINING)))
                        .limit(1)
                        .map(row -> Finding.of(
                                        Source.ACCESS_LOG,
                                        GatewayOperations.target(
                                                evidence.incident().gateway()),
                                        "requests were still answered after the stop"
                                                + OperationPhrase.by(stop.caller()))
                                .at(row.from())));
    }
}
