package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import dev.triage502.evidence.AccessLog;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.DiagnosticSettings;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.SourceReadings;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What do the documents of an incident say, as facts? */
public final class EvidenceReader {

    private final Incident incident;
    private final SourceDocuments documents;
    private final GuardedChecks checks;
    private final Map<Source, String> lost = new EnumMap<>(Source.class);
    private final Reading<Gateway> gateway;
    private final CanonicalNames spelling;
    private final Reading<BackendHealth> health;
    private final Reading<DiagnosticSettings> settings;

    private EvidenceReader(Incident incident, SourceDocuments documents, GuardedChecks.Listener listener) {
        GuardedChecks guard = new GuardedChecks(listener);
        this.incident = incident;
        this.documents = documents;
        this.checks = guard;
        Reading<Gateway> known = reading(
                guard,
                lost,
                documents,
                Source.GATEWAY,
                (document, losses) -> GatewayReader.read(incident.gateway(), document, losses));
        CanonicalNames names = guard.check(
                "spelling", () -> new CanonicalNames(known.toOptional()), () -> new CanonicalNames(Optional.empty()));
        this.gateway = known;
        this.spelling = names;
        this.health = reading(
                guard,
                lost,
                documents,
                Source.BACKEND_HEALTH,
                (document, losses) -> BackendHealthReader.read(names, document, losses));
        this.settings = reading(guard, lost, documents, Source.DIAGNOSTIC_SETTINGS, DiagnosticSettingsReader::read);
    }

    /** The facts, each with what came of asking for it; a document that cannot be understood is a reading that says so. */
    public static Evidence read(Incident incident, SourceDocuments documents) {
        return read(incident, documents, (check, defect) -> {});
    }

    /** The same; the listener hears of each reader that failed by a defect of this program. */
    public static Evidence read(Incident incident, SourceDocuments documents, GuardedChecks.Listener listener) {
        return new EvidenceReader(incident, documents, listener).read();
    }

    private Evidence read() {
        SourceReadings readings = SourceReadings.of(this::facts);
        Reading<BackendHealth> probeResults =
                guarded(checks, Source.BACKEND_HEALTH, () -> BackendHealthReader.probeResults(health));
        return new Evidence(
                incident, readings, probeResults, ReadInPart.of(documents), Collections.unmodifiableMap(lost));
    }

    /** Each source has its reader here. What several readers need is read before, in the constructor. */
    private Reading<?> facts(Source source) {
        return switch (source) {
            case GATEWAY -> gateway;
            case BACKEND_HEALTH -> health;
            case ACCESS_LOG ->
                reading(
                                source,
                                (document, losses) -> AccessLogReader.read(
                                        incident, gateway.toOptional(), spelling, document, losses))
                        .flatMap(log -> unlessNobodyKeepsIt(log, settings));
            case METRICS -> reading(source, (document, losses) -> MetricsReader.read(gatewayId(), document, losses));
            case ACTIVITY_LOG -> reading(source, ActivityLogReader::read);
            case RESOURCE_HEALTH -> reading(source, ResourceHealthReader::read);
            case NETWORK -> reading(source, NetworkReader::read);
            case DIAGNOSTIC_SETTINGS -> settings;
            case BACKENDS -> reading(source, BackendsReader::read);
            case ON_DEMAND_HEALTH ->
                reading(source, (document, losses) -> OnDemandHealthReader.read(spelling, document, losses))
                        .flatMap(answers -> answers);
            case DIRECT_PROBE ->
                reading(
                        source,
                        (document, losses) -> DirectProbeReader.read(
                                ServersInUse.of(gateway.toOptional(), health.toOptional()), document, losses));
        };
    }

    private ResourceId gatewayId() {
        return gateway.toOptional().map(Gateway::id).orElse(incident.gateway());
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

    private <T> Reading<T> reading(Source source, BiFunction<? super JsonElement, Losses, ? extends T> reader) {
        return reading(checks, lost, documents, source, reader);
    }

    /** What a reader makes of one source's document. */
    static <T> Reading<T> reading(
            GuardedChecks checks,
            Map<Source, String> lost,
            SourceDocuments documents,
            Source source,
            BiFunction<? super JsonElement, Losses, ? extends T> reader) {
        return guarded(
                checks,
                source,
                () -> documents.get(source).flatMap(document -> {
                    Losses losses = new Losses();
                    try {
                        T read = reader.apply(document, losses);
                        losses.gap(source).ifPresent(gap -> lost.put(source, gap.detail()));
                        return Reading.present(read);
                    } catch (MalformedDocument e) {
                        return Reading.couldNotRead(source, Why.MALFORMED, source.fileName() + ": " + e.getMessage());
                    }
                }));
    }

    /** What is thrown here, besides what a document is to blame for, says nothing of the document. */
    private static <T> Reading<T> guarded(GuardedChecks checks, Source source, Supplier<Reading<T>> reader) {
        return checks.check(
                source.words(),
                reader,
                () -> Reading.couldNotRead(
                        source,
                        Why.INTERNAL_ERROR,
                        checks.failures().get(checks.failures().size() - 1).words()));
    }
}
