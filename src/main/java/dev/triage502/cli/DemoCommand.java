package dev.triage502.cli;

import dev.triage502.collect.FileFault;
import dev.triage502.collect.RecordedCase;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole app at work on a recorded incident: alert in, diagnosis out, without an Azure subscription. */
@Command(
        name = "demo",
        description = "Shows the app at work on a recorded incident, without an Azure subscription.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A pretend Azure on this machine answers from the recorded case over HTTP; the function app's",
            "own classes take an alert, ask it, and post their diagnosis to a webhook on this machine."
        })
final class DemoCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--case",
            paramLabel = "NAME|DIR",
            description = "A case that ships (--list shows them), or a folder with one.")
    private @Nullable String recorded;

    @Option(names = "--list", description = "List the cases that ship.")
    private boolean list;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (list) {
            CaseArgument.list().forEach(console.out()::println);
            return Main.DONE;
        }
        RecordedCase shown = CaseArgument.read(recorded == null ? CaseArgument.usual() : recorded);
        try (ConsoleLogFormatter.Redirected log = ConsoleLogFormatter.onlyFaults(console.err())) {
            new DemoRun(console, shown).run();
            return Main.DONE;
        } catch (IOException e) {
            throw new CommandFailed("the demo cannot be shown: " + FileFault.words(e), e);
        }
    }
}
