package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.triage502.incident.Incident;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.Store;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Tells of an incident that was given up: in the log with the request that asks again, and on the channels, so that
 * whoever is on call does not wait for a diagnosis that never comes.
 */
public final class TriageGivenUpFunction {

    private final Supplier<Store> store;
    private final Supplier<GivingUp> givingUp;

    TriageGivenUpFunction(Supplier<Store> store, Supplier<GivingUp> givingUp) {
        this.store = store;
        this.givingUp = givingUp;
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
        String why = store.get().reports().trouble(incident).orElse("see the log");
        log.severe(incident.id() + ": GIVEN UP after several tries: " + why + ". To investigate again: "
                + GivingUp.again(incident));
        if (work.tell()) {
            givingUp.get().giveUp(incident, work.revision(), why, log);
        } else {
            givingUp.get().keep(incident, work.revision(), why, log);
        }
        store.get().queue().discard(message);
    }
}
