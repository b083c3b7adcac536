package dev.triage502.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is listed of the sources elsewhere follows from where they are declared. */
class SourceDeclarationsTest {

    private static final Path SCHEMA = Path.of("src/main/resources/schema/diagnosis-v1.json");
    private static final Path PAGES = Path.of("docs/pages.md");

    /** Set to {@code true} to have the lists written rather than compared. */
    private static final String REWRITE = "triage502.rewrite";

    @Test
    void theSchemaListsThem() throws IOException {
        listsThem(SCHEMA, "\"source\": {\"enum\": [", "]}", id -> "\"" + id + "\"");
    }

    @Test
    void theDocumentOnPagesListsThem() throws IOException {
        listsThem(PAGES, "<!-- this list is made from the code: -->", "<!-- end -->", id -> "`" + id + "`");
    }

    @Test
    void noTwoShareAnIdOrATypeOfFactsOrASetting() {
        assertThat(Source.values()).extracting(Source::id).doesNotHaveDuplicates();
        assertThat(Source.values()).extracting(Source::facts).doesNotHaveDuplicates();
        assertThat(Stream.of(Source.values())
                        .flatMap(source -> source.operatorSwitch().stream())
                        .map(Source.Switch::setting))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void isFoundByItsNames(Source source) {
        assertThat(Source.withId(source.id())).contains(source);
        assertThat(Source.withHyphenatedName(source.hyphenated())).contains(source);
        assertThat(Source.of(source.facts())).isEqualTo(source);
        assertThat(source.fileName()).isEqualTo(source.hyphenated() + ".json");
    }

    @Test
    void aReadingIsFoundByTheTypeOfItsFacts() {
        Metrics metrics = new Metrics(List.of());
        SourceReadings readings = SourceReadings.of(
                source -> source == Source.METRICS ? Reading.present(metrics) : Reading.notCollected(source));

        assertThat(readings.of(Metrics.class)).isEqualTo(Reading.present(metrics));
        assertThat(readings.of(Backends.class)).isEqualTo(Reading.notCollected(Source.BACKENDS));
        assertThat(readings.inOrder()).hasSize(Source.values().length);
    }

    @Test
    void factsOfAnotherSourceAreRefused() {
        Metrics metrics = new Metrics(List.of());

        assertThatThrownBy(() -> SourceReadings.of(source -> Reading.present(metrics)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GATEWAY was read as something other than Gateway");
    }

    private static void listsThem(Path file, String begin, String end, Function<String, String> written)
            throws IOException {
        String text = Files.readString(file);
        assertThat(text).as(file + " has a list of sources").contains(begin);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end, from);
        String list = Stream.of(Source.values()).map(Source::id).map(written).collect(Collectors.joining(", "));
        if (Boolean.getBoolean(REWRITE)) {
            Files.writeString(file, text.substring(0, from) + list + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as("%s; ./mvnw test -Dtest=SourceDeclarationsTest -D%s=true writes it", file, REWRITE)
                .isEqualTo(list);
    }
}
