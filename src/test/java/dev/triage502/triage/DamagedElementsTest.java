package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.RecordedCase;
import dev.triage502.collect.RecordedCase.Expected;
import dev.triage502.diagnosis.Confidence;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnosis.NamedCause;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.triage.variation.DamagedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What nobody expects in a document costs the element that holds it, never the document, and never makes the diagnosis
 * sure of what is wrong.
 */
class DamagedElementsTest {

    /** One place of so many is damaged in the usual run. */
    private static final int SAMPLE = 600;

    /** Of so many damages one may read as another truth, as a list that is null reads as an empty one. */
    private static final int RARE = 1000;

    @Test
    void aSampleOfDamagedElementsCostsNoDocumentAndNoTruth() {
        assertThat(of(SAMPLE).faults()).isEmpty();
    }

    @Test
    @Tag("thorough")
    void noDamagedElementCostsADocumentAndHardlyAnyTheTruth() {
        Tried tried = of(Integer.getInteger("triage502.sample", 1));
        assertThat(tried.faults()).noneMatch(fault -> fault.startsWith("lost") || fault.startsWith("threw"));
        assertThat(tried.faults()).hasSizeLessThan(tried.damages() / RARE);
    }

    private record Tried(int damages, List<String> faults) {}

    private static Tried of(int oneOf) {
        int damages = 0;
        List<String> faults = new ArrayList<>();
        for (RecordedCase incident : Cases.all()) {
            Evidence whole = EvidenceReader.read(incident.incident(), incident.documents());
            Diagnosis usual = diagnosis(incident, whole);
            for (DamagedElement damaged : DamagedElement.allIn(incident.documents())) {
                if (Math.floorMod((incident.id() + damaged).hashCode(), oneOf) == 0) {
                    damages++;
                    fault(incident, whole, usual, damaged)
                            .ifPresent(fault -> faults.add(fault + ": " + incident.id() + ", " + damaged));
                }
            }
        }
        return new Tried(damages, faults);
    }

    private static Optional<String> fault(
            RecordedCase incident, Evidence whole, Diagnosis usual, DamagedElement damaged) {
        try {
            Evidence evidence = EvidenceReader.read(incident.incident(), damaged.of(incident.documents()));
            for (Source source : Source.values()) {
                boolean before = whole.bySource().get(source.ordinal()).isPresent();
                boolean after = evidence.bySource().get(source.ordinal()).isPresent();
                if (before && !after && !(source == damaged.source() && isTheDocument(incident, damaged))) {
                    return Optional.of("lost " + source.id() + " "
                            + evidence.bySource().get(source.ordinal()).unread());
                }
            }
            return damaged.saysSomethingElse()
                    ? Optional.empty()
                    : untruth(incident, usual, diagnosis(incident, evidence))
                            .filter(fault -> !untruth(incident, usual, without(incident, damaged.source()))
                                    .equals(Optional.of(fault)));
        } catch (RuntimeException e) {
            return Optional.of("threw " + e + " at " + e.getStackTrace()[0]);
        }
    }

    /** An element costs no more than its document: what is told without that, which other tests hold, may be told. */
    private static Diagnosis without(RecordedCase incident, Source source) {
        return diagnosis(
                incident,
                EvidenceReader.read(incident.incident(), incident.documents().without(source)));
    }

    /** Whether the damage is to all that the document holds. */
    private static boolean isTheDocument(RecordedCase incident, DamagedElement damaged) {
        return damaged.path().size() == 1 || damaged.siblings(incident.documents()) == 1;
    }

    private static Optional<String> untruth(RecordedCase incident, Diagnosis usual, Diagnosis diagnosis) {
        Expected expected = incident.expected().orElseThrow();
        List<String> named = new ArrayList<>(List.of(diagnosis.root().id()));
        diagnosis.contributing().stream().map(NamedCause::id).forEach(named::add);
        for (String id : named) {
            if (expected.mustNotName().contains(id)) {
                return Optional.of("named " + id);
            }
        }
        NamedCause root = diagnosis.root();
        boolean right = root.id().equals(expected.rootCause())
                || expected.alsoAcceptable().contains(root.id())
                || root.id().equals(usual.root().id());
        return right || !root.confidence().equals(Optional.of(Confidence.CONFIRMED))
                ? Optional.empty()
                : Optional.of("confirmed " + root.id());
    }

    private static Diagnosis diagnosis(RecordedCase incident, Evidence evidence) {
        return new Diagnostician(Causes.IN_ORDER).diagnose(incident.incident(), evidence);
    }
}
