package dev.triage502.function;

import dev.triage502.incident.MomentText;
import dev.triage502.store.ReportStore.State;
import dev.triage502.store.RequestedDiagnoses.Waiting;
import dev.triage502.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sees that a diagnosis that somebody asked for is made, whatever became of the host that was at it. */
final class RequestWatch {

    /** Each is a minute or two after the one before: whatever it is that fails, it does not pass. */
    private static final int MOST_SENDS = 10;

    private final Store store;
    private final IncidentDesk desk;
    private final GivingUp givingUp;

    RequestWatch(Store store, IncidentDesk desk, GivingUp givingUp) {
        this.store = store;
        this.desk = desk;
        this.givingUp = givingUp;
    }

    /** Queues again what is late, forgets what is made, and gives up what was queued too often. */
    void run(Logger log) {
        for (Waiting each : store.requests().waiting()) {
            try {
                watch(each, log);
            } catch (RuntimeException fault) {
                log.log(
                        Level.WARNING,
                        each.incident().id() + ": could not be checked, next try in a minute: " + fault.getMessage(),
                        fault);
            }
        }
    }

    private void watch(Waiting request, Logger log) {
        String id = request.incident().id();
        Instant now = desk.now();
        if (store.reports().state(id).filter(State::isKept).isPresent()) {
            store.requests().done(id);
        } else if (request.isLate(now) && !store.heartbeats().isAtWork(id, now)) {
            late(request, now, log);
        }
    }

    private void late(Waiting request, Instant now, Logger log) {
        String id = request.incident().id();
        if (request.sends() >= MOST_SENDS) {
            String why = "no worker finished it, after " + request.sends() + " tries";
            log.severe(id + ": GIVEN UP: " + why + ". To investigate again: " + GivingUp.again(request.incident()));
            givingUp.keep(request.incident(), 1, why, log);
            store.requests().done(id);
            return;
        }
        log.warning(id + ": requested diagnosis queued again: it was queued at "
                + MomentText.time(request.queuedAt(), now) + ", and no worker has it");
        store.requests().queued(request.incident(), now);
        store.queue()
                .send(
                        QueueNames.INCIDENTS,
                        new InvestigationMessage(request.incident(), 1, false).toMessage(),
                        Duration.ZERO);
    }
}
