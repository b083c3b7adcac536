package dev.triage502.function;

import dev.triage502.incident.Incident;
import dev.triage502.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Queues the diagnoses that people ask for. */
final class RequestDesk {

    private final Supplier<Store> store;
    private final Clock clock;

    RequestDesk(Supplier<Store> store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** It is noted first, so that it is made even if this host dies after that: {@link RequestWatch}. */
    void queue(Incident incident) {
        Instant now = clock.instant();
        store.get().requests().asked(incident.id(), now);
        store.get().reports().expect(incident, 1);
        store.get().requests().queued(incident, now);
        store.get()
                .queue()
                .send(QueueNames.INCIDENTS, new InvestigationMessage(incident, 1, false).toMessage(), Duration.ZERO);
    }
}
