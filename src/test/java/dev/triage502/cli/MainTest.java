package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.report.ProductVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {

    private final Terminal terminal = new Terminal();

    @Test
    void saysItsVersion() {
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out())
                .isEqualTo(ProductVersion.producer() + System.lineSeparator())
                .matches("(?s)triage502 \\d+\\..*");
    }

    @Test
    void saysWhatItCanDoWhenAskedNothing() {
        assertThat(terminal.run()).isZero();
        assertThat(terminal.out())
                .contains("Usage: triage502")
                .contains("replay")
                .contains("Exit codes:");
    }

    @Test
    void aCommandThatThereIsNotIsWrongUsage() {
        assertThat(terminal.run("relpay")).isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains("relpay").contains("--help");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void anOptionThatThereIsNotIsWrongUsage() {
        assertThat(terminal.run("replay", "--frmat", "json", "x")).isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1);
    }

    @Test
    void aWrongValueIsWrongUsageAndSaysWhichAreRight() {
        assertThat(terminal.run("replay", "--format", "yaml", "x")).isEqualTo(2);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains("yaml").containsIgnoringCase("markdown");
    }

    @Test
    void completesInAShell() {
        assertThat(terminal.run("generate-completion")).isZero();
        assertThat(terminal.out()).contains("complete").contains("replay");
    }

    @Test
    void coloursHelpOnlyWhereColourIsWanted() {
        terminal.run("--help");
        assertThat(terminal.out()).doesNotContain("\u001b");
        Terminal coloured = new Terminal(true, Map.of());
        coloured.run("--help");
        assertThat(coloured.out()).contains("\u001b");
    }
}
