package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import dev.triage502.report.shell.SavedState;
import dev.triage502.report.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One fix of a diagnosis as a script for a person to read and run: it saves what there is, asks before it changes anything,
 * stops at the first error, shows the check, and offers the undo. triage502 itself changes nothing in Azure.
 */
public final class FixScript {

    private static final Pattern OPEN = Pattern.compile("<[a-z][a-z0-9-]*>");

    private final DiagnosisDocument document;
    private final JsonObject remedy;
    private final Shell shell;

    private FixScript(DiagnosisDocument document, Shell shell) {
        this.document = document;
        this.remedy = JsonTree.object(JsonTree.object(document.json(), "rootCause"), "remedy");
        this.shell = shell;
    }

    /** A fix that there is none of; the message says what there is. */
    public static final class NoSuchFix extends Exception {
        private static final long serialVersionUID = 1L;

        NoSuchFix(String message) {
            super(message);
        }
    }

    /**
     * The script for one step of the root cause's remedy.
     *
     * @param step the step's number in the report, from 1; empty for the first one that changes something and does not weaken
     *     security
     * @throws NoSuchFix if there is no such step, or it has no command for this shell
     */
    public static String of(DiagnosisDocument document, Optional<Integer> step, Shell shell) throws NoSuchFix {
        FixScript script = new FixScript(document, shell);
        return script.written(step.isPresent() ? script.numbered(step.get()) : script.first());
    }

    private List<JsonObject> steps() {
        return JsonTree.objects(remedy, "steps");
    }

    private JsonObject first() throws NoSuchFix {
        return steps().stream()
                .filter(each -> StepEffect.of(each).filter(StepEffect::fixes).isPresent())
                .filter(each -> !command(each, "command", "powershell").isEmpty())
                .findFirst()
                .orElseThrow(() -> new NoSuchFix("the report for " + document.rootCause()
                        + " has no step with a command that changes something in " + shell.id()));
    }

    private JsonObject numbered(int number) throws NoSuchFix {
        if (number < 1 || number > steps().size()) {
            throw new NoSuchFix("there is no step " + number + "; the report for " + document.rootCause() + " has "
                    + (steps().isEmpty() ? "none" : "1 to " + steps().size()));
        }
        JsonObject step = steps().get(number - 1);
        if (command(step, "command", "powershell").isEmpty()) {
            throw new NoSuchFix("step " + number + " has no command for " + shell.id());
        }
        return step;
    }

    private String written(JsonObject step) {
        String change = command(step, "command", "powershell");
        String undo = command(step, "undoCommand", "undoPowershell");
        String verify = command(remedy, "verifyCommand", "verifyPowershell");
        List<String> save = SavedState.commands(JsonTree.text(step, "command"), document.gateway(), shell);
        List<String> lines = new ArrayList<>();
        lines.addAll(head());
        open(change, undo, String.join("\n", save)).ifPresent(names -> lines.addAll(stopFor(names)));
        lines.add("");
        lines.addAll(ending(undo));
        lines.add("");
        lines.add("# What there is now, to compare and to go back to.");
        lines.addAll(save(save));
        lines.add("");
        lines.addAll(say(JsonTree.text(step, "text")));
        lines.addAll(say(StepEffect.of(step).map(StepEffect::label).orElse("") + ":"));
        lines.addAll(say(change));
        lines.addAll(askBeforeTheChange());
        lines.addAll(apply(change, undo));
        lines.add("");
        lines.addAll(say("Check: " + JsonTree.text(remedy, "verify")));
        if (!verify.isEmpty()) {
            lines.addAll(checked(verify));
        }
        lines.add("");
        lines.addAll(say("Undo: " + JsonTree.text(step, "undo")));
        lines.add(set("undoable", "no"));
        if (!undo.isEmpty()) {
            lines.add(set("stage", "The undo is not complete."));
            lines.addAll(
                    shell == Shell.BASH
                            ? List.of("if ask 'Undo it now?'; then", "undo", "fi")
                            : List.of("if (Confirm-Step 'Undo it now?') { Undo-Change }"));
        }
        return String.join("\n", lines) + "\n";
    }

    private List<String> head() {
        JsonObject root = JsonTree.object(document.json(), "rootCause");
        List<String> about = List.of(
                "# " + document.headline(),
                "# Cause: " + document.rootCause() + " (" + JsonTree.text(root, "confidence") + "), diagnosed "
                        + JsonTree.text(document.json(), "diagnosedAt") + ".",
                "# Read it before you run it. It changes nothing until you answer y, and stops at the first error.");
        List<String> start = shell == Shell.BASH
                ? List.of(
                        "set -euo pipefail",
                        "ask() { local answer; read -r -p \"$1 [y/N] \" answer; [[ \"$answer\" == [yY] ]]; }")
                : List.of(
                        "$ErrorActionPreference = 'Stop'",
                        "function Confirm-Step($question) { (Read-Host \"$question [y/N]\") -match '^[yY]$' }",
                        "function Stop-OnError { if ($LASTEXITCODE -ne 0) { throw \"The command ended with exit code"
                                + " $LASTEXITCODE.\" } }");
        return Stream.of(shell == Shell.BASH ? List.of("#!/usr/bin/env bash") : List.<String>of(), about, start)
                .flatMap(List::stream)
                .toList();
    }

