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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The answers of all there is to compare.
 *
 * @param scores      ours
 * @param firstReader those of the reader who believes the first message
 * @param without     ours with one source taken away, over the cases that have it; empty unless asked for
 * @param withLess    ours with one source, and with two, taken away from every case; empty unless asked for
 * @param unjudged    cases that do not say what is right
 */
public record Evaluation(
        EvaluationScores scores,
        EvaluationScores firstReader,
        Map<Source, Ablation> without,
        List<AblatedAnswer> withLess,
        List<String> unjudged) {

    public Evaluation {
        withLess = List.copyOf(withLess);
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
                ablate ? withLess(judged, triage) : List.of(),
                unjudged);
    }

    /** How many answers of one confidence were sound, over the whole cases and those with less evidence. */
    EvaluationScores.Count reliability(String confidence) {
        List<AblatedAnswer> all = new ArrayList<>(withLess);
        scores.marks().forEach(mark -> all.add(new AblatedAnswer(Set.of(), mark)));
        return EvaluationScores.Count.of(
                all.stream()
                        .filter(answer -> answer.mark().answer().confidence().equals(confidence))
                        .toList(),
                AblatedAnswer::sound);
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

    /** Answers every case once for each source that it has, and once for each pair of them, without these. */
    static List<AblatedAnswer> withLess(List<RecordedCase> judged, Triage triage) {
        List<AblatedAnswer> answers = new ArrayList<>();
        for (RecordedCase each : judged) {
            List<Source> had = Stream.of(Source.values())
                    .filter(source -> each.documents().get(source).isPresent())
                    .toList();
            for (int first = 0; first < had.size(); first++) {
                for (int second = first; second < had.size(); second++) {
                    Set<Source> lost = EnumSet.of(had.get(first), had.get(second)); // the same twice: one source
                    SourceDocuments documents = each.documents();
                    for (Source source : lost) {
                        documents = documents.without(source);
                    }
                    answers.add(new AblatedAnswer(lost, answer(each, documents, triage)));
                }
            }
        }
        return answers;
    }

    private static EvaluationScores answer(
            List<RecordedCase> cases, Triage triage, UnaryOperator<SourceDocuments> change) {
        return new EvaluationScores(cases.stream()
                .map(each -> answer(each, change.apply(each.documents()), triage))
                .toList());
    }

    private static CaseMark answer(RecordedCase recorded, SourceDocuments documents, Triage triage) {
        long begun = System.nanoTime();
        DiagnosisDocument document = triage.report(
                        recorded.incident(),
                        documents,
                        RunInfo.replay(recorded.incident(), recorded.id()),
                        DefectLog.ofProgram(recorded.id()))
                .document();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        return new CaseMark(recorded.id(), expected(recorded), CaseAnswer.of(document), took);
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
