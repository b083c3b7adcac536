package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The words of this package are read once, in a hurry, by people whose first language is often another. Each pattern below was once in a
 * report and made a reader stop. Write what is on the right instead.
 */
class WordingTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/triage502/report");
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Map<String, String> INSTEAD = new LinkedHashMap<>();

    static {
        INSTEAD.put("\\b(is|are) told\\b|\\btold as\\b", "reported, shown, listed");
        INSTEAD.put("\\bmend|\\banew\\b|\\bin vain\\b|\\bbrought about\\b", "fix, again, without an answer, caused");
        INSTEAD.put("\\baccounted for\\b|\\bwhom\\b|\\b(no|some)body\\b", "explained, who, nothing or someone");
        INSTEAD.put("^Let \\w", "an imperative: Allow, Add, Make");
        INSTEAD.put("\\bspeaks? against\\b|\\bshows it by itself\\b", "contradicts, direct evidence");
        INSTEAD.put("\\bsome (minutes|seconds)\\b", "a few minutes");
        INSTEAD.put("\\bpool pool\\b|\\bprobe probe\\b", "the name alone, if it says its kind");
        INSTEAD.put("\\d %|%d %%", "42%, without a blank");
        INSTEAD.put("\\btime-out|\\blog-in\\b", "timeout, login");
        INSTEAD.put("\\bfailing requests?\\b", "failed request");
        INSTEAD.put("which the JSON document holds", "(see the JSON)");
        INSTEAD.put("\\b[A-Z][a-z]{2,}\\w*(Exception|Error)\\b", "what happened, in words");
    }

    @Test
    void noStringOfThisPackageHasAWordThatMadeReadersStop() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher strings = STRING.matcher(line);
                    while (strings.find()) {
                        check(strings.group(1), file.getFileName().toString(), found);
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void thePatternsFindWhatTheyAreFor() {
        List<String> found = new ArrayList<>();
        check("what is refused is told in the report, 42 % of it", "a text", found);

        assertThat(found).hasSize(2).allMatch(each -> each.contains("instead"));
    }

    private static void check(String text, String where, List<String> found) {
        INSTEAD.forEach((pattern, instead) -> {
            if (Pattern.compile(pattern).matcher(text).find()) {
                found.add(where + ": \"" + text + "\" has /" + pattern + "/; instead: " + instead);
            }
        });
    }
}
