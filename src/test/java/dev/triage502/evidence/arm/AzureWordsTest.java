package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.ResourceHealth.State;
import org.junit.jupiter.api.Test;

class AzureWordsTest {

    private final AzureWords<State> words =
            AzureWords.of(State.AVAILABLE, "Available", "Ok").and(State.DEGRADED, "Degraded");

    @Test
    void findsAWordInAnyCase() {
        assertThat(words.valueOf("AVAILABLE")).contains(State.AVAILABLE);
        assertThat(words.valueOf("ok")).contains(State.AVAILABLE);
        assertThat(words.valueOf("degraded")).contains(State.DEGRADED);
    }

    @Test
    void anotherWordHasNoValue() {
        assertThat(words.valueOf("Unavailable")).isEmpty();
        assertThat(words.valueOf("")).isEmpty();
    }
}
