package dev.triage502.function;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.EvidenceRedactor;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.store.Store;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
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
        } catch (Throwable fault) {
            GuardedChecks.rethrowUnlessDefect(fault);
            log.log(Level.WARNING, incident.id() + ": could not store the evidence: " + fault.getMessage(), fault);
        }
    }

    /** Whether it is wanted and not there, or not whole; false if that cannot be told. */
    boolean lacks(Incident incident, int revision, Logger log) {
        try {
            return wanted.getAsBoolean() && !store.get().cases().isKept(incident.id(), revision);
        } catch (RuntimeException unreadable) {
            log.warning(incident.id() + ": could not look for the evidence: " + unreadable.getMessage());
            return false;
        }
    }
}
