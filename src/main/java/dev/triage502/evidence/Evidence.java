package dev.triage502.evidence;

import dev.triage502.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that was read of an incident, each fact with what came of asking for it.
 *
 * @param incident     what was asked; the evidence is judged as of its end
 * @param backendHealth the states: a fact even where every one is {@code Unknown}
 * @param probeResults what the probes saw: unread where every state is {@code Unknown}
 * @param readInPart   sources of which only a part is known, and why
 */
public record Evidence(
        Incident incident,
        Reading<Gateway> gateway,
        Reading<BackendHealth> backendHealth,
        Reading<BackendHealth> probeResults,
        Reading<AccessLog> accessLog,
        Reading<Metrics> metrics,
        Reading<ActivityLog> activityLog,
        Reading<ResourceHealth> resourceHealth,
        Reading<Network> network,
        Reading<DiagnosticSettings> diagnosticSettings,
        Reading<Backends> backends,
        Reading<OnDemandHealth> onDemandHealth,
        Reading<DirectProbes> directProbes,
        Map<Source, String> readInPart) {

    /** The moment by which certificates, freshness and recovery are judged. */
    public Instant at() {
        return incident.to();
    }

    /** What came of asking each source, in the order of {@link Source}. */
    public List<Reading<?>> bySource() {
        return List.of(
                gateway,
                backendHealth,
                accessLog,
                metrics,
                activityLog,
                resourceHealth,
                network,
                diagnosticSettings,
                backends,
                onDemandHealth,
                directProbes);
    }
}
