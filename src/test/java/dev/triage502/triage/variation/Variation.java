package dev.triage502.triage.variation;

import com.google.gson.JsonElement;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.ResourceId;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The same incident told otherwise.
 *
 * @param incident the other telling
 * @param names    what a name of the first telling is called in the other
 */
public record Variation(RecordedCase incident, UnaryOperator<String> names) {

    /** The incident with other documents; {@code names} says what its names have become. */
    static Variation of(RecordedCase incident, SourceDocuments documents, UnaryOperator<String> names) {
        return of(incident, incident.gateway(), incident.alertedAt(), documents, names);
    }

    static Variation of(
            RecordedCase incident,
            ResourceId gateway,
            Instant alertedAt,
            SourceDocuments documents,
            UnaryOperator<String> names) {
        return new Variation(
                new RecordedCase(incident.id(), incident.title(), gateway, alertedAt, incident.expected(), documents),
                names);
    }

    /** The documents that were read, each told otherwise; a refusal stays one. */
    static SourceDocuments each(SourceDocuments documents, BiFunction<Source, JsonElement, JsonElement> change) {
        SourceDocuments all = SourceDocuments.none();
        for (Source source : Source.values()) {
            Reading<JsonElement> reading = documents.get(source);
            all = all.with(source, reading.map(read -> change.apply(source, read)));
        }
        return all;
    }
}
