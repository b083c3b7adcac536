package dev.triage502.remedy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.remedy.proof.RemedyFinding.Kind;
import dev.triage502.remedy.proof.StepProof.Applied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The printed remedies of every case, applied to its own documents. The tables are in {@code target/remedies.md}. */
@TestInstance(Lifecycle.PER_CLASS)
class RemedyProofTest {

    private RemedyTable table = new RemedyTable(List.of(), List.of());

    @BeforeAll
    void prove() throws IOException {
        List<StepProof> changes = new ArrayList<>();
        List<RemedyFinding> findings = new ArrayList<>();
        for (RecordedCase incident : Cases.all()) {
            RemedyProof proof = RemedyProof.of(incident);
            changes.addAll(proof.changes());
            findings.addAll(proof.findings());
        }
        table = new RemedyTable(changes, findings);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/remedies.md"), table.markdown());
    }

    /** How many findings of each kind there were when the model was written. A number may only fall; none is the aim. */
    @ParameterizedTest(name = "at most {1} {0}")
    @CsvSource({"STILL_SHOWN, 0"})
    void noMoreThanKnown(Kind kind, int known) {
        assertThat(table.findings().stream().filter(each -> each.kind() == kind))
                .as(kind.meaning())
                .hasSizeLessThanOrEqualTo(known);
    }

    @Test
    void mostChangesAreApplied() {
        assertThat(table.count(Applied.APPLIED)).isGreaterThan(0);
    }
}
