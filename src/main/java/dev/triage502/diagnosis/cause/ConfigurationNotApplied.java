package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.gateway.RefusedUpdates;
import dev.triage502.analysis.gateway.RunningConfiguration;
import dev.triage502.analysis.gateway.UpdateInProgress;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Source;
import dev.triage502.reachability.ReachabilityResult.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The last change by one of the configuration's writers was refused, so that its part is still the older one. */
record ConfigurationNotApplied() implements Cause {

    @Override
    public String id() {
        return "configuration-not-applied";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        Optional<CouldNotRead<?>> older = evidence.missingGatewayOperations();
        return Verdict.of(
                Sign.conclusive(
                                evidence.activityLog(),
                                situation.reachability().shows(Step.STALE),
                                (log, stale) -> stale.isEmpty() ? Stream.empty() : RefusedUpdates.of(log, evidence))
                        .unlessInPart(older)
                        .consulting(evidence.backendHealth(), evidence.accessLog(), evidence.network()),
                Sign.conclusive(
                                evidence.activityLog(),
                                situation.reachability().hints(Step.STALE),
                                (log, stale) -> stale.isEmpty() ? Stream.empty() : RefusedUpdates.of(log, evidence))
                        .unlessInPart(older),
                Sign.conclusive(
                                evidence.gateway(),
                                evidence.activityLog(),
                                (gateway, log) -> RefusedUpdates.mayHaveHurt(log, evidence)
                                        ? failed(gateway).flatMap(state -> RefusedUpdates.of(log, evidence))
                                        : Stream.empty())
                        .unlessInPart(older),
                Sign.conclusive(
                                evidence.gateway(),
                                evidence.activityLog(),
                                (gateway, log) -> UpdateInProgress.of(gateway, log, evidence).stream()
                                        .flatMap(UpdateInProgress::refusedWrites))
                        .unlessInPart(older),
                Sign.suggestive(evidence.activityLog(), log -> RefusedUpdates.recent(log, evidence)),
                Sign.suggestive(
                        evidence.gateway(),
                        gateway -> RefusedUpdates.wereOutlived(evidence) ? Stream.empty() : failed(gateway)),
                Sign.suggestive(evidence.gateway(), evidence.backendHealth(), RunningConfiguration::differs),
                Sign.contrary(evidence.activityLog(), log -> outlived(situation, log))
                        .consulting(evidence.accessLog()));
    }

    /** Requests that were served for long after the refusal, where nothing shows an older configuration. */
    private static Stream<Finding> outlived(Situation situation, ActivityLog log) {
        Evidence evidence = situation.evidence();
        return isUpToDate(situation, log)
                ? evidence.accessLog().toOptional().stream()
                        .flatMap(requests -> RefusedUpdates.outlived(log, requests, evidence))
                : Stream.empty();
    }

    private static boolean isUpToDate(Situation situation, ActivityLog log) {
        Evidence evidence = situation.evidence();
        boolean current = Stream.of(
                        situation.reachability().shows(Step.STALE),
                        situation.reachability().hints(Step.STALE))
                .allMatch(stale -> stale.toOptional().orElse(List.of()).isEmpty());
        return current
                && evidence.gateway().toOptional().stream()
                        .noneMatch(gateway ->
                                UpdateInProgress.of(gateway, log, evidence).isPresent()
                                        || evidence.backendHealth().toOptional().stream()
                                                .flatMap(health -> RunningConfiguration.differs(gateway, health))
                                                .findAny()
                                                .isPresent());
    }

    private static Stream<Finding> failed(Gateway gateway) {
        return gateway.provisioningState().equalsIgnoreCase("Failed")
                ? Stream.of(Finding.of(
                        Source.GATEWAY,
                        gateway.target(),
                        "the provisioning state of " + gateway.id().name()
                                + " is Failed; its last update was not applied"))
                : Stream.empty();
    }

    @Override
    public AtFault atFault() {
        return AtFault.GATEWAY;
    }

    @Override
    public List<String> bringsAbout() {
        return List.of("stale-backend-addresses", "backend-pool-empty");
    }

    /** A pool that a refused update should have filled looks like any empty one until the activity log is read. */
    @Override
    public List<String> mistakenFor() {
        return bringsAbout();
    }
}
