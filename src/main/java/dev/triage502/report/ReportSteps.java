package dev.triage502.report;

import com.google.gson.JsonObject;
import dev.triage502.json.JsonTree;
import dev.triage502.report.Report.Row;
import dev.triage502.report.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The steps of a remedy: those up to the first fix, with its check and undo, and those after it. */
final class ReportSteps {

    private static final Pattern COMMAND = Pattern.compile("`[^`]* [^`]*`");
    private static final Pattern NEEDS_NO_UNDO =
            Pattern.compile("(?i)(there is )?nothing to undo\\b.*|not needed\\b.*");

    /** The end of a first sentence that can be a title: not of an abbreviation or a number. */
    private static final Pattern SENTENCE_END = Pattern.compile("(?<!e\\.g|i\\.e|etc)[.] +(?=[A-Z(`\"])");

    private final JsonObject remedy;
    private final List<JsonObject> steps;
    private final Shell shell;
    private final int first;

    /** @param toFix whether there is a fault to fix: else nothing comes before the first step */
    ReportSteps(JsonObject remedy, Shell shell, boolean toFix) {
        this.remedy = remedy;
        this.shell = shell;
        this.steps = JsonTree.objects(remedy, "steps");
        this.first = toFix ? firstFix() : 0;
    }

    /** The first step that fixes without weakening anything; else the first that does something; else the first. */
    private int firstFix() {
        List<Predicate<StepEffect>> wanted =
                List.of(StepEffect::fixes, StepEffect.PERSON::equals, StepEffect.WEAKENS::equals);
        return wanted.stream()
                .flatMap(effect -> IntStream.range(0, steps.size())
                        .filter(i -> StepEffect.of(steps.get(i)).filter(effect).isPresent())
                        .boxed()
                        .findFirst()
                        .stream())
                .findFirst()
                .orElse(0);
    }

    /** What to do first: what to look at, the fix, its check, its undo. */
    List<Row> first() {
        List<Row> rows = new ArrayList<>();
        IntStream.rangeClosed(0, Math.min(first, steps.size() - 1)).forEach(i -> rows.addAll(rows(i)));
        String verify = JsonTree.text(remedy, "verify");
        if (!verify.isEmpty()) {
            String command = command(remedy, "verifyCommand", "verifyPowershell");
            Row check = new Row("Check", verify, command.isEmpty() ? "" : StepEffect.READS.label(), "", command);
            boolean undo = !rows.isEmpty() && rows.get(rows.size() - 1).label().equals("Undo");
            rows.add(undo ? rows.size() - 1 : rows.size(), check);
        }
        return rows;
    }

    List<Row> further() {
        List<Row> rows = new ArrayList<>();
        IntStream.range(first + 1, steps.size()).forEach(i -> rows.addAll(rows(i)));
        return rows;
    }

    /** The number of the first step whose command is such; empty where none is. */
    String numberOf(Predicate<String> isSuch) {
        return IntStream.range(0, steps.size())
                .filter(i -> isSuch.test(command(steps.get(i), "command", "powershell")))
                .mapToObj(i -> String.valueOf(i + 1))
                .findFirst()
                .orElse("");
    }

    /** A step under its number in the remedy, and its undo if it has one. */
    private List<Row> rows(int i) {
        List<Row> rows = new ArrayList<>();
        rows.add(row(steps.get(i), String.valueOf(i + 1), JsonTree.text(steps.get(i), "text")));
        undo(steps.get(i)).ifPresent(rows::add);
        return rows;
    }

    /** One step: its first sentence is the title, if that is short enough for one. */
    Row row(JsonObject step, String label, String text) {
        String[] parts = SENTENCE_END.split(ReportPhrases.plainNames(text), 2);
        String title = parts[0].endsWith(".") ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
        String begun = title.startsWith("the ") ? ReportPhrases.upperFirst(title) : title;
        return new Row(
                label, begun, badge(step), parts.length > 1 ? parts[1] : "", command(step, "command", "powershell"));
    }

    /** How to take a step back: the commands that its sentence names stand below it. */
    Optional<Row> undo(JsonObject step) {
        String sentence = JsonTree.text(step, "undo");
        if (sentence.isEmpty() || NEEDS_NO_UNDO.matcher(sentence).matches()) {
            return Optional.empty();
        }
        String commands = command(step, "undoCommand", "undoPowershell");
        if (commands.isEmpty()) {
            return Optional.of(new Row("Undo", ReportPhrases.sentence(sentence), "", "", ""));
        }
        String rest = COMMAND.matcher(sentence)
                .replaceAll(" ")
                .replaceAll("\\s+", " ")
                .replaceAll(" ([,.;:])", "$1")
                .replaceAll("^[\\s,.;:]+|[\\s,;:]+$", "");
        boolean words = !rest.replaceAll("(?i)\\b(and|then|or)\\b|[^a-z]", "").isEmpty();
        return Optional.of(new Row("Undo", words ? ReportPhrases.sentence(rest) : "", undoBadge(step), "", commands));
    }

    private static String undoBadge(JsonObject step) {
        return StepEffect.of(step)
                .filter(StepEffect.DOWNTIME::equals)
                .orElse(StepEffect.CHANGES)
                .label();
    }

    /** What a step does, as a reader sees it; empty where it does not say. */
    static String badge(JsonObject step) {
        return StepEffect.of(step).map(StepEffect::label).orElse("");
    }

    String command(JsonObject json, String bash, String powershell) {
        String own = shell == Shell.BASH ? "" : JsonTree.text(json, powershell);
        return own.isEmpty() ? JsonTree.text(json, bash) : own;
    }
}
