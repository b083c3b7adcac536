package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.report.Report;
import dev.triage502.report.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the headline, the report and its commands say, where a case's answer is not only a cause: each {@code text.json}
 * beside a case lists what has to be there and what must not. Compared without regard to case and line breaks.
 */
class KindTextsTest {

    private static final Path FOLDER = Path.of("src/test/resources/cases-kinds");

    private static final Set<String> KEYS =
            Set.of("headlineHas", "headlineLacks", "reportHas", "reportLacks", "commandsHave", "commandsLack");

    /** Cases whose texts are not right yet. Take a folder out as soon as it is; none may be added. */
    private static final Set<String> NOT_YET = Set.of();

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(each -> Files.exists(each.resolve("text.json")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void saysWhatItHasToAndNothingElse(Path folder) throws IOException {
        assumeFalse(NOT_YET.contains(folder.getFileName().toString()));
        JsonObject wanted = JsonParser.parseString(Files.readString(folder.resolve("text.json")))
                .getAsJsonObject();
        Report report = report(folder);
        String headline = flat(report.headline());
        String text = flat(new TextReport(false).render(report));
        String commands = flat(commands(report));

        assertThat(wanted.keySet()).as("a misspelt key would hold nothing").isSubsetOf(KEYS);
        assertThat(headline).satisfies(each -> holds(each, wanted, "headlineHas", "headlineLacks"));
        assertThat(text).satisfies(each -> holds(each, wanted, "reportHas", "reportLacks"));
        assertThat(commands).satisfies(each -> holds(each, wanted, "commandsHave", "commandsLack"));
    }

    private static void holds(String text, JsonObject wanted, String has, String lacks) {
        assertThat(words(wanted, has)).as(has + " in: " + text).allMatch(text::contains);
        assertThat(words(wanted, lacks)).as(lacks + " in: " + text).noneMatch(text::contains);
    }

    @Test
    void theFoldersAreFoundAndTheOpenOnesAreAmongThem() throws IOException {
        Set<String> names =
                folders().stream().map(each -> each.getFileName().toString()).collect(Collectors.toSet());

        assertThat(names).hasSizeGreaterThanOrEqualTo(18).containsAll(NOT_YET);
    }

    private static Report report(Path folder) {
        String id = folder.getFileName().toString();
        return TriagedCase.inSets("cases-kinds")
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow()
                .report();
    }

    /** The commands that a person is to run; an undo may name the very values that a fix must not. */
    private static String commands(Report report) {
        JsonObject json = report.document().json();
        List<JsonElement> steps = new ArrayList<>();
        JsonObject remedy = json.getAsJsonObject("rootCause").getAsJsonObject("remedy");
        remedy.getAsJsonArray("steps").forEach(steps::add);
        json.getAsJsonArray("next").forEach(steps::add);
        if (json.has("notModelled")) {
            json.getAsJsonArray("notModelled").forEach(steps::add);
        }
        return Stream.concat(steps.stream().map(JsonElement::getAsJsonObject), Stream.of(remedy))
                .flatMap(each -> Stream.of(each.get("command"), each.get("verifyCommand")))
                .filter(Objects::nonNull)
                .map(JsonElement::getAsString)
                .collect(Collectors.joining("\n"));
    }

    private static List<String> words(JsonObject wanted, String key) {
        return wanted.has(key)
                ? StreamSupport.stream(wanted.getAsJsonArray(key).spliterator(), false)
                        .map(JsonElement::getAsString)
                        .map(KindTextsTest::flat)
                        .toList()
                : List.of();
    }

    private static String flat(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }
}
