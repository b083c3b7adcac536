package dev.triage502.function;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.EvidenceRedactor;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.store.Store;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** Keeps what a diagnosis rests on, redacted, as a case that the command line replays; see {@link EvidenceRedactor}. */
final class EvidenceArchive {

    private final Supplier<Store> store;
    private final BooleanSupplier wanted;

    EvidenceArchive(Supplier<Store> store, BooleanSupplier wanted) {
        this.store = store;
        this.wanted = wanted;
    }

    /** Keeps it if that is wanted. The report counts and is kept already: that this fails is told and no more. */
    void keep(Incident incident, int revision, SourceDocuments documents, Logger log) {
        try {
            if (wanted.getAsBoolean()) {
                RecordedCase clean = EvidenceRedactor.standard().redact(RecordedCase.of(incident, documents));
                store.get().cases().keep(incident.id(), revision, CaseFolder.files(clean), CaseFolder.fileNames());
            }
        } catch (RuntimeException e) {
            log.warning(incident.id() + ": could not store the evidence: " + e.getMessage());
        }
    }
}
