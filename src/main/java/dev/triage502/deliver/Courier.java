package dev.triage502.deliver;

import dev.triage502.evidence.GuardedChecks;
import java.util.List;

/** Sends a report to channels, each of which fails alone. */
public final class Courier {

    private final List<Channel> channels;

    public Courier(List<Channel> channels) {
        this.channels = List.copyOf(channels);
    }

    /** The names of the channels that there are. */
    public List<String> channels() {
        return channels.stream().map(Channel::name).toList();
    }

    /** Sends to one channel; whatever goes wrong there is what comes back. */
    public DeliveryResult deliver(String channel, ReportNotice notice) {
        return channels.stream()
                .filter(each -> each.name().equals(channel))
                .findFirst()
                .map(each -> deliver(each, notice))
                .orElseGet(() -> new DeliveryResult.Refused("channel \"" + channel
                        + "\" no longer exists; its setting was removed after this report was queued"));
    }

    private static DeliveryResult deliver(Channel channel, ReportNotice notice) {
        try {
            return channel.deliver(notice);
        } catch (Throwable fault) {
            GuardedChecks.rethrowUnlessDefect(fault);
            // Its message may hold anything, the channel's secrets too.
            StackTraceElement[] trace = fault.getStackTrace();
            String at = trace.length == 0 ? "" : " at " + trace[0];
            return new DeliveryResult.Refused("internal error in channel " + channel.name() + ": "
                    + fault.getClass().getName() + at);
        }
    }
}
