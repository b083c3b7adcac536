package dev.triage502.deliver;

import java.util.List;

/** The kinds of channel that there are. A channel's settings, their table and its place in the app follow from here. */
public final class Channels {

    /** One line a kind; reports go to them in this order. */
    public static final List<ChannelType> ALL = List.of(WebhookChannel.TYPE, TeamsChannel.TYPE);

    private Channels() {}
}