    /** The undo, and what happens at an error: the script says how far it came, and offers the undo once the change has begun. */
    private List<String> ending(String undo) {
        List<String> lines = new ArrayList<>();
        lines.add(set("stage", "Nothing was changed."));
        lines.add(set("undoable", "no"));
        lines.add(shell == Shell.BASH ? "undo() {" : "function Undo-Change {");
        lines.addAll(undo.isEmpty() ? List.of(shell == Shell.BASH ? ":" : "") : checked(undo));
        lines.add("}");
        lines.addAll(
                shell == Shell.BASH
                        ? List.of(
                                "stopped() {",
                                "  local code=$?",
                                "  trap - EXIT",
                                "  [[ \"$code\" != 0 ]] || exit 0",
                                "  printf 'Stopped. %s\\n' \"$stage\" >&2",
                                "  if [[ \"$undoable\" == yes ]] && ask 'Undo it now?'; then undo; fi",
                                "  exit \"$code\"",
                                "}",
                                "trap stopped EXIT")
                        : List.of(
                                "trap {",
                                "  Write-Host \"Stopped. $stage $_\"",
                                "  if ($undoable -eq 'yes') { if (Confirm-Step 'Undo it now?') { Undo-Change } }",
                                "  exit 1",
                                "}"));
        return lines;
    }

    private List<String> askBeforeTheChange() {
        return List.of(
                shell == Shell.BASH
                        ? "ask 'Apply it?' || exit 1"
                        : "if (-not (Confirm-Step 'Apply it?')) { Write-Host \"Stopped. $stage\"; exit 1 }");
    }

    /** The change, one command after the other, so that it is known how many succeeded. */
    private List<String> apply(String change, String undo) {
        List<List<String>> commands = commands(change);
        List<String> lines = new ArrayList<>();
        lines.add(set("undoable", undo.isEmpty() ? "no" : "yes"));
        for (int i = 0; i < commands.size(); i++) {
            lines.add(set("stage", i + " of " + commands.size() + " commands of the change succeeded."));
            lines.addAll(commands.get(i));
        }
        lines.add(set("stage", "The change is applied."));
        return lines;
    }

    private String set(String name, String value) {
        return (shell == Shell.BASH ? name + "=" : "$" + name + " = ") + "'" + value + "'";
    }

    private static Optional<String> open(String... commands) {
        Matcher matcher = OPEN.matcher(String.join("\n", commands));
        List<String> names =
                matcher.results().map(each -> each.group()).distinct().toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }

    private List<String> stopFor(String names) {
        String text = "Replace " + names + " in this script first, then delete this line.";
        return List.of(
                "",
                shell == Shell.BASH
                        ? "printf '%s\\n' " + shell.quoted(text) + " >&2; exit 2"
                        : "Write-Host " + shell.quoted(text) + "; exit 2");
    }

    private List<String> save(List<String> commands) {
        List<String> lines = new ArrayList<>();
        lines.add(
                shell == Shell.BASH
                        ? "before=\"triage502-before-$(date -u +%Y%m%dT%H%M%SZ)\"; mkdir -p \"$before\""
                        : "$before = 'triage502-before-' + (Get-Date).ToUniversalTime().ToString('yyyyMMddTHHmmssZ');"
                                + " New-Item -Force -ItemType Directory $before | Out-Null");
        int number = 1;
        for (String show : commands) {
            String file = number++ + ".json";
            lines.add(
                    shell == Shell.BASH
                            ? show + " > \"$before/" + file + "\""
                            : show + " | Set-Content -Encoding utf8 \"$before/" + file + "\"; Stop-OnError");
        }
        lines.addAll(
                shell == Shell.BASH
                        ? List.of("printf 'Saved in %s\\n' \"$before\"")
                        : List.of("Write-Host \"Saved in $before\""));
        return lines;
    }

    private List<String> say(String text) {
        return text.lines()
                .map(line -> (shell == Shell.BASH ? "printf '%s\\n' " : "Write-Host ") + shell.quoted(line))
                .toList();
    }

    private List<String> checked(String commands) {
        return commands(commands).stream().flatMap(List::stream).toList();
    }

    /** The lines of each command; PowerShell goes on after a program that failed, so each is looked at. */
    private List<List<String>> commands(String commands) {
        List<List<String>> all = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : commands.split("\n", -1)) {
            lines.add(line);
            if (!line.endsWith(shell == Shell.BASH ? "\\" : "`")) {
                all.add(
                        shell == Shell.BASH
                                ? lines
                                : Stream.concat(lines.stream(), Stream.of("Stop-OnError"))
                                        .toList());
                lines = new ArrayList<>();
            }
        }
        return all;
    }

    private String command(JsonObject json, String bash, String powershell) {
        return JsonTree.text(json, shell == Shell.BASH ? bash : powershell);
    }
}
