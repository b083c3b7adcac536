package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.ticket.Ticket;
import dev.triage502.ledger.MessageReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole life of an incident in a ticket system that remembers what it is asked, and loses what it is told to. */
class TicketLifeTest {

    private static final DeliveryResult SENT = new DeliveryResult.Sent();

    private final Tracker tracker = new Tracker();
    private ChannelMemory memory = ChannelMemory.forgetting();
    private Instant now = Instant.parse("2026-03-02T08:15:10Z");

    @Test
    void opensOnceSaysEachEventAndClosesOnAMeasuredRecovery() {
        for (MessageReason event : MessageReason.values()) {
            assertThat(deliver(event)).as(event.id()).isEqualTo(SENT);
            assertThat(deliver(event)).as(event.id()).isEqualTo(SENT);
        }

        assertThat(tracker.tickets).hasSize(1);
        assertThat(tracker.comments).hasSize(MessageReason.values().length - 1).doesNotHaveDuplicates();
        assertThat(tracker.calls).containsOnlyOnce("close").doesNotContain("reopen");
    }

    @Test
    void anIncidentThatIsFirstHeardOfWhenItIsOverIsOneClosedTicket() {
        deliver(MessageReason.RECOVERED);

        assertThat(tracker.calls).containsExactly("find", "create", "close");
    }

    @Test
    void whatItClosedIsOpenedAgainAndWhatAPersonClosedIsNot() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        deliver(MessageReason.RECOVERED);
        deliver(MessageReason.RESOLVED);
        assertThat(tracker.calls).doesNotContain("reopen");
        deliver(MessageReason.FLAPPING);
        assertThat(tracker.calls).containsOnlyOnce("reopen");
        deliver(MessageReason.CHANGED);
        assertThat(tracker.calls).containsOnlyOnce("reopen");
    }

    /** Each write is one moment at which the process can die. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void dyingBetweenACallAndItsNoteMakesNothingTwice(int lost) {
        ChannelMemory kept = memory;
        memory = new LosingMemory(kept, lost);
        deliver(MessageReason.FIRST_DIAGNOSIS);
        memory = kept;
        later();
        deliver(MessageReason.FIRST_DIAGNOSIS);
        assertThat(tracker.tickets).hasSize(1);
        assertThat(tracker.comments).isEmpty();

        memory = new LosingMemory(kept, lost);
        deliver(MessageReason.RECOVERED);
        memory = kept;
        later();
        assertThat(deliver(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(tracker.tickets).hasSize(1);
        assertThat(tracker.comments).hasSize(1);
    }

    @Test
    void aLostAnswerIsNotTriedAgainBeforeASearchCanShowIt() {
        tracker.losesAnswers = true;
        tracker.lags = true;
        deliver(MessageReason.FIRST_DIAGNOSIS);
        tracker.losesAnswers = false;

        DeliveryResult early = deliver(MessageReason.FIRST_DIAGNOSIS);
        assertThat(((DeliveryResult.Failed) early).retryAfter()).hasValue(Duration.ofSeconds(60));
        later();
        tracker.lags = false;
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(tracker.tickets).hasSize(1);
    }

    @Test
    void aLostCommentIsLookedForBeforeItIsSaidAgain() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        tracker.losesAnswers = true;
        deliver(MessageReason.RECOVERED);
        tracker.losesAnswers = false;

        assertThat(deliver(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(tracker.comments).hasSize(1);
        assertThat(tracker.calls).containsOnlyOnce("close");
    }

    @Test
    void whatWasSurelyNotMadeIsTriedAgainAtOnce() {
        tracker.refuses = true;
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Refused.class);
        tracker.refuses = false;

        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
    }

    @Test
    void aTicketThatWasDeletedIsMadeAnew() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        tracker.tickets.clear();

        assertThat(deliver(MessageReason.CHANGED)).isEqualTo(SENT);
        assertThat(tracker.tickets).hasSize(1);
    }

    @Test
    void aTicketIsFoundWhereTheMemoryWasLost() {
        deliver(MessageReason.FIRST_DIAGNOSIS);
        memory = ChannelMemory.forgetting();

        deliver(MessageReason.RECOVERED);

        assertThat(tracker.tickets).hasSize(1);
        assertThat(tracker.comments).hasSize(1);
        assertThat(tracker.calls).containsOnlyOnce("close");
    }

    @Test
    void twoWorkersAtOnceMakeOneTicketAndCloseItOnce() throws Exception {
        for (MessageReason event : List.of(MessageReason.FIRST_DIAGNOSIS, MessageReason.RECOVERED)) {
            ExecutorService workers = Executors.newFixedThreadPool(2);
            try {
                Callable<DeliveryResult> work = () -> deliver(event);
                for (Future<DeliveryResult> each : workers.invokeAll(List.of(work, work))) {
                    assertThat(each.get()).isNotInstanceOf(DeliveryResult.Refused.class);
                }
            } finally {
                workers.shutdownNow();
            }
            later();
            assertThat(deliver(event)).isEqualTo(SENT);
        }

        assertThat(tracker.tickets).hasSize(1);
        assertThat(tracker.comments).hasSize(1);
        assertThat(tracker.calls).containsOnlyOnce("close");
    }

    private DeliveryResult deliver(MessageReason event) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new TicketLife(tracker, clock, Reports.event(event), memory).say();
    }

    private void later() {
        now = now.plusSeconds(61);
    }

    /** Closing what is closed is asked for, and is not done twice. */
    private static final class Tracker implements TicketSystem {

        private final List<String> tickets = new ArrayList<>();
        private final List<String> comments = new ArrayList<>();
        private final List<String> calls = new ArrayList<>();
        private boolean closed;
        private boolean losesAnswers;
        private boolean lags;
        private boolean refuses;

        @Override
        public synchronized TicketAnswer find(Ticket ticket) {
            calls.add("find");
            return lags || !tickets.contains(ticket.incident()) ? TicketAnswer.notThere() : TicketAnswer.done("7");
        }

        @Override
        public synchronized TicketAnswer create(Ticket ticket) {
            calls.add("create");
            if (refuses) {
                return TicketAnswer.notDone(new DeliveryResult.Refused("no"));
            }
            tickets.add(ticket.incident());
            return answer();
        }

        @Override
        public synchronized TicketAnswer update(String id, Ticket ticket) {
            return tickets.contains(ticket.incident()) ? TicketAnswer.done(id) : TicketAnswer.notThere();
        }

        @Override
        public synchronized TicketAnswer findComment(String id, String key) {
            return comments.contains(key) ? TicketAnswer.done(id) : TicketAnswer.notThere();
        }

        @Override
        public synchronized TicketAnswer comment(String id, Ticket ticket, String key) {
            comments.add(key);
            return answer();
        }

        @Override
        public synchronized TicketAnswer close(String id, Ticket ticket) {
            if (!closed) {
                calls.add("close");
            }
            closed = true;
            return TicketAnswer.done(id);
        }

        @Override
        public synchronized TicketAnswer reopen(String id, Ticket ticket) {
            calls.add("reopen");
            closed = false;
            return TicketAnswer.done(id);
        }

        private TicketAnswer answer() {
            return losesAnswers
                    ? TicketAnswer.unclear(new DeliveryResult.Failed("no response in time", Optional.empty()))
                    : TicketAnswer.done("7");
        }
    }
}
