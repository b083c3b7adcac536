package dev.triage502.evaluate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** How the cases of a set were answered, taken together. */
public record EvaluationScores(List<CaseMark> marks) {

    /** What an answer may claim, the surest first. */
    static final List<String> CONFIDENCES = List.of("confirmed", "likely", "possible", CaseAnswer.CONCLUSION);

    /** So many of so many. */
    public record Count(int right, int of) {

        /** From 0 to 1; 1 where nothing was asked. */
        public double share() {
            return of == 0 ? 1 : (double) right / of;
        }

        /** How many of these are right. */
        static <T> Count of(List<T> all, Predicate<T> right) {
            return new Count((int) all.stream().filter(right).count(), all.size());
        }

        private Count plus(boolean more) {
            return new Count(right + (more ? 1 : 0), of + 1);
        }
    }

    public EvaluationScores {
        marks = List.copyOf(marks);
    }

    Count top1() {
        return Count.of(marks, CaseMark::right);
    }

    Count acceptable() {
        return Count.of(marks, CaseMark::acceptable);
    }

    /** Each expected cause: how many of its cases were right. */
    Map<String, Count> byCause() {
        Map<String, Count> counts = new TreeMap<>();
        marks.forEach(mark -> counts.merge(
                mark.expected().rootCause(), new Count(0, 0).plus(mark.right()), (a, b) -> a.plus(mark.right())));
        return counts;
    }

    /** The mean over the causes of the share that was right: a rare cause counts as much as a frequent one. */
    double macroRecall() {
        return byCause().values().stream().mapToDouble(Count::share).average().orElse(1);
    }

    /** How many answers of each confidence were right, or with {@code acceptable} at least acceptable. */
    Map<String, Count> byConfidence(boolean acceptable) {
        Map<String, Count> counts = new LinkedHashMap<>();
        for (String confidence : CONFIDENCES) {
            List<CaseMark> such = marks.stream()
                    .filter(mark -> mark.answer().confidence().equals(confidence))
                    .toList();
            counts.put(confidence, Count.of(such, acceptable ? CaseMark::acceptable : CaseMark::right));
        }
        return counts;
    }

    Count targetNamed() {
        List<CaseMark> asked =
                marks.stream().filter(mark -> mark.targetNamed().isPresent()).toList();
        return Count.of(asked, mark -> mark.targetNamed().orElse(false));
    }

    Count namedBeside() {
        List<CaseMark> asked = marks.stream()
                .filter(mark -> !mark.expected().mustAlsoName().isEmpty())
                .toList();
        return Count.of(asked, mark -> mark.missedBeside().isEmpty());
    }

    List<CaseMark> wrong() {
        return marks.stream().filter(mark -> !mark.right()).toList();
    }

    List<CaseMark> forbidden() {
        return marks.stream().filter(mark -> !mark.forbidden().isEmpty()).toList();
    }

    /** Answers that claim to be sure and are not even acceptable. */
    List<CaseMark> confirmedAndWrong() {
        return marks.stream()
                .filter(mark -> mark.answer().confidence().equals("confirmed") && !mark.acceptable())
                .toList();
    }

    Duration medianTime() {
        return timeAt(marks.size() / 2);
    }

    Duration longestTime() {
        return timeAt(marks.size() - 1);
    }

    private Duration timeAt(int place) {
        List<Duration> times =
                new ArrayList<>(marks.stream().map(CaseMark::took).sorted().toList());
        return times.isEmpty() ? Duration.ZERO : times.get(place);
    }
}
