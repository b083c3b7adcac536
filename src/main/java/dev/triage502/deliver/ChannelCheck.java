package dev.triage502.deliver;

import java.util.List;

/**
 * What the other side says of the settings of a channel.
 *
 * @param problems what is wrong and has to be changed, in sentences
 * @param warnings what to know, such as that it could not be asked
 */
public record ChannelCheck(List<String> problems, List<String> warnings) {

    public ChannelCheck {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Nothing to say. */
    public static ChannelCheck fine() {
        return new ChannelCheck(List.of(), List.of());
    }

    static ChannelCheck problem(String problem) {
        return new ChannelCheck(List.of(problem), List.of());
    }

    public static ChannelCheck warning(String warning) {
        return new ChannelCheck(List.of(), List.of(warning));
    }

    /** What several looks came to, in their order. */
    static ChannelCheck all(List<ChannelCheck> checks) {
        return new ChannelCheck(
                checks.stream().flatMap(check -> check.problems().stream()).toList(),
                checks.stream().flatMap(check -> check.warnings().stream()).toList());
    }

    /** What it means that reading a setting's object came to this. */
    static ChannelCheck of(DeliveryResult read) {
        if (read instanceof DeliveryResult.Refused refused) {
            return problem(refused.why());
        }
        return read instanceof DeliveryResult.Failed failed ? warning("could not be checked: " + failed.why()) : fine();
    }
}
