package dev.triage502.diagnosis;

import dev.triage502.analysis.traffic.RequestEnding;
import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A cause that is always shown. */
record Fake(
        String id,
        Confidence confidence,
        List<Target> targets,
        List<String> explains,
        List<String> bringsAbout,
        AtFault atFault,
        List<String> ruledOutByDirectEvidence,
        boolean decided,
        Set<RequestEnding> endings)
        implements Cause {

    static Fake of(String id, Confidence confidence, Target... targets) {
        return new Fake(
                id,
                confidence,
                List.of(targets),
                List.of(),
                List.of(),
                AtFault.AS_FOUND,
                List.of(),
                true,
                EnumSet.allOf(RequestEnding.class));
    }

    Fake explaining(String other) {
        return new Fake(
                id,
                confidence,
                targets,
                List.of(other),
                bringsAbout,
                atFault,
                ruledOutByDirectEvidence,
                decided,
                endings);
    }

    Fake bringing(String other) {
        return new Fake(
                id, confidence, targets, explains, List.of(other), atFault, ruledOutByDirectEvidence, decided, endings);
    }

    Fake at(AtFault fault) {
        return new Fake(
                id, confidence, targets, explains, bringsAbout, fault, ruledOutByDirectEvidence, decided, endings);
    }

    Fake rulingOut(String other) {
        return new Fake(id, confidence, targets, explains, bringsAbout, atFault, List.of(other), decided, endings);
    }

    /** The same, which makes requests end in these ways only. */
    Fake ending(RequestEnding... ways) {
        return new Fake(
                id,
                confidence,
                targets,
                explains,
                bringsAbout,
                atFault,
                ruledOutByDirectEvidence,
                decided,
                Set.of(ways));
    }

    /** The same, where what would decide could not be read. */
    Fake undecided() {
        return new Fake(
                id, confidence, targets, explains, bringsAbout, atFault, ruledOutByDirectEvidence, false, endings);
    }

    @Override
    public Verdict judge(Situation situation) {
        List<Finding> findings = targets.stream()
                .map(each -> Finding.of(Source.GATEWAY, each, id + " at " + each.name()))
                .toList();
        return new Verdict.Shown(
                confidence, ConfidenceReason.DIRECT, findings, List.of(), decided, List.of(look(findings)));
    }

    /** The look by which a verdict is as sure as this one. */
    private Sign look(List<Finding> findings) {
        Sign.Weight weight = confidence == Confidence.CONFIRMED
                ? Sign.Weight.CONCLUSIVE
                : confidence == Confidence.LIKELY ? Sign.Weight.STRONG : Sign.Weight.SUGGESTIVE;
        return new Sign(weight, findings, List.of(), List.of());
    }
}
