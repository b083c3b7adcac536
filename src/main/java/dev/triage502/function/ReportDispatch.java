package dev.triage502.function;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ChannelMemory;
import dev.triage502.deliver.Channels;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.DeliveryRetries;
import dev.triage502.deliver.ReportNotice;
import dev.triage502.deliver.route.ChannelRoute;
import dev.triage502.deliver.route.Courier;
import dev.triage502.incident.MomentText;
import dev.triage502.ledger.IncidentDocument;
import dev.triage502.ledger.IncidentMessage;
import dev.triage502.ledger.LedgerEntry;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.Report;
import dev.triage502.store.Outbox.Claim;
import dev.triage502.store.Outbox.Parcel;
import dev.triage502.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Sees that each channel gets each report once, if it takes it at all. */
final class ReportDispatch {

    /** How long to wait where as many deliveries as may be are busy with a channel. */
    private static final Duration WHILE_BUSY = Duration.ofSeconds(3);

    /** How long to wait for another who is making the same delivery. */
    private static final Duration WHILE_ANOTHER_TRIES = Duration.ofSeconds(20);

    /** What is not delivered by then was lost with a host, or waits long behind others: it is queued again. */
    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(45);

    private final Store store;
    private final Supplier<Courier> courier;
    private final MessageLinks links;
    private final Clock clock;

    ReportDispatch(Store store, Supplier<Courier> courier, MessageLinks links, Clock clock) {
        this.store = store;
        this.courier = courier;
        this.links = links;
        this.clock = clock;
    }

    /** Queues the first diagnosis of an incident that the ledger does not have. */
    void queue(String incident, int revision, Logger log) {
        queue(incident, revision, Parcel.DIAGNOSED, revision, new JsonObject(), log);
    }

    /** Queues a message for each channel; deliveries that were made before are found out then. */
    void queue(LedgerEntry entry, IncidentMessage message, Logger log) {
        queue(
                entry.id(),
                message.revision(),
                message.event(),
                message.number(),
                IncidentDocument.life(entry, message),
                log);
    }

    private void queue(String incident, int revision, String event, int number, JsonObject life, Logger log) {
        if (courier.get().routes().isEmpty()) {
            log.warning(incident + ": no channel to send the report to; read it at " + HttpAnswers.at(incident)
                    + ", or set " + settingsOfChannels());
        }
        for (String channel : recipients(incident, revision, life, log)) {
            Parcel parcel = new Parcel(incident, revision, event, number, channel);
            store.outbox().queued(parcel);
            send(DeliveryMessage.first(parcel, life), Duration.ZERO);
        }
    }

    /**
     * Sees that each channel gets a message, or is given up: queues again what should be made by now and is not.
     *
     * @return whether all is done
     */
    boolean follow(LedgerEntry entry, IncidentMessage message, Logger log) {
        Instant now = clock.instant();
        JsonObject life = IncidentDocument.life(entry, message);
        boolean all = true;
        for (String channel : recipients(entry.id(), message.revision(), life, log)) {
            Parcel parcel = new Parcel(entry.id(), message.revision(), message.event(), message.number(), channel);
            if (store.outbox().isSettled(parcel)) {
                continue;
            }
            all = false;
            Instant expected = store.outbox().waitsUntil(parcel).orElse(message.at());
            if (now.isAfter(expected.plus(DELIVERED_WITHIN))) {
                log.warning(name(parcel) + ": queued again, because it should have been delivered by "
                        + MomentText.time(expected, now));
                send(DeliveryMessage.first(parcel, life), Duration.ZERO);
            }
        }
        return all;
    }

    /** The channels that a message is for; all of them if that cannot be told. */
    private List<String> recipients(String incident, int revision, JsonObject life, Logger log) {
        Optional<ReportNotice> notice = Optional.empty();
        try {
            notice = report(incident, revision).map(found -> notice(found.document(), life, incident));
        } catch (RuntimeException defect) {
            log.log(Level.SEVERE, incident + ": filters of channels not applied: " + defect.getMessage(), defect);
        }
        Optional<ReportNotice> known = notice;
        return courier.get().routes().stream()
                .filter(route -> known.isEmpty()
                        || route.takes(known.get(), store.outbox().knows(incident, route.name())))
                .map(ChannelRoute::name)
                .toList();
    }

    private void send(DeliveryMessage errand, Duration delay) {
        store.queue().send(QueueNames.DELIVERIES, errand.toMessage(), delay);
    }

    private static String settingsOfChannels() {
        return Channels.ALL.stream()
                .map(type -> type.needed().stream().map(type::variable).collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(", or "));
    }

