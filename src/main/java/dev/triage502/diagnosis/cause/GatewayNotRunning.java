package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.gateway.GatewayOperations;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.ResourceHealth;
import dev.triage502.evidence.ResourceHealth.Initiator;
import dev.triage502.evidence.ResourceHealth.State;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The gateway is stopped, stuck in an update, or failed and serving nothing. */
record GatewayNotRunning() implements Cause {

    @Override
    public String id() {
        return "gateway-not-running";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        return Verdict.of(
                Sign.conclusive(evidence.gateway(), GatewayNotRunning::stopped),
                Sign.conclusive(
                        evidence.gateway(),
                        evidence.activityLog(),
                        (gateway, log) ->
                                GatewayOperations.of(log, gateway.id()).stuck(gateway, evidence.at())),
                Sign.suggestive(
                        evidence.gateway(),
                        evidence.accessLog(),
                        (gateway, log) -> servesNothing(log) ? failed(gateway) : Stream.empty()),
                Sign.suggestive(
                        evidence.activityLog(),
                        log -> GatewayOperations.of(log, evidence.incident().gateway())
                                .stoppedAndNotStarted()),
                Sign.suggestive(evidence.resourceHealth(), health -> stoppedByUser(health, evidence)),
                Sign.contrary(evidence.gateway(), GatewayNotRunning::running));
    }

    /** A state that is not known says nothing (applicationGateways of the REST reference). */
    private static final Set<String> DOWN = Set.of("stopped", "starting", "stopping");

    private static Stream<Finding> stopped(Gateway gateway) {
        boolean down = DOWN.contains(gateway.operationalState().toLowerCase(Locale.ROOT));
        return down
                ? Stream.of(Finding.of(
                        Source.GATEWAY,
                        gateway.target(),
                        gateway.id().name() + " is in operational state " + gateway.operationalState()))
                : Stream.empty();
    }

    /** A gateway that tells what became of a server that it tried is at work, whatever its state says. */
    private static boolean servesNothing(AccessLog log) {
        return !log.rows().isEmpty()
                && log.rows().stream().noneMatch(row -> (row.status() > 0 && row.status() < 500) || row.isOfServer());
    }

    private static Stream<Finding> failed(Gateway gateway) {
        return gateway.provisioningState().equalsIgnoreCase("Failed")
                ? Stream.of(Finding.of(
                        Source.GATEWAY,
                        gateway.target(),
                        gateway.id().name() + " is in provisioning state Failed, and no request is served"))
                : Stream.empty();
    }

    private static Stream<Finding> stoppedByUser(ResourceHealth health, Evidence evidence) {
        return health.state() == State.UNAVAILABLE && health.initiator() == Initiator.USER
                ? Stream.of(Finding.of(
                        Source.RESOURCE_HEALTH,
                        GatewayOperations.target(evidence.incident().gateway()),
                        "Resource Health says that a user began it: \"" + health.summary() + "\""))
                : Stream.empty();
    }

    private static Stream<Finding> running(Gateway gateway) {
        boolean well = gateway.operationalState().equalsIgnoreCase("Running")
                && gateway.provisioningState().equalsIgnoreCase("Succeeded");
        return well
                ? Stream.of(Finding.of(
                        Source.GATEWAY, gateway.target(), gateway.id().name() + " is Running, provisioned Succeeded"))
                : Stream.empty();
    }

    @Override
    public List<String> explains() {
        return List.of("probe-timeout", "request-timeout", "nsg-blocks-gateway-manager", "backend-name-unresolvable");
    }

    @Override
    public List<String> bringsAbout() {
        return List.of("configuration-not-applied", "stale-backend-addresses");
    }
}
