package dev.triage502.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTest {

    private final Wording words = Wording.of("Connection Timed Out");

    @Test
    void findsOneOfSeveralFragmentsInAnyCase() {
        assertThat(words.has("reset", "timed out")).isTrue();
        assertThat(words.has("reset", "refused")).isFalse();
    }

    @Test
    void looksAtTheirBeginningAndTheirEnd() {
        assertThat(words.startWith("connection")).isTrue();
        assertThat(words.startWith("timed")).isFalse();
        assertThat(words.endIn("out")).isTrue();
        assertThat(words.endIn("timed")).isFalse();
    }
}
