package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.report.ProductVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

    private static final String ID =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw-shop";

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
        assertThat(terminal.run("completion")).isZero();
        assertThat(terminal.out()).contains("complete").contains("replay");
    }

    @Test
    void eachCommandHasAnExampleThatIsRight() {
        CommandLine commands = Main.commandLine(new Terminal().console());

        assertThat(HelpExamples.OF.keySet())
                .containsAll(commands.getSubcommands().keySet().stream()
                        .filter(name -> !name.equals("help"))
                        .toList());
        assertThat(HelpExamples.OF.values().stream().flatMap(List::stream).map(MainTest::problem))
                .allMatch(String::isEmpty);
    }

    /** What is wrong with a line of an example; nothing if it could be run. */
    private static String problem(String line) {
        String[] words = line.replaceAll("^source <\\(|\\)$| > \\S+$", "")
                .replace("--gateway ID", "--gateway " + ID)
                .split(" ");
        try {
            Main.commandLine(new Terminal().console()).parseArgs(Arrays.copyOfRange(words, 1, words.length));
            return words[0].equals("triage502") ? "" : line;
        } catch (CommandLine.ParameterException wrong) {
            return line + ": " + wrong.getMessage();
        }
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
