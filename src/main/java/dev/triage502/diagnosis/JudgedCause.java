package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.diagnosis.Verdict.Shown;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.TargetIndex;
import java.util.List;
import java.util.Optional;

/**
 * A cause that is shown, and what it would account for.
 *
 * @param place     its place in the list of causes
 * @param suffering the targets that suffer by it
 * @param share     failing requests that went by them and ended as this cause makes them end; meaningful only where some were counted
 */
record JudgedCause(Cause cause, int place, Shown shown, TargetIndex suffering, long share) {

    static JudgedCause of(Cause cause, int place, Shown shown, RequestOutcomes traffic) {
        List<Target> suffering = suffering(shown);
        return new JudgedCause(
                cause,
                place,
                shown,
                new TargetIndex(suffering),
                traffic.failedBy(suffering, cause.endings(), List.of()));
    }

    private static List<Target> suffering(Shown shown) {
        return shown.findings().stream()
                .map(Finding::suffering)
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether failing requests can be counted against it; what shuts out the platform is on no request's way. */
    boolean isOnTheWay() {
        return suffering.all().anyMatch(Target::isOnTheWay);
    }

    /** Whether it is a fault whether or not failures are seen. */
    boolean isFeltWithoutFailures() {
        return confidence() != Confidence.POSSIBLE && wouldGoUncounted();
    }

    /** Whether clients would feel it although no source counts a failure. */
    boolean wouldGoUncounted() {
        return cause.isFeltWithoutFailures(shown.findings());
    }

    String id() {
        return cause.id();
    }

    Confidence confidence() {
        return shown.confidence();
    }

    /** The same, one step less sure, since another cause that would explain it could not be checked. */
    JudgedCause withRivalUnchecked() {
        if (confidence() == Confidence.POSSIBLE) {
            return this;
        }
        Confidence less = confidence() == Confidence.CONFIRMED ? Confidence.LIKELY : Confidence.POSSIBLE;
        return new JudgedCause(cause, place, shown.lessSure(less, ConfidenceReason.RIVAL_UNCHECKED), suffering, share);
    }

    /** Whether everything that suffers by the other suffers by this as well. */
    boolean coversAllOf(JudgedCause other) {
        return other.suffering.all().allMatch(suffering::covers);
    }

    /** Whether the other is no fault of its own where this one is: on some of its servers, or for requests to some. */
    boolean explains(JudgedCause other) {
        return this != other
                && cause.explains().contains(other.id())
                && (confidence() != Confidence.POSSIBLE || other.confidence() == Confidence.POSSIBLE)
                && (other.suffering.all().anyMatch(suffering::covers)
                        || suffering.all().anyMatch(other.suffering::covers));
    }

    /**
     * What is left of it once others are known: it without the servers that suffer by them, and without the failing requests
     * that went to these. Empty where nothing is left.
     */
    Optional<JudgedCause> butFor(List<JudgedCause> others, RequestOutcomes traffic) {
        List<Target> explained =
                others.stream().flatMap(each -> each.suffering.all()).distinct().toList();
        return shown.butFor(new TargetIndex(explained)).flatMap(rest -> {
            List<Target> left = suffering(rest);
            long failed = traffic.failedBy(left, cause.endings(), explained);
            return share > 0 && failed == 0
                    ? Optional.empty()
                    : Optional.of(new JudgedCause(cause, place, rest, new TargetIndex(left), failed));
        });
    }
}
