package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.report.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over all recorded cases: nobody is sent to get what was read. */
class NextEvidenceCasesTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"src/test/resources/cases", "src/test/resources/cases-kinds", "src/test/resources/cases-fresh"})
    void namesNoSourceThatWasRead(String folder) throws IOException {
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> cases = Files.list(Path.of(folder))) {
            cases.filter(each -> Files.exists(each.resolve("case.json")))
                    .sorted()
                    .forEach(each -> {
                        RecordedCase recorded = CaseFolder.read(each);
                        JsonObject document = new Triage()
                                .report(
                                        recorded.incident(),
                                        recorded.documents(),
                                        RunInfo.replay(recorded.incident(), recorded.id()))
                                .document()
                                .json();
                        List<String> read = read(document);
                        for (JsonElement next : document.getAsJsonArray("next")) {
                            String text = next.getAsJsonObject().get("text").getAsString();
                            if (read.stream().anyMatch(words -> text.startsWith("Get the " + words + " ("))) {
                                wrong.add(each.getFileName() + ": " + text);
                            }
                        }
                    });
        }

        assertThat(wrong).isEmpty();
    }

    private static List<String> read(JsonObject document) {
        List<String> words = new ArrayList<>();
        for (JsonElement each : document.getAsJsonArray("evidenceRead")) {
            JsonObject source = each.getAsJsonObject();
            if (!source.get("state").getAsString().equals("could-not-read")) {
                words.add(Source.withId(source.get("source").getAsString())
                        .orElseThrow()
                        .words());
            }
        }
        return words;
    }
}
