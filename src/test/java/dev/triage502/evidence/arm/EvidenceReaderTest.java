package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Evidence;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceReaderTest {

    static List<RecordedCase> cases() {
        return Cases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void understandsEveryDocumentOfACase(RecordedCase recorded) {
        Evidence evidence = EvidenceReader.read(recorded.incident(), recorded.documents());
        assertThat(evidence.bySource())
                .allSatisfy(reading -> assertThat(reading.unread().map(Reading.CouldNotRead::why))
                        .isNotEqualTo(Optional.of(Why.MALFORMED)));
    }

    @Test
    void saysOfEverySourceThatNobodyAskedThatItWasNotCollected() {
        RecordedCase any = Cases.all().get(0);
        Evidence evidence = EvidenceReader.read(any.incident(), Documents.none());
        assertThat(evidence.bySource())
                .allSatisfy(reading -> assertThat(reading.unread().map(Reading.CouldNotRead::why))
                        .isEqualTo(Optional.of(Why.NOT_COLLECTED)));
    }
}
