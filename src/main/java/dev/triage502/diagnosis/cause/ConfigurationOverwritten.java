package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.gateway.ConfigurationWriters;
import dev.triage502.analysis.gateway.OverwrittenParts;
import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Another than the usual writer wrote the gateway, and what requests used is gone, empty or leads elsewhere since. */
record ConfigurationOverwritten() implements Cause {

    @Override
    public String id() {
        return "configuration-overwritten";
    }

    @Override
    public Verdict judge(Situation situation) {
        Evidence evidence = situation.evidence();
        if (nobodyWrote(evidence)) {
            return new Verdict.NotShown(List.of());
        }
        return Verdict.of(
                Sign.conclusive(
                                evidence.activityLog(),
                                evidence.gateway()
                                        .flatMap(gateway -> evidence.accessLog().map(log -> Map.entry(gateway, log))),
                                (activity, used) ->
                                        OverwrittenParts.of(activity, used.getValue(), used.getKey(), evidence))
                        .unlessInPart(evidence.missingGatewayOperations())
                        .consulting(evidence.accessLog(), evidence.backends()),
                Sign.suggestive(
                        evidence.activityLog(),
                        evidence.gateway(),
                        (activity, gateway) -> evidence.accessLog().isPresent()
                                ? Stream.empty()
                                : OverwrittenParts.withoutLog(activity, gateway, evidence)));
    }

    /** Whether the activity log is whole and has no write: then it takes no access log to tell. */
    private static boolean nobodyWrote(Evidence evidence) {
        return evidence.missingGatewayOperations().isEmpty()
                && evidence.activityLog().toOptional().stream()
                        .anyMatch(log ->
                                ConfigurationWriters.of(log, evidence).writes().isEmpty());
    }

    @Override
    public List<String> bringsAbout() {
        return List.of(
                "backend-pool-empty",
                "backends-stopped",
                "stale-backend-addresses",
                "probe-port-or-protocol-mismatch",
                "backend-not-listening");
    }

    /** A pool that another writer emptied looks like any empty one until the writes are read, and what served before them. */
    @Override
    public List<String> mistakenFor() {
        return List.of("backend-pool-empty", "stale-backend-addresses");
    }
}
