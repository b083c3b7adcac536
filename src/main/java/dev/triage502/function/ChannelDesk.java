package dev.triage502.function;

import com.google.gson.JsonObject;
import dev.triage502.deliver.ChannelMemory;
import dev.triage502.deliver.ChannelTools;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.deliver.TestMessage;
import dev.triage502.deliver.route.ChannelListing;
import dev.triage502.deliver.route.ChannelPlan;
import dev.triage502.deliver.route.ChannelRoute;
import dev.triage502.deliver.route.Courier;
import dev.triage502.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** The channels as they are set: opens them for messages, and shows and tries them for their operator. */
public final class ChannelDesk {

    private final AppSettings settings;
    private final Supplier<Store> store;
    private final ChannelTools tools;

    ChannelDesk(AppSettings settings, Supplier<Store> store, ChannelTools tools) {
        this.settings = settings;
        this.store = store;
        this.tools = tools;
    }

    /** The channels with what is wrong with them; a document of them in the store is read now. */
    public JsonObject listing() {
        return ChannelListing.of(plan(), tools);
    }

    /** Sends a message to one channel that says that it is a test. */
    public DeliveryResult test(String channel) {
        Courier courier = new Courier(open(plan()));
        if (courier.route(channel).isEmpty()) {
            List<String> names =
                    courier.routes().stream().map(ChannelRoute::name).toList();
            return new DeliveryResult.Refused("there is no channel \"" + channel + "\"; there "
                    + (names.isEmpty() ? "are none" : (names.size() == 1 ? "is " : "are ") + String.join(", ", names)));
        }
        return courier.deliver(channel, () -> TestMessage.at(tools.clock().instant()), ChannelMemory.forgetting());
    }

    /** The channels, opened; what is wrong and was not logged at the start is logged. */
    List<ChannelRoute> routes(ChannelPlan plan, Logger log) {
        List<String> logged = settings.problems();
        plan.allProblems().stream()
                .filter(problem -> !logged.contains(problem))
                .forEach(problem -> log.severe("invalid setting: " + problem));
        List<ChannelRoute> routes = open(plan);
        routes.forEach(route ->
                route.channel().warnings().forEach(warning -> log.warning("channel " + route.name() + ": " + warning)));
        return routes;
    }

    /** The text of the document, where it lies in the store; empty if there is none, or it is written into the setting. */
    Optional<String> document() {
        return settings.channels().place().flatMap(store.get()::text);
    }

    /** The channels, with a document that was read before. */
    ChannelPlan plan(Supplier<Optional<String>> document) {
        return settings.channels().plan(name -> document.get());
    }

    private List<ChannelRoute> open(ChannelPlan plan) {
        return plan.channels().stream().map(channel -> channel.open(tools)).toList();
    }

    private ChannelPlan plan() {
        return settings.channels().plan(name -> store.get().text(name));
    }
}
