package dev.triage502.report;

import dev.triage502.evidence.Source;
import dev.triage502.incident.CloudName;
import dev.triage502.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a report says of the run that made it, which no evidence tells.
 *
 * @param caseId      the recorded case that was replayed
 * @param diagnosedAt when the diagnosis was made
 * @param took        how long each source took to read; empty in a replay
 * @param cloud       which Azure was asked; empty in a replay
 */
public record RunInfo(
        Optional<String> caseId, Instant diagnosedAt, Map<Source, Duration> took, Optional<CloudName> cloud) {

    public RunInfo {
        EnumMap<Source, Duration> copy = new EnumMap<>(Source.class);
        copy.putAll(took);
        took = copy;
    }

    /** A replay of a recorded case: nothing in it depends on the clock. */
    public static RunInfo replay(Incident incident, String caseId) {
        return new RunInfo(Optional.of(caseId), incident.alertedAt(), Map.of(), Optional.empty());
    }

    /** A live run. */
    public static RunInfo live(CloudName cloud, Instant now, Map<Source, Duration> took) {
        return new RunInfo(Optional.empty(), now, took, Optional.of(cloud));
    }
}
