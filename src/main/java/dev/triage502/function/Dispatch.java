package dev.triage502.function;

import dev.triage502.deliver.Courier;
import dev.triage502.deliver.Delivery;
import dev.triage502.deliver.Notice;
import dev.triage502.deliver.Retries;
import dev.triage502.report.Report;
import dev.triage502.store.Outbox.Claim;
import dev.triage502.store.Outbox.Parcel;
import dev.triage502.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;

/** Sees that each channel gets each report once, if it takes it at all. */
final class Dispatch {

    /** How long to wait for another who is making the same delivery. */
    private static final Duration WHILE_ANOTHER_TRIES = Duration.ofMinutes(1);

    private final Store store;
    private final Courier courier;
    private final Clock clock;

    Dispatch(Store store, Courier courier, Clock clock) {
        this.store = store;
        this.courier = courier;
        this.clock = clock;
    }

    /** Queues one delivery for each channel; those that were made before are found out then. */
    void queue(String incident, int revision, Logger log) {
        if (courier.channels().isEmpty()) {
            log.warning(incident + ": there is no channel to send the report to; it is kept under "
                    + Answers.at(incident) + ". " + Setting.WEBHOOK_URL.key() + " would make one");
        }
        for (String channel : courier.channels()) {
            Errand errand = Errand.first(new Parcel(incident, revision, channel));
            store.queue().send(Queues.DELIVERIES, errand.toMessage(), Duration.ZERO);
        }
    }

    /** Makes a delivery, unless it was made; what may go better later is queued again. */
    void run(Errand errand, Logger log) {
        Parcel parcel = errand.parcel();
        Claim claim = store.outbox().claim(parcel, errand.ticket(), clock.instant());
        if (claim == Claim.DONE) {
            log.info(name(parcel) + ": was settled before");
        } else if (claim == Claim.UNDER_WAY) {
            store.queue().send(Queues.DELIVERIES, errand.after(0).toMessage(), WHILE_ANOTHER_TRIES);
        } else if (isReplaced(parcel)) {
            store.outbox().givenUp(parcel, "a later report took its place", clock.instant());
            log.info(name(parcel) + ": not delivered, since a later report took its place");
        } else {
            settle(errand, deliver(parcel), log);
        }
    }

    /** Notes that nobody will try any more. */
    void giveUp(Parcel parcel, String why, Logger log) {
        store.outbox().givenUp(parcel, why, clock.instant());
        log.severe(name(parcel) + ": NOT DELIVERED, and not tried again: " + why + ". The report is kept under "
                + Answers.at(parcel.incident()));
    }

    /** Whether the incident was looked at again since: its report is on its way, under its own name. */
    private boolean isReplaced(Parcel parcel) {
        return store.reports()
                .state(parcel.incident())
                .filter(state -> state.kept() > parcel.revision())
                .isPresent();
    }

    private Delivery deliver(Parcel parcel) {
        Optional<Report> report = store.reports().find(parcel.incident());
        return report.map(found -> courier.deliver(parcel.channel(), new Notice(found, parcel.revision())))
                .orElseGet(() -> new Delivery.Refused("the report is not in the store"));
    }

    private void settle(Errand errand, Delivery delivery, Logger log) {
        Parcel parcel = errand.parcel();
        if (delivery instanceof Delivery.Sent) {
            store.outbox().sent(parcel, clock.instant());
            log.info(name(parcel) + ": delivered");
        } else if (delivery instanceof Delivery.Refused refused) {
            giveUp(parcel, refused.why(), log);
        } else if (delivery instanceof Delivery.Failed failed) {
            Errand next = errand.after(1);
            Optional<Duration> pause = Retries.pauseAfter(next.tries(), failed.retryAfter());
            if (pause.isEmpty()) {
                giveUp(parcel, failed.why() + " (try " + next.tries() + ")", log);
                return;
            }
            store.outbox().waiting(parcel, failed.why(), clock.instant());
            store.queue().send(Queues.DELIVERIES, next.toMessage(), pause.get());
            log.warning(name(parcel) + ": not delivered: " + failed.why() + "; tried again in "
                    + pause.get().toSeconds() + " s (try " + next.tries() + " of " + Retries.MOST_TRIES + ")");
        }
    }

    private static String name(Parcel parcel) {
        return parcel.incident() + " to " + parcel.channel();
    }
}
