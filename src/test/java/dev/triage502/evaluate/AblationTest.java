package dev.triage502.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.triage.Triage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How wrong may an answer be when one or two sources could not be read? The aims: of all such answers at most 0.2 % are
 * wrong and said to be confirmed, at most 1 % wrong and said to be likely, none names what the whole case rules out; and of
 * all answers, whole ones too, 99.5 % of the confirmed and 90 % of the likely are right.
 */
class AblationTest {

    private static final int SHORT_FORM = 10;

    /** Of the sets whose cases were written to mislead, a smaller sample is enough in the short form. */
    private static final int SHORT_FORM_OF_OTHERS = 24;

    /** The share of their answers that may name as possible what the missing source would have ruled out. */
    private static final double NAMED_THOUGH_RULED_OUT = 0.014;

    @Test
    void aSampleKeepsTheAims() {
        // A case in ten has too few likely answers for a share of them to say anything.
        holdsTheAims(everyNth(judged(), SHORT_FORM), false);
    }

    @Test
    @Tag("thorough")
    void allCasesKeepTheAims() {
        holdsTheAims(judged(), true);
    }

    @Test
    void aSampleOfTheOtherSetsIsSureOnlyWhereItMayBe() {
        isSureOnlyWhereItMayBe(everyNth(others(), SHORT_FORM_OF_OTHERS));
    }

    @Test
    @Tag("thorough")
    void theOtherSetsAreSureOnlyWhereTheyMayBe() {
        List<AblatedAnswer> answers = isSureOnlyWhereItMayBe(others());

        assertThat(told(answers, wrongly("likely"))).hasSizeLessThanOrEqualTo((int) (0.01 * answers.size()));
        assertThat(told(answers, AblatedAnswer::namesForbidden))
                .hasSizeLessThanOrEqualTo((int) (NAMED_THOUGH_RULED_OUT * answers.size()));
    }

    private static List<AblatedAnswer> isSureOnlyWhereItMayBe(List<RecordedCase> cases) {
        List<AblatedAnswer> answers = Evaluation.of(cases, new Triage(), true).withLess();

        assertThat(answers).hasSizeGreaterThan(cases.size() * 3);
        assertThat(told(answers, wrongly("confirmed"))).hasSizeLessThanOrEqualTo((int) (0.002 * answers.size()));
        return answers;
    }

    private static List<RecordedCase> others() {
        return Stream.of("cases-fresh", "cases-kinds")
                .flatMap(set -> Cases.of(set).stream())
                .toList();
    }

    private static List<RecordedCase> everyNth(List<RecordedCase> cases, int n) {
        return IntStream.range(0, cases.size())
                .filter(i -> i % n == 0)
                .mapToObj(cases::get)
                .toList();
    }

    private static void holdsTheAims(List<RecordedCase> cases, boolean shares) {
        Evaluation evaluation = Evaluation.of(cases, new Triage(), true);
        List<AblatedAnswer> answers = evaluation.withLess();

        assertThat(answers).hasSizeGreaterThan(cases.size() * 3);
        assertThat(told(answers, AblatedAnswer::namesForbidden)).isEmpty();
        List<String> confirmed = told(answers, wrongly("confirmed"));
        assertThat(confirmed).hasSizeLessThanOrEqualTo((int) (0.002 * answers.size()));
        List<String> likely = told(answers, wrongly("likely"));
        assertThat(likely).hasSizeLessThanOrEqualTo((int) (0.01 * answers.size()));
        if (shares) {
            assertThat(evaluation.reliability("confirmed").share())
                    .as("%s", confirmed)
                    .isGreaterThanOrEqualTo(0.995);
            assertThat(evaluation.reliability("likely").share())
                    .as("%s", likely)
                    .isGreaterThanOrEqualTo(0.9);
        }
    }

    @Test
    void countsASecondFaultAsSoundAndNeverFaultsCannotTell() {
        assertThat(answer("probe-timeout", "likely").sound()).isTrue();
        assertThat(answer("backend-pool-empty", "likely").sound()).isTrue();
        assertThat(answer("insufficient-evidence", "conclusion").sound()).isTrue();
        assertThat(answer("no-fault-found", "conclusion").sound()).isFalse();
        assertThat(answer("request-timeout", "possible").claimsWrongly()).isFalse();
        assertThat(answer("request-timeout", "likely").claimsWrongly()).isTrue();
        assertThat(answer("backends-stopped", "possible").namesForbidden()).isTrue();
        assertThat(answer("request-timeout", "likely").lostInWords()).isEqualTo("metrics and network");
    }

    private static AblatedAnswer answer(String id, String confidence) {
        RecordedCase.Expected expected = new RecordedCase.Expected(
                "probe-timeout",
                List.of(),
                List.of("backends-stopped", "insufficient-evidence"),
                List.of("backend-pool-empty"),
                Optional.empty());
        CaseAnswer said = new CaseAnswer(id, confidence, Set.of(id), Set.of(), Set.of(), "none");
        return new AblatedAnswer(
                Set.of(Source.NETWORK, Source.METRICS), new CaseMark("a", expected, said, Duration.ZERO));
    }

    private static List<RecordedCase> judged() {
        return new ArrayList<>(Cases.all());
    }

    private static Predicate<AblatedAnswer> wrongly(String confidence) {
        return answer ->
                answer.claimsWrongly() && answer.mark().answer().confidence().equals(confidence);
    }

    private static List<String> told(List<AblatedAnswer> answers, Predicate<AblatedAnswer> which) {
        return answers.stream()
                .filter(which)
                .map(answer -> answer.mark().caseId() + " without " + answer.lostInWords() + ": "
                        + answer.mark().answer().named())
                .toList();
    }
}
