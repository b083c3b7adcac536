package dev.triage502.deliver;

import com.google.gson.JsonElement;
import java.util.Map;
import java.util.Optional;

/** What is set for one channel. Prints as the names of what is set, for a value may be a secret. */
public final class ChannelValues {

    private final Map<String, JsonElement> byKey;

    /** @param byKey values that are right, each by the key of its setting */
    public ChannelValues(Map<String, JsonElement> byKey) {
        this.byKey = Map.copyOf(byKey);
    }

    /** The value of a setting, if it is set. */
    public <T> Optional<T> get(ChannelSetting<T> setting) {
        return Optional.ofNullable(byKey.get(setting.key()))
                .flatMap(value -> setting.read().apply(value));
    }

    /**
     * The value of a setting that the channel's type says it needs.
     *
     * @throws IllegalStateException if it is not set, which whoever opens a channel has seen to before
     */
    public <T> T needed(ChannelSetting<T> setting) {
        return get(setting).orElseThrow(() -> new IllegalStateException(setting.key() + " is not set"));
    }

    @Override
    public String toString() {
        return byKey.keySet().stream().sorted().toList().toString();
    }
}
