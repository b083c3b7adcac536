package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Incident;
import java.util.Optional;
import java.util.function.Function;

/** What do the documents of an incident say, as facts? */
public final class EvidenceReader {

    private EvidenceReader() {}

    /** The facts, each with what came of asking for it; a document that cannot be understood is a reading that says so. */
    public static Evidence read(Incident incident, Documents documents) {
        Reading<Gateway> gateway =
                reading(documents, Source.GATEWAY, document -> GatewayReader.read(incident.gateway(), document));
        Optional<Gateway> known = gateway.toOptional();
        Spelling spelling = new Spelling(known);
        Reading<BackendHealth> health =
                reading(documents, Source.BACKEND_HEALTH, document -> BackendHealthReader.read(spelling, document));
        return new Evidence(
                incident,
                gateway,
                health,
                BackendHealthReader.probeResults(health),
                reading(
                        documents,
                        Source.ACCESS_LOG,
                        document -> AccessLogReader.read(incident, known, spelling, document)),
                Reading.notCollected(Source.METRICS),
                Reading.notCollected(Source.ACTIVITY_LOG),
                Reading.notCollected(Source.RESOURCE_HEALTH),
                Reading.notCollected(Source.NETWORK),
                Reading.notCollected(Source.DIAGNOSTIC_SETTINGS),
                Reading.notCollected(Source.BACKENDS),
                Reading.notCollected(Source.ON_DEMAND_HEALTH),
                Reading.notCollected(Source.DIRECT_PROBE));
    }

    private static <T> Reading<T> reading(
            Documents documents, Source source, Function<? super JsonElement, ? extends T> reader) {
        return documents.get(source).flatMap(document -> {
            try {
                return Reading.present(reader.apply(document));
            } catch (Malformed e) {
                return Reading.couldNotRead(source, Why.MALFORMED, source.fileName() + ": " + e.getMessage());
            }
        });
    }
}
