package dev.triage502.diagnosis;

import dev.triage502.evidence.Evidence;
import dev.triage502.incident.Incident;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which of the causes is the root, which contribute, and what stands in their place when none is shown? */
public final class Diagnostician {

    private final List<Cause> inOrder;

    /** A diagnostician that knows these causes; their order is their rank among equals. */
    public Diagnostician(List<Cause> inOrder) {
        this.inOrder = List.copyOf(inOrder);
    }

    /** The diagnosis that the evidence supports. */
    public Diagnosis diagnose(Incident incident, Evidence evidence) {
        return new Diagnosis(
                incident,
                Map.of(),
                new Diagnosis.Named(
                        Conclusion.INSUFFICIENT_EVIDENCE.id(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
