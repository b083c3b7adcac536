package dev.triage502.cli;

import com.google.gson.JsonElement;
import dev.triage502.azure.AzureAccess;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.DefectLog;
import dev.triage502.collect.EvidenceRedactor;
import dev.triage502.collect.GatewaySearch;
import dev.triage502.collect.Investigation;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.IncidentWindow;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Diagnoses a gateway in Azure as it is now. */
@Command(
        name = "diagnose",
        description = "Diagnoses a gateway now. Only reads from Azure.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Signs in as whoever ran az login, as a workload identity, or as the machine's managed identity.",
            "Progress goes to standard error, the diagnosis to standard output."
        })
final class DiagnoseCommand implements Callable<Integer> {

    private static final Duration DEADLINE = Duration.ofSeconds(180);

    private final Console console;
    private final Triage triage;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

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

    @Mixin
    private ReportOptions report = new ReportOptions();

    DiagnoseCommand(Console console, Triage triage, Clock clock) {
        this.console = console;
        this.triage = triage;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = until == null ? now : until;
        refuseImpossible(end.minus(since), end, now);
        try (AzureAccess azure = live.open(console)) {
            Incident incident = Incident.between(live.gateway().find(new GatewaySearch(azure)), end.minus(since), end);
            Map<Source, Duration> took = new EnumMap<>(Source.class);
            SourceDocuments documents = new Investigation(azure, live.sources())
                    .run(incident, DEADLINE, new Watched(new SourceLines(console.besides()), took));
            Report told = triage.report(
                    incident,
                    documents,
                    RunInfo.live(now, took),
                    DefectLog.ofProgram(incident.gateway().name()));
            console.err().println();
            console.err().flush();
            report.give(
                    told,
                    () -> CaseFolder.files(EvidenceRedactor.standard().redact(RecordedCase.of(incident, documents))),
                    true,
                    console);
            report.writeScript(told, console);
            if (!anythingRead(documents)) {
                throw new CommandFailed(
                        "no source of " + live.given() + " could be read; see the report for the reasons");
            }
            return Main.DONE;
        }
    }

    private void refuseImpossible(Instant from, Instant to, Instant now) {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (IncidentWindow.isFuture(to, now)) {
            throw new ParameterException(command, "--until " + to + " is in the future; it is " + now);
        }
        if (!IncidentWindow.hasLength(from, to)) {
            throw new ParameterException(
                    command, "--since: from " + from + " to " + to + " is not " + IncidentWindow.EXPECTED);
        }
    }

    private static boolean anythingRead(SourceDocuments documents) {
        return Stream.of(Source.values())
                .anyMatch(source -> documents.get(source).unread().isEmpty());
    }

    /** Remembers how long each source took. */
    private record Watched(CollectionProgress shown, Map<Source, Duration> took) implements CollectionProgress {

        @Override
        public void started(Source source) {
            shown.started(source);
        }

        @Override
        public void read(Source source, Reading<JsonElement> reading, Duration took) {
            this.took.put(source, took);
            shown.read(source, reading, took);
        }
    }
}
