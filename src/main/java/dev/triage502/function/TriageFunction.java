package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.function.DiagnosisService.Look;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.report.Report;
import dev.triage502.store.ReportStore.State;
import dev.triage502.store.Store;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at an incident that was queued, keeps the report, and queues a delivery for each channel.
 *
 * <p>What it throws makes the host try the message again, and after so many tries hand it to {@link TriageGivenUpFunction}.
 * A message that comes twice is looked at once.
 */
public final class TriageFunction {

    private final Supplier<Store> store;
    private final DiagnosisService workshop;
    private final EvidenceArchive archive;
    private final Supplier<ReportDispatch> dispatch;

    TriageFunction(
            Supplier<Store> store,
            DiagnosisService workshop,
            EvidenceArchive archive,
            Supplier<ReportDispatch> dispatch) {
        this.store = store;
        this.workshop = workshop;
        this.archive = archive;
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
            look(work, log);
            if (work.tell()) {
                dispatch.get().queue(work.incident().id(), work.revision(), log);
            }
            store.get().queue().discard(message);
        } catch (Throwable fault) {
            GuardedChecks.rethrowUnlessDefect(fault);
            log.log(
                    Level.SEVERE,
                    work.incident().id() + ": could not be looked at, and is tried again: " + fault,
                    fault);
            note(work, fault, log);
            throw fault;
        }
    }

    private void look(InvestigationMessage work, Logger log) {
        String id = work.incident().id();
        int kept = store.get().reports().state(id).map(State::kept).orElse(0);
        if (kept >= work.revision()) {
            log.info(id + ": was looked at before");
            return;
        }
        store.get().reports().expect(work.incident(), work.revision());
        Look look = workshop.look(work.incident(), DiagnosisService.DEADLINE, new SourceLog(id, log));
        Report report = look.report();
        store.get().reports().keep(work.incident(), work.revision(), report);
        archive.keep(work.incident(), work.revision(), look.documents(), log);
        log.info(id + ": " + report.headline());
    }

    /** For whoever has to say why it was given up; if the store is what fails, the log has it. */
    private void note(InvestigationMessage work, Throwable fault, Logger log) {
        try {
            store.get().reports().trouble(work.incident(), String.valueOf(fault.getMessage()));
        } catch (RuntimeException alsoFails) {
            log.warning(work.incident().id() + ": that could not be noted: " + alsoFails.getMessage());
        }
    }
}
