package dev.triage502.deliver.route;

import dev.triage502.deliver.Channel;
import dev.triage502.deliver.ChannelMemory;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.ReportNotice;
import java.util.Optional;

/** A channel whose setting is wrong: what should be sent is logged, and waits for a while until it is put right. */
record UnusableChannel(String problem) implements Channel {

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        return new DeliveryResult.Failed(problem, Optional.empty());
    }
}
