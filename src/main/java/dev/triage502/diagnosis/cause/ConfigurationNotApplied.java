package dev.triage502.diagnosis.cause;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.ActivityLog.Operation;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Gateway.Pool;
import dev.triage502.evidence.Reach.Step;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The last change by one of the configuration's writers was refused, so that its part is still the older one. */
record ConfigurationNotApplied() implements Cause {

    @Override
    public String id() {
        return "configuration-not-applied";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        return Verdict.of(
                Sign.conclusive(
                        evidence.activityLog(),
                        evidence.reach().shows(Step.STALE),
                        (log, stale) -> stale.isEmpty() ? Stream.empty() : refused(log, evidence)),
                Sign.conclusive(
                        evidence.activityLog(),
                        evidence.reach().hints(Step.STALE),
                        (log, stale) -> stale.isEmpty() ? Stream.empty() : refused(log, evidence)),
                Sign.conclusive(
                        evidence.gateway(),
                        evidence.activityLog(),
                        (gateway, log) -> isFailed(gateway) ? refused(log, evidence) : Stream.empty()),
                Sign.suggestive(evidence.activityLog(), log -> refused(log, evidence)),
                Sign.suggestive(evidence.gateway(), ConfigurationNotApplied::failed),
                Sign.suggestive(evidence.gateway(), evidence.backendHealth(), ConfigurationNotApplied::runsAnother));
    }

    private static Stream<Finding> refused(ActivityLog log, Evidence evidence) {
        return GatewayWrites.of(log, evidence.incident().gateway()).refused().stream()
                .filter(each -> each.started().isBefore(evidence.at()))
                .map(each -> refusal(each, evidence));
    }

    private static Finding refusal(Operation write, Evidence evidence) {
        String words = write.code().isEmpty() ? "" : ": \"" + write.code() + ": " + write.message() + "\"";
        return Finding.of(
                        Source.ACTIVITY_LOG,
                        GatewayWrites.target(evidence.incident().gateway()),
                        "a write of " + write.resource().name() + " by " + write.caller() + " was refused" + words
                                + ", and none of theirs has succeeded since")
                .at(write.started())
                .with("writer", write.caller());
    }

    private static boolean isFailed(Gateway gateway) {
        return gateway.provisioningState().equalsIgnoreCase("Failed");
    }

    private static Stream<Finding> failed(Gateway gateway) {
        return isFailed(gateway)
                ? Stream.of(Finding.of(
                        Source.GATEWAY,
                        gateway.target(),
                        gateway.id().name() + " is in provisioning state Failed: its last write did not take effect"))
                : Stream.empty();
    }

    /** Health is judged against the configuration that runs: other addresses than the document's are an older one's. */
    private static Stream<Finding> runsAnother(Gateway gateway, BackendHealth health) {
        return gateway.pools().stream()
                .filter(pool -> !pool.members().isEmpty() && pool.interfaces().isEmpty())
                .filter(pool -> health.servers().stream().anyMatch(server -> isForeign(server, pool)))
                .map(pool -> Finding.of(
                        Source.BACKEND_HEALTH,
                        gateway.target(),
                        pool.name() + " is probed at addresses that its configuration does not hold"));
    }

    private static boolean isForeign(BackendHealth.Server server, Pool pool) {
        Set<String> members = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        members.addAll(pool.members());
        return server.pool().equalsIgnoreCase(pool.name()) && !members.contains(server.address());
    }

    @Override
    public AtFault atFault() {
        return AtFault.GATEWAY;
    }

    @Override
    public List<String> bringsAbout() {
        return List.of("stale-backend-addresses", "backend-pool-empty");
    }
}
