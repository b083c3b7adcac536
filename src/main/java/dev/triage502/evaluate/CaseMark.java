package dev.triage502.evaluate;

import dev.triage502.collect.RecordedCase.Expected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one case was answered.
 *
 * @param caseId   the case
 * @param expected what is right
 * @param answer   what was said
 * @param took     how long the diagnosis took
 */
record CaseMark(String caseId, Expected expected, CaseAnswer answer, Duration took) {

    /** Whether the root cause is the expected one. */
    boolean right() {
        return answer.rootCause().equals(expected.rootCause());
    }

    /** Whether it is the expected one or one that a careful engineer could also have named. */
    boolean acceptable() {
        return right() || expected.alsoAcceptable().contains(answer.rootCause());
    }

    /** What was named, as root or beside it, although the evidence rules it out. */
    List<String> forbidden() {
        return answer.named().stream().filter(expected.mustNotName()::contains).toList();
    }

    /** The second faults that had to stand among the contributing ones and do not. */
    List<String> missedBeside() {
        List<String> missed = new ArrayList<>(expected.mustAlsoName());
        missed.removeAll(answer.contributing());
        return missed;
    }

    /** Whether the target was named, where the evidence names it. */
    Optional<Boolean> targetNamed() {
        return expected.target().map(answer::names);
    }
}
