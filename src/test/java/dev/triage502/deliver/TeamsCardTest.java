package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.deliver.teams.TeamsCard;
import dev.triage502.report.IncidentTimeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cards of the bundled cases: as types, as they look, and as they are when a text wants to be something else. */
class TeamsCardTest {

    /** What a client of Teams would take for something else than text. */
    private static final String HOSTILE =
            " **bold** _it_ [link](https://evil.example) <at>All</at> <img src=x> <script> `code` {{DATE()}} ${x} #1 |"
                    + " \u202e";

    private static final Set<String> DRAWN_EVERYWHERE = Set.of(
            "AdaptiveCard",
            "Container",
            "ColumnSet",
            "Column",
            "TextBlock",
            "RichTextBlock",
            "TextRun",
            "ActionSet",
            "Action.OpenUrl");

    @TempDir
    private Path folder;

    @Test
    void usesOnlyWhatPhonesDrawOrHasAFallback() {
        ExampleNotices.ofEachKind()
                .forEach((name, notice) -> each(card(notice), (path, element) -> {
                    if (element instanceof JsonObject object && object.has("type")) {
                        String type = object.get("type").getAsString();
                        assertThat(DRAWN_EVERYWHERE.contains(type) || object.has("fallback"))
                                .as(name + path + ": " + type)
                                .isTrue();
                    }
                }));
    }

    /** A card has no chart, so the numbers of one stand there as a line. */
    @Test
    void theFailedRequestsOverTimeAreNumbers() {
        List<String> cards = ExampleNotices.ofEachCase().values().stream()
                .filter(notice ->
                        !IncidentTimeline.of(notice.document()).minutes().isEmpty())
                .map(notice -> TeamsCard.envelope(notice.summary()))
                .toList();

        assertThat(cards)
                .anySatisfy(card -> assertThat(card)
                        .containsPattern(
                                "\"Failed requests per (minute|\\d+ min) from [^\"]+ UTC: \\d+(, \\d+){1,9}\""));
    }

    @Test
    void noTextFromOutsideIsMoreThanText() {
        ReportNotice notice = ExampleNotices.hostile(HOSTILE);

        each(card(notice), (path, element) -> {
            boolean ofOutside = element instanceof JsonPrimitive text
                    && text.isString()
                    && text.getAsString().contains("evil.example");
            if (ofOutside) {
                assertThat(path).matches(".*\\.(inlines\\[\\d+]\\.text|fallbackText|codeSnippet)");
            }
        });
        assertThat(card(notice).get("fallbackText").getAsString()).doesNotContain("](");
    }

    @Test
    void isShortEnoughWhateverIsInIt() {
        for (String more : List.of(
                " x".repeat(3_000), "\u6f22".repeat(3_000), "\\\"".repeat(3_000), "\ud83d\ude80".repeat(3_000))) {
            ReportNotice notice = ExampleNotices.hostile(more);
            String envelope = TeamsCard.envelope(notice.summary());

            assertThat(new JsonPrimitive(envelope).toString().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(TeamsCard.LONGEST);
            assertThat(envelope).contains("Shortened. Open the report.", "Do this first", "Open report", "\u2716 Open");
            assertThat(envelope.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000))
                    .as("a whole character")
                    .isTrue();
        }
    }

    @Test
    void cardsOfEachKindAreRightByTypeAndLook() throws Exception {
        Map<String, ReportNotice> cards = new LinkedHashMap<>(ExampleNotices.ofEachKind());
        cards.put("hostile", ExampleNotices.hostile(HOSTILE));
        cards.put("long-names", ExampleNotices.hostile("-" + "a-very-long-name".repeat(5)));

        assertThat(problems(cards, "few")).isEmpty();
    }

    @Test
    @Tag("thorough")
    void cardsOfEveryCaseAreRightByTypeAndLook() throws Exception {
        assertThat(problems(ExampleNotices.ofEachCase(), "all")).isEmpty();
    }

    /** With -Dcards.sheet=docs/images/teams.png the picture of the documentation is drawn. */
    @Test
    void aSheetShowsHowTheyLook() throws Exception {
        Optional<String> sheet = Optional.ofNullable(System.getProperty("cards.sheet"));
        assumeTrue(sheet.isPresent(), "no sheet is asked for");
        Map<String, ReportNotice> kinds = ExampleNotices.ofEachKind();
        kinds.keySet().retainAll(Set.of("confirmed", "likely", "insufficient", "recovered"));

        assertThat(problems(kinds, "few", sheet.get())).isEmpty();
    }

    private static JsonObject card(ReportNotice notice) {
        return JsonParser.parseString(TeamsCard.envelope(notice.summary()))
                .getAsJsonObject()
                .getAsJsonArray("attachments")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("content");
    }

    private static void each(JsonElement element, BiConsumer<String, JsonElement> visitor) {
        each("", element, visitor);
    }

    private static void each(String path, JsonElement element, BiConsumer<String, JsonElement> visitor) {
        visitor.accept(path, element);
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(entry -> each(path + "." + entry.getKey(), entry.getValue(), visitor));
        }
        if (element instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                each(path + "[" + i + "]", array.get(i), visitor);
            }
        }
    }

    private List<String> problems(Map<String, ReportNotice> notices, String views)
            throws IOException, InterruptedException {
        return problems(notices, views, "-");
    }

    /**
     * What is wrong with cards, a line each.
     *
     * @param views {@code few} or {@code all}: how many widths and colours are looked at
     * @param shots the file for a sheet of the cards, or {@code -}
     */
    private List<String> problems(Map<String, ReportNotice> notices, String views, String shots)
            throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        notices.forEach((name, notice) -> {
            JsonObject line = new JsonObject();
            line.addProperty("name", name);
            line.add("card", card(notice));
            lines.add(line.toString());
        });
        Path file = folder.resolve("cards.jsonl");
        Files.write(file, lines);
        Path tools =
                Path.of(Optional.ofNullable(System.getenv("TRIAGE502_TOOLS")).orElse("target/tools"));
        Optional<String> chromium = Stream.of(
                        "/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser")
                .filter(each -> Files.isExecutable(Path.of(each)))
                .findFirst();
        boolean there = Stream.of("playwright-core", "adaptivecards", "@microsoft/teams.cards", "typescript")
                .allMatch(
                        each -> Files.isDirectory(tools.resolve("node_modules").resolve(each)));
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(
                    there && chromium.isPresent(),
                    "needs Chromium and the packages of src/test/tools; .ci/run installs them");
        }
        ProcessBuilder builder = new ProcessBuilder(
                        "node", "src/test/tools/card-check.mjs", shots, views, file.toString())
                .redirectErrorStream(true);
        builder.environment().put("TRIAGE502_TOOLS", tools.toAbsolutePath().toString());
        builder.environment().put("TRIAGE502_CHROMIUM", chromium.orElse("chromium"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(said).contains("checked " + notices.size());
        return said.lines().filter(line -> !line.startsWith("checked ")).toList();
    }
}
