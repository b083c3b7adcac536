package dev.triage502.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.report.CausePage.Step;
import dev.triage502.report.PlaceholderFiller.Filled;
import java.util.LinkedHashSet;
import java.util.Set;

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
        json.addProperty("verify", fill.prose(page.verify()).text());
        DocumentTree.put(
                json, "verifyCommand", fill.command(page.verifyCommand()).text());
        json.addProperty("page", page.fileName());
        return json;
    }

    private static JsonObject step(Step step, PlaceholderFiller fill) {
        Filled text = fill.prose(step.text());
        Filled command = fill.command(step.command());
        Filled undo = fill.prose(step.undo());
        Set<String> missing = new LinkedHashSet<>(command.missing());
        JsonObject json = new JsonObject();
        json.addProperty("text", text.text() + note(missing));
        DocumentTree.put(json, "command", command.text());
        json.addProperty("effect", step.effect());
        DocumentTree.put(json, "undo", undo.text());
        return json;
    }

    private static String note(Set<String> missing) {
        return missing.isEmpty()
                ? ""
                : " (Not in evidence, fill in first: "
                        + String.join(
                                ", ",
                                missing.stream().map(name -> "<" + name + ">").toList()) + ".)";
    }
}
