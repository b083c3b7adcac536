package dev.triage502.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.report.CausePage.Step;
import dev.triage502.report.shell.FilledCommand;
import dev.triage502.report.shell.Shell;
import java.util.List;

/** What to do about one cause at this gateway: the page's steps that apply, their names filled in. */
final class Remedy {

    private Remedy() {}

    static JsonObject of(CausePage page, PlaceholderFiller fill) {
        JsonArray steps = new JsonArray();
        page.steps().stream()
                .filter(step -> step.onlyIf().stream().allMatch(fill::holds))
                .filter(step -> step.notIf().stream().noneMatch(fill::holds))
                .forEach(step -> steps.add(step(step, fill)));
        JsonObject json = new JsonObject();
        json.add("steps", steps);
        json.addProperty("verify", text(page.verify(), page.verifyCommand(), fill));
        put(json, "verifyCommand", "verifyPowershell", page.verifyCommand(), fill);
        json.addProperty("page", page.fileName());
        return json;
    }

    static JsonObject step(Step step, PlaceholderFiller fill) {
        JsonObject json = new JsonObject();
        json.addProperty("text", text(step.text(), step.command(), fill));
        putCommand(json, step.command(), step.effect(), fill);
        putUndo(json, step.undo(), fill);
        return json;
    }

    /** What goes before a command, with what a person has to fill in. */
    static String text(String text, String command, PlaceholderFiller fill) {
        return fill.prose(text).text() + note(fill.command(command, Shell.BASH));
    }

    /** A command and what it does to those who are served. */
    static void putCommand(JsonObject json, String command, StepEffect effect, PlaceholderFiller fill) {
        put(json, "command", "powershell", command, fill);
        json.addProperty("effect", effect.inDocument());
        json.addProperty("badge", effect.badge());
    }

    /** How to take a command back, in words and as a command. */
    static void putUndo(JsonObject json, String undo, PlaceholderFiller fill) {
        DocumentTree.put(json, "undo", fill.prose(undo).text());
        put(json, "undoCommand", "undoPowershell", CausePage.Step.commandsIn(undo), fill);
    }

    /** A command for both shells; left out for a shell that has none. */
    static void put(JsonObject json, String bash, String powershell, String template, PlaceholderFiller fill) {
        DocumentTree.put(json, bash, fill.command(template, Shell.BASH).text());
        DocumentTree.put(
                json, powershell, fill.command(template, Shell.POWERSHELL).text());
    }

    private static String note(FilledCommand command) {
        if (command.missing().isEmpty()) {
            return "";
        }
        List<String> unknown = command.missing().stream()
                .filter(name -> !command.refused().containsKey(name))
                .map(name -> "<" + name + ">")
                .toList();
        StringBuilder note = new StringBuilder();
        if (!unknown.isEmpty()) {
            note.append(" (Replace ")
                    .append(String.join(", ", unknown))
                    .append(unknown.size() == 1 ? " first: its value was" : " first: their values were")
                    .append(" not in the data.)");
        }
        command.refused()
                .forEach((name, reason) -> note.append(" (Replace <")
                        .append(name)
                        .append("> by hand: ")
                        .append(reason)
                        .append(".)"));
        return note.toString();
    }
}
