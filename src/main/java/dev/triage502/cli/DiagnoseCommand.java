package dev.triage502.cli;

import dev.triage502.azure.AzureAccess;
import dev.triage502.cli.LiveDiagnosis.Told;
import dev.triage502.collect.GatewaySearch;
import dev.triage502.collect.Investigation;
import dev.triage502.incident.Incident;
import dev.triage502.incident.IncidentWindow;
import dev.triage502.incident.ResourceId;
import dev.triage502.triage.Triage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Diagnoses gateways in Azure as they are now. */
@Command(
        name = "diagnose",
        description = "Diagnoses gateways now. Only reads from Azure.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Signs in as whoever ran az login, as a workload identity, or as the machine's managed identity.",
            "Progress goes to standard error, the diagnosis to standard output.",
            "Exit codes with --exit-code: 0 healthy, 10 confirmed, 11 likely, 12 possible, 13 cannot tell."
        })
final class DiagnoseCommand implements Callable<Integer> {

    /** Between two looks of a watch. */
    static final Duration EACH_MINUTE = Duration.ofMinutes(1);

    private final Console console;
    private final EarlySignIn signIn;
    private final Triage triage;
    private final Clock clock;
    private final Duration pause;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private GatewaySelection selection = new GatewaySelection();

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Option(
            names = "--since",
            paramLabel = "SPAN",
            converter = DurationConverter.class,
            description = "How far to look back, e.g. 90s, 30m, 2h or 1d. Default: 1h.")
    private Duration since = Incident.LOOK_BACK;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "End of the window, e.g. 2026-01-31T09:10:00Z. Default: now.")
    private @Nullable Instant until;

    @Option(
            names = "--watch",
            description = "Diagnose again every minute until the gateway has recovered; a report for each change.")
    private boolean watch;

    @Option(names = "--exit-code", description = "Exit with the outcome, for pipelines; see below.")
    private boolean exitCode;

    @Mixin
    private ReportOptions report = new ReportOptions();

    /** With {@code pause} between two rounds of a watch. */
    DiagnoseCommand(Console console, EarlySignIn signIn, Triage triage, Clock clock, Duration pause) {
        this.console = console;
        this.signIn = signIn;
        this.triage = triage;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public Integer call() throws InterruptedException {
        window(now());
        if (watch && until != null) {
            throw wrong("--watch follows what happens now; it cannot be used with --until");
        }
        try (AzureAccess azure = live.open(signIn)) {
            List<ResourceId> gateways = selection.find(new GatewaySearch(azure), console);
            LiveDiagnosis diagnosis = new LiveDiagnosis(new Investigation(azure, live.sources()), triage);
            if (gateways.size() > 1) {
                return several(gateways, diagnosis);
            }
            return watch ? watched(gateways.get(0), diagnosis) : one(gateways.get(0), diagnosis);
        }
    }

    private int one(ResourceId gateway, LiveDiagnosis diagnosis) {
        Told told = tell(gateway, diagnosis, now());
        report.give(told.report(), told::evidence, true, console);
        report.writeScript(told.report(), console);
        if (!told.anythingRead()) {
            throw new CommandFailed("no source of " + gateway.name() + " could be read: " + told.refusal());
        }
        return code(OutcomeCode.of(told.report()));
    }

    private int several(List<ResourceId> gateways, LiveDiagnosis diagnosis) throws InterruptedException {
        if (watch) {
            throw wrong("--watch needs exactly one gateway, not " + gateways.size());
        }
        report.onlyOne().ifPresent(option -> {
            throw wrong(option + " needs exactly one gateway, not " + gateways.size());
        });
        Instant now = now();
        List<Incident> incidents =
                gateways.stream().map(gateway -> incident(gateway, now)).toList();
        return code(new GatewayRound(diagnosis, console, report).of(incidents, now));
    }

    /** A report at first and whenever the answer is another; between them a line for each look. */
    private int watched(ResourceId gateway, LiveDiagnosis diagnosis) throws InterruptedException {
        String before = "";
        boolean first = true;
        while (true) {
            Instant now = now();
            Told told = tell(gateway, diagnosis, now);
            String headline = told.report().headline();
            if (!headline.equals(before)) {
                report.give(told.report(), told::evidence, first, console);
                before = headline;
                first = false;
            } else {
                console.err().println(now + "  no change: " + headline);
                console.err().flush();
            }
            OutcomeCode outcome = OutcomeCode.of(told.report());
            if (outcome == OutcomeCode.HEALTHY) {
                return code(outcome);
            }
            Thread.sleep(pause.toMillis());
        }
    }

    private Told tell(ResourceId gateway, LiveDiagnosis diagnosis, Instant now) {
        Told told = diagnosis.tell(incident(gateway, now), now, new SourceLines(console.besides()));
        console.err().println();
        console.err().flush();
        return told;
    }

    private Incident incident(ResourceId gateway, Instant now) {
        Instant end = until == null ? now : until;
        return Incident.between(gateway, end.minus(since), end);
    }

    private int code(OutcomeCode outcome) {
        return exitCode ? outcome.code() : Main.DONE;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private void window(Instant now) {
        Instant end = until == null ? now : until;
        if (IncidentWindow.isFuture(end, now)) {
            throw wrong("--until " + end + " is in the future; it is " + now);
        }
        if (!IncidentWindow.hasLength(end.minus(since), end)) {
            throw wrong("--since: from " + end.minus(since) + " to " + end + " is not " + IncidentWindow.EXPECTED);
        }
    }

    private ParameterException wrong(String message) {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        return new ParameterException(command, message);
    }
}
