package dev.triage502.evaluate;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.evaluate.Evaluation.Ablation;
import dev.triage502.evaluate.EvaluationScores.Count;
import dev.triage502.evidence.Source;
import dev.triage502.report.ProductVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An evaluation told: as text, as Markdown, as JSON. */
public final class EvaluationReport {

    private static final String SCHEMA = "triage502/evaluation/v1";

    private final Evaluation evaluation;
    private final EvaluationScores scores;

    public EvaluationReport(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.scores = evaluation.scores();
    }

    /** The tables as plain text. */
    public String text() {
        return String.join("\n", tables().stream().map(ScoreTable::text).toList());
    }

    /** The tables as Markdown, for {@code docs/accuracy.md}. */
    public String markdown() {
        return String.join("\n", tables().stream().map(ScoreTable::markdown).toList());
    }

    private List<ScoreTable> tables() {
        List<ScoreTable> tables =
                new ArrayList<>(List.of(overall(), byConfidence(), byCause(), wrong(), forbidden(), targets()));
        if (!evaluation.without().isEmpty()) {
            tables.add(ablation());
            tables.add(withLess());
            tables.add(wrongWithLess());
            tables.add(reliability());
        }
        if (!evaluation.unjudged().isEmpty()) {
            tables.add(new ScoreTable(
                    "Not measured: no expected cause",
                    List.of("case"),
                    evaluation.unjudged().stream().map(List::of).toList(),
                    true));
        }
        return tables;
    }

