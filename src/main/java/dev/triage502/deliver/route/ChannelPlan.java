package dev.triage502.deliver.route;

import java.util.List;
import java.util.stream.Stream;

/**
 * The channels as they are set.
 *
 * @param channels those that have a name, right or wrong
 * @param problems what is wrong with the document besides, a line each
 */
public record ChannelPlan(List<PlannedChannel> channels, List<String> problems) {

    public ChannelPlan {
        channels = List.copyOf(channels);
        problems = List.copyOf(problems);
    }

    /** Everything that is wrong, a line each. */
    public List<String> allProblems() {
        return Stream.concat(
                        problems.stream(),
                        channels.stream()
                                .flatMap(channel -> channel.problem().stream())
                                .flatMap(String::lines))
                .toList();
    }
}
