package dev.triage502.function;

import dev.triage502.deliver.ChannelSetting;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.ChannelValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Is a channel set, and rightly? */
final class ChannelSettings {

    private ChannelSettings() {}

    /**
     * What is set for a channel of this type; nothing where nothing is.
     *
     * @throws WrongSetting if a value is wrong, or only some of what it needs is set
     */
    static Optional<ChannelValues> read(ChannelType type, Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        for (ChannelSetting<?> setting : type.settings()) {
            DeclaredSetting declared = DeclaredSetting.of(setting);
            declared.in(environment).ifPresent(value -> {
                if (setting.check().apply(value).isEmpty()) {
                    throw declared.wrong(value, setting.expected());
                }
                values.put(setting.name(), value);
            });
        }
        if (values.isEmpty()) {
            return Optional.empty();
        }
        for (ChannelSetting<?> setting : type.needed()) {
            if (!values.containsKey(setting.name())) {
                throw DeclaredSetting.of(setting).missing();
            }
        }
        return Optional.of(new ChannelValues(values));
    }
}
