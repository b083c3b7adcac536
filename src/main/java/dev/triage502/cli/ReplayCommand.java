package dev.triage502.cli;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.DefectLog;
import dev.triage502.collect.RecordedCase;
import dev.triage502.collect.UnreadableCase;
import dev.triage502.report.Report;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Diagnoses recorded incidents, without Azure. */
@Command(
        name = "replay",
        description = "Diagnoses recorded incidents, offline.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A case is a folder with a case.json and one file per source.",
            "For a folder of cases, all cases in it are diagnosed."
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

    @Mixin
    private ReportOptions report = new ReportOptions();

    ReplayCommand(Console console, Triage triage) {
        this.console = console;
        this.triage = triage;
    }

    @Override
    public Integer call() {
        int done = 0;
        int code = Main.DONE;
        List<Path> all = folders.stream()
                .flatMap(each -> CaseFolders.under(each).stream())
                .toList();
        if (all.size() > 1) {
            report.onlyOne().ifPresent(option -> {
                throw CommandFailed.wrongUsage(option + " needs exactly one case, not " + all.size());
            });
        }
        for (Path folder : all) {
            try {
                RecordedCase recorded = CaseFolder.read(folder);
                BrokenFiles.in(folder, recorded)
                        .forEach(
                                broken -> console.err().println("triage502 replay: warning: " + Main.readable(broken)));
                Report told = replay(recorded);
                report.give(told, done++ == 0, console);
                report.writeScript(told, console);
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
