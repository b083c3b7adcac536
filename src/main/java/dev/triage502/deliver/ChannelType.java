package dev.triage502.deliver;

import dev.triage502.ledger.MessageReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A kind of channel: its name, what has to be set for it, and how one is made of that. Each class of channel declares
 * its own, and {@link Channels#ALL} lists them.
 *
 * @param name     {@code webhook}; of the one channel that is set by settings of its own, too
 * @param needed   what it cannot do without; these may be set by {@link #variable settings of their own}, and there is a
 *                 channel where all of them are
 * @param optional what may be set in the document of the channels
 * @param takes    which events it can say; a route may leave out more
 * @param previews what it would send first, by the name of the format; for {@code replay --format}
 * @param maker    makes a channel of what is set
 */
public record ChannelType(
        String name,
        List<ChannelSetting<?>> needed,
        List<ChannelSetting<?>> optional,
        Set<MessageReason> takes,
        Map<String, Function<ReportNotice, String>> previews,
        Maker maker) {

    /** Makes a channel of what is set for it: of values that are right, and all that it needs. Does not connect. */
    @FunctionalInterface
    public interface Maker {
        Channel make(ChannelValues values, ChannelTools tools);
    }

    public ChannelType {
        needed = List.copyOf(needed);
        optional = List.copyOf(optional);
        takes = Set.copyOf(takes);
        previews = Map.copyOf(previews);
    }

    /** Every setting that it reads. */
    public List<ChannelSetting<?>> settings() {
        return Stream.concat(needed.stream(), optional.stream()).toList();
    }

    /** The environment variable of a needed setting: {@code TRIAGE502_}, the type and the key. */
    public String variable(ChannelSetting<?> setting) {
        String snake = name.replace('-', '_') + "_" + setting.key().replaceAll("([A-Z])", "_$1");
        return "TRIAGE502_" + snake.toUpperCase(Locale.ROOT);
    }

    /** The channel that these values are for. */
    public Channel open(ChannelValues values, ChannelTools tools) {
        return maker.make(values, tools);
    }
}
