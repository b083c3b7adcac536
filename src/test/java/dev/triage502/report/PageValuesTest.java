package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** What nothing that is collected tells: a person fills it in. */
    private static final Set<String> ONLY_A_PERSON_KNOWS =
            Set.of("deployment", "new-capacity", "new-path", "new-priority", "new-servers", "node-count", "other-pool");

    @Test
    void eachValueThatAPageUsesIsNamedByATest() throws IOException {
        String tests = read(Path.of("src/test/java"), ".java");
        Set<String> untested = names();
        untested.removeAll(ONLY_A_PERSON_KNOWS);
        untested.removeIf(name -> isNamed(name, tests));

        assertThat(untested).as("values that no unit test names").isEmpty();
    }

    @Test
    void whatOnlyAPersonKnowsIsMadeByNoCode() throws IOException {
        String code = read(Path.of("src/main/java/dev/triage502/diagnosis"), ".java")
                + read(Path.of("src/main/java/dev/triage502/reachability"), ".java")
                + read(Path.of("src/main/java/dev/triage502/analysis"), ".java");

        assertThat(names()).containsAll(ONLY_A_PERSON_KNOWS);
        assertThat(ONLY_A_PERSON_KNOWS).noneMatch(name -> code.contains("\"" + name + "\""));
    }

    /** In quotes, or in a column of a table of values. */
    private static boolean isNamed(String name, String tests) {
        return Stream.of("\"" + name + "\"", "\"" + name + "=", "| " + name + " |", "," + name + "\"")
                .anyMatch(tests::contains);
    }

    private static Set<String> names() throws IOException {
        return PLACEHOLDER
                .matcher(read(Path.of("src/main/resources/causes"), ".md"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The proof of the remedies fills values in and tests none of them, so its text does not count. */
    private static String read(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(each -> each.toString().endsWith(ending))
                    .filter(each -> !each.toString().contains("/remedy/"))
                    .filter(each -> !each.endsWith("PageValuesTest.java"))
                    .toList();
            return all.stream().map(PageValuesTest::text).collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
