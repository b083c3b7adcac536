package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo as a person sees it in a pipe: everything started, an alert in, a diagnosis out. */
@Timeout(120)
class DemoCommandTest {

    private final Terminal terminal = new Terminal();

    static List<String> shipped() {
        return CaseFolder.shipped();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void aCaseThatShipsIsShownFromTheAlertToTheWebhook(String name) {
        RecordedCase recorded = CaseFolder.readShipped(name);
        String title = new Triage()
                .report(recorded.incident(), recorded.documents(), RunInfo.replay(recorded.incident(), recorded.id()))
                .title();

        assertThat(terminal.run("demo", "--case", name)).as(terminal.err()).isZero();

        assertThat(terminal.err()).isEmpty();
        String shown = terminal.out().replaceAll("\\s+", " ");
        assertThat(shown)
                .contains(recorded.title())
                .contains("POST /api/alerts -> 202 in ")
                .contains(title)
                .contains("Cause: " + recorded.expected().orElseThrow().rootCause())
                .contains("Idempotency-Key: " + recorded.gateway().name().toLowerCase(java.util.Locale.ROOT) + "-")
                .contains("{\"schema\":\"triage502/diagnosis/v1\"");
        assertThat(terminal.out().lines()).anyMatch(line -> line.matches(" {2}backend health +\\d+\\.\\d s  .*"));
        assertThat(terminal.out()).doesNotContain("\u001b");
        assertThat(shown.indexOf("202 in")).isLessThan(shown.indexOf("gateway 0"));
    }

    @Test
    void aCaseOfOnesOwnIsShownFromItsFolder() {
        Path folder = Path.of("src/test/resources/cases/hr-setting-rebuilt");

        assertThat(terminal.run("demo", "--case", folder.toString())).isZero();
        assertThat(terminal.out()).contains("backend-certificate-untrusted");
    }

    @Test
    void theCasesThatShipAreListed() {
        assertThat(terminal.run("demo", "--list")).isZero();
        assertThat(terminal.out().lines()).hasSameSizeAs(shipped());
        shipped().forEach(name -> assertThat(terminal.out()).contains(name + " "));
    }

    @Test
    void aCaseThatThereIsNotIsToldWithThoseThatThereAre() {
        assertThat(terminal.run("demo", "--case", "no-such")).isEqualTo(1);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains("no-such").contains(shipped().get(0));
    }
}
