package dev.triage502.deliver.route;

import dev.triage502.deliver.Channel;
import dev.triage502.deliver.ChannelMemory;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.ReportNotice;
import dev.triage502.evidence.GuardedChecks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Sends messages to channels, each of which fails alone and holds no other up. */
public final class Courier {

    /** Of the deliveries that a host makes at a time, so many may wait for one channel. */
    private static final int MOST_AT_ONCE = 2;

    /** A route, and how many more deliveries it may be busy with. */
    private record Lane(ChannelRoute route, Semaphore free) {}

    private final Map<String, Lane> lanes = new LinkedHashMap<>();

    public Courier(List<ChannelRoute> routes) {
        routes.forEach(route -> lanes.put(route.name(), new Lane(route, new Semaphore(MOST_AT_ONCE))));
    }

    /** The routes that there are. */
    public List<ChannelRoute> routes() {
        return lanes.values().stream().map(Lane::route).toList();
    }

    /** The route to a channel. */
    public Optional<ChannelRoute> route(String channel) {
        return Optional.ofNullable(lanes.get(channel)).map(Lane::route);
    }

    /**
     * Does something that keeps a channel busy, unless as many are at it as may be.
     *
     * @return whether it was done
     */
    public boolean whileFree(String channel, Runnable work) {
        Optional<Semaphore> free = Optional.ofNullable(lanes.get(channel)).map(Lane::free);
        if (free.isPresent() && !free.get().tryAcquire()) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            free.ifPresent(Semaphore::release);
        }
    }

    /** Sends to one channel; whatever goes wrong there is what comes back. */
    public DeliveryResult deliver(String channel, Supplier<ReportNotice> notice, ChannelMemory memory) {
        return route(channel)
                .map(route -> deliver(channel, route.channel(), notice, memory))
                .orElseGet(() -> new DeliveryResult.Refused("channel \"" + channel
                        + "\" no longer exists; its setting was removed after this report was queued"));
    }

    private static DeliveryResult deliver(
            String name, Channel channel, Supplier<ReportNotice> notice, ChannelMemory memory) {
        try {
            return channel.deliver(notice.get(), memory);
        } catch (Throwable fault) {
            GuardedChecks.rethrowUnlessDefect(fault);
            // Its message may hold anything, the channel's secrets too.
            StackTraceElement[] trace = fault.getStackTrace();
            String at = trace.length == 0 ? "" : " at " + trace[0];
            return new DeliveryResult.Refused("internal error in channel " + name + ": "
                    + fault.getClass().getName() + at);
        }
    }
}
