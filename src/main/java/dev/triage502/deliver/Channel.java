package dev.triage502.deliver;

/**
 * Somewhere a report can be sent.
 *
 * <p>A new channel is one class, which declares its {@link ChannelType}; its test, which extends {@code
 * ChannelContract}; and one line in {@link Channels#ALL}.
 */
public interface Channel {

    /** A short name for settings, logs and the outbox: {@code webhook}. Letters, digits and hyphens. */
    String name();

    /** Sends a report, once and within seconds. Never throws for what the other side does. */
    DeliveryResult deliver(ReportNotice notice);
}
