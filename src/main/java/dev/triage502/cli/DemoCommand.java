package dev.triage502.cli;

import dev.triage502.collect.FileFault;
import dev.triage502.collect.RecordedCase;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole app at work on a recorded incident: alert in, diagnosis out, without an Azure subscription. */
@Command(
        name = "demo",
        description = "Runs the whole app on a recorded incident, without an Azure subscription.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A simulated Azure on this machine serves the recorded case over HTTP. The function app receives an"
                    + " alert, queries the simulated Azure, and posts its diagnosis to a webhook on this machine."
        })
final class DemoCommand implements Callable<Integer> {

    private final Console console;
    private final ServeUntil until;

    @Option(
            names = "--case",
            paramLabel = "NAME|DIR",
            description = "A bundled case (see --list), or the folder of a case.")
    private @Nullable String recorded;

    @Option(names = "--list", description = "List the bundled cases.")
    private boolean list;

    @Option(
            names = "--channel",
            paramLabel = "TYPE",
            description = "Also show what a channel of this type would get, e.g. teams.")
    private @Nullable String channel;

    @Option(
            names = "--open",
            description = {
                "Keep the app running and open the incident's page in a browser, if there is one.",
                "Enter or Ctrl-C ends it."
            })
    private boolean open;

    @Option(
            names = "--verbose",
            description = "Also show what is started, what is read, and what the webhook receives.")
    private boolean verbose;

    DemoCommand(Console console, ServeUntil until) {
        this.console = console;
        this.until = until;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (list) {
            CaseArgument.list().forEach(console.out()::println);
            return Main.DONE;
        }
        RecordedCase shown = CaseArgument.read(recorded == null ? CaseArgument.usual() : recorded);
        try (ConsoleLogFormatter.Redirected log = ConsoleLogFormatter.onlyFaults(console.err())) {
            new DemoRun(
                            console,
                            shown,
                            DemoChannel.named(channel),
                            open ? Optional.of(until) : Optional.empty(),
                            verbose)
                    .run();
            return Main.DONE;
        } catch (IOException e) {
            throw new CommandFailed("cannot run the demo: " + FileFault.words(e), e);
        }
    }
}
