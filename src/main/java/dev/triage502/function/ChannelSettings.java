package dev.triage502.function;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.triage502.deliver.ChannelSetting;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.ChannelValues;
import dev.triage502.deliver.Channels;
import dev.triage502.deliver.route.ChannelPlan;
import dev.triage502.deliver.route.ChannelsDocument;
import dev.triage502.deliver.route.PlannedChannel;
import dev.triage502.deliver.route.RouteRules;
import dev.triage502.store.StoreFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which channels are set: those with settings of their own, and those of the document. */
final class ChannelSettings {

    /** The channel that stands for a document that cannot be read at all: messages wait for it to be put right. */
    private static final String UNREADABLE = "channels";

    private final Map<String, String> environment;
    private final List<ChannelType> types;

    ChannelSettings(Map<String, String> environment) {
        this(environment, Channels.ALL);
    }

    ChannelSettings(Map<String, String> environment, List<ChannelType> types) {
        this.environment = Map.copyOf(environment);
        this.types = types;
    }

    /** The channels as far as the environment says: a document that is elsewhere is left out. */
    ChannelPlan plan() {
        return plan(Optional.empty());
    }

    /** The channels, with those of a document that is elsewhere. */
    ChannelPlan plan(Function<String, Optional<String>> texts) {
        return plan(Optional.of(texts));
    }

    /** Where the document lies in the store; empty if there is none, or it is written into the setting. */
    Optional<String> place() {
        try {
            return AppSetting.CHANNELS.in(environment).filter(text -> !isInline(text));
        } catch (WrongSetting unresolved) {
            return Optional.empty();
        }
    }

    private static boolean isInline(String text) {
        return text.startsWith("{") || text.startsWith("[");
    }

    /** Whether the document as a whole could not be read, so that its channels are not among them. */
    static boolean isUnreadable(ChannelPlan plan) {
        return plan.channels().stream()
                .anyMatch(channel ->
                        channel.name().equals(UNREADABLE) && channel.type().isEmpty());
    }

    private ChannelPlan plan(Optional<Function<String, Optional<String>>> texts) {
        List<PlannedChannel> channels = new ArrayList<>();
        types.forEach(type -> ofOwnSettings(type).ifPresent(channels::add));
        ChannelPlan document = document(texts);
        List<String> problems = new ArrayList<>(document.problems());
        for (PlannedChannel channel : document.channels()) {
            if (channels.stream().anyMatch(each -> each.name().equals(channel.name()))) {
                problems.add(AppSetting.CHANNELS.key() + ": \"" + channel.name()
                        + "\" is the name of the channel that has a setting; give it another name");
            } else {
                channels.add(channel);
            }
        }
        return new ChannelPlan(channels, problems);
    }

    /** The one channel of a type that has settings of its own; nothing where none is set. */
    private Optional<PlannedChannel> ofOwnSettings(ChannelType type) {
        try {
            return values(type).map(values -> PlannedChannel.right(type.name(), type, RouteRules.none(), values));
        } catch (WrongSetting wrong) {
            return Optional.of(wrong(type.name(), Optional.of(type), String.valueOf(wrong.getMessage())));
        }
    }

    private static PlannedChannel wrong(String name, Optional<ChannelType> type, String problem) {
        return new PlannedChannel(
                name,
                type.map(ChannelType::name).orElse(""),
                type,
                RouteRules.none(),
                new ChannelValues(Map.of()),
                Optional.of(problem));
    }

    /**
     * What is set for a channel of this type; nothing where nothing is.
     *
     * @throws WrongSetting if a value is wrong, or only some of what it needs is set
     */
    private Optional<ChannelValues> values(ChannelType type) {
        Map<String, JsonElement> values = new HashMap<>();
        for (ChannelSetting<?> setting : type.needed()) {
            DeclaredSetting declared = DeclaredSetting.of(type, setting);
            declared.in(environment).ifPresent(text -> {
                JsonElement value = new JsonPrimitive(text);
                if (setting.read().apply(value).isEmpty()) {
                    throw declared.wrong(text, setting.expected());
                }
                values.put(setting.key(), value);
            });
        }
        if (values.isEmpty()) {
            return Optional.empty();
        }
        for (ChannelSetting<?> setting : type.needed()) {
            if (!values.containsKey(setting.key())) {
                throw DeclaredSetting.of(type, setting).missing();
            }
        }
        return Optional.of(new ChannelValues(values));
    }

    private ChannelPlan document(Optional<Function<String, Optional<String>>> texts) {
        try {
            Optional<String> set = AppSetting.CHANNELS.in(environment);
            boolean inline = set.filter(ChannelSettings::isInline).isPresent();
            if (set.isEmpty() || (!inline && texts.isEmpty())) {
                return new ChannelPlan(List.of(), List.of());
            }
            Optional<String> text = inline ? set : texts.get().apply(set.get());
            if (text.isEmpty()) {
                return unreadable(AppSetting.CHANNELS.key() + ": there is no \"" + set.get()
                        + "\" in the container of the store; put the document there, or write it into the setting");
            }
            return named(ChannelsDocument.read(text.get(), types, this::find));
        } catch (WrongSetting wrong) {
            return unreadable(String.valueOf(wrong.getMessage()));
        } catch (StoreFailure away) {
            return unreadable(AppSetting.CHANNELS.key() + ": could not be read: " + away.getMessage());
        }
    }

    private static ChannelPlan unreadable(String problem) {
        return new ChannelPlan(List.of(wrong(UNREADABLE, Optional.empty(), problem)), List.of());
    }

    /** The same, with the name of the setting before each problem. */
    private static ChannelPlan named(ChannelPlan plan) {
        List<String> problems =
                plan.problems().stream().map(ChannelSettings::named).toList();
        if (plan.channels().isEmpty() && !problems.isEmpty()) {
            return unreadable(String.join("\n", problems));
        }
        return new ChannelPlan(
                plan.channels().stream()
                        .map(channel -> new PlannedChannel(
                                channel.name(),
                                channel.type(),
                                channel.kind(),
                                channel.rules(),
                                channel.values(),
                                channel.problem()
                                        .map(all -> String.join(
                                                "\n",
                                                all.lines()
                                                        .map(ChannelSettings::named)
                                                        .toList()))))
                        .toList(),
                problems);
    }

    private static String named(String problem) {
        return AppSetting.CHANNELS.key() + ": " + problem;
    }

    private Optional<String> find(String name) {
        try {
            return new DeclaredSetting(name, true, "", "", "the secret").in(environment);
        } catch (WrongSetting unresolved) {
            throw new IllegalArgumentException(String.valueOf(unresolved.getMessage()), unresolved);
        }
    }
}
