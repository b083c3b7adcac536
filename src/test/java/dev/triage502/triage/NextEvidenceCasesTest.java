package dev.triage502.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over all recorded cases: nobody is sent to get what was read. */
class NextEvidenceCasesTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"cases", "cases-kinds", "cases-fresh"})
    void namesNoSourceThatWasRead(String set) {
        List<String> wrong = new ArrayList<>();
        TriagedCase.inSets(set).forEach(each -> {
            JsonObject document = each.document().json();
            List<String> read = read(document);
            for (JsonElement next : document.getAsJsonArray("next")) {
                String text = next.getAsJsonObject().get("text").getAsString();
                if (read.stream().anyMatch(words -> text.startsWith("Get the " + words + " ("))) {
                    wrong.add(each.id() + ": " + text);
                }
            }
        });

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
