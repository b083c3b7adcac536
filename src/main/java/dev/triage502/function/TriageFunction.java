package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.function.DiagnosisService.Look;
import dev.triage502.incident.Incident;
import dev.triage502.ledger.LedgerEntry;
import dev.triage502.ledger.LookBookkeeping;
import dev.triage502.ledger.LookBookkeeping.Begin;
import dev.triage502.ledger.LookResult;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.report.Report;
import dev.triage502.store.Heartbeats;
import dev.triage502.store.ReportStore.State;
import dev.triage502.store.Store;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Investigates an incident that was queued, keeps the report, and enters in the ledger what was found, which decides
 * whether something is said.
 *
 * <p>What it throws makes the host try the message again, and after so many tries hand it to {@link TriageGivenUpFunction}.
 * An investigation that is queued twice is made once, and none is made that a later one takes the place of.
 */
public final class TriageFunction {

    private final Supplier<Store> store;
    private final DiagnosisService workshop;
    private final EvidenceArchive archive;
    private final Supplier<IncidentDesk> desk;
    private final Supplier<ReportDispatch> dispatch;

    TriageFunction(
            Supplier<Store> store,
            DiagnosisService workshop,
            EvidenceArchive archive,
            Supplier<IncidentDesk> desk,
            Supplier<ReportDispatch> dispatch) {
        this.store = store;
        this.workshop = workshop;
        this.archive = archive;
        this.desk = desk;
        this.dispatch = dispatch;
    }

    @FunctionName("triage")
    public void run(
            @QueueTrigger(name = "message", queueName = QueueNames.INCIDENTS, connection = QueueNames.CONNECTION)
                    String message,
            ExecutionContext context) {
        Logger log = LogRedaction.on(context.getLogger());
        UnreadableMessage.orDropped(
                        QueueNames.INCIDENTS,
                        log,
                        () -> InvestigationMessage.read(store.get().queue().open(message)))
                .ifPresent(work -> run(work, message, log));
    }

    private void run(InvestigationMessage work, String message, Logger log) {
        try {
            if (work.tell()) {
                investigate(work, log);
            } else {
                whileNobodyElse(work, log, () -> {
                    Made made = look(work.incident(), work.revision(), log);
                    archive(work.incident(), work.revision(), made.documents(), log);
                });
            }
            store.get().queue().discard(message);
        } catch (Throwable fault) {
            GuardedChecks.rethrowUnlessDefect(fault);
            log.log(
                    Level.SEVERE,
                    work.incident().id() + ": investigation failed and will be retried: " + fault.getMessage(),
                    fault);
            note(work, fault, log);
            throw fault;
        }
    }

    private void investigate(InvestigationMessage work, Logger log) {
        String id = work.incident().id();
        Begin begin = store.get()
                .ledger()
                .turn(
                        work.incident().gateway(),
                        page -> LookBookkeeping.begin(
                                page,
                                id,
                                work.revision(),
                                desk.get().rules(),
                                desk.get().now()));
        begin.entry().ifPresent(store.get().incidents()::put);
        Incident window = begin.entry()
                .map(entry -> entry.window(work.revision(), desk.get().now()))
                .orElse(work.incident());
        if (begin.needed()) {
            whileNobodyElse(work, log, () -> {
                Made made = look(window, work.revision(), log);
                enter(work, made.report(), log);
                archive(window, work.revision(), made.documents(), log);
            });
            return;
        }
        log.info(id + ": already investigated, or superseded by a later investigation");
        Optional<LedgerEntry> ended =
                begin.entry().filter(entry -> entry.looks().judged() == work.revision());
        if (ended.isPresent()) {
            desk.get().carryOut(ended.get(), false, 0, log);
            if (archive.lacks(window, work.revision(), log)) {
                whileNobodyElse(work, log, () -> archive(window, work.revision(), Optional.empty(), log));
            }
        }
    }

    /** Does the work, unless another is at this investigation: then it is tried when that one must have ended. */
    private void whileNobodyElse(InvestigationMessage work, Logger log, Runnable task) {
        String id = work.incident().id();
        try (LookHeartbeat heartbeat = LookHeartbeat.start(store.get().heartbeats(), id, work.revision(), desk.get())) {
            if (heartbeat.isMine()) {
                task.run();
            } else {
                log.info(id + ": another worker is on this investigation, or died during it a moment ago");
                store.get().queue().send(QueueNames.INCIDENTS, work.toMessage(), Heartbeats.DEAD_AFTER);
            }
        }
    }

    private void enter(InvestigationMessage work, Report report, Logger log) {
        String id = work.incident().id();
        LookResult result = LookResult.of(report.document());
        Optional<LedgerEntry> entry = desk.get()
                .turn(
                        work.incident().gateway(),
                        (page, now) -> LookBookkeeping.found(
                                page, id, work.revision(), result, desk.get().rules(), now),
                        id,
                        log);
        if (entry.isEmpty()) {
            dispatch.get().queue(id, work.revision(), log);
        }
    }

    /** A report, and what it rests on where it was made just now. */
    private record Made(Report report, Optional<SourceDocuments> documents) {}

    /** The report, made now, unless this very investigation was made before and its report is kept. */
    private Made look(Incident incident, int revision, Logger log) {
        String id = incident.id();
        int kept = store.get().reports().state(id).map(State::kept).orElse(0);
        Optional<Report> before = kept >= revision ? store.get().reports().find(id, revision) : Optional.empty();
        if (before.isPresent()) {
            log.info(id + ": already investigated");
            return new Made(before.get(), Optional.empty());
        }
        store.get().reports().expect(incident, revision);
        Look look = workshop.look(incident, DiagnosisService.DEADLINE, new SourceLog(id, log));
        Report report = look.report();
        store.get().reports().keep(incident, revision, report);
        log.info(id + ": " + report.headline());
        return new Made(report, Optional.of(look.documents()));
    }

    /**
     * Keeps what the report rests on: last, since whoever is on call waits for the message and not for this. If an earlier
     * worker died before it, the evidence is read again, as it is now.
     */
    private void archive(Incident incident, int revision, Optional<SourceDocuments> documents, Logger log) {
        if (documents.isPresent()) {
            archive.keep(incident, revision, documents.get(), log);
        } else if (archive.lacks(incident, revision, log)) {
            log.info(incident.id() + ": evidence of investigation " + revision + " was not stored, and is read again");
            SourceLog progress = new SourceLog(incident.id(), log);
            archive.keep(
                    incident,
                    revision,
                    workshop.look(incident, DiagnosisService.DEADLINE, progress).documents(),
                    log);
        }
    }

    /** For whoever has to say why it was given up; if the store is what fails, the log has it. */
    private void note(InvestigationMessage work, Throwable fault, Logger log) {
        try {
            store.get().reports().trouble(work.incident(), LogRedaction.line(String.valueOf(fault.getMessage())));
        } catch (RuntimeException alsoFails) {
            log.warning(work.incident().id() + ": could not store the failure: " + alsoFails.getMessage());
        }
    }
}
