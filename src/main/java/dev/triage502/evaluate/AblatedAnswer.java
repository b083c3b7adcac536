package dev.triage502.evaluate;

import dev.triage502.evidence.Source;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a case was answered without some of what it has.
 *
 * <p>With less evidence an answer may be weaker and name a second fault first. It is wrong when it names a root cause that the
 * whole case neither expects, accepts, nor wants named beside the root. "Cannot tell" is never wrong.
 *
 * @param lost the sources taken away; none where the case is whole
 * @param mark the answer, with what is right for the whole case
 */
record AblatedAnswer(Set<Source> lost, CaseMark mark) {

    AblatedAnswer {
        lost = lost.isEmpty() ? EnumSet.noneOf(Source.class) : EnumSet.copyOf(lost); // in the order of the sources
    }

    /** Whether the root cause is one that the evidence can bear, or none is named for lack of evidence. */
    boolean sound() {
        return cannotTell()
                || mark.acceptable()
                || mark.expected().mustAlsoName().contains(mark.answer().rootCause());
    }

    /** Whether a wrong root cause is said to be confirmed or likely: the mistakes that cost an hour. */
    boolean claimsWrongly() {
        return !sound() && List.of("confirmed", "likely").contains(mark.answer().confidence());
    }

    /** Whether a cause is named that the whole case rules out; what is said in place of a cause does not count. */
    boolean namesForbidden() {
        return mark.forbidden().stream().anyMatch(id -> !id.equals(CaseAnswer.CANNOT_TELL));
    }

    /** The sources taken away, in words: {@code network and accessLog}. */
    String lostInWords() {
        return lost.stream().map(Source::id).collect(Collectors.joining(" and "));
    }

    private boolean cannotTell() {
        return mark.answer().rootCause().equals(CaseAnswer.CANNOT_TELL);
    }
}