    /** Makes a delivery, unless it was made; what may go better later is queued again. */
    void run(DeliveryMessage errand, Logger log) {
        if (!courier.get().whileFree(errand.parcel().channel(), () -> claimed(errand, log))) {
            send(errand.after(0), WHILE_BUSY);
        }
    }

    private void claimed(DeliveryMessage errand, Logger log) {
        Parcel parcel = errand.parcel();
        Claim claim = store.outbox().claim(parcel, errand.ticket(), clock.instant());
        if (claim == Claim.DONE) {
            log.info(name(parcel) + ": already delivered or given up");
        } else if (claim == Claim.UNDER_WAY) {
            send(errand.after(0), WHILE_ANOTHER_TRIES);
        } else if (claim == Claim.REPLACED) {
            log.info(name(parcel) + ": not delivered, superseded by a later message");
        } else {
            deliver(errand, log);
        }
    }

    /** Notes that nobody will try any more, and hands the message to the fallback of the channel, if it has one. */
    void giveUp(DeliveryMessage errand, String why, Logger log) {
        Parcel parcel = errand.parcel();
        Optional<String> fallback = courier.get()
                .route(parcel.channel())
                .flatMap(route -> route.rules().fallback())
                .filter(name -> courier.get().route(name).isPresent());
        // First, so that it is not lost if the process dies in between.
        fallback.ifPresent(name -> send(errand.to(name), Duration.ZERO));
        store.outbox().givenUp(parcel, why, clock.instant());
        log.severe(name(parcel) + ": NOT DELIVERED, no more retries: " + why + ". "
                + fallback.map(name -> "It goes to " + name + " instead. ").orElse("") + "The report is at "
                + HttpAnswers.at(parcel.incident()));
    }

    private void deliver(DeliveryMessage errand, Logger log) {
        Parcel parcel = errand.parcel();
        Optional<Report> report = report(parcel.incident(), parcel.revision());
        if (report.isEmpty()) {
            giveUp(errand, "the report is not in the store", log);
            return;
        }
        Supplier<ReportNotice> notice = () -> notice(report.get().document(), errand.life(), parcel.key());
        Optional<Instant> later =
                courier.get().route(parcel.channel()).flatMap(route -> route.quietUntil(notice.get(), clock.instant()));
        if (later.isPresent()) {
            waitUntil(later.get(), errand, log);
            return;
        }
        ChannelMemory memory = new StoredChannelMemory(store.channelNotes(), parcel.incident(), parcel.channel());
        settle(errand, courier.get().deliver(parcel.channel(), notice, memory), log);
    }

    private Optional<Report> report(String incident, int revision) {
        return store.reports().find(incident, revision).or(() -> store.reports().find(incident));
    }

    private ReportNotice notice(DiagnosisDocument kept, JsonObject life, String key) {
        return ReportNotice.of(life.size() == 0 ? kept : kept.with(life), links.of(kept), key);
    }

    private void waitUntil(Instant later, DeliveryMessage errand, Logger log) {
        Parcel parcel = errand.parcel();
        Instant now = clock.instant();
        store.outbox().waiting(parcel, "quiet hours", later, now);
        send(errand.after(0), Duration.between(now, later));
        log.info(name(parcel) + ": kept back for quiet hours until " + MomentText.time(later, now));
    }

    private void settle(DeliveryMessage errand, DeliveryResult delivery, Logger log) {
        Parcel parcel = errand.parcel();
        if (delivery instanceof DeliveryResult.Sent) {
            store.outbox().sent(parcel, clock.instant());
            log.info(name(parcel) + ": delivered");
        } else if (delivery instanceof DeliveryResult.Refused refused) {
            giveUp(errand, refused.why(), log);
        } else if (delivery instanceof DeliveryResult.Failed failed) {
            DeliveryMessage next = errand.after(1);
            Optional<Duration> pause = DeliveryRetries.pauseAfter(next.tries(), failed.retryAfter());
            if (pause.isEmpty()) {
                giveUp(errand, failed.why() + " (try " + next.tries() + ")", log);
                return;
            }
            Instant now = clock.instant();
            store.outbox().waiting(parcel, failed.why(), now.plus(pause.get()), now);
            send(next, pause.get());
            log.warning(name(parcel) + ": not delivered: " + failed.why() + "; next try in "
                    + pause.get().toSeconds() + " s (try " + next.tries() + " of " + DeliveryRetries.MOST_TRIES + ")");
        }
    }

    private static String name(Parcel parcel) {
        return parcel.key() + " to " + parcel.channel();
    }
}
