package dev.triage502;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reports are read once, in a hurry, by people whose first language is often another. {@code wording.tsv} lists phrases that made a
 * reader stop, with better words; none of them may be in a page, in a document or in a string of the code. A failure names the line, the phrase and
 * what to write instead.
 */
class PlainWordingTest {

    private static final Path LIST = Path.of("src/test/resources/wording.tsv");
    private static final Path PAGES = Path.of("src/main/resources");
    private static final Path CODE = Path.of("src/main/java/dev/triage502");

    /** What people read before they run it. */
    private static final List<Path> DOCUMENTS =
            List.of(Path.of("README.md"), Path.of("CHANGELOG.md"), Path.of("CONTRIBUTING.md"), Path.of("SECURITY.md"));

    private static final Path SCHEMA = Path.of("src/main/resources/schema/diagnosis-v1.json");

    private static final Pattern COMMAND = Pattern.compile("`[^`]*`");
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern COMMENT = Pattern.compile("\\s*(\\*|//|/\\*).*");

    private record Rule(Pattern pattern, String instead) {}

    private static final List<Rule> RULES = lines(LIST)
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split("\t", 2))
            .map(cells -> new Rule(Pattern.compile(cells[0]), cells[1]))
            .toList();

    @Test
    void noPageHasAPhraseThatMadeReadersStop() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path page : files(PAGES, ".md")) {
            found.addAll(oddProse(page));
        }
        assertThat(found).as("odd phrases in pages").isEmpty();
    }

    @Test
    void noStringOfTheCodeHasAPhraseThatMadeReadersStop() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(CODE, ".java")) {
            int number = 0;
            for (String line : lines(file).toList()) {
                number++;
                Matcher strings = STRING.matcher(COMMENT.matcher(line).matches() ? "" : line);
                while (strings.find()) {
                    if (strings.group(1).contains(" ")) { // else it is a name or a value
                        found.addAll(oddities(strings.group(1), file + ":" + number));
                    }
                }
            }
        }
        assertThat(found).as("odd phrases in strings").isEmpty();
    }

    @Test
    void aFailureSaysWhatToWriteInstead() {
        assertThat(oddities("what is refused is told in the report, 42 % of it", "a.md:7"))
                .containsExactly(
                        "a.md:7: \"is told\". Write instead: reported, shown, listed, logged; for a machine never"
                                + " \"tell\"",
                        "a.md:7: \"2 %\". Write instead: 42%, timeout, login, 80%, 90%, 60%");
        assertThat(oddities("NSG rule deny blocks traffic from agw-shop to pool-web", "a.md:7"))
                .isEmpty();
    }

    @Test
    void noDocumentHasAPhraseThatMadeReadersStop() throws IOException {
        List<Path> documents = new ArrayList<>(DOCUMENTS);
        documents.addAll(files(Path.of("docs"), ".md"));
        documents.addAll(files(Path.of("infra"), ".md"));
        List<String> found = new ArrayList<>();
        for (Path document : documents) {
            found.addAll(oddProse(document));
        }
        int number = 0;
        for (String line : lines(SCHEMA).toList()) {
            found.addAll(oddities(line, SCHEMA + ":" + ++number));
        }
        assertThat(found).as("odd phrases in documents").isEmpty();
    }

    /** Odd phrases of a Markdown file, outside of its code. */
    private static List<String> oddProse(Path file) {
        List<String> found = new ArrayList<>();
        boolean code = false;
        int number = 0;
        for (String line : lines(file).toList()) {
            number++;
            code ^= line.strip().startsWith("```");
            if (!code && !line.startsWith("    ")) {
                found.addAll(oddities(COMMAND.matcher(line).replaceAll("`x`"), file + ":" + number));
            }
        }
        return found;
    }

    private static List<String> oddities(String text, String where) {
        return RULES.stream()
                .flatMap(rule -> rule.pattern()
                        .matcher(text)
                        .results()
                        .map(found -> where + ": \"" + found.group().strip() + "\". Write instead: " + rule.instead()))
                .toList();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException notRead) {
            throw new UncheckedIOException(notRead);
        }
    }
}
