package dev.triage502.deliver.route;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.deliver.ChannelSetting;
import dev.triage502.deliver.ChannelType;
import dev.triage502.deliver.ChannelValues;
import dev.triage502.ledger.MessageReason;
import dev.triage502.report.CauseFamily;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the document of the channels, {@code schema/channels-v1.json} in the jar: any number of channels, each with its
 * settings, filters, quiet hours and fallback. A mistake in one channel costs that channel only.
 */
public final class ChannelsDocument {

    /** What a channel's object has besides the settings of its type. */
    static final List<String> OF_EVERY_CHANNEL = List.of("name", "type", "filters", "quietHours", "fallback");

    private static final String NAME = "[a-z][a-z0-9-]{1,30}";
    private static final String REFERENCE = "setting";
    private static final Set<String> FILTERS = new LinkedHashSet<>(
            List.of("gateways", "resourceGroups", "tags", "families", "leastConfidence", "severities", "events"));
    private static final Set<String> QUIET =
            new LinkedHashSet<>(List.of("from", "to", "zone", "days", "exceptSeverities"));

    /**
     * The value of a setting of the app.
     *
     * @see #find
     */
    @FunctionalInterface
    public interface SettingLookup {

        /**
         * The value; empty if it is not set.
         *
         * @throws IllegalArgumentException if it cannot be used; the message says why
         */
        Optional<String> find(String name);
    }

    private final List<ChannelType> types;
    private final SettingLookup settings;
    private final List<String> problems = new ArrayList<>();

    private ChannelsDocument(List<ChannelType> types, SettingLookup settings) {
        this.types = types;
        this.settings = settings;
    }

    /** The channels of a document, with what is wrong. */
    public static ChannelPlan read(String text, List<ChannelType> types, SettingLookup settings) {
        JsonElement json;
        try {
            json = JsonParser.parseString(text);
        } catch (JsonParseException notJson) {
            return new ChannelPlan(List.of(), List.of("not JSON: " + place(notJson)));
        }
        return new ChannelsDocument(types, settings).plan(json);
    }

    /** Gson's words with the line and the column, without what is only for programmers. */
    private static String place(JsonParseException notJson) {
        Throwable cause = notJson.getCause() == null ? notJson : notJson.getCause();
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^Use JsonReader.setStrictness\\S* to accept malformed JSON", "malformed");
    }

    private ChannelPlan plan(JsonElement json) {
        if (!(json instanceof JsonObject whole)) {
            return new ChannelPlan(List.of(), List.of("found " + kind(json) + "; use an object with \"channels\""));
        }
        DocumentPart document = new DocumentPart(whole, "", problems);
        document.only(new LinkedHashSet<>(List.of("$schema", "channels", "fallback")), "this document");
        Optional<String> fallback = document.value("fallback", Optional::of, "the name of a channel");
        List<PlannedChannel> channels = new ArrayList<>();
        for (DocumentPart each : document.parts("channels")) {
            channel(each, fallback).ifPresent(channels::add);
        }
        if (!document.has("channels")) {
            document.problem("channels", "missing; use a list of channels");
        }
        return new ChannelPlan(withFallbacksChecked(distinct(channels)), problems);
    }

    private static String kind(JsonElement json) {
        return json.isJsonArray() ? "a list" : json.isJsonNull() ? "nothing" : "a single value";
    }

    private List<PlannedChannel> distinct(List<PlannedChannel> channels) {
        Set<String> names = new HashSet<>();
        return channels.stream()
                .filter(channel -> {
                    boolean first = names.add(channel.name());
                    if (!first) {
                        problems.add("channels: \"" + channel.name() + "\" is the name of two channels");
                    }
                    return first;
                })
                .toList();
    }

    private List<PlannedChannel> withFallbacksChecked(List<PlannedChannel> channels) {
        Set<String> names = channels.stream().map(PlannedChannel::name).collect(Collectors.toCollection(TreeSet::new));
        channels.forEach(channel -> channel.rules()
                .fallback()
                .filter(fallback -> !names.contains(fallback))
                .ifPresent(fallback -> problems.add("fallback of " + channel.name() + ": there is no channel \""
                        + fallback + "\"; there are " + String.join(", ", names))));
        return channels;
    }

    private Optional<PlannedChannel> channel(DocumentPart document, Optional<String> usualFallback) {
        Optional<String> name = document.value(
                "name",
                text -> Optional.of(text).filter(each -> each.matches(NAME)),
                "2 to 31 small letters, digits and hyphens, a letter first");
        if (name.isEmpty()) {
            if (!document.has("name")) {
                document.problem("name", "missing; each channel needs one");
            }
            return Optional.empty();
        }
        List<String> wrong = new ArrayList<>();
        DocumentPart part = document.reportingTo(wrong);
        Optional<ChannelType> type = part.value("type", this::type, typeNames());
        if (!part.has("type")) {
            part.problem("type", "missing; use " + typeNames());
        }
        Optional<String> fallback = part.value("fallback", Optional::of, "the name of a channel")
                .or(() -> usualFallback.filter(usual -> !usual.equals(name.get())));
        RouteRules rules = new RouteRules(filter(part), quiet(part), fallback);
        ChannelValues values = type.map(each -> values(part, each)).orElseGet(() -> new ChannelValues(Map.of()));
        Optional<String> problem = wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", wrong));
        return Optional.of(
                new PlannedChannel(name.get(), type.map(ChannelType::name).orElse(""), type, rules, values, problem));
    }

