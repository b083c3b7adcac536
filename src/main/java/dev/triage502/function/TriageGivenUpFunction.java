package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.triage502.collect.DefectLog;
import dev.triage502.incident.Incident;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.ReportStore.State;
import dev.triage502.store.Store;
import dev.triage502.triage.GivenUpReport;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Tells of an incident that was given up: in the log with the request that asks again, and on the channels, so that
 * whoever is on call does not wait for a diagnosis that never comes.
 */
public final class TriageGivenUpFunction {

    private final Supplier<Store> store;
    private final Supplier<ReportDispatch> dispatch;
    private final Clock clock;

    TriageGivenUpFunction(Supplier<Store> store, Supplier<ReportDispatch> dispatch, Clock clock) {
        this.store = store;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    @FunctionName("triage-given-up")
    public void run(
            @QueueTrigger(name = "message", queueName = QueueNames.INCIDENTS_POISON, connection = QueueNames.CONNECTION)
                    String message,
            ExecutionContext context) {
        Logger log = LogRedaction.on(context.getLogger());
        UnreadableMessage.orDropped(
                        QueueNames.INCIDENTS_POISON,
                        log,
                        () -> InvestigationMessage.read(store.get().queue().open(message)))
                .ifPresent(work -> giveUp(work, message, log));
    }

    private void giveUp(InvestigationMessage work, String message, Logger log) {
        Incident incident = work.incident();
        String why = store.get().reports().trouble(incident).orElse("the log has why");
        String again =
                "GET /api/diagnose?gateway=" + incident.gateway() + "&from=" + incident.from() + "&to=" + incident.to();
        log.severe(incident.id() + ": GIVEN UP after several tries: " + why + ". To have it looked at again: " + again);
        int kept = store.get().reports().state(incident.id()).map(State::kept).orElse(0);
        if (kept < work.revision()) {
            store.get()
                    .reports()
                    .keep(
                            incident,
                            work.revision(),
                            GivenUpReport.of(
                                    incident,
                                    "the investigation was given up: " + why,
                                    "Have it investigated again: " + again,
                                    clock.instant(),
                                    new DefectLog(log, incident.id())));
        }
        if (work.tell()) {
            dispatch.get().queue(incident.id(), work.revision(), log);
        }
        store.get().queue().discard(message);
    }
}
