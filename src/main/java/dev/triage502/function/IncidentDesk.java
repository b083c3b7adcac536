package dev.triage502.function;

import dev.triage502.incident.ResourceId;
import dev.triage502.ledger.Ledger.Turn;
import dev.triage502.ledger.LedgerEntry;
import dev.triage502.ledger.LedgerPage;
import dev.triage502.ledger.LifeRules;
import dev.triage502.ledger.LookBookkeeping;
import dev.triage502.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.logging.Logger;

/**
 * Carries out what the ledger decides: keeps the incident where it can be found, queues its investigations and its
 * messages. Whatever is left undone when the host dies, the {@link WatchFunction} does.
 */
final class IncidentDesk {

    private final Store store;
    private final ReportDispatch dispatch;
    private final LifeRules rules;
    private final Clock clock;

    IncidentDesk(Store store, ReportDispatch dispatch, LifeRules rules, Clock clock) {
        this.store = store;
        this.dispatch = dispatch;
        this.rules = rules;
        this.clock = clock;
    }

    LifeRules rules() {
        return rules;
    }

    Instant now() {
        return clock.instant();
    }

    /** Takes a turn at an incident, and carries out what is new in it. */
    Optional<LedgerEntry> turn(
            ResourceId gateway,
            BiFunction<LedgerPage, Instant, Turn<Optional<LedgerEntry>>> writer,
            String id,
            Logger log) {
        record Change(Optional<LedgerEntry> before, Optional<LedgerEntry> after) {}
        Change change = store.ledger().turn(gateway, page -> {
            Turn<Optional<LedgerEntry>> turn = writer.apply(page, now());
            return new Turn<>(turn.page(), new Change(page.entry(id), turn.result()));
        });
        change.after().ifPresent(entry -> {
            int told = change.before().map(each -> each.speech().count()).orElse(0);
            int asked = change.before().map(each -> each.looks().asked()).orElse(0);
            carryOut(entry, entry.looks().asked() > asked, told, log);
        });
        return change.after();
    }

    /**
     * Keeps an incident as it is now, and queues what is new.
     *
     * @param look whether its investigation is to be queued
     * @param told how many messages about it were queued before
     */
    void carryOut(LedgerEntry entry, boolean look, int told, Logger log) {
        store.incidents().put(entry);
        entry.speech().unsettled().stream()
                .filter(message -> message.number() > told)
                .forEach(message -> dispatch.queue(entry, message, log));
        if (look) {
            queueLook(entry);
        }
    }

    /** In this order, so that wherever it breaks off, it is done again and not forgotten. */
    void queueLook(LedgerEntry entry) {
        int revision = entry.looks().asked();
        Duration delay = Duration.between(now(), entry.looks().dueAt());
        if (entry.looks().judged() == 0) {
            store.reports().expect(entry.incident(), revision);
        }
        store.queue()
                .send(
                        QueueNames.INCIDENTS,
                        new InvestigationMessage(entry.incident(), revision, true).toMessage(),
                        delay.isNegative() ? Duration.ZERO : delay);
        store.ledger()
                .turn(entry.incident().gateway(), page -> LookBookkeeping.queued(page, entry.id(), revision, now()))
                .ifPresent(store.incidents()::put);
    }
}
