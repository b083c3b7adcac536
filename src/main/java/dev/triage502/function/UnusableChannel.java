package dev.triage502.function;

import dev.triage502.deliver.Channel;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.ReportNotice;
import java.util.Optional;

/** A channel whose setting is wrong: what should be sent is told of, and waits for a while that it is put right. */
record UnusableChannel(String name, String problem) implements Channel {

    @Override
    public DeliveryResult deliver(ReportNotice notice) {
        return new DeliveryResult.Failed(problem, Optional.empty());
    }
}
