package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPhrasesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        failing since 2026-03-02T09:10:00Z | failing since 09:10 UTC
        failing since 2026-03-02T09:10:20Z | failing since 09:10:20 UTC
        failing since 2026-03-02T09:10:20.514Z; more | failing since 09:10:20 UTC; more
        failing since 2026-03-01T09:10:20Z | failing since 1 Mar 09:10 UTC
        failing since 2025-03-02T09:10:00Z | failing since 2 Mar 2025 09:10 UTC
        it says "expired at 2026-03-02T09:10:00Z" | it says "expired at 2026-03-02T09:10:00Z"
        """)
    void writesMomentsAsAPersonReadsThemButLeavesQuotesAlone(String text, String expected) {
        assertThat(ReportPhrases.moments(text, "2026-03-02T10:00:00Z")).isEqualTo(expected);
    }
}
