package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.gateway.GatewayOperations;
import dev.triage502.analysis.gateway.GatewayState;
import dev.triage502.analysis.gateway.UpdateInProgress;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Reading.CouldNotRead;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The gateway is stopped or deleted, stuck in an update, or failed and serving nothing. */
record GatewayNotRunning() implements Cause {

    @Override
    public String id() {
        return "gateway-not-running";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        Optional<CouldNotRead<?>> begin = UpdateInProgress.beginMissing(evidence);
        return Verdict.of(
                Sign.conclusive(evidence.gateway(), GatewayState::stopped).unlessInPart(begin),
                Sign.conclusive(
                                evidence.gateway(),
                                evidence.activityLog(),
                                (gateway, log) -> UpdateInProgress.of(gateway, log, evidence).stream()
                                        .flatMap(UpdateInProgress::stuck))
                        .unlessInPart(begin),
                gone(evidence),
                Sign.suggestive(evidence.gateway(), evidence.accessLog(), GatewayState::failedServingNothing),
                Sign.suggestive(
                        evidence.activityLog(),
                        log -> GatewayOperations.of(log, evidence.incident().gateway())
                                .stoppedAndNotStarted()),
                Sign.suggestive(evidence.resourceHealth(), health -> GatewayState.stoppedByUser(health, evidence)),
                Sign.contrary(evidence.gateway(), GatewayState::running),
                Sign.contrary(
                        evidence.accessLog(),
                        evidence.activityLog(),
                        (log, activity) -> GatewayState.answeredSinceStop(log, activity, evidence)));
    }

    /** A deletion; where Azure no longer finds the gateway either, nothing can have been created since. */
    private static Sign gone(Evidence evidence) {
        boolean missing =
                evidence.gateway().unread().filter(CouldNotRead::isOfNothing).isPresent();
        Function<ActivityLog, Stream<Finding>> look =
                log -> GatewayOperations.of(log, evidence.incident().gateway()).deletedAndNotCreated();
        return missing
                ? Sign.conclusive(evidence.activityLog(), look).neverAgainst()
                : Sign.suggestive(evidence.activityLog(), look);
    }

    /** A stopped gateway takes no request, so none fails in its log. */
    @Override
    public boolean isFeltWithoutFailures(List<Finding> findings) {
        return findings.stream().anyMatch(GatewayState::saysDown);
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
