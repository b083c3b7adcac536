package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.diagnosis.Diagnosis;
import dev.triage502.report.shell.Shell;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a text report is laid out, whatever it says. */
class TextLayoutTest {

    private static final DocumentWriter WRITER =
            new DocumentWriter(Diagnoses.PAGES, Diagnoses.SOURCE_PAGES, "triage502 1.2.3");

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 100, 140})
    void noLineIsWiderThanTheTerminalUnlessOneWordIs(int width) {
        for (Diagnosis diagnosis : Diagnoses.all()) {
            assertThat(rendered(diagnosis, new TextStyle(width, false, true)).lines())
                    .allSatisfy(line -> assertThat(line.length() <= width || isOneWord(line))
                            .as(line)
                            .isTrue());
        }
    }

    /** An address, a number of ARM or a quoted argument, after its indent, label or option. */
    private static boolean isOneWord(String line) {
        return line.strip().matches("(--[a-z-]+ )?(\".*\"|'.*'|\\S+)( \\\\)?") || line.contains("https://");
    }

    @Test
    void badgesStandAtTheRightEdgeWhereThereIsRoom() {
        assertThat(rendered(Diagnoses.certificateExpired(), TextStyle.plain()).lines())
                .filteredOn(line -> line.endsWith("[changes configuration]"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSize(100));
        assertThat(rendered(Diagnoses.certificateExpired(), new TextStyle(80, false, true))
                        .lines())
                .filteredOn(line -> line.contains("[changes configuration]"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.strip()).endsWith("[changes configuration]"));
    }

    @Test
    void withoutUnicodeShapesAndDashesArePlain() {
        for (Diagnosis diagnosis : Diagnoses.all()) {
            assertThat(rendered(diagnosis, new TextStyle(100, false, false)).chars())
                    .allMatch(c -> c < 128);
        }
        assertThat(rendered(Diagnoses.certificateExpired(), new TextStyle(100, false, false)))
                .startsWith("X Open - Confirmed");
    }

    @Test
    void commandsAreNeverColoured() {
        String coloured = rendered(Diagnoses.certificateExpired(), new TextStyle(100, true, true));
        assertThat(coloured.lines().filter(line -> line.strip().startsWith("az ")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void aNarrowTerminalCountsAsForty() {
        assertThat(new TextStyle(10, false, true).width()).isEqualTo(40);
    }

    @Test
    void aCommandThatIsTooWideGoesOnWithTheShellsContinuation() {
        String command =
                "az network nsg rule create --resource-group rg-shop --nsg-name nsg-app --name \"a b\" --priority 100";

        assertThat(CommandWrap.lines(command, Shell.BASH, 50))
                .containsExactly(
                        "az network nsg rule create \\",
                        "  --resource-group rg-shop --nsg-name nsg-app \\",
                        "  --name \"a b\" --priority 100");
        assertThat(CommandWrap.lines(command, Shell.POWERSHELL, 50).get(0)).endsWith(" `");
        assertThat(joined(CommandWrap.lines(command, Shell.BASH, 40))).isEqualTo(command);
    }

    @Test
    void aValueThatDoesNotFitBesideItsOptionStandsUnderIt() {
        String command = "az x create --name a --destination-address-prefixes 10.126.4.0/24 --yes";

        List<String> lines = CommandWrap.lines(command, Shell.BASH, 40);

        assertThat(lines)
                .containsExactly(
                        "az x create --name a \\", "  --destination-address-prefixes \\", "    10.126.4.0/24 --yes");
        assertThat(joined(lines)).isEqualTo(command);
    }

    @Test
    void aCommandThatFitsStaysAsItIsWritten() {
        String command = "az vm start \\\n  --ids x\naz vm list";
        assertThat(CommandWrap.lines(command, Shell.BASH, 40))
                .isEqualTo(command.lines().toList());
    }

    @Test
    void whatIsBetweenQuotesIsNotBroken() {
        String command = "az rest --body 'one two three four five six seven' && echo \"a \\\" b c d e f g h\"";
        assertThat(CommandWrap.lines(command, Shell.BASH, 40))
                .anyMatch(line -> line.contains("'one two three four five six seven'"))
                .anyMatch(line -> line.contains("\"a \\\" b c d e f g h\""));
    }

    @Test
    void aCommandWithinACommandIsBrokenBetweenItsWords() {
        String command =
                "prefix=\"$(az network vnet subnet show --ids /a/long/one --query \"not_null(a, b)\" --output tsv)\"";

        List<String> lines = CommandWrap.lines(command, Shell.BASH, 60);

        assertThat(lines)
                .containsExactly(
                        "prefix=\"$(az network vnet subnet show --ids /a/long/one \\",
                        "  --query \"not_null(a, b)\" --output tsv)\"");
        assertThat(joined(lines)).isEqualTo(command);
    }

    @Test
    void aStatementOfSeveralLinesIsLaidOutAgainWhereOneIsTooWide() {
        String command = "az one --first 1 \\\n  --second 2 --third 3 --fourth 4 --fifth 5\naz two";

        assertThat(CommandWrap.lines(command, Shell.BASH, 30))
                .containsExactly(
                        "az one --first 1 --second 2 \\", "  --third 3 --fourth 4 \\", "  --fifth 5", "az two");
    }

    /** Names with characters that do not print are written so: {@code \'} does not end the quote there. */
    @Test
    void whatIsBetweenBashsOtherQuotesIsNotBroken() {
        String value = "$'it\\'s five o\\'clock\\non two long lines'";
        String command = "az network vnet show --resource-group " + value + " --name vnet-a --output table";

        List<String> lines = CommandWrap.lines(command, Shell.BASH, 50);

        assertThat(lines).hasSizeGreaterThan(1).anyMatch(line -> line.contains(value));
        assertThat(joined(lines)).isEqualTo(command);
    }

    /** As the shell reads it. */
    private static String joined(List<String> lines) {
        return String.join("\n", lines).replaceAll(" \\\\\n *", " ");
    }

    private static String rendered(Diagnosis diagnosis, TextStyle style) {
        return new TextReport(style).render(Report.of(WRITER.write(diagnosis, Diagnoses.REPLAYED)));
    }
}
