package dev.triage502.cli;

import dev.triage502.azure.AzureSettings;
import dev.triage502.collect.RecordedCase;
import dev.triage502.local.PretendAzure;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers as Azure would, from a recorded case, until it is stopped. */
@Command(
        name = "pretend-azure",
        description = "Answers on this machine as Azure would, from a recorded case.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What the case does not hold is refused, as to a caller without the right.",
            "Point triage502 to it with " + AzureSettings.ENDPOINT + "."
        })
final class PretendAzureCommand implements Callable<Integer> {

    private final Console console;
    private final ServeUntil until;

    @Option(
            names = "--case",
            paramLabel = "NAME|DIR",
            required = true,
            description = "A case that ships (demo --list shows them), or a folder with one.")
    private String recorded = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = PortConverter.class,
            description = "The port; any free one by default.")
    private int port;

    PretendAzureCommand(Console console, ServeUntil until) {
        this.console = console;
        this.until = until;
    }

    @Override
    public Integer call() throws InterruptedException {
        RecordedCase serving = CaseArgument.read(recorded);
        PretendAzure.Options options = PretendAzure.Options.usual().onPort(port);
        try (PretendAzure azure = PretendAzure.start(serving.documents(), serving.gateway(), options)) {
            console.out().println(AzureSettings.ENDPOINT + "=" + azure.endpoint());
            console.out().println("gateway     " + serving.gateway());
            console.out().println("alerted at  " + serving.alertedAt());
            console.out().flush();
            until.stopped();
            return Main.DONE;
        } catch (IOException e) {
            console.err()
                    .println("triage502 pretend-azure: " + e.getMessage()
                            + ". Choose another with --port; 0 is any free one");
            return Main.WRONG_USAGE;
        } finally {
            until.done();
        }
    }
}
