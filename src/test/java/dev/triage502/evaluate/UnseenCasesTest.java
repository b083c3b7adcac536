package dev.triage502.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.triage.TriagedCase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cases whose expected answers were committed before the product first ran on them. {@code docs/accuracy.md} has the figures of
 * that first run; this holds what was reached since, and that nothing is named which a case rules out.
 */
class UnseenCasesTest {

    /**
     * @param wrong how many cases may have another root cause than expected, or lack a second fault; may only fall
     */
    @ParameterizedTest
    @CsvSource({"cases-kinds, 1, 0", "cases-fresh, 2, 0"})
    void areRightButForAFew(String set, int wrong, int missing) {
        EvaluationScores scores = new EvaluationScores(
                TriagedCase.inSets(set).map(UnseenCasesTest::mark).toList());

        assertThat(scores.wrong())
                .extracting(mark -> mark.caseId() + ": " + mark.answer().rootCause())
                .hasSizeLessThanOrEqualTo(wrong);
        assertThat(scores.forbidden())
                .extracting(mark -> mark.caseId() + ": " + mark.forbidden())
                .isEmpty();
        assertThat(scores.marks().stream().filter(mark -> !mark.missedBeside().isEmpty()))
                .extracting(mark -> mark.caseId() + ": " + mark.missedBeside())
                .hasSizeLessThanOrEqualTo(missing);
    }

    private static CaseMark mark(TriagedCase each) {
        return new CaseMark(
                each.id(), each.recorded().expected().orElseThrow(), CaseAnswer.of(each.document()), Duration.ZERO);
    }
}
