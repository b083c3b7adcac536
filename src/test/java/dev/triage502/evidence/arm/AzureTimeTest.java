package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T08:30:00Z,2026-03-02T08:30:00Z",
        "2026-03-02T08:30:00.1Z,2026-03-02T08:30:00.100Z",
        "2026-03-02T08:30:00.1234567Z,2026-03-02T08:30:00.123456700Z",
        "2026-03-02T08:30:00.123456789Z,2026-03-02T08:30:00.123456789Z",
        "2026-03-02T08:30:00+00:00,2026-03-02T08:30:00Z",
        "2026-03-02T10:30:00.5+02:00,2026-03-02T08:30:00.500Z",
        "2026-03-02T08:30:00,2026-03-02T08:30:00Z",
        "2026-03-02T08:30Z,2026-03-02T08:30:00Z",
        "2026-03-02 08:30:00Z,2026-03-02T08:30:00Z",
        "2024-02-29T23:59:59Z,2024-02-29T23:59:59Z"
    })
    void readsAMomentInEveryFormThatAzureUses(String text, Instant moment) {
        assertThat(AzureTime.in(text)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "2026-13-02T08:30:00Z",
                "2025-02-29T08:30:00Z",
                "2026-03-02T24:30:00Z",
                "2026-03-02T08:30:00.1234567890Z",
                "2026-03-02"
            })
    void takesNothingElseForAMoment(String text) {
        assertThat(AzureTime.in(text)).isEmpty();
    }
}
