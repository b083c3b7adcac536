package dev.triage502.diagnosis.cause;

import dev.triage502.analysis.probe.ProbeRejections;
import dev.triage502.analysis.probe.ProbeRejections.Reason;
import dev.triage502.diagnosis.Sign;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.Verdict;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading.CouldNotRead;
import java.util.Optional;

/** Does a probe get an answer whose status it does not accept? The same signs for the default probe and for custom ones. */
final class RejectedStatus {

    private RejectedStatus() {}

    /** The direct probes, where they were not read and would tell whether another host or another port has the page that is missing. */
    static Optional<CouldNotRead<?>> unseenElsewhere(Situation situation) {
        Evidence evidence = situation.evidence();
        boolean open =
                evidence.probeResults().toOptional().stream().anyMatch(situation.rejections()::mayPageBeElsewhere);
        return evidence.directProbes()
                .unread()
                .<CouldNotRead<?>>map(each -> each)
                .filter(unread -> open);
    }

    /**
     * What the evidence shows of one kind of probe.
     *
     * @param by    that kind
     * @param other the other kind, which the same text of backend health may stand for
     */
    static Verdict of(Situation situation, Reason by, Reason other) {
        Evidence evidence = situation.evidence();
        ProbeRejections rejections = situation.rejections();
        return Verdict.of(
                Sign.conclusive(
                                evidence.probeResults(),
                                evidence.gateway(),
                                (health, gateway) -> rejections.settled(health, by))
                        .consulting(rejections.sources()),
                Sign.strong(
                        evidence.probeResults(),
                        evidence.gateway(),
                        (health, gateway) -> rejections.settledUnseen(health, by)),
                Sign.strong(
                        evidence.accessLog(),
                        evidence.gateway(),
                        (log, gateway) -> rejections.settledBeforeMarkedDown(log, by)),
                Sign.suggestive(
                        evidence.accessLog(),
                        evidence.gateway(),
                        (log, gateway) -> rejections.unsettledBeforeMarkedDown(log, by)),
                Sign.suggestive(
                        evidence.probeResults(),
                        evidence.gateway(),
                        (health, gateway) -> rejections.unsettled(health, by)),
                Sign.suggestive(
                        evidence.directProbes(),
                        evidence.gateway(),
                        (probes, gateway) -> rejections.repeated(probes, by)),
                Sign.contrary(
                        evidence.gateway(),
                        evidence.probeResults(),
                        (gateway, health) -> rejections.by(health, other).flatMap(rejections.others()::whichProbe)));
    }
}
