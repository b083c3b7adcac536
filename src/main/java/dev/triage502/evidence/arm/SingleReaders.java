package dev.triage502.evidence.arm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.BackendHealth;
import dev.triage502.evidence.Gateway;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.Network;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.incident.Incident;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What does one source's document say, by itself? For collectors, which know no more than that document yet; a diagnosis
 * reads all documents together with {@link EvidenceReader}. A document that cannot be understood is a reading that says
 * so.
 */
public final class SingleReaders {

    private SingleReaders() {}

    /** The gateway's configuration. */
    public static Reading<Gateway> gateway(Incident incident, Reading<JsonElement> document) {
        return read(Source.GATEWAY, document, (json, losses) -> GatewayReader.read(incident.gateway(), json, losses));
    }

    /** The network, as far as it was found. */
    public static Reading<Network> network(JsonElement document) {
        return read(Source.NETWORK, Reading.present(document), NetworkReader::read);
    }

    /** The backend health, its names in the spelling of the gateway's configuration. */
    public static Reading<BackendHealth> backendHealth(Gateway gateway, Reading<JsonElement> document) {
        CanonicalNames spelling = new CanonicalNames(Optional.of(gateway));
        return read(
                Source.BACKEND_HEALTH, document, (json, losses) -> BackendHealthReader.read(spelling, json, losses));
    }

    /** Whether direct probes were tried and none of them got a connection. */
    public static boolean noDirectProbeConnected(JsonElement document) {
        List<JsonObject> rows = ArmFields.objects(document).toList();
        return !rows.isEmpty()
                && rows.stream()
                        .noneMatch(row -> ArmFields.texts(row, "connect").contains("ok"));
    }

    private static <T> Reading<T> read(
            Source source, Reading<JsonElement> document, BiFunction<JsonElement, Losses, T> reader) {
        return EvidenceReader.reading(
                new GuardedChecks((check, defect) -> {}),
                new EnumMap<>(Source.class),
                SourceDocuments.none().with(source, document),
                source,
                reader);
    }
}
