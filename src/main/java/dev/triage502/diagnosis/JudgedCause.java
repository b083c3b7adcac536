package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.RequestOutcomes;
import dev.triage502.diagnosis.Verdict.Shown;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Target;
import dev.triage502.evidence.TargetIndex;
import java.util.List;

/**
 * A cause that is shown, and what it would account for.
 *
 * @param place     its place in the list of causes
 * @param suffering the targets that suffer by it
 * @param share     failing requests that went by them; meaningful only where some were counted
 */
record JudgedCause(Cause cause, int place, Shown shown, TargetIndex suffering, long share) {

    static JudgedCause of(Cause cause, int place, Shown shown, RequestOutcomes traffic) {
        List<Target> suffering = shown.findings().stream()
                .map(Finding::suffering)
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
        return new JudgedCause(cause, place, shown, new TargetIndex(suffering), traffic.failedBy(suffering));
    }

    /** Whether failing requests can be counted against it; what shuts out the platform is on no request's way. */
    boolean isOnTheWay() {
        return suffering.all().anyMatch(Target::isOnTheWay);
    }

    /** Whether it is a fault whether or not failures are seen. */
    boolean isFeltWithoutFailures() {
        return confidence() != Confidence.POSSIBLE && cause.isFeltWithoutFailures(shown.findings());
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
        Shown lessSure =
                new Shown(less, ConfidenceReason.RIVAL_UNCHECKED, shown.findings(), shown.against(), shown.decided());
        return new JudgedCause(cause, place, lessSure, suffering, share);
    }

    /** Whether everything that suffers by the other suffers by this as well. */
    boolean coversAllOf(JudgedCause other) {
        return other.suffering.all().allMatch(suffering::covers);
    }

    /** Whether the other is no fault of its own once this one is known. */
    boolean explains(JudgedCause other) {
        return this != other && cause.explains().contains(other.id()) && coversAllOf(other);
    }
}
