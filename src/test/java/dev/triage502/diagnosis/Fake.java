package dev.triage502.diagnosis;

import dev.triage502.evidence.Finding;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.Target;
import java.util.ArrayList;
import java.util.List;

/** A cause that is always shown. */
record Fake(
        String id,
        Confidence confidence,
        List<Target> targets,
        List<String> explains,
        List<String> bringsAbout,
        AtFault atFault,
        List<String> ruledOutByDirectEvidence,
        boolean decided)
        implements Cause {

    static Fake of(String id, Confidence confidence, Target... targets) {
        return new Fake(id, confidence, List.of(targets), List.of(), List.of(), AtFault.AS_FOUND, List.of(), true);
    }

    Fake explaining(String other) {
        return new Fake(
                id, confidence, targets, List.of(other), bringsAbout, atFault, ruledOutByDirectEvidence, decided);
    }

    Fake bringing(String other) {
        return new Fake(id, confidence, targets, explains, List.of(other), atFault, ruledOutByDirectEvidence, decided);
    }

    Fake at(AtFault fault) {
        return new Fake(id, confidence, targets, explains, bringsAbout, fault, ruledOutByDirectEvidence, decided);
    }

    Fake rulingOut(String other) {
        return new Fake(id, confidence, targets, explains, bringsAbout, atFault, List.of(other), decided);
    }

    /** The same, where what would decide could not be read. */
    Fake undecided() {
        return new Fake(id, confidence, targets, explains, bringsAbout, atFault, ruledOutByDirectEvidence, false);
    }

    @Override
    public Verdict judge(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        targets.forEach(each -> findings.add(Finding.of(Source.GATEWAY, each, id + " at " + each.name())));
        return new Verdict.Shown(confidence, ConfidenceReason.DIRECT, findings, List.of(), decided);
    }
}
