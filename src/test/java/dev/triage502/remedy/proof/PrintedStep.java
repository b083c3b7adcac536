package dev.triage502.remedy.proof;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of a remedy as the JSON report prints it.
 *
 * @param cause       the cause that it is for
 * @param number      its place among the steps of that cause, from 1
 * @param command     what is run; empty where the step is prose only
 * @param undo        what the undo says
 * @param undoCommand the command in the undo; empty where it is prose only
 */
record PrintedStep(
        String cause, int number, String effect, String text, String command, String undo, String undoCommand) {

    private static final Pattern INLINE = Pattern.compile("`((?:az|kubectl) [^`]+)`");

    /** The steps of each cause that a report names, in its order: the root cause first. */
    static List<List<PrintedStep>> of(JsonObject report) {
        List<List<PrintedStep>> all = new ArrayList<>();
        all.add(steps(report.getAsJsonObject("rootCause")));
        report.getAsJsonArray("contributing").forEach(each -> all.add(steps(each.getAsJsonObject())));
        return all;
    }

    /** The commands that a report prints outside of steps: how to see that it worked, and what to look at next. */
    static List<PrintedStep> others(JsonObject report) {
        List<PrintedStep> all = new ArrayList<>();
        JsonObject root = report.getAsJsonObject("rootCause");
        List<JsonObject> named = new ArrayList<>(List.of(root));
        report.getAsJsonArray("contributing").forEach(each -> named.add(each.getAsJsonObject()));
        for (JsonObject cause : named) {
            JsonObject remedy = cause.getAsJsonObject("remedy");
            text(remedy, "verifyCommand")
                    .ifPresent(command -> all.add(new PrintedStep(
                            cause.get("id").getAsString(),
                            0,
                            "reads",
                            text(remedy, "verify").orElse(""),
                            command,
                            "",
                            "")));
        }
        for (JsonElement each : report.getAsJsonArray("next")) {
            JsonObject next = each.getAsJsonObject();
            text(next, "command")
                    .ifPresent(command -> all.add(new PrintedStep(
                            root.get("id").getAsString(),
                            0,
                            text(next, "effect").orElse("reads"),
                            text(next, "how").orElse(""),
                            command,
                            text(next, "undo").orElse(""),
                            text(next, "undoCommand").orElse(""))));
        }
        return all;
    }

    private static List<PrintedStep> steps(JsonObject named) {
        List<PrintedStep> steps = new ArrayList<>();
        JsonArray all = named.getAsJsonObject("remedy").getAsJsonArray("steps");
        for (JsonElement each : all) {
            JsonObject step = each.getAsJsonObject();
            String undo = text(step, "undo").orElse("");
            steps.add(new PrintedStep(
                    named.get("id").getAsString(),
                    steps.size() + 1,
                    text(step, "effect").orElse(""),
                    text(step, "text").orElse(""),
                    text(step, "command").orElse(""),
                    undo,
                    text(step, "undoCommand").orElseGet(() -> inline(undo))));
        }
        return steps;
    }

    private static String inline(String undo) {
        Matcher command = INLINE.matcher(undo);
        List<String> found = new ArrayList<>();
        while (command.find()) {
            found.add(command.group(1));
        }
        return String.join("\n", found);
    }

    /** A text, or the bash form of a command that is printed for several shells. */
    private static Optional<String> text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        if (value instanceof JsonObject shells) {
            return text(shells, "bash");
        }
        return value != null && value.isJsonPrimitive() ? Optional.of(value.getAsString()) : Optional.empty();
    }

    /** Whether it is printed as a change. */
    boolean changes() {
        return !effect.equals("reads");
    }

    boolean isAz() {
        return command.contains("az ");
    }
}
