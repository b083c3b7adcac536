package dev.triage502.diagnosis;

import dev.triage502.diagnosis.Diagnosis.Minute;
import dev.triage502.diagnosis.Diagnosis.PoolHealth;
import dev.triage502.diagnosis.RequestPath.Hop;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway.Setting;
import dev.triage502.evidence.Source;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts together what was counted and measured over time: by the access log where it was counted so, else by the metrics. */
final class TimelineAssessment {

    private TimelineAssessment() {}

    /**
     * The timeline; empty where nothing counted requests by minutes.
     *
     * @param path   the path of the failed requests: its backend setting says how long the gateway waits
     * @param health the health of the pool at fault
     */
    static Optional<RequestTimeline> of(Evidence evidence, Optional<RequestPath> path, Optional<PoolHealth> health) {
        Optional<MeasuredMinutes> measured =
                evidence.metrics().toOptional().map(metrics -> new MeasuredMinutes(metrics, evidence.incident()));
        List<Minute> logged = RequestMinutes.of(evidence);
        List<Minute> minutes =
                logged.isEmpty() ? measured.map(MeasuredMinutes::requests).orElse(List.of()) : logged;
        if (minutes.isEmpty()) {
            return Optional.empty();
        }
        String pool = health.map(PoolHealth::pool)
                .or(() -> name(path, "Backend pool"))
                .orElse("");
        return Optional.of(new RequestTimeline(
                minutes,
                logged.isEmpty() ? Source.METRICS : Source.ACCESS_LOG,
                measured.map(each -> each.pools(pool)).orElse(List.of()),
                timeout(evidence, path)));
    }

    private static OptionalInt timeout(Evidence evidence, Optional<RequestPath> path) {
        return name(path, "Backend setting")
                .flatMap(name -> evidence.gateway().toOptional().flatMap(gateway -> gateway.setting(name)))
                .map(Setting::requestTimeoutSeconds)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static Optional<String> name(Optional<RequestPath> path, String kind) {
        return path.stream()
                .flatMap(each -> each.hops().stream())
                .filter(hop -> hop.kind().equals(kind))
                .map(Hop::name)
                .findFirst();
    }
}
