package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A wrong value in a command does harm at night: each value that a page uses is named by some unit test. */
class PageValuesTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9-]*)}");

    /** Those that no test named when this one was written, and those that only a person knows. The list may only get shorter. */
    private static final Path UNTESTED = Path.of("src/test/resources/untested-values.txt");

    @Test
    void eachValueThatAPageUsesIsNamedByATest() throws IOException {
        String tests = read(Path.of("src/test/java"), ".java");
        Set<String> untested = new TreeSet<>();
        PLACEHOLDER
                .matcher(read(Path.of("src/main/resources/causes"), ".md"))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !tests.contains("\"" + name + "\"") && !tests.contains("\"" + name + "="))
                .forEach(untested::add);

        assertThat(untested)
                .as("values that no unit test names; " + UNTESTED + " may not grow")
                .isSubsetOf(Files.readAllLines(UNTESTED));
    }

    /** The proof of the remedies fills values in and tests none of them, so its text does not count. */
    private static String read(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(each -> each.toString().endsWith(ending))
                    .filter(each -> !each.toString().contains("/remedy/"))
                    .toList();
            return all.stream().map(PageValuesTest::text).collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
