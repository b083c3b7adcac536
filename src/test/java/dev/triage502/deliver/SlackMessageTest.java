package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.triage502.deliver.slack.SlackMessage;
import dev.triage502.deliver.slack.SlackMessage.Press;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages of the bundled cases: by schema, by type, by limits, and when a text wants to be something else. */
class SlackMessageTest {

    /** What Slack would take for something else than text. */
    private static final String HOSTILE =
            " <!channel> <@U0123ABCD> <!subteam^S1> <https://evil.example|click> @here :skull: *bold* _it_ ~no~"
                    + " *bold* ```code``` `x` & &lt;!here&gt; \u202e\u200b";

    private static final Pattern CONTROL = Pattern.compile("<[^>]*>|<");

    private static final Pattern CODE = Pattern.compile("```(?:(?!```).)*```|`[^`\n]+`", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void messagesOfEachKindAreWhatSlackTakes() {
        ExampleNotices.ofEachKind()
                .forEach((name, notice) -> assertThat(
                                SlackRules.faults(message(notice).toString()))
                        .as(name)
                        .isEmpty());
    }

    /** Nothing that {@code <} begins is left: no mention, no link, no date. */
    @Test
    void noTextFromOutsideIsMoreThanText() {
        JsonObject message = message(ExampleNotices.hostile(HOSTILE));

        assertThat(SlackRules.faults(message.toString())).isEmpty();
        List<String> texts = SlackRules.texts(message, "text");
        assertThat(texts)
                .hasSizeGreaterThan(10)
                .noneMatch(text -> CONTROL.matcher(text).find());
        assertThat(texts.stream().map(text -> CODE.matcher(text).replaceAll("")))
                .noneMatch(text -> text.contains("`"))
                .noneMatch(text -> text.contains(":skull:") || text.contains("\u202e") || text.contains("\u200b"))
                .noneMatch(text -> text.contains("*bold*") || text.contains("_it_") || text.contains("~no~"));
        assertThat(message.get("text").getAsString()).contains("&lt;!channel&gt;");
    }

    @Test
    void isShortEnoughWhateverIsInIt() {
        for (String more : List.of(
                " x".repeat(3_000), "漢".repeat(3_000), "\\\"".repeat(3_000), "🚀".repeat(3_000), "&<".repeat(3_000))) {
            JsonObject message = message(ExampleNotices.hostile(more));

            assertThat(SlackRules.faults(message.toString()))
                    .as(more.substring(0, 2))
                    .isEmpty();
            assertThat(message.toString())
                    .contains("Shortened. Open the report.", "Do this first", "Open report", "Open");
            assertThat(message.toString().codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000))
                    .as("a whole character")
                    .isTrue();
        }
    }

    /** The last reasons go first. */
    @Test
    void theCommandStaysLongest() {
        JsonObject message = message(ExampleNotices.hostile(" \"".repeat(350)));

        assertThat(message.toString())
                .hasSizeGreaterThan(3_000)
                .contains("Shortened. ", "```az ")
                .doesNotContain("\\n3. ");
    }

    @Test
    void messagesOfEachKindAreRightByType() throws Exception {
        Map<String, ReportNotice> messages = new LinkedHashMap<>(ExampleNotices.ofEachKind());
        messages.put("hostile", ExampleNotices.hostile(HOSTILE));

        assertThat(problems(messages)).isEmpty();
    }

    @Test
    @Tag("thorough")
    void messagesOfEveryCaseAreRight() throws Exception {
        Map<String, ReportNotice> all = ExampleNotices.ofEachCase();

        all.forEach(
                (name, notice) -> assertThat(SlackRules.faults(message(notice).toString()))
                        .as(name)
                        .isEmpty());
        assertThat(problems(all)).isEmpty();
    }

    private static JsonObject message(ReportNotice notice) {
        return SlackMessage.of(notice.summary(), EnumSet.allOf(Press.class));
    }

    /** What the compiler says of messages as {@code @slack/types} has them. */
    private List<String> problems(Map<String, ReportNotice> notices) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        notices.forEach((name, notice) -> {
            JsonObject line = new JsonObject();
            line.addProperty("name", name);
            line.add("blocks", message(notice).get("blocks"));
            lines.add(line.toString());
        });
        Path file = Files.write(folder.resolve("messages.jsonl"), lines);
        Path tools =
                Path.of(Optional.ofNullable(System.getenv("TRIAGE502_TOOLS")).orElse("target/tools"));
        boolean there = Stream.of("@slack/types", "typescript")
                .allMatch(
                        each -> Files.isDirectory(tools.resolve("node_modules").resolve(each)));
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(there, "needs the packages of src/test/tools; .ci/run installs them");
        }
        ProcessBuilder builder =
                new ProcessBuilder("node", "src/test/tools/slack-check.mjs", file.toString()).redirectErrorStream(true);
        builder.environment().put("TRIAGE502_TOOLS", tools.toAbsolutePath().toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(said).contains("checked " + notices.size());
        return said.lines().filter(line -> !line.startsWith("checked ")).toList();
    }
}
