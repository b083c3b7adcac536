package dev.triage502.function;

import dev.triage502.deliver.route.ChannelPlan;
import dev.triage502.deliver.route.Courier;
import dev.triage502.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Sends to the channels as they are set now: a document of them in the store is looked at again each minute in which there is
 * something to send. One that cannot be read any more changes nothing, so that no message is lost while somebody writes it.
 */
final class CurrentCourier implements Supplier<Courier> {

    private static final Duration LOOKS_EVERY = Duration.ofMinutes(1);

    private final ChannelDesk desk;
    private final InstantSource clock;
    private final Logger log;
    private Optional<Courier> courier = Optional.empty();
    private Optional<String> document = Optional.empty();
    private Instant lookedAt = Instant.EPOCH;

    CurrentCourier(ChannelDesk desk, InstantSource clock, Logger log) {
        this.desk = desk;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public synchronized Courier get() {
        Instant now = clock.instant();
        if (courier.isEmpty() || !now.isBefore(lookedAt.plus(LOOKS_EVERY))) {
            lookedAt = now;
            look();
        }
        return courier.orElseThrow();
    }

    private void look() {
        try {
            Optional<String> text = desk.document();
            if (courier.isEmpty() || !text.equals(document)) {
                document = text;
                take(desk.plan(() -> text));
            }
        } catch (StoreFailure away) {
            if (courier.isEmpty()) {
                take(desk.plan(() -> {
                    throw away;
                }));
            } else {
                log.warning("the document of the channels could not be read again: " + away.getMessage());
            }
        }
    }

    private void take(ChannelPlan plan) {
        if (courier.isPresent() && ChannelSettings.isUnreadable(plan)) {
            plan.allProblems()
                    .forEach(problem -> log.severe("invalid setting, the channels stay as they were: " + problem));
            return;
        }
        if (courier.isPresent()) {
            log.info("the document of the channels has changed and is used from now on");
        }
        courier = Optional.of(new Courier(desk.routes(plan, log)));
    }
}
