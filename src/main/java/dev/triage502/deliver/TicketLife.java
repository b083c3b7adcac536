package dev.triage502.deliver;

import dev.triage502.deliver.ChannelMemory.Note;
import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.deliver.ticket.Ticket.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One event of an incident in a ticket system: its ticket is made, or brought up to date with a comment, and closed when
 * the recovery was measured. A ticket that a person closed stays closed.
 *
 * <p>Ticket systems take every request for a new one. So what is about to be made is noted before, and every ticket and comment
 * bears what it is for. The kept id decides; without one it looks first. Searches lag, so that a ticket or comment that is not
 * found is believed to be missing only some time after the last try to make it.
 */
final class TicketLife {

    /** Longer than a request may take, and than searches were seen to lag. */
    private static final Duration SETTLES = Duration.ofSeconds(60);

    private final TicketSystem system;
    private final Clock clock;
    private final String key;
    private final Ticket ticket;
    private final ChannelMemory memory;
    private Note seen;

    TicketLife(TicketSystem system, Clock clock, ReportNotice notice, ChannelMemory memory) {
        this.system = system;
        this.clock = clock;
        this.key = notice.key();
        this.ticket = notice.ticket();
        this.memory = memory;
        this.seen = memory.read();
    }

    DeliveryResult say() {
        TicketNote kept = TicketNote.of(seen);
        if (kept.said().equals(key)) {
            return new DeliveryResult.Sent();
        }
        return kept.hasTicket() ? goOn(kept) : open(kept);
    }

    private DeliveryResult open(TicketNote kept) {
        TicketAnswer found = system.find(ticket);
        if (found.isDone()) {
            // A try before made it for this message, and did not hear of it: there is nothing to add.
            return kept.making().equals(key) ? move(kept.openedAs(found.id(), key)) : goOn(kept.at(found.id()));
        }
        if (!found.isNotThere()) {
            return found.result();
        }
        return mayBeOnItsWay(kept).orElseGet(() -> create(kept));
    }

    private DeliveryResult create(TicketNote kept) {
        TicketNote making = kept.making(key, clock.instant());
        if (!keep(making)) {
            return busy();
        }
        TicketAnswer made = system.create(ticket);
        if (!made.isDone()) {
            return notMade(making, made);
        }
        // Before anything else is asked of the other side: whoever comes next must know the id.
        TicketNote there = kept.openedAs(made.id(), key);
        keep(there);
        return move(there);
    }

    private DeliveryResult goOn(TicketNote kept) {
        TicketAnswer updated = system.update(kept.id(), ticket);
        if (updated.isNotThere()) {
            TicketNote without = new TicketNote("", "", kept.said(), "", 0, false);
            return keep(without) ? open(without) : busy();
        }
        if (!updated.isDone()) {
            return updated.result();
        }
        return kept.opened().equals(key) ? move(kept) : comment(kept);
    }

    private DeliveryResult comment(TicketNote kept) {
        if (kept.making().equals(key)) {
            TicketAnswer found = system.findComment(kept.id(), key);
            if (found.isDone()) {
                return move(kept);
            }
            if (!found.isNotThere()) {
                return found.result();
            }
            Optional<DeliveryResult> wait = mayBeOnItsWay(kept);
            if (wait.isPresent()) {
                return wait.get();
            }
        }
        TicketNote making = kept.making(key, clock.instant());
        if (!keep(making)) {
            return busy();
        }
        TicketAnswer said = system.comment(kept.id(), ticket, key);
        return said.isDone() ? move(making) : notMade(making, said);
    }

    /** Closes or reopens the ticket where that is due; after that all is said. */
    private DeliveryResult move(TicketNote kept) {
        boolean reopens = ticket.stage() == Stage.OPEN && kept.closed();
        if (ticket.stage() != Stage.CLOSED && !reopens) {
            return said(kept);
        }
        TicketAnswer moved = reopens ? system.reopen(kept.id(), ticket) : system.close(kept.id(), ticket);
        return moved.isDone() ? said(kept.closed(!reopens)) : moved.result();
    }

    private DeliveryResult notMade(TicketNote making, TicketAnswer answer) {
        if (!answer.isUnclear()) {
            keep(making.notMaking());
        }
        return answer.result();
    }

    /** Why it is too early to make what a try before may have made. */
    private Optional<DeliveryResult> mayBeOnItsWay(TicketNote kept) {
        Duration since = Duration.between(Instant.ofEpochSecond(kept.since()), clock.instant());
        boolean wait = kept.isMaking() && since.compareTo(SETTLES) < 0;
        return wait
                ? Optional.of(new DeliveryResult.Failed(
                        "an earlier try may have succeeded; looking again before another is made",
                        Optional.of(SETTLES.minus(since))))
                : Optional.empty();
    }

    private boolean keep(TicketNote next) {
        boolean isKept = memory.write(seen, next.json());
        seen = memory.read();
        return isKept;
    }

    /** It is said, whether or not that can be kept. */
    private DeliveryResult said(TicketNote kept) {
        keep(kept.said(key));
        return new DeliveryResult.Sent();
    }

    private static DeliveryResult busy() {
        return new DeliveryResult.Failed(
                "another process is sending a message about this incident", Optional.of(Duration.ofSeconds(5)));
    }
}
