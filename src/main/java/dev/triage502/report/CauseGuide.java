package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.report.CausePage.Condition;
import dev.triage502.report.Report.Row;
import dev.triage502.report.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known of a cause, for whoever has no incident at hand: every step with when it applies, and names in angle brackets
 * where an incident would have its own.
 *
 * @param page  the page that it is made of
 * @param signs what shows the cause, in words
 * @param fixes which evidence asks for which fix, in words
 * @param steps all steps, numbered
 * @param check how to see that it worked
 */
public record CauseGuide(
        CausePage page, List<CausePage.Sign> signs, List<CausePage.Fix> fixes, List<GuideStep> steps, GuideStep check) {

    /**
     * One step.
     *
     * @param row            the step as a report has it, with its command for bash
     * @param powershell     the command for PowerShell
     * @param when           when it applies, in a sentence; empty for always
     * @param undo           how to take it back
     * @param undoPowershell the command of that for PowerShell
     */
    public record GuideStep(Row row, String powershell, String when, Optional<Row> undo, String undoPowershell) {}

    /** The guide of a page. */
    public static CauseGuide of(CausePage page) {
        return new Writer().guide(page);
    }

    private static final class Writer {
        private final PlaceholderFiller names = new PlaceholderFiller(Map.of());
        private final ReportSteps bash = new ReportSteps(new JsonObject(), Shell.BASH, false);
        private final ReportSteps powershell = new ReportSteps(new JsonObject(), Shell.POWERSHELL, false);

        CauseGuide guide(CausePage page) {
            List<GuideStep> steps = new ArrayList<>();
            for (CausePage.Step step : page.steps()) {
                steps.add(step(step, String.valueOf(steps.size() + 1)));
            }
            return new CauseGuide(
                    page,
                    page.signs().stream()
                            .map(sign -> new CausePage.Sign(
                                    ReportPhrases.source(sign.source()), prose(sign.shows()), weight(sign.weight())))
                            .toList(),
                    page.fixes().stream()
                            .map(fix -> new CausePage.Fix(prose(fix.evidence()), prose(fix.fix())))
                            .toList(),
                    steps,
                    check(page));
        }

        private GuideStep step(CausePage.Step step, String number) {
            JsonObject json = Remedy.step(step, names);
            return new GuideStep(
                    bash.row(json, number, prose(step.text())),
                    powershell.row(json, number, "").command(),
                    when(step),
                    bash.undo(json),
                    powershell.undo(json).map(Row::command).orElse(""));
        }

        private GuideStep check(CausePage page) {
            JsonObject json = new JsonObject();
            Remedy.putCommand(json, page.verifyCommand(), StepEffect.READS, names);
            Row row = new Row(
                    "Check",
                    prose(page.verify()),
                    page.verifyCommand().isEmpty() ? "" : StepEffect.READS.label(),
                    "",
                    bash.command(json, "command", "powershell"));
            return new GuideStep(row, powershell.command(json, "command", "powershell"), "", Optional.empty(), "");
        }

        private String prose(String template) {
            return names.prose(template).text();
        }

        private static String when(CausePage.Step step) {
            List<String> conditions = new ArrayList<>();
            if (!step.onlyIf().isEmpty()) {
                conditions.add("Only if " + all(step.onlyIf(), " and "));
            }
            if (!step.notIf().isEmpty()) {
                conditions.add((conditions.isEmpty() ? "Not if " : "not if ") + all(step.notIf(), " or "));
            }
            return conditions.isEmpty() ? "" : String.join(", ", conditions) + ".";
        }

        private static String all(List<Condition> conditions, String between) {
            return conditions.stream()
                    .map(each -> "`<" + each.name() + ">` is "
                            + (each.equalTo().isEmpty() ? "known" : "`" + each.equalTo() + "`"))
                    .collect(Collectors.joining(between));
        }

        private static String weight(String weight) {
            return switch (weight) {
                case "conclusive" -> "Direct evidence";
                case "strong" -> "Makes it likely";
                case "suggestive" -> "A sign of it";
                default -> "Contradicts it";
            };
        }
    }
}
