package dev.triage502.evidence;

import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All that was read of an incident, each fact with what came of asking for it.
 *
 * <p>The methods named for a source are short for {@link #of}; a new source needs none.
 *
 * @param incident     what was asked; the evidence is judged as of its end
 * @param readings     what came of asking each source
 * @param probeResults what the probes saw: unread where every state is {@code Unknown}
 * @param readInPart   sources of which Azure gave only a part, and why
 * @param lost         sources of which an element could not be understood, and which
 */
public record Evidence(
        Incident incident,
        SourceReadings readings,
        Reading<BackendHealth> probeResults,
        Map<Source, String> readInPart,
        Map<Source, String> lost) {

    /** The same evidence with this in place of what the source gave. */
    public Evidence with(Source source, Reading<?> reading) {
        return new Evidence(
                incident,
                SourceReadings.of(each -> each == source ? reading : readings.of(each)),
                probeResults,
                readInPart,
                lost);
    }

    /** The same evidence, of which these sources are known in part as well. */
    public Evidence knownInPart(Map<Source, String> parts) {
        Map<Source, String> all = new EnumMap<>(Source.class);
        all.putAll(parts);
        all.putAll(readInPart);
        return new Evidence(incident, readings, probeResults, Collections.unmodifiableMap(all), lost);
    }

    /** Whether a source was read, and every element of it was understood. */
    public boolean isWhole(Source source) {
        return of(source).isPresent() && !lost.containsKey(source);
    }

    /**
     * Why only a part of the activity log of the gateway's resource group is known, if so: older rows of a long log are missing, or
     * the group's rows were refused. What is missing of other groups does not hold the gateway's own operations.
     */
    public Optional<CouldNotRead<?>> missingGatewayOperations() {
        ResourceId gateway = incident.gateway();
        String group = ("/subscriptions/" + gateway.subscription() + "/resourceGroups/" + gateway.resourceGroup())
                .toLowerCase(Locale.ROOT);
        return Optional.ofNullable(readInPart.get(Source.ACTIVITY_LOG))
                .filter(why -> why.toLowerCase(Locale.ROOT).contains(group + ":")
                        || why.toLowerCase(Locale.ROOT).contains(group + ", "))
                .map(why -> new CouldNotRead<>(Source.ACTIVITY_LOG, Why.UNREACHABLE, why));
    }

    /** The moment by which certificates, freshness and recovery are judged. */
    public Instant at() {
        return incident.to();
    }

    /** The facts of this type, and what came of asking the source that has them. */
    public <T> Reading<T> of(Class<T> facts) {
        return readings.of(facts);
    }

    /** What came of asking a source. */
    public Reading<?> of(Source source) {
        return bySource().get(source.ordinal());
    }

    /** What came of asking each source, in the order of {@link Source}. */
    public List<Reading<?>> bySource() {
        return readings.inOrder();
    }

    public Reading<Gateway> gateway() {
        return of(Gateway.class);
    }

    /** The states: a fact even where every one is {@code Unknown}. */
    public Reading<BackendHealth> backendHealth() {
        return of(BackendHealth.class);
    }

    public Reading<AccessLog> accessLog() {
        return of(AccessLog.class);
    }

    public Reading<Metrics> metrics() {
        return of(Metrics.class);
    }

    public Reading<ActivityLog> activityLog() {
        return of(ActivityLog.class);
    }

    public Reading<ResourceHealth> resourceHealth() {
        return of(ResourceHealth.class);
    }

    public Reading<Network> network() {
        return of(Network.class);
    }

    public Reading<DiagnosticSettings> diagnosticSettings() {
        return of(DiagnosticSettings.class);
    }

    public Reading<Backends> backends() {
        return of(Backends.class);
    }

    public Reading<OnDemandHealth> onDemandHealth() {
        return of(OnDemandHealth.class);
    }

    public Reading<DirectProbes> directProbes() {
        return of(DirectProbes.class);
    }
}
