package dev.triage502.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.incident.MomentText;
import dev.triage502.ledger.IncidentMessage;
import dev.triage502.ledger.LedgerEntry;
import dev.triage502.ledger.LookBookkeeping;
import dev.triage502.redaction.LogRedaction;
import dev.triage502.store.IncidentIndex.Attention;
import dev.triage502.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sees each minute that what was taken in gets done, whatever became of the host that was at it: an investigation or a
 * message that is late is queued again, requested ones too. It lets time pass for incidents too: least pauses end, recovered ones are closed.
 */
public final class WatchFunction {

    /** An alert whose first investigation has not ended after so long is in trouble if no other investigation has either. */
    private static final Duration TROUBLE_AFTER = Duration.ofMinutes(15);

    private static final int FORGETS_AT = 17;
    private static final int MOST_FORGOTTEN = 100;

    private final Supplier<Store> store;
    private final Supplier<IncidentDesk> desk;
    private final Supplier<ReportDispatch> dispatch;
    private final Supplier<GivingUp> givingUp;
    private final Supplier<RequestWatch> requests;
    private final Supplier<Duration> retention;

    WatchFunction(
            Supplier<Store> store,
            Supplier<IncidentDesk> desk,
            Supplier<ReportDispatch> dispatch,
            Supplier<GivingUp> givingUp,
            Supplier<RequestWatch> requests,
            Supplier<Duration> retention) {
        this.store = store;
        this.desk = desk;
        this.dispatch = dispatch;
        this.givingUp = givingUp;
        this.requests = requests;
        this.retention = retention;
    }

    @FunctionName("watch")
    public void run(@TimerTrigger(name = "timer", schedule = "0 * * * * *") String timer, ExecutionContext context) {
        Logger log = LogRedaction.on(context.getLogger());
        List<LedgerEntry> seen = new ArrayList<>();
        for (Attention each : store.get().incidents().attention()) {
            try {
                watch(each, log).ifPresent(seen::add);
            } catch (Throwable fault) {
                GuardedChecks.rethrowUnlessDefect(fault);
                log.log(
                        Level.WARNING,
                        each.id() + ": could not be checked, next try in a minute: " + fault.getMessage(),
                        fault);
            }
        }
        requests.get().run(log);
        ownTrouble(seen, log);
        forget(log);
    }

    /** Once an hour is often enough. */
    private void forget(Logger log) {
        Instant now = desk.get().now();
        if (now.atZone(ZoneOffset.UTC).getMinute() != FORGETS_AT) {
            return;
        }
        try {
            int gone = store.get().forgetBefore(now.minus(retention.get()), MOST_FORGOTTEN);
            if (gone > 0) {
                log.info(gone + " closed incidents and requested diagnoses removed: older than "
                        + AppSetting.RETENTION.key());
            }
        } catch (RuntimeException fault) {
            log.log(Level.WARNING, "old incidents not removed, tried again in an hour: " + fault, fault);
        }
    }

    private Optional<LedgerEntry> watch(Attention each, Logger log) {
        Optional<LedgerEntry> ticked = desk.get()
                .turn(
                        each.gateway(),
                        (page, now) ->
                                LookBookkeeping.tick(page, each.id(), desk.get().rules(), now),
                        each.id(),
                        log);
        if (ticked.isEmpty()) {
            store.get().incidents().ignore(each.id());
            return ticked;
        }
        LedgerEntry entry = ticked.get();
        Instant now = desk.get().now();
        boolean late = entry.looks().isLate(now) && !store.get().heartbeats().isAtWork(entry.id(), now);
        if (!entry.isClosed() && (late || entry.looks().isForgotten(now))) {
            log.warning(entry.id() + ": investigation " + entry.looks().asked()
                    + (late
                            ? " queued again: it was due at "
                                    + MomentText.time(entry.looks().dueAt(), now) + ", and no worker has it"
                            : " queued: whoever asked for it died before that"));
            desk.get().queueLook(entry);
        }
        for (IncidentMessage message : entry.speech().unsettled()) {
            if (dispatch.get().follow(entry, message, log)) {
                desk.get()
                        .turn(
                                each.gateway(),
                                (page, at) -> LookBookkeeping.settled(page, each.id(), message.number()),
                                each.id(),
                                log);
            }
        }
        return ticked;
    }

    /** Alerts come in, and no investigation succeeds: that is said on the channels, since the log may not be read. */
    private void ownTrouble(List<LedgerEntry> seen, Logger log) {
        Instant now = desk.get().now();
        List<LedgerEntry> stuck = seen.stream()
                .filter(entry -> !entry.isClosed() && entry.looks().judged() == 0)
                .filter(entry -> now.isAfter(entry.course().openedAt().plus(TROUBLE_AFTER)))
                .toList();
        Optional<Instant> oldest =
                stuck.stream().map(entry -> entry.course().openedAt()).min(Instant::compareTo);
        boolean noneSucceeds = oldest.isPresent()
                && seen.stream()
                        .filter(entry -> entry.looks().judged() > 0)
                        .noneMatch(entry -> entry.course().openedAt().isAfter(oldest.get()));
        if (!noneSucceeds) {
            return;
        }
        for (LedgerEntry entry : stuck) {
            String why = "problem in triage502: alerts have arrived since " + MomentText.time(oldest.get(), now)
                    + ", but no investigation has finished"
                    + store.get()
                            .reports()
                            .trouble(entry.incident())
                            .map(last -> ". The last one failed: " + last)
                            .orElse("");
            log.severe(entry.id() + ": OWN TROUBLE: " + why);
            givingUp.get().giveUp(entry.incident(), entry.looks().asked(), why, log);
        }
    }
}
