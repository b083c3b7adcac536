package dev.triage502.deliver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The kinds of channel that there are. A channel's settings, their table and its place in the app follow from here. */
public final class Channels {

    /** One line a kind; reports go to them in this order. */
    public static final List<ChannelType> ALL = List.of(
            WebhookChannel.TYPE,
            TeamsChannel.TYPE,
            SlackChannel.TYPE,
            SlackWebhookChannel.TYPE,
            PagerdutyChannel.TYPE,
            EmailChannel.TYPE,
            JiraChannel.TYPE,
            GithubChannel.TYPE,
            AzureDevopsChannel.TYPE,
            ServicenowChannel.TYPE);

    private Channels() {}

    /** What each kind would send first, by the name of the format. */
    public static Map<String, Function<ReportNotice, String>> previews() {
        Map<String, Function<ReportNotice, String>> previews = new LinkedHashMap<>();
        ALL.forEach(type -> previews.putAll(type.previews()));
        return previews;
    }
}
