package dev.triage502.function;

import dev.triage502.function.DiagnosisService.Look;
import dev.triage502.incident.Incident;
import dev.triage502.report.Report;
import dev.triage502.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** Makes a diagnosis at once for somebody who waits, and keeps it. */
final class RequestedDiagnosis {

    private final Supplier<Store> store;
    private final Supplier<DiagnosisService> workshop;
    private final EvidenceArchive archive;
    private final Clock clock;

    RequestedDiagnosis(
            Supplier<Store> store, Supplier<DiagnosisService> workshop, EvidenceArchive archive, Clock clock) {
        this.store = store;
        this.workshop = workshop;
        this.archive = archive;
        this.clock = clock;
    }

    /** The report, unless time ran out: what was not read by then may be what matters. */
    Optional<Report> make(Incident incident, Duration wait, Logger log) {
        if (wait.isZero()) {
            return Optional.empty();
        }
        boolean last = wait.compareTo(DiagnosisService.DEADLINE) >= 0;
        Look look = workshop.get()
                .look(incident, last ? DiagnosisService.DEADLINE : wait, new SourceLog(incident.id(), log));
        if (!last && !look.inTime()) {
            return Optional.empty();
        }
        log.info(incident.id() + ": " + look.report().headline());
        keep(incident, look.report(), log);
        archive.keep(incident, 1, look.documents(), log);
        return Optional.of(look.report());
    }

    /** Whoever asked has the report in hand, so they get it even if it cannot be kept. */
    private void keep(Incident incident, Report report, Logger log) {
        try {
            store.get().requests().asked(incident.id(), clock.instant());
            store.get().reports().keep(incident, 1, report);
        } catch (RuntimeException e) {
            log.warning(incident.id() + ": could not store the report: " + e.getMessage());
        }
    }
}