    private Optional<ChannelType> type(String name) {
        return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    private String typeNames() {
        return types.stream().map(ChannelType::name).collect(Collectors.joining(" or "));
    }

    private ChannelValues values(DocumentPart part, ChannelType type) {
        Set<String> known = new LinkedHashSet<>(OF_EVERY_CHANNEL);
        type.settings().forEach(setting -> known.add(setting.key()));
        part.only(known, "a channel of type " + type.name());
        Map<String, JsonElement> values = new HashMap<>();
        for (ChannelSetting<?> setting : type.settings()) {
            if (part.has(setting.key())) {
                value(part, setting).ifPresent(value -> values.put(setting.key(), value));
            } else if (type.needed().contains(setting)) {
                part.problem(setting.key(), "missing; use " + written(setting, type));
            }
        }
        return new ChannelValues(values);
    }

    private static String written(ChannelSetting<?> setting, ChannelType type) {
        return setting.secret() ? reference(type.variable(setting)) : setting.expected();
    }

    private static String reference(String name) {
        return "{\"" + REFERENCE + "\": \"" + name + "\"}, with the value in that setting of the app";
    }

    private Optional<JsonElement> value(DocumentPart part, ChannelSetting<?> setting) {
        JsonElement found = part.get(setting.key());
        String at = part.at(setting.key());
        Optional<String> referred = found instanceof JsonObject object && object.size() == 1
                ? Optional.ofNullable(object.get(REFERENCE)).map(JsonElement::getAsString)
                : Optional.empty();
        if (referred.isPresent()) {
            return referred(part, setting, referred.get());
        }
        if (setting.secret()) {
            part.problem(setting.key(), "a secret may not be written here; use " + reference("NAME"));
            return Optional.empty();
        }
        if (setting.read().apply(found).isEmpty()) {
            part.wrong(at, found, setting.expected());
            return Optional.empty();
        }
        return Optional.of(found);
    }

    private Optional<JsonElement> referred(DocumentPart part, ChannelSetting<?> setting, String name) {
        try {
            Optional<String> text = settings.find(name);
            if (text.isEmpty()) {
                part.problem(setting.key(), "the app has no setting " + name + "; set it to " + setting.expected());
            }
            Optional<JsonElement> value = text.map(JsonPrimitive::new);
            if (value.isPresent() && setting.read().apply(value.get()).isEmpty()) {
                part.problem(setting.key(), "the value of " + name + " is not " + setting.expected());
                return Optional.empty();
            }
            return value;
        } catch (IllegalArgumentException unusable) {
            part.problem(setting.key(), String.valueOf(unusable.getMessage()));
            return Optional.empty();
        }
    }

    private static ChannelFilter filter(DocumentPart channel) {
        DocumentPart part = channel.part("filters");
        part.only(FILTERS, "filters");
        Set<MessageReason> events =
                part.values("events", MessageReason::withId, ids(MessageReason.values(), MessageReason::id));
        return new ChannelFilter(
                List.copyOf(part.values("gateways", ChannelsDocument::nonEmpty, "a gateway's name, e.g. agw-shop-*")),
                List.copyOf(part.values("resourceGroups", ChannelsDocument::nonEmpty, "a resource group's name")),
                part.texts("tags"),
                part.values("families", CauseFamily::withId, ids(CauseFamily.values(), CauseFamily::id)),
                part.value(
                                "leastConfidence",
                                text -> Optional.of(text).filter(ChannelFilter.CONFIDENCES::contains),
                                String.join(" or ", ChannelFilter.CONFIDENCES))
                        .orElse(""),
                severities(part, "severities"),
                part.has("events") ? events : Set.of(MessageReason.values()));
    }

    private static Set<Integer> severities(DocumentPart part, String name) {
        return part.values(
                name,
                text -> text.matches("[0-4]") ? Optional.of(Integer.parseInt(text)) : Optional.empty(),
                "a number from 0 to 4");
    }

    private static List<QuietHours> quiet(DocumentPart channel) {
        List<QuietHours> all = new ArrayList<>();
        for (DocumentPart part : channel.parts("quietHours")) {
            part.only(QUIET, "quietHours");
            Optional<LocalTime> from = time(part, "from");
            Optional<LocalTime> to = time(part, "to");
            Optional<ZoneId> zone = part.has("zone")
                    ? part.value("zone", text -> parsed(() -> ZoneId.of(text)), "a time zone, e.g. Europe/Warsaw")
                    : Optional.of(ZoneId.of("UTC"));
            Set<DayOfWeek> days = part.values("days", ChannelsDocument::day, "a day, e.g. monday");
            Set<Integer> loudFor = severities(part, "exceptSeverities");
            if (from.isPresent() && to.isPresent() && zone.isPresent()) {
                all.add(new QuietHours(from.get(), to.get(), zone.get(), days, loudFor));
            }
        }
        return all;
    }

    private static Optional<LocalTime> time(DocumentPart part, String name) {
        if (!part.has(name)) {
            part.problem(name, "missing; use a time, e.g. 22:00");
        }
        return part.value(name, text -> parsed(() -> LocalTime.parse(text)), "a time, e.g. 22:00");
    }

    private static Optional<DayOfWeek> day(String text) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    private static <T> Optional<T> parsed(Supplier<T> parsing) {
        try {
            return Optional.of(parsing.get());
        } catch (DateTimeException wrong) {
            return Optional.empty();
        }
    }

    private static Optional<String> nonEmpty(String text) {
        return Optional.of(text).filter(each -> !each.isBlank());
    }

    private static <T> String ids(T[] all, Function<T, String> id) {
        return Stream.of(all).map(id).collect(Collectors.joining(" or "));
    }
}