    private ScoreTable overall() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("root cause as expected (top-1)", scores.top1()));
        rows.add(row("root cause expected or acceptable", scores.acceptable()));
        rows.add(List.of("macro recall (mean over causes)", "", "", percent(scores.macroRecall())));
        rows.add(row("target named", scores.targetNamed()));
        rows.add(row("second fault named", scores.namedBeside()));
        rows.add(List.of(
                "cases in which something forbidden is named",
                String.valueOf(scores.forbidden().size()),
                "",
                ""));
        rows.add(List.of(
                "confirmed but wrong", String.valueOf(scores.confirmedAndWrong().size()), "", ""));
        rows.add(row(
                "baseline (first unhealthy message)", evaluation.firstReader().top1()));
        rows.add(
                row("baseline, expected or acceptable", evaluation.firstReader().acceptable()));
        rows.add(List.of("median time per case", milliseconds(scores.medianTime()), "", ""));
        rows.add(List.of("longest time per case", milliseconds(scores.longestTime()), "", ""));
        return new ScoreTable(scores.marks().size() + " cases", List.of("", "", "of", "share"), rows, false);
    }

    private ScoreTable byConfidence() {
        Map<String, Count> right = scores.byConfidence(false);
        List<List<String>> rows = new ArrayList<>();
        scores.byConfidence(true).forEach((confidence, acceptable) -> {
            if (acceptable.of() > 0) {
                Count exactly = right.getOrDefault(confidence, acceptable);
                rows.add(List.of(
                        confidence,
                        String.valueOf(exactly.of()),
                        String.valueOf(exactly.right()),
                        percent(exactly.share()),
                        percent(acceptable.share())));
            }
        });
        return new ScoreTable(
                "Right by confidence",
                List.of("confidence", "answers", "right", "share", "or acceptable"),
                rows,
                false);
    }

    private ScoreTable byCause() {
        List<List<String>> rows = scores.byCause().entrySet().stream()
                .map(each -> row(each.getKey(), each.getValue()))
                .toList();
        return new ScoreTable("Right by cause", List.of("expected", "right", "of", "share"), rows, false);
    }

    private ScoreTable wrong() {
        List<List<String>> rows = scores.wrong().stream()
                .map(mark -> List.of(
                        mark.caseId(),
                        mark.expected().rootCause(),
                        mark.answer().rootCause() + " (" + mark.answer().confidence() + ")",
                        mark.acceptable() ? "acceptable" : "wrong"))
                .toList();
        return new ScoreTable("Not as expected", List.of("case", "expected", "said", ""), rows, true);
    }

    private ScoreTable forbidden() {
        List<List<String>> rows = new ArrayList<>();
        for (CaseMark mark : scores.marks()) {
            mark.forbidden()
                    .forEach(id -> rows.add(List.of(mark.caseId(), "named " + id + ", which the evidence rules out")));
            mark.missedBeside()
                    .forEach(id -> rows.add(List.of(mark.caseId(), "did not name " + id + " beside the root")));
        }
        return new ScoreTable("Forbidden, or missing beside the root", List.of("case", "what"), rows, true);
    }

    private ScoreTable targets() {
        List<List<String>> rows = scores.marks().stream()
                .filter(mark -> mark.targetNamed().filter(named -> !named).isPresent())
                .map(mark -> List.of(
                        mark.caseId(),
                        mark.expected().target().orElse(""),
                        mark.answer().target()))
                .toList();
        return new ScoreTable("Target not named", List.of("case", "expected", "said"), rows, true);
    }

    private ScoreTable ablation() {
        List<List<String>> rows = new ArrayList<>();
        evaluation
                .without()
                .forEach((source, ablation) -> rows.add(List.of(
                        source.id(),
                        String.valueOf(ablation.with().marks().size()),
                        percent(ablation.with().top1().share()),
                        percent(ablation.without().top1().share()),
                        percent(ablation.without().acceptable().share()),
                        String.valueOf(ablation.without().forbidden().size()),
                        String.valueOf(confirmedWrongly(source)))));
        return new ScoreTable(
                "With one source taken away, over the cases that have it",
                List.of("source", "cases", "top-1 with", "without", "or acceptable", "forbidden", "confirmed wrong"),
                rows,
                false);
    }

    /** A fault that must be named beside the root is not wrong, as in the tables below. */
    private long confirmedWrongly(Source source) {
        return withLess("confirmed").stream()
                .filter(answer -> answer.lost().equals(Set.of(source)))
                .filter(AblatedAnswer::claimsWrongly)
                .count();
    }

    private ScoreTable withLess() {
        List<List<String>> rows = new ArrayList<>();
        for (String confidence : EvaluationScores.CONFIDENCES) {
            List<AblatedAnswer> such = withLess(confidence);
            rows.add(List.of(
                    confidence,
                    String.valueOf(such.size()),
                    String.valueOf(
                            such.stream().filter(answer -> !answer.sound()).count()),
                    String.valueOf(
                            such.stream().filter(AblatedAnswer::namesForbidden).count())));
        }
        return new ScoreTable(
                "With one or two sources taken away, over all cases: "
                        + evaluation.withLess().size() + " answers",
                List.of("confidence", "answers", "wrong root cause", "forbidden named"),
                rows,
                false);
    }

    private ScoreTable wrongWithLess() {
        List<List<String>> rows = evaluation.withLess().stream()
                .filter(answer -> answer.namesForbidden() || answer.claimsWrongly())
                .map(answer -> List.of(
                        answer.mark().caseId(),
                        answer.lostInWords(),
                        answer.mark().answer().rootCause() + " ("
                                + answer.mark().answer().confidence() + ")",
                        answer.namesForbidden()
                                ? "named " + String.join(", ", answer.mark().forbidden())
                                        + ", which the evidence rules out"
                                : "expected " + answer.mark().expected().rootCause()))
                .toList();
        return new ScoreTable(
                "Wrong with less evidence, where it says confirmed or likely",
                List.of("case", "without", "said", ""),
                rows,
                true);
    }

    private ScoreTable reliability() {
        List<List<String>> rows = new ArrayList<>();
        for (String confidence : EvaluationScores.CONFIDENCES) {
            Count right = evaluation.reliability(confidence);
            rows.add(List.of(
                    confidence, String.valueOf(right.right()), String.valueOf(right.of()), precisely(right.share())));
        }
        return new ScoreTable(
                "How often each confidence is right, over whole and ablated cases",
                List.of("confidence", "right", "of", "share"),
                rows,
                false);
    }

    private List<AblatedAnswer> withLess(String confidence) {
        return evaluation.withLess().stream()
                .filter(answer -> answer.mark().answer().confidence().equals(confidence))
                .toList();
    }

    /** The evaluation as one JSON object. */
    public JsonObject json() {
        JsonObject json = json(scores);
        JsonObject all = new JsonObject();
        all.addProperty("schema", SCHEMA);
        all.addProperty("producer", ProductVersion.producer());
        json.entrySet().forEach(field -> all.add(field.getKey(), field.getValue()));
        all.add("firstMessageReader", json(evaluation.firstReader()));
        JsonObject without = new JsonObject();
        evaluation.without().forEach((source, ablation) -> without.add(source.id(), json(ablation)));
        all.add("without", without);
        JsonObject withLess = new JsonObject();
        for (String confidence : EvaluationScores.CONFIDENCES) {
            withLess.add(confidence, json(Count.of(withLess(confidence), AblatedAnswer::sound)));
        }
        all.add("withLess", withLess);
        JsonArray unjudged = new JsonArray();
        evaluation.unjudged().forEach(unjudged::add);
        all.add("unjudged", unjudged);
        JsonArray cases = new JsonArray();
        scores.marks().forEach(mark -> cases.add(json(mark)));
        all.add("answers", cases);
        return all;
    }

    private static JsonObject json(Ablation ablation) {
        JsonObject json = new JsonObject();
        json.add("with", json(ablation.with()));
        json.add("without", json(ablation.without()));
        return json;
    }

    private static JsonObject json(EvaluationScores scores) {
        JsonObject json = new JsonObject();
        json.addProperty("cases", scores.marks().size());
        json.add("top1", json(scores.top1()));
        json.add("acceptable", json(scores.acceptable()));
        json.addProperty("macroRecall", scores.macroRecall());
        json.add("targetNamed", json(scores.targetNamed()));
        json.add("secondFaultNamed", json(scores.namedBeside()));
        json.addProperty("forbidden", scores.forbidden().size());
        json.addProperty("confirmedAndWrong", scores.confirmedAndWrong().size());
        json.add("byConfidence", json(scores.byConfidence(false)));
        json.add("byCause", json(scores.byCause()));
        json.addProperty("medianMs", scores.medianTime().toNanos() / 1e6);
        json.addProperty("longestMs", scores.longestTime().toNanos() / 1e6);
        return json;
    }

    private static JsonObject json(Map<String, Count> counts) {
        JsonObject json = new JsonObject();
        counts.forEach((name, count) -> json.add(name, json(count)));
        return json;
    }

    private static JsonObject json(Count count) {
        JsonObject json = new JsonObject();
        json.addProperty("right", count.right());
        json.addProperty("of", count.of());
        json.addProperty("share", count.share());
        return json;
    }

    private static JsonObject json(CaseMark mark) {
        JsonObject json = new JsonObject();
        json.addProperty("case", mark.caseId());
        json.addProperty("expected", mark.expected().rootCause());
        json.addProperty("said", mark.answer().rootCause());
        json.addProperty("confidence", mark.answer().confidence());
        json.addProperty("right", mark.right());
        json.addProperty("acceptable", mark.acceptable());
        JsonArray forbidden = new JsonArray();
        mark.forbidden().forEach(forbidden::add);
        json.add("forbidden", forbidden);
        JsonArray missed = new JsonArray();
        mark.missedBeside().forEach(missed::add);
        json.add("missedBeside", missed);
        mark.targetNamed().ifPresent(named -> json.addProperty("targetNamed", named));
        json.addProperty("ms", mark.took().toNanos() / 1e6);
        return json;
    }

    private static List<String> row(String name, Count count) {
        String share = count.of() == 0 ? "" : percent(count.share());
        return List.of(name, String.valueOf(count.right()), String.valueOf(count.of()), share);
    }

    private static String percent(double share) {
        return (long) (100 * share + 1e-9) + "%"; // all but one is not all
    }

    private static String precisely(double share) {
        return String.format(Locale.ROOT, "%.1f%%", Math.floor(1000 * share + 1e-9) / 10);
    }

    private static String milliseconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
