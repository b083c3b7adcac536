package dev.triage502.function;

import dev.triage502.deliver.Channel;
import dev.triage502.deliver.Delivery;
import dev.triage502.deliver.Notice;
import java.util.Optional;

/** A channel whose setting is wrong: what should be sent is told of, and waits for a while that it is put right. */
record UnusableChannel(String name, String problem) implements Channel {

    @Override
    public Delivery deliver(Notice notice) {
        return new Delivery.Failed(problem, Optional.empty());
    }
}
