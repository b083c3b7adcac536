package dev.triage502.evaluate;

import dev.triage502.collect.DefectLog;
import dev.triage502.collect.RecordedCase;
import dev.triage502.collect.RecordedCase.Expected;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The answers of all there is to compare.
 *
 * @param scores      ours
 * @param firstReader those of the reader who believes the first message
 * @param without     ours with one source taken away, over the cases that have it; empty unless asked for
 * @param unjudged    cases that do not say what is right
 */
public record Evaluation(
        EvaluationScores scores, EvaluationScores firstReader, Map<Source, Ablation> without, List<String> unjudged) {

    public Evaluation {
        unjudged = List.copyOf(unjudged);
    }

    /** The cases that have a source, answered with it and without it. */
    public record Ablation(EvaluationScores with, EvaluationScores without) {}

    /** Answers every case that says what is right. */
    public static Evaluation of(List<RecordedCase> cases, Triage triage, boolean ablate) {
        List<RecordedCase> judged =
                cases.stream().filter(each -> each.expected().isPresent()).toList();
        List<String> unjudged = cases.stream()
                .filter(each -> each.expected().isEmpty())
                .map(RecordedCase::id)
                .toList();
        answer(judged, triage, UnaryOperator.identity()); // once unmeasured: the times are those of a warm engine
        return new Evaluation(
                answer(judged, triage, UnaryOperator.identity()),
                firstReader(judged),
                ablate ? ablations(judged, triage) : Map.of(),
                unjudged);
    }

    private static Map<Source, Ablation> ablations(List<RecordedCase> judged, Triage triage) {
        Map<Source, Ablation> all = new EnumMap<>(Source.class);
        for (Source source : Source.values()) {
            List<RecordedCase> having = judged.stream()
                    .filter(each -> each.documents().get(source).isPresent())
                    .toList();
            if (!having.isEmpty()) {
                all.put(
                        source,
                        new Ablation(
                                answer(having, triage, UnaryOperator.identity()),
                                answer(having, triage, documents -> documents.without(source))));
            }
        }
        return all;
    }

    private static EvaluationScores answer(
            List<RecordedCase> cases, Triage triage, UnaryOperator<SourceDocuments> change) {
        List<CaseMark> marks = new ArrayList<>();
        for (RecordedCase each : cases) {
            SourceDocuments documents = change.apply(each.documents());
            long begun = System.nanoTime();
            DiagnosisDocument document = triage.report(
                            each.incident(),
                            documents,
                            RunInfo.replay(each.incident(), each.id()),
                            DefectLog.ofProgram(each.id()))
                    .document();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            marks.add(new CaseMark(each.id(), expected(each), CaseAnswer.of(document), took));
        }
        return new EvaluationScores(marks);
    }

    private static EvaluationScores firstReader(List<RecordedCase> cases) {
        return new EvaluationScores(cases.stream()
                .map(each -> new CaseMark(
                        each.id(),
                        expected(each),
                        FirstMessageReader.answer(EvidenceReader.read(each.incident(), each.documents())),
                        Duration.ZERO))
                .toList());
    }

    private static Expected expected(RecordedCase judged) {
        return judged.expected().orElseThrow();
    }
}
