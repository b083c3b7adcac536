package dev.triage502.cli;

import dev.triage502.collect.CollectionProgress;
import dev.triage502.local.LocalApp;
import dev.triage502.local.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the app on a machine of one's own, until it is stopped. */
@Command(
        name = "serve",
        description = "Runs the app on this machine: receives alerts, diagnoses and reports as in Azure.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Reads the function app's settings from the environment (docs/settings.md).",
            "Stores data in ~/.local/state/triage502 unless AzureWebJobsStorage or TRIAGE502_STORE is set.",
            "It listens on 127.0.0.1 only. To allow calls from other machines, use a reverse proxy with TLS."
        })
final class ServeCommand implements Callable<Integer> {

    private static final String STORE = "TRIAGE502_STORE";
    private static final String STORAGE = "AzureWebJobsStorage";
    private static final String KEY = "TRIAGE502_HOST_KEY";

    private final Console console;
    private final ServeUntil until;
    private final Clock clock;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = PortConverter.class,
            description = "Port. Default: ${DEFAULT-VALUE}; 0 is any free port.")
    private int port = 7071;

    ServeCommand(Console console, ServeUntil until, Clock clock) {
        this.console = console;
        this.until = until;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> environment = new HashMap<>(console.env());
        boolean ownFolder = environment.keySet().stream().noneMatch(name -> name.startsWith(STORAGE))
                && console.variable(STORE).isEmpty();
        if (ownFolder) {
            environment.put(STORE, ownFolder().toString());
        }
        String key = console.variable(KEY).orElseGet(LocalApp::freshKey);
        try (ConsoleLogFormatter.Redirected log = ConsoleLogFormatter.to(console.err());
                LocalApp app = LocalApp.startChecked(environment, clock, CollectionProgress.none(), port, key)) {
            console.out().println("alerts    " + app.alerts());
            console.out()
                    .println("diagnose  " + app.uri() + "/api/diagnose?gateway=NAME  (header x-functions-key: " + key
                            + ")");
            if (ownFolder) {
                console.out().println("store     " + environment.get(STORE));
            }
            console.out().flush();
            until.stopped();
            return Main.DONE;
        } catch (StartRefused refused) {
            return refused(refused.problems());
        } catch (IOException noPort) {
            return refused(List.of(noPort.getMessage() + ". Choose another with --port, or 0 for any free port"));
        } finally {
            until.done();
        }
    }

    private int refused(List<String> problems) {
        problems.forEach(problem -> console.err().println("triage502 serve: " + problem));
        return Main.WRONG_USAGE;
    }

    /** Where programs keep what they need again and nobody edits (XDG base directories). */
    private Path ownFolder() {
        return console.variable("XDG_STATE_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state"))
                .resolve("triage502");
    }
}
