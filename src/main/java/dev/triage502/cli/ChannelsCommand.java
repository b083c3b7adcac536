package dev.triage502.cli;

import com.google.gson.JsonObject;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.deliver.DeliveryResult;
import dev.triage502.function.ChannelDesk;
import dev.triage502.function.Wiring;
import dev.triage502.json.JsonTree;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where messages go, and what is wrong with the settings of each channel. */
@Command(
        name = "channels",
        description = "Lists the channels and checks their settings.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Reads the function app's settings from the environment (docs/channels.md). For a deployed app:"
                    + " GET /api/channels."
        })
final class ChannelsCommand implements Callable<Integer> {

    /** It logs what is wrong with any setting, which the listing says of channels. Held here, or it is collected. */
    private static final Logger APP = Logger.getLogger(Wiring.class.getName());

    private final Console console;

    @Option(names = "--format", paramLabel = "text|json", description = "Output format. Default: text.")
    private TextOrJson format = TextOrJson.TEXT;

    ChannelsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JsonObject listing = desk(console).listing();
        if (format == TextOrJson.JSON) {
            console.out().println(listing);
        } else {
            print(listing);
        }
        return listing.toString().contains("\"problems\"") ? Main.COULD_NOT : Main.DONE;
    }

    private static ChannelDesk desk(Console console) {
        Level before = APP.getLevel();
        APP.setLevel(Level.OFF);
        try {
            return new Wiring(console.env(), Clock.systemUTC(), CollectionProgress.none()).channels();
        } finally {
            APP.setLevel(before);
        }
    }

    private void print(JsonObject listing) {
        PrintWriter out = console.out();
        List<JsonObject> channels = JsonTree.objects(listing, "channels");
        if (channels.isEmpty()) {
            out.println("No channels. Set TRIAGE502_CHANNELS, or the setting of one channel (docs/channels.md).");
        }
        for (JsonObject channel : channels) {
            String type = JsonTree.text(channel, "type");
            String name = JsonTree.text(channel, "name");
            out.println(name + (type.isEmpty() ? "" : " (" + type + ")"));
            line("gets", String.join(", ", JsonTree.texts(channel, "events")));
            line("only if", filters(JsonTree.object(channel, "filters")));
            JsonTree.texts(channel, "quietHours").forEach(hours -> line("quiet", hours));
            line("fallback", JsonTree.text(channel, "fallback"));
            JsonTree.texts(channel, "warnings").forEach(warning -> line("warning", warning));
            List<String> problems = JsonTree.texts(channel, "problems");
            problems.forEach(problem -> line("WRONG", problem));
            line("state", problems.isEmpty() ? "no mistakes found; send a test: triage502 channels test " + name : "");
        }
        JsonTree.texts(listing, "problems").forEach(problem -> out.println("WRONG: " + problem));
    }

    private void line(String label, String text) {
        if (!text.isEmpty()) {
            console.out().println(String.format("  %-9s %s", label, Main.readable(text)));
        }
    }

    /** {@code gateways agw-shop-*; severities 0, 1}. */
    private static String filters(JsonObject filters) {
        return String.join(
                "; ",
                filters.keySet().stream()
                        .map(name -> name + " "
                                + filters.get(name)
                                        .toString()
                                        .replaceAll("[\\[\\]{}\"]", "")
                                        .replace(",", ", "))
                        .toList());
    }

    /** Sends a test message, so that one sees that a channel works before it is needed. */
    @Command(name = "test", description = "Sends a test message to one channel.", mixinStandardHelpOptions = true)
    static final class Test implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "NAME", description = "The channel's name; see 'triage502 channels'.")
        private String name = "";

        Test(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            DeliveryResult result = desk(console).test(name);
            if (result instanceof DeliveryResult.Sent) {
                console.out().println("Sent a test message to " + name + ". Look for it there.");
                return Main.DONE;
            }
            String why = result instanceof DeliveryResult.Refused refused
                    ? refused.why()
                    : ((DeliveryResult.Failed) result).why() + "; the app would try again";
            throw new CommandFailed(why);
        }
    }
}
