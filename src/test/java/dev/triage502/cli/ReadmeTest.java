package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.remedy.command.AzCatalogue;
import dev.triage502.remedy.command.AzReader;
import dev.triage502.remedy.shell.ShellCommand;
import dev.triage502.remedy.shell.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What README.md tells people to type works, as far as it can be tried on this machine. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final int MOST_LINES = 150;

    /** A line that stands by itself as code. */
    private static final Pattern CODE = Pattern.compile("(?m)^ {4}(\\S.*)$");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");

    @TempDir
    private Path folder;

    private static String text() throws IOException {
        return Files.readString(README);
    }

    static List<String> ours() throws IOException {
        return CODE.matcher(text())
                .results()
                .map(found -> found.group(1))
                .filter(line -> line.matches("(\\./)?triage502 .*"))
                .toList();
    }

    @Test
    void isShort() throws IOException {
        assertThat(text().lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(ours()).hasSizeGreaterThan(4);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void aCommandIsOneThatThereIs(String line) {
        List<String> words = List.of(line.split(" "));
        Main.commandLine(new Terminal().console())
                .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    }

    /** Those that need no Azure; the demo has a test of its own. */
    static Stream<String> offline() throws IOException {
        return ours().stream().filter(line -> line.startsWith("./triage502 replay"));
    }

    @ParameterizedTest
    @MethodSource("offline")
    void aReplayPrintsADiagnosis(String line) throws IOException {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        int out = words.indexOf("--out");
        if (out > 0) {
            words.set(out + 1, folder.resolve(words.get(out + 1)).toString());
        }
        Terminal terminal = new Terminal();

        int code = terminal.run(words.subList(1, words.size()).toArray(String[]::new));

        assertThat(code).as(terminal.err()).isZero();
        String said = out > 0 ? Files.readString(Path.of(words.get(out + 1))) : terminal.out();
        assertThat(said).contains("times out after 30 s");
    }

    /** {@code az login} and others that need Azure. */
    @Test
    void anAzCommandIsOneThatAzHas() throws IOException {
        AzReader reader = new AzReader(AzCatalogue.read());
        List<String> commands = CODE.matcher(text())
                .results()
                .map(found -> found.group(1))
                .filter(line -> line.startsWith("az "))
                .toList();

        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            for (ShellCommand each : ShellScript.parse(command).all()) {
                assertThat(reader.read(each, Map.of()).problems()).as(command).isEmpty();
            }
        }
    }

    @Test
    void theTableOfCommandsNamesAllOfThem() throws IOException {
        CommandLine commands = Main.commandLine(new Terminal().console());
        List<String> cells = text().lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> Arrays.stream(line.split("\\|")[1].split(",")))
                .map(cell -> cell.strip().replace("`", ""))
                .toList();

        assertThat(cells)
                .containsAll(commands.getSubcommands().keySet().stream()
                        .filter(name -> !name.equals("help"))
                        .toList());
    }

    @Test
    void eachLinkLeadsToAFile() throws IOException {
        Matcher links = LINK.matcher(text());
        List<String> missing = links.results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("http") && !Files.exists(Path.of(link)))
                .toList();

        assertThat(missing).isEmpty();
    }
}
