package dev.triage502.evidence.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.evidence.BackendHealth.State;
import dev.triage502.evidence.ProbeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeLogTextTest {

    record Message(ProbeFailure failure, OptionalInt received, String text) {
        @Override
        public String toString() {
            return failure + ": " + text.substring(0, Math.min(90, text.length()));
        }
    }

    static List<Message> messages() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/probe-messages.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\|", 3))
                .map(parts -> new Message(
                        ProbeFailure.valueOf(parts[0].strip()),
                        parts[1].isBlank() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts[1].strip())),
                        parts[2].strip()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void saysWhatTheProbeMet(Message message) {
        assertThat(ProbeLogText.failure(State.UNHEALTHY, "", message.text())).isEqualTo(message.failure());
        assertThat(ProbeLogText.received(message.text())).isEqualTo(message.received());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void readsThroughCaseLineBreaksAndTypography(Message message) {
        String set =
                message.text().toUpperCase(Locale.ROOT).replace(" ", "\r\n  ").replace('\'', '\u2019');
        assertThat(ProbeLogText.failure(State.UNHEALTHY, "", set)).isEqualTo(message.failure());
    }

    @Test
    void knowsAMessageForEveryFailureThatWordsCanTell() throws IOException {
        EnumSet<ProbeFailure> met = EnumSet.noneOf(ProbeFailure.class);
        messages().forEach(message -> met.add(message.failure()));
        assertThat(EnumSet.complementOf(met)).containsExactly(ProbeFailure.OTHER);
    }

    @Test
    void lettingTheMachinesWordSpeakBeforeTheText() {
        assertThat(ProbeLogText.failure(State.UNHEALTHY, "HttpStatusCodeMismatchWithStatusCode", "in other words"))
                .isEqualTo(ProbeFailure.STATUS_MISMATCH);
        assertThat(ProbeLogText.failure(State.HEALTHY, "SuccessWithStatusCode", "in other words"))
                .isEqualTo(ProbeFailure.NONE);
    }

    @Test
    void readsTheTextWhereTheMachinesWordIsNotKnown() {
        assertThat(ProbeLogText.failure(State.UNHEALTHY, "SomethingNew", "Connection refused"))
                .isEqualTo(ProbeFailure.CANNOT_CONNECT);
    }

    /** The flag waits for several failures, so the text beside it can already tell of one. */
    @Test
    void tellsOfAFailureBesideAFlagThatIsStillHealthy() {
        assertThat(ProbeLogText.failure(State.HEALTHY, "", "Probe timeout. Increase timeout value and try again."))
                .isEqualTo(ProbeFailure.TIMED_OUT);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void letsTheFlagAloneSpeakWhereTheWordsAreNotKnown(State state) {
        ProbeFailure expected = state == State.UNHEALTHY
                ? ProbeFailure.OTHER
                : state == State.UNKNOWN ? ProbeFailure.NOT_RETRIEVED : ProbeFailure.NONE;
        Arrays.asList("", "words that nobody has seen yet")
                .forEach(text ->
                        assertThat(ProbeLogText.failure(state, "", text)).isEqualTo(expected));
    }
}
