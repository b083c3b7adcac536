package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents of every bundled case, as they are, in another order, and damaged. */
class EvidenceReaderCasesTest {

    static List<RecordedCase> cases() {
        return Cases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void understandsEveryDocumentOfACase(RecordedCase recorded) {
        Evidence evidence = EvidenceReader.read(recorded.incident(), recorded.documents());
        assertThat(evidence.bySource())
                .flatMap(reading -> reading.unread().stream().toList())
                .extracting(Reading.CouldNotRead::why)
                .doesNotContain(Why.MALFORMED);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsTheSameFromListsInAnyOrder(RecordedCase recorded) {
        Evidence evidence = EvidenceReader.read(recorded.incident(), recorded.documents());
        for (long seed = 1; seed <= 2; seed++) {
            SourceDocuments shuffled = Shuffled.of(recorded.documents(), seed);
            assertThat(EvidenceReader.read(recorded.incident(), shuffled))
                    .as("shuffled with seed %s", seed)
                    .isEqualTo(evidence);
        }
    }

    /** Whatever stands in a document, it reads as facts or as a reason why not. */
    @ParameterizedTest
    @MethodSource("cases")
    void neverFailsOnADamagedDocument(RecordedCase recorded) {
        for (long seed = 1; seed <= 8; seed++) {
            Evidence evidence = EvidenceReader.read(
                    recorded.incident(),
                    Damaged.of(recorded.documents(), seed + recorded.id().hashCode()));
            assertThat(evidence.bySource()).hasSize(Source.values().length);
        }
    }
}
