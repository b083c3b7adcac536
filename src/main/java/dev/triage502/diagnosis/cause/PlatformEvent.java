package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.gateway.GatewayOperations;
import dev.triage502.analysis.gateway.PlatformHealthEvents;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.ResourceHealth;
import dev.triage502.evidence.ResourceHealth.Initiator;
import dev.triage502.evidence.ResourceHealth.State;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.List;
import java.util.stream.Stream;

/** Azure itself says that the platform is at fault. */
record PlatformEvent() implements Cause {

    @Override
    public String id() {
        return "platform-event";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        Target gateway = GatewayOperations.target(evidence.incident().gateway());
        return Verdict.of(
                Sign.conclusive(evidence.resourceHealth(), health -> platformDown(health, gateway)),
                Sign.suggestive(evidence.activityLog(), log -> PlatformHealthEvents.ofGateway(log, evidence, gateway)),
                Sign.suggestive(
                        evidence.resourceHealth().flatMap(ResourceHealth::serviceEvents),
                        events -> PlatformHealthEvents.ofServices(events, evidence, gateway)),
                Sign.contrary(evidence.resourceHealth(), health -> well(health, gateway)),
                Sign.contrary(evidence.resourceHealth(), health -> byUser(health, gateway)));
    }

    private static Stream<Finding> platformDown(ResourceHealth health, Target gateway) {
        boolean down = health.state() == State.UNAVAILABLE || health.state() == State.DEGRADED;
        return down && health.initiator() == Initiator.PLATFORM
                ? Stream.of(
                        found(gateway, "Resource Health reports for " + gateway.name() + ": \"" + words(health) + "\""))
                : Stream.empty();
    }

    private static Stream<Finding> well(ResourceHealth health, Target gateway) {
        return health.state() == State.AVAILABLE
                ? Stream.of(found(gateway, "Resource Health shows " + gateway.name() + " as Available"))
                : Stream.empty();
    }

    private static Stream<Finding> byUser(ResourceHealth health, Target gateway) {
        return health.state() != State.AVAILABLE && health.initiator() == Initiator.USER
                ? Stream.of(found(gateway, "Resource Health reports a user-initiated event: \"" + words(health) + "\""))
                : Stream.empty();
    }

    private static Finding found(Target gateway, String text) {
        return Finding.of(Source.RESOURCE_HEALTH, gateway, text);
    }

    private static String words(ResourceHealth health) {
        return health.summary().isEmpty() ? health.title() : health.summary();
    }

    @Override
    public AtFault atFault() {
        return AtFault.GATEWAY;
    }

    @Override
    public List<String> bringsAbout() {
        return List.of("gateway-capacity-exhausted", "gateway-not-running", "configuration-not-applied");
    }
}
