package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceLinesTest {

    private final StringWriter out = new StringWriter();

    private SourceLines lines(boolean terminal) {
        PrintWriter writer = new PrintWriter(out, true);
        return new SourceLines(new Console(writer, writer, terminal, false, Map.of("COLUMNS", "60")));
    }

    private static Reading<JsonElement> read(String json) {
        return Reading.present(JsonParser.parseString(json));
    }

    @Test
    void tellsWhatWasReadAndHowLongItTook() {
        SourceLines lines = lines(false);
        lines.started(Source.NETWORK);
        lines.read(
                Source.NETWORK,
                read("{\"virtualNetworks\":[{}],\"networkSecurityGroups\":[{},{}],\"routeTables\":[]}"),
                Duration.ofMillis(1234));
        lines.read(Source.ACTIVITY_LOG, read("{\"value\":[{}]}"), Duration.ofMillis(80));
        lines.read(Source.ACCESS_LOG, read("[]"), Duration.ZERO);
        lines.read(Source.GATEWAY, read("{\"id\":\"x\",\"properties\":{}}"), Duration.ZERO);

        assertThat(out.toString().lines())
                .containsExactly(
                        "  network              1.2 s  1 virtual network, 2 network security groups",
                        "  activity log         0.1 s  1 entry",
                        "  access log           0.0 s  0 entries",
                        "  gateway              0.0 s  26 bytes");
    }

    @Test
    void tellsWhyASourceCouldNotBeRead() {
        lines(false)
                .read(
                        Source.METRICS,
                        Reading.couldNotRead(Source.METRICS, Why.FORBIDDEN, "AuthorizationFailed: not\n allowed"),
                        Duration.ofMillis(300));

        assertThat(out.toString().lines())
                .containsExactly("  metrics              0.3 s  no permission: AuthorizationFailed: not allowed");
    }

    @Test
    void onATerminalALineIsWrittenOverAndNeverTooLong() {
        SourceLines lines = lines(true);
        lines.started(Source.GATEWAY);
        lines.started(Source.METRICS);
        lines.read(
                Source.GATEWAY,
                Reading.couldNotRead(Source.GATEWAY, Why.TIMED_OUT, "x".repeat(200)),
                Duration.ofSeconds(9));

        String last = out.toString().substring(out.toString().lastIndexOf("\u001b[2A"));
        assertThat(last.replaceAll("\u001b\\[[0-9A-Z]+", "").lines())
                .allMatch(line -> line.length() < 60)
                .anyMatch(line -> line.contains("9.0 s  timed out: xxx"))
                .anyMatch(line -> line.contains("metrics") && line.contains("reading…"));
    }

    @Test
    void inAPipeThereIsNoEscape() {
        SourceLines lines = lines(false);
        lines.started(Source.GATEWAY);
        lines.read(Source.GATEWAY, Reading.absent(), Duration.ZERO);

        assertThat(out.toString()).doesNotContain("\u001b").hasLineCount(1).contains("none");
    }
}
