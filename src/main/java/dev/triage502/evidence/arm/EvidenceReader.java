package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.ActivityLog;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Backends;
import dev.triage502.evidence.DiagnosticSettings;
import dev.triage502.evidence.DirectProbes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.Metrics;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.OnDemandHealth;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.ResourceHealth;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What do the documents of an incident say, as facts? */
public final class EvidenceReader {

    private final Incident incident;
    private final SourceDocuments documents;
    private final GuardedChecks checks;

    private EvidenceReader(Incident incident, SourceDocuments documents, GuardedChecks.Listener listener) {
        this.incident = incident;
        this.documents = documents;
        this.checks = new GuardedChecks(listener);
    }

    /** The facts, each with what came of asking for it; a document that cannot be understood is a reading that says so. */
    public static Evidence read(Incident incident, SourceDocuments documents) {
        return read(incident, documents, (check, defect) -> {});
    }

    /** The same; the listener hears of each reader, and of each analysis, that failed by a defect of this program. */
    public static Evidence read(Incident incident, SourceDocuments documents, GuardedChecks.Listener listener) {
        return new EvidenceReader(incident, documents, listener).read();
    }

    private Evidence read() {
        Reading<Gateway> gateway =
                reading(Source.GATEWAY, document -> GatewayReader.read(incident.gateway(), document));
        Optional<Gateway> known = gateway.toOptional();
        CanonicalNames spelling =
                checks.check("spelling", () -> new CanonicalNames(known), () -> new CanonicalNames(Optional.empty()));
        Reading<BackendHealth> health =
                reading(Source.BACKEND_HEALTH, document -> BackendHealthReader.read(spelling, document));
        Reading<BackendHealth> probeResults =
                guarded(Source.BACKEND_HEALTH, () -> BackendHealthReader.probeResults(health));
        Reading<DiagnosticSettings> settings = reading(Source.DIAGNOSTIC_SETTINGS, DiagnosticSettingsReader::read);
        Reading<AccessLog> accessLog = reading(
                        Source.ACCESS_LOG, document -> AccessLogReader.read(incident, known, spelling, document))
                .flatMap(log -> unlessNobodyKeepsIt(log, settings));
        ResourceId id = known.map(Gateway::id).orElse(incident.gateway());
        Reading<Metrics> metrics = reading(Source.METRICS, document -> MetricsReader.read(id, document));
        Reading<ActivityLog> activityLog = reading(Source.ACTIVITY_LOG, ActivityLogReader::read);
        Reading<ResourceHealth> resourceHealth = reading(Source.RESOURCE_HEALTH, ResourceHealthReader::read);
        Reading<Network> network = reading(Source.NETWORK, NetworkReader::read);
        Reading<Backends> backends = reading(Source.BACKENDS, BackendsReader::read);
        Reading<OnDemandHealth> onDemand = reading(
                        Source.ON_DEMAND_HEALTH, document -> OnDemandHealthReader.read(spelling, document))
                .flatMap(answers -> answers);
        Reading<DirectProbes> directProbes = reading(
                Source.DIRECT_PROBE,
                document -> DirectProbeReader.read(ServersInUse.of(known, health.toOptional()), document));
        return new Evidence(
                incident,
                gateway,
                health,
                probeResults,
                accessLog,
                metrics,
                activityLog,
                resourceHealth,
                network,
                settings,
                backends,
                onDemand,
                directProbes,
                ReadInPart.of(documents));
    }

    /** Without a diagnostic setting an empty log says nothing of the traffic. */
    private static Reading<AccessLog> unlessNobodyKeepsIt(AccessLog log, Reading<DiagnosticSettings> settings) {
        boolean kept = settings.toOptional().map(DiagnosticSettings::logsAccess).orElse(true);
        return kept || !log.rows().isEmpty()
                ? Reading.present(log)
                : Reading.couldNotRead(
                        Source.ACCESS_LOG,
                        Why.NOT_ENABLED,
                        "NoDiagnosticSetting: no diagnostic setting of the gateway sends its access log to a"
                                + " workspace");
    }

    private <T> Reading<T> reading(Source source, Function<? super JsonElement, ? extends T> reader) {
        return guarded(
                source,
                () -> documents.get(source).flatMap(document -> {
                    try {
                        return Reading.present(reader.apply(document));
                    } catch (MalformedDocument e) {
                        return Reading.couldNotRead(source, Why.MALFORMED, source.fileName() + ": " + e.getMessage());
                    }
                }));
    }

    /** What is thrown here, besides what a document is to blame for, says nothing of the document. */
    private <T> Reading<T> guarded(Source source, Supplier<Reading<T>> reader) {
        return checks.check(
                source.words(),
                reader,
                () -> Reading.couldNotRead(
                        source,
                        Why.INTERNAL_ERROR,
                        checks.failures().get(checks.failures().size() - 1).words()));
    }
}
