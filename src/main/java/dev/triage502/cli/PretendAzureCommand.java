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
        description = "Simulates Azure on this machine from a recorded case.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Requests for data that the case lacks are refused, as without permission.",
            "To use it, set " + AzureSettings.ENDPOINT + " to its address."
        })
final class PretendAzureCommand implements Callable<Integer> {

    private final Console console;
    private final ServeUntil until;

    @Option(
            names = "--case",
            paramLabel = "NAME|DIR",
            required = true,
            description = "A bundled case (see demo --list), or the folder of a case.")
    private String recorded = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = PortConverter.class,
            description = "Port. Default: any free port.")
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
                            + ". Choose another with --port, or 0 for any free port");
            return Main.WRONG_USAGE;
        } finally {
            until.done();
        }
    }
}
