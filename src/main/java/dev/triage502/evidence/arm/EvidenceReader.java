package dev.triage502.evidence.arm;

import dev.triage502.evidence.Evidence;
import dev.triage502.incident.Incident;

/** What do the documents of an incident say, as facts? */
public final class EvidenceReader {

    private EvidenceReader() {}

    /** The facts, each with what came of asking for it; a document that cannot be understood is a reading that says so. */
    public static Evidence read(Incident incident, Documents documents) {
        throw new UnsupportedOperationException("to come");
    }
}
