package dev.triage502.cli;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.DefectLog;
import dev.triage502.collect.EvidenceRedactor;
import dev.triage502.collect.GatheredFiles;
import dev.triage502.collect.GatheredFiles.Gathered;
import dev.triage502.collect.GatheredFiles.Wanted;
import dev.triage502.collect.RecordedCase;
import dev.triage502.collect.UnreadableCase;
import dev.triage502.incident.Incident;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Diagnoses recorded incidents, without Azure. */
@Command(
        name = "replay",
        description = "Diagnoses recorded incidents and files that you have, offline.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A case is a folder with a case.json and one file per source. For a folder of cases, all are diagnosed.",
            "All other files and folders given are read as one incident. Each file is recognized by its content:"
                    + " output of az or PowerShell, exported logs, ARM templates, Terraform state. What each was taken"
                    + " for goes to standard error. docs/cases.md lists the forms."
        })
final class ReplayCommand implements Callable<Integer> {

    private final Console console;
    private final Triage triage;

    @Parameters(
            paramLabel = "DIR|FILE",
            arity = "1..*",
            converter = FolderConverter.class,
            description = "A case, a folder of cases, or files.")
    private List<Path> given = List.of();

    @Option(names = "--gateway", paramLabel = "ID|NAME", description = "Which gateway, if the files are of several.")
    private @Nullable String gateway;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "For files: end of the window. Default: the last failed request. E.g. 2026-01-31T09:10:00Z.")
    private @Nullable Instant until;

    @Option(
            names = "--since",
            paramLabel = "SPAN",
            converter = DurationConverter.class,
            description = "For files: how far to look back, e.g. 30m or 2h. Default: 1h.")
    private @Nullable Duration since;

    @Mixin
    private ReportOptions report = new ReportOptions();

    ReplayCommand(Console console, Triage triage) {
        this.console = console;
        this.triage = triage;
    }

    /** A case to diagnose; reading it may fail. */
    private interface Readable {
        RecordedCase read();
    }

    @Override
    public Integer call() {
        List<Readable> all = incidents();
        if (all.size() > 1) {
            report.onlyOne().ifPresent(option -> {
                throw CommandFailed.wrongUsage(option + " needs exactly one case, not " + all.size());
            });
        }
        int done = 0;
        int code = Main.DONE;
        for (Readable each : all) {
            try {
                RecordedCase recorded = each.read();
                Report told = replay(recorded);
                report.give(
                        told,
                        () -> CaseFolder.files(EvidenceRedactor.standard().redact(recorded)),
                        done++ == 0,
                        console);
                report.writeScript(told, console);
            } catch (UnreadableCase problem) {
                say(String.valueOf(problem.getMessage()));
                code = Main.COULD_NOT;
            }
        }
        return code;
    }

    /** The cases in the order given, and all that is no case as one incident after them. */
    private List<Readable> incidents() {
        List<Readable> incidents = new ArrayList<>();
        List<Path> loose = new ArrayList<>();
        for (Path each : given) {
            List<Path> folders = CaseFolders.under(each);
            if (!folders.equals(List.of(each))) {
                sayNotRead(each);
            }
            for (Path folder : folders) {
                if (isLoose(folder)) {
                    loose.add(folder);
                } else {
                    incidents.add(() -> inFolder(folder));
                }
            }
        }
        if (!loose.isEmpty()) {
            incidents.add(() -> gathered(loose));
        }
        return incidents;
    }

    private static boolean isLoose(Path path) {
        return Files.isDirectory(path) ? !CaseFolders.isCase(path) && CaseFolders.holdsFiles(path) : Files.exists(path);
    }

    private RecordedCase inFolder(Path folder) {
        RecordedCase recorded = CaseFolder.read(folder);
        sayNotRead(folder);
        BrokenFiles.in(folder, recorded).forEach(broken -> say("warning: " + broken));
        return recorded;
    }

    private void sayNotRead(Path folder) {
        List<String> others = CaseFolders.notRead(folder);
        if (!others.isEmpty()) {
            say(folder + ": not read, since " + (others.size() == 1 ? "it is" : "they are") + " not of a case: "
                    + String.join(", ", others) + ". To have files read by their content, name them");
        }
    }

    private RecordedCase gathered(List<Path> files) {
        Gathered gathered = GatheredFiles.read(
                files,
                new Wanted(Optional.ofNullable(gateway), Optional.ofNullable(until), Optional.ofNullable(since)));
        gathered.files().forEach(file -> say(file.line()));
        RecordedCase recorded = gathered.recorded()
                .orElseThrow(() -> new CommandFailed(
                        "no file could be used. 'triage502 collect-script --gateway ID' prints the commands that make"
                                + " the right ones"));
        Incident incident = recorded.incident();
        say("incident of " + incident.gateway().name() + ", " + incident.from() + " to " + incident.to()
                + (until == null ? " (--until sets another end)" : ""));
        return recorded;
    }

    /** Beside the report, which may go to a file. */
    private void say(String line) {
        console.err().println("triage502 replay: " + Main.readable(line));
    }

    private Report replay(RecordedCase recorded) {
        return triage.report(
                recorded.incident(),
                recorded.documents(),
                RunInfo.replay(recorded.incident(), recorded.id()),
                DefectLog.ofProgram(recorded.id()));
    }
}
