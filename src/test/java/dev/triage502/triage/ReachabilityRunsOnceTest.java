package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mockStatic;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.diagnosis.Diagnostician;
import dev.triage502.diagnosis.Situation;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.EvidenceReader;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.reachability.check.ReachabilityAnalysis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.mockito.MockedStatic;

/** Reachability is the dearest of the analyses, and many causes ask for it: one incident pays for it once. */
class ReachabilityRunsOnceTest {

    private static final RecordedCase CASE = CaseFolder.read(Path.of("src/main/resources/demo/blocked-by-nsg"));

    /** The evidence of each run. */
    private final List<Evidence> runs = new ArrayList<>();

    @Test
    void severalCausesAskAndItRunsOnce() {
        Evidence evidence = evidence(CASE.documents());
        Causes.IN_ORDER.forEach(cause -> counting(() -> cause.judge(new Situation(evidence))));
        assertThat(runs).as("one run for each cause that asks").hasSizeGreaterThan(3);
        runs.clear();

        Diagnosis diagnosis = counting(() -> diagnose(evidence));

        assertThat(diagnosis.root().isConclusion()).isFalse();
        assertThat(runs).containsExactly(evidence);
    }

    /** Where no cause is shown, a conclusion looks at all that was asked. */
    @Test
    void itRunsOnceWhereAConclusionTakesACausesPlace() {
        Evidence evidence = evidence(CASE.documents().without(Source.NETWORK).without(Source.BACKEND_HEALTH));

        Diagnosis diagnosis = counting(() -> diagnose(evidence));

        assertThat(diagnosis.root().isConclusion()).isTrue();
        assertThat(runs).containsExactly(evidence);
    }

    private <T> T counting(Supplier<T> asked) {
        try (MockedStatic<ReachabilityAnalysis> counted = mockStatic(ReachabilityAnalysis.class, call -> {
            if (call.getMethod().getName().equals("of")) {
                runs.add(call.getArgument(0));
            }
            return call.callRealMethod();
        })) {
            return asked.get();
        }
    }

    private static Diagnosis diagnose(Evidence evidence) {
        return new Diagnostician(Causes.IN_ORDER).diagnose(CASE.incident(), evidence);
    }

    private static Evidence evidence(SourceDocuments documents) {
        return EvidenceReader.read(CASE.incident(), documents);
    }
}
