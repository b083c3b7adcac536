package dev.triage502.cli;

import com.google.gson.JsonObject;
import dev.triage502.report.CausePages;
import dev.triage502.store.Feedback;
import dev.triage502.store.Feedback.Given;
import dev.triage502.store.FeedbackStore;
import dev.triage502.store.Store;
import dev.triage502.store.StoreFailure;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether a diagnosis was right: its evidence becomes a case that {@code evaluate --store} measures. */
@Command(
        name = "feedback",
        description = "Records whether a diagnosis was right.",
        mixinStandardHelpOptions = true,
        footer = {"", IncidentsPlace.KEY, "Over HTTP the same is POST /api/incidents/ID/feedback."})
final class FeedbackCommand implements Callable<Integer> {

    private final Console console;
    private final Clock clock;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private IncidentsPlace where;

    @Parameters(index = "0", paramLabel = "ID", description = "The incident.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "right|wrong|unsure", description = "Whether its diagnosis was right.")
    private String verdict = "";

    @Option(names = "--cause", paramLabel = "ID", description = "The true cause, if the diagnosis was wrong.")
    private String cause = "";

    @Option(names = "--target", paramLabel = "NAME", description = "The name of what was at fault.")
    private String target = "";

    FeedbackCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!cause.isEmpty() && CausePages.bundled().text(cause).isEmpty()) {
            throw CommandFailed.wrongUsage("--cause: no cause has the ID " + cause);
        }
        JsonObject feedback = where.app == null ? inStore(String.valueOf(where.store)) : inApp(where.app);
        console.out()
                .println(id + ": " + feedback.get("named").getAsString() + " was "
                        + feedback.get("verdict").getAsString());
        return Main.DONE;
    }

    private JsonObject inStore(String place) {
        try {
            Store open = StoreLocationArgument.open(place, console, clock);
            JsonObject incident =
                    open.incidents().find(id).orElseThrow(() -> new CommandFailed("no incident with ID " + id));
            Feedback feedback =
                    FeedbackStore.on(incident, verdict, cause, target, new Given(clock.instant(), "command line"));
            open.feedback().put(feedback);
            return feedback.toJson();
        } catch (StoreFailure failure) {
            throw new CommandFailed("cannot use the store: " + failure.getMessage(), failure);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailed.wrongUsage(String.valueOf(wrong.getMessage()));
        }
    }

    private JsonObject inApp(String url) throws InterruptedException {
        JsonObject given = new JsonObject();
        given.addProperty("verdict", verdict);
        given.addProperty("cause", cause);
        given.addProperty("target", target);
        return new RunningApp(url, console)
                .post("/api/incidents/" + RunningApp.encoded(id) + "/feedback", given, "verdict");
    }
}
