package dev.triage502.triage;

import dev.triage502.diagnosis.Diagnosis.Undecided;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What does a diagnosis lose by a source that it cannot read?
 *
 * @param untold causes, by source, of which nothing can be said for want of it (or of it and others)
 * @param used   causes, by source, that look at it at all
 */
public record SourceReliance(Map<Source, List<String>> untold, Map<Source, List<String>> used) {

    /** By these documents; what is used is what the causes ask for when nothing could be read. */
    public static SourceReliance on(Incident incident, SourceDocuments documents, GuardedChecks.Listener listener) {
        // What fails in the first is likely to fail in the second, and is to be heard of once.
        return new SourceReliance(
                untold(incident, documents, listener), untold(incident, SourceDocuments.none(), (check, defect) -> {}));
    }

    private static Map<Source, List<String>> untold(
            Incident incident, SourceDocuments documents, GuardedChecks.Listener listener) {
        Map<Source, List<String>> bySource = new EnumMap<>(Source.class);
        List<Undecided> untold = new Diagnostician(Causes.IN_ORDER)
                .diagnose(incident, EvidenceReader.read(incident, documents, listener), listener)
                .couldNotTell();
        for (Undecided each : untold) {
            each.missing()
                    .forEach(source -> bySource.computeIfAbsent(source, key -> new ArrayList<>())
                            .add(each.id()));
        }
        return bySource;
    }
}
