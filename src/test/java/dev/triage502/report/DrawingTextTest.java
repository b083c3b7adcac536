package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The path and the timeline as a terminal shows them. */
class DrawingTextTest {

    private static final TextStyle PLAIN = TextStyle.plain();

    private static final String PATH = """
        {"schema": "triage502/diagnosis/v1", "path": {"hops": [
          {"kind": "Client", "name": "toll.example", "state": "passes"},
          {"kind": "Listener", "name": "lis-toll", "detail": "HTTPS 443", "state": "passes"},
          {"kind": "Backend pool", "name": "pool-toll", "state": "passes"},
          {"kind": "NSG, outbound", "name": "nsg-waf", "detail": "out-rest (300) denies TCP 8443", "state": "broken", "word": "blocks"},
          {"kind": "Route", "name": "to-hub", "state": "not-reached"},
          {"kind": "Servers", "name": "10.0.4.4, 10.0.4.5", "detail": "0 of 2 healthy", "state": "not-reached"}]}}
        """;

    private static DiagnosisDocument document(String json) {
        return DiagnosisDocument.read(JsonParser.parseString(json).getAsJsonObject());
    }

    /** Ten minutes, of which the second half fails; a change before it. */
    private static DiagnosisDocument timeline() {
        JsonObject json = JsonParser.parseString("""
            {"schema": "triage502/diagnosis/v1", "window": {"from": "2026-03-02T09:00:00Z", "to": "2026-03-02T09:10:00Z"},
             "impact": {"since": "2026-03-02T09:05:10Z"},
             "changes": [{"at": "2026-03-02T09:04:00Z", "text": "sec@example.com updated NSG rule out-rest"}]}
            """).getAsJsonObject();
        String minutes = IntStream.range(0, 10)
                .mapToObj(i -> "{\"at\": \"2026-03-02T09:0" + i + ":00Z\", \"requests\": 40, \"failedByGateway\": "
                        + (i < 5 ? 0 : i * 4) + ", \"failedByBackend\": 0}")
                .collect(Collectors.joining(",", "[", "]"));
        JsonObject timeline = new JsonObject();
        timeline.add("minutes", JsonParser.parseString(minutes));
        json.add("timeline", timeline);
        return DiagnosisDocument.read(json);
    }

    @Test
    void theBrokenHopIsMarkedAndWhatItDoesStandsUnderIt() {
        assertThat(new PathText(PLAIN).of(document(PATH)))
                .containsExactly(
                        "Path  toll.example",
                        "  ○ lis-toll ─ ○ pool-toll ─ ✖ nsg-waf ┄ ◌ to-hub ┄ ◌ 0 of 2 healthy",
                        "                               blocks: out-rest (300) denies TCP 8443");
    }

    @Test
    void whereThereIsNoRoomForALineEachHopHasOne() {
        assertThat(new PathText(new TextStyle(80, false, true)).of(document(PATH)))
                .containsExactly(
                        "Path  toll.example",
                        "  ○ Listener       lis-toll, HTTPS 443",
                        "  ○ Backend pool   pool-toll",
                        "  ✖ NSG, outbound  nsg-waf, blocks: out-rest (300) denies TCP 8443",
                        "  ◌ Route          to-hub",
                        "  ◌ Servers        0 of 2 healthy, 10.0.4.4, 10.0.4.5");
    }

    @Test
    void withoutUnicodeTheShapesHaveAPlainForm() {
        TextStyle ascii = new TextStyle(100, false, false);

        assertThat(new PathText(ascii).of(document(PATH)))
                .extracting(ascii::shown)
                .contains("  o lis-toll - o pool-toll - X nsg-waf . o to-hub . o 0 of 2 healthy");
        assertThat(new TimelineText(ascii).of(timeline()))
                .containsExactly(
                        "Timeline  failed requests per minute, highest 36", "  09:00  0 0 0 0 0 20 24 28 32 36  09:09");
    }

    @Test
    void theTimelineHasALetterForWhatHappened() {
        assertThat(new TimelineText(PLAIN).of(timeline()))
                .containsExactly(
                        "Timeline  failed requests per minute, highest 36",
                        "  ·····▅▆▇██",
                        "  09:00",
                        "      AB",
                        "  A 09:04 sec@example.com updated NSG rule out-rest  B 09:05 first failure");
    }

    @Test
    void aNarrowTerminalHasNeither() {
        TextStyle narrow = new TextStyle(79, false, true);

        assertThat(new PathText(narrow).of(document(PATH))).isEmpty();
        assertThat(new TimelineText(narrow).of(timeline())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"80, 7", "100, 5"})
    void namesOfEightyCharactersFitAndTakeFewLines(int width, int most) {
        String name = "n".repeat(80);
        String json = PATH.replaceAll("(lis-toll|pool-toll|nsg-waf|to-hub)", name);

        List<String> lines = new PathText(new TextStyle(width, false, true)).of(document(json));

        assertThat(lines)
                .hasSizeLessThanOrEqualTo(most)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }
}
