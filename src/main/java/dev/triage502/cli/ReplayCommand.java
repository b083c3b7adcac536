package dev.triage502.cli;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.DefectLog;
import dev.triage502.collect.RecordedCase;
import dev.triage502.collect.UnreadableCase;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import dev.triage502.report.shell.Shell;
import dev.triage502.triage.Triage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Diagnoses recorded incidents, without Azure. */
@Command(
        name = "replay",
        description = "Diagnoses recorded incidents, offline.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A case is a folder with a case.json and what Azure answered, a file a source.",
            "A folder of such folders means each of them."
        })
final class ReplayCommand implements Callable<Integer> {

    private final Console console;
    private final Triage triage;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            converter = FolderConverter.class,
            description = "A case, or a folder of cases.")
    private List<Path> folders = List.of();

    @Option(
            names = "--format",
            paramLabel = "text|json|markdown",
            converter = FormatConverter.class,
            description = "What to print; json is one document a line. Default: text.")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(
            names = "--shell",
            paramLabel = "bash|powershell",
            converter = ShellConverter.class,
            description = "The shell to print commands for; JSON has both. Default: bash.")
    private Shell shell = Shell.BASH;

    ReplayCommand(Console console, Triage triage) {
        this.console = console;
        this.triage = triage;
    }

    @Override
    public Integer call() {
        int done = 0;
        int code = Main.DONE;
        for (Path folder : folders.stream()
                .flatMap(each -> CaseFolders.under(each).stream())
                .toList()) {
            try {
                RecordedCase recorded = CaseFolder.read(folder);
                BrokenFiles.in(folder, recorded)
                        .forEach(
                                broken -> console.err().println("triage502 replay: warning: " + Main.readable(broken)));
                Report report = replay(recorded);
                console.out()
                        .print((done++ == 0 ? "" : format.between())
                                + format.of(Report.of(report.document(), shell), console.colour()));
                console.out().flush();
            } catch (UnreadableCase problem) {
                console.err().println("triage502 replay: " + Main.readable(String.valueOf(problem.getMessage())));
                code = Main.COULD_NOT;
            }
        }
        return code;
    }

    private Report replay(RecordedCase recorded) {
        return triage.report(
                recorded.incident(),
                recorded.documents(),
                RunInfo.replay(recorded.incident(), recorded.id()),
                DefectLog.ofProgram(recorded.id()));
    }
}
