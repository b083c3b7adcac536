package dev.triage502.deliver;

import java.time.Clock;

/**
 * What the app lends to its channels.
 *
 * @param http         sends over HTTP
 * @param clock        for what a channel dates or signs
 * @param hearsPresses whether a button in a message can tell the app something: Slack is set up to call it
 */
public record ChannelTools(ChannelHttp http, Clock clock, boolean hearsPresses) {

    /** For an app that no chat calls. */
    public ChannelTools(ChannelHttp http, Clock clock) {
        this(http, clock, false);
    }
}
