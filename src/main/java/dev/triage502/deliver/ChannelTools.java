package dev.triage502.deliver;

import dev.triage502.deliver.slack.SlackMessage.Press;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the app lends to its channels.
 *
 * @param http         sends over HTTP
 * @param clock        for what a channel dates or signs
 * @param hearsPresses whether a button in a message can tell the app something: Slack is set up to call it
 * @param tokens       of the app's own identity
 */
public record ChannelTools(ChannelHttp http, Clock clock, boolean hearsPresses, AccessTokens tokens) {

    /** What buttons of a message can tell the app. */
    Set<Press> presses() {
        return hearsPresses ? EnumSet.allOf(Press.class) : Set.of();
    }

    /** For an app that no chat calls, and that has no identity. */
    public ChannelTools(ChannelHttp http, Clock clock) {
        this(http, clock, false, AccessTokens.none());
    }
}
