package dev.triage502.deliver;

import java.util.List;

/**
 * Somewhere messages about incidents can be sent: a chat, a webhook, a ticket system.
 *
 * <p>A new channel is one class, which declares its {@link ChannelType}; its test, which extends {@code
 * ChannelContract}; and one line in {@link Channels#ALL}. Which messages it gets is not its business: that is decided
 * before, by its route.
 */
@FunctionalInterface
public interface Channel {

    /**
     * Sends a message, once and within seconds. Never throws for what the other side does.
     *
     * <p>It may be called again for a message that was sent, after a crash or in another process, though never twice at
     * a time for one incident. A channel whose other side cannot tell a repeat uses its memory for it.
     *
     * @param memory what this channel keeps of this incident: the id of the message or ticket it made
     */
    DeliveryResult deliver(ReportNotice notice, ChannelMemory memory);

    /** What works now and may not for long, in sentences for its operator; without a secret. */
    default List<String> warnings() {
        return List.of();
    }

    /** What the other side says of the settings. Asks it, within seconds, and writes nothing there. */
    default ChannelCheck check() {
        return ChannelCheck.fine();
    }
}
