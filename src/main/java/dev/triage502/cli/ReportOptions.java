package dev.triage502.cli;

import dev.triage502.report.FixScript;
import dev.triage502.report.FixScript.NoSuchFix;
import dev.triage502.report.Report;
import dev.triage502.report.TextStyle;
import dev.triage502.report.html.EvidenceExcerpts;
import dev.triage502.report.html.IncidentPage;
import dev.triage502.report.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a report is printed, and whether its fix is written as a script: what the commands that print reports have in common. */
final class ReportOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = {
                "text, json, markdown or html; json prints one document per line, html one page that loads nothing."
                        + " Or what a channel would send: cloudevent, teams, slack. Default: text."
            })
    private ReportFormat format = OutputFormat.TEXT;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the report to this file instead of printing it.")
    private @Nullable Path out;

    @Option(
            names = "--shell",
            paramLabel = "bash|powershell",
            converter = ShellConverter.class,
            description = "Shell for printed commands; JSON has both. Default: bash.")
    private Shell shell = Shell.BASH;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description =
                    "Also write the fix as a script: bash, or PowerShell if the name ends in .ps1. It saves the current"
                            + " state, asks before each change, checks the result, and offers the undo.")
    private @Nullable Path script;

    @Option(
            names = "--step",
            paramLabel = "N",
            description = "Step of the report to write as a script. Default: the first that changes something.")
    private @Nullable Integer step;

    /** The report as text for the console, with what separates it from the one before. */
    private String printed(Report report, Supplier<Map<String, String>> evidence, boolean first, TextStyle style) {
        if (format == OutputFormat.HTML) {
            return IncidentPage.of(report.document(), EvidenceExcerpts.of(report.document(), evidence.get()));
        }
        return (first ? "" : format.between()) + format.of(Report.of(report.document(), shell), style);
    }

    /** Whether a person reads what is printed, and not a program. */
    boolean isForPeople() {
        return format == OutputFormat.TEXT;
    }

    /** The option that only one report can be given for, if there is such: a script, a file and a page are of one. */
    Optional<String> onlyOne() {
        if (script != null) {
            return Optional.of("--script");
        }
        if (out != null) {
            return Optional.of("--out");
        }
        return Optional.of(format.onlyOne()).filter(option -> !option.isEmpty());
    }

    /**
     * Prints the report, or writes it to the file that is asked for and says so.
     *
     * @param evidence the files of a case, redacted: a page shows excerpts of them
     * @throws CommandFailed if the file cannot be written
     */
    void give(Report report, Supplier<Map<String, String>> evidence, boolean first, Console console) {
        if (out == null) {
            console.out().print(printed(report, evidence, first, console.textStyle()));
            console.out().flush();
            return;
        }
        try {
            Files.writeString(out, printed(report, evidence, true, TextStyle.plain()));
            console.err().println("Wrote " + out + ".");
        } catch (IOException problem) {
            throw new CommandFailed(
                    "--out: cannot write " + out + "; give a file in a folder that exists and that you may write to");
        }
    }

    /**
     * Writes the script, if one is asked for, and says where.
     *
     * @throws CommandFailed if there is no such fix, or the file cannot be written
     */
    void writeScript(Report report, Console console) {
        if (script == null) {
            return;
        }
        boolean powershell = script.toString().toLowerCase(Locale.ROOT).endsWith(".ps1");
        try {
            String text = FixScript.of(
                    report.document(), Optional.ofNullable(step), powershell ? Shell.POWERSHELL : Shell.BASH);
            // Windows PowerShell reads a file without this mark in the system's code page, in which a letter can become
            // a quote.
            Files.writeString(script, powershell ? "\uFEFF" + text : text);
            console.err()
                    .println(
                            "Wrote " + script + ". Read it, then run it: " + (powershell ? "pwsh " : "bash ") + script);
        } catch (NoSuchFix problem) {
            throw new CommandFailed("--script: " + problem.getMessage());
        } catch (IOException problem) {
            throw new CommandFailed(
                    "--script: cannot write " + script + "; choose a file in an existing, writable folder");
        }
    }
}
