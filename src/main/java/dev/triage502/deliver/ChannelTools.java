package dev.triage502.deliver;

import java.time.Clock;

/**
 * What the app lends to its channels.
 *
 * @param http  sends over HTTP
 * @param clock for what a channel dates or signs
 */
public record ChannelTools(ChannelHttp http, Clock clock) {}
