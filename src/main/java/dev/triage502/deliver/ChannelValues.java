package dev.triage502.deliver;

import java.util.Map;
import java.util.Optional;

/** What is set for one channel. Prints as the names of what is set, for a value may be a secret. */
public final class ChannelValues {

    private final Map<String, String> byName;

    /** @param byName values that are right, each by the name of its setting */
    public ChannelValues(Map<String, String> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** The value of a setting, if it is set. */
    public <T> Optional<T> get(ChannelSetting<T> setting) {
        return Optional.ofNullable(byName.get(setting.name()))
                .flatMap(value -> setting.check().apply(value));
    }

    /**
     * The value of a setting that the channel's type says it needs.
     *
     * @throws IllegalStateException if it is not set, which whoever opens a channel has seen to before
     */
    public <T> T needed(ChannelSetting<T> setting) {
        return get(setting).orElseThrow(() -> new IllegalStateException(setting.name() + " is not set"));
    }

    @Override
    public String toString() {
        return byName.keySet().stream().sorted().toList().toString();
    }
}
