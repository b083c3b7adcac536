package dev.triage502.deliver.route;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.deliver.Channel;
import dev.triage502.deliver.ChannelCheck;
import dev.triage502.deliver.ChannelTools;
import dev.triage502.ledger.MessageReason;
import dev.triage502.report.CauseFamily;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The channels as they are set, for their operator: what each gets and when, and what is wrong with it. No secrets. */
public final class ChannelListing {

    private ChannelListing() {}

    /**
     * {@code {"channels": [{"name", "type", "events", "filters", "quietHours", "fallback", "problems", "warnings"}], "problems"}};
     * what is not set is left out.
     */
    public static JsonObject of(ChannelPlan plan, ChannelTools tools) {
        List<Channel> opened = plan.channels().stream()
                .map(channel -> channel.open(tools).channel())
                .toList();
        List<ChannelCheck> checks = ChannelChecks.of(opened);
        JsonArray channels = new JsonArray();
        for (int i = 0; i < opened.size(); i++) {
            channels.add(channel(plan.channels().get(i), opened.get(i), checks.get(i)));
        }
        JsonObject listing = new JsonObject();
        listing.add("channels", channels);
        put(listing, "problems", plan.problems());
        return listing;
    }

    private static JsonObject channel(PlannedChannel channel, Channel opened, ChannelCheck check) {
        JsonObject json = new JsonObject();
        json.addProperty("name", channel.name());
        json.addProperty("type", channel.type());
        json.add(
                "events",
                array(Stream.of(MessageReason.values())
                        .filter(channel.events()::contains)
                        .map(MessageReason::id)
                        .toList()));
        JsonObject filters = filters(channel.rules().filter());
        if (filters.size() > 0) {
            json.add("filters", filters);
        }
        put(
                json,
                "quietHours",
                channel.rules().quiet().stream().map(ChannelListing::quiet).toList());
        channel.rules().fallback().ifPresent(fallback -> json.addProperty("fallback", fallback));
        put(
                json,
                "problems",
                Stream.concat(channel.problem().stream().flatMap(String::lines), check.problems().stream())
                        .toList());
        put(
                json,
                "warnings",
                Stream.concat(opened.warnings().stream(), check.warnings().stream())
                        .toList());
        return json;
    }

    private static JsonObject filters(ChannelFilter filter) {
        JsonObject json = new JsonObject();
        put(json, "gateways", filter.gateways());
        put(json, "resourceGroups", filter.resourceGroups());
        if (!filter.tags().isEmpty()) {
            JsonObject tags = new JsonObject();
            filter.tags().forEach(tags::addProperty);
            json.add("tags", tags);
        }
        put(
                json,
                "families",
                filter.families().stream().sorted().map(CauseFamily::id).toList());
        if (!filter.leastConfidence().isEmpty()) {
            json.addProperty("leastConfidence", filter.leastConfidence());
        }
        put(
                json,
                "severities",
                filter.severities().stream().sorted().map(String::valueOf).toList());
        return json;
    }

    /** {@code 22:00 to 07:00 Europe/Warsaw, saturday, sunday}. */
    private static String quiet(QuietHours hours) {
        String days = hours.days().stream()
                .sorted()
                .map(day -> ", " + day.name().toLowerCase(Locale.ROOT))
                .reduce("", String::concat);
        String loud = hours.loudFor().stream()
                .sorted()
                .map(String::valueOf)
                .reduce((one, other) -> one + ", " + other)
                .map(all -> ", except severity " + all)
                .orElse("");
        return hours.from() + " to " + hours.to() + " " + hours.zone() + days + loud;
    }

    private static void put(JsonObject json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.add(name, array(texts));
        }
    }

    private static JsonArray array(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
