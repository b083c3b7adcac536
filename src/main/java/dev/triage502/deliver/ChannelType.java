package dev.triage502.deliver;

import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of channel: its name, what has to be set for it, and how one is made of that. Each class of channel declares
 * its own, and {@link Channels#ALL} lists them.
 *
 * @param name     the name of the channel that is made: {@code webhook}
 * @param needed   there is a channel where all of these are set; where only some are, that is told
 * @param optional what may be set besides
 * @param maker    makes a channel of what is set
 */
public record ChannelType(String name, List<ChannelSetting<?>> needed, List<ChannelSetting<?>> optional, Maker maker) {

    /** Makes a channel of what is set for it: of values that are right, and all that it needs. Does not connect. */
    @FunctionalInterface
    public interface Maker {
        Channel make(ChannelValues values, ChannelTools tools);
    }

    public ChannelType {
        needed = List.copyOf(needed);
        optional = List.copyOf(optional);
    }

    /** Every setting that it reads. */
    public List<ChannelSetting<?>> settings() {
        return Stream.concat(needed.stream(), optional.stream()).toList();
    }

    /** The channel that these values are for. */
    public Channel open(ChannelValues values, ChannelTools tools) {
        return maker.make(values, tools);
    }
}
