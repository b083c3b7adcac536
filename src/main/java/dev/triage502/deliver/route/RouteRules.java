package dev.triage502.deliver.route;

import java.util.List;
import java.util.Optional;

/**
 * What is set for a channel besides how it sends.
 *
 * @param filter   which messages it is for
 * @param quiet    when it keeps them back
 * @param fallback the channel that gets what this one finally refuses
 */
public record RouteRules(ChannelFilter filter, List<QuietHours> quiet, Optional<String> fallback) {

    public RouteRules {
        quiet = List.copyOf(quiet);
    }

    /** Everything, at any time, without a fallback. */
    public static RouteRules none() {
        return new RouteRules(ChannelFilter.everything(), List.of(), Optional.empty());
    }
}
