package dev.triage502.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of every case: whole, small, inert, and as a browser shows it. */
class IncidentPageTest {

    private static final Triage TRIAGE = new Triage();
    private static final int LARGEST = 400_000;

    @TempDir
    Path folder;

    private static DiagnosisDocument document(RecordedCase recorded) {
        return TRIAGE.report(
                        recorded.incident(), recorded.documents(), RunInfo.replay(recorded.incident(), recorded.id()))
                .document();
    }

    @Test
    void eachPageSaysWhatTheReportSaysAndAsksNobodyForAnything() {
        for (RecordedCase recorded : Cases.all()) {
            DiagnosisDocument document = document(recorded);
            String page = IncidentPage.of(document);

            assertThat(page.getBytes(StandardCharsets.UTF_8).length)
                    .as(recorded.id())
                    .isLessThan(LARGEST);
            assertThat(page)
                    .as(recorded.id())
                    .startsWith("<!doctype html>")
                    .contains(document.incident())
                    .doesNotContain("style=\"")
                    .doesNotContain(" onclick")
                    .doesNotContain("<script src")
                    .doesNotContain("<link")
                    .doesNotContain("<img");
        }
    }

    /** What is outside of the two marked blocks comes from the document: none of it may become markup. */
    @Test
    void hostileValuesStayText() {
        RecordedCase recorded = Cases.all().get(0);
        String hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>' style=x {{7*7}} ${7*7}";
        DiagnosisDocument document = document(recorded);
        JsonObject json = JsonParser.parseString(
                        document.toString().replace(recorded.gateway().name(), "agw-hostile"))
                .getAsJsonObject();
        spoil(json, hostile);

        String page = IncidentPage.of(DiagnosisDocument.read(json));

        String outside =
                page.replaceAll("(?s)<style>.*?</style>", "").replaceAll("(?s)<script>.*</script>\\s*</body>", "");
        assertThat(outside)
                .contains("&lt;script&gt;")
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("onerror=alert(1)>'");
    }

    /** Adds the text to every text of the document that a person reads. */
    private static void spoil(JsonObject json, String more) {
        for (Map.Entry<String, JsonElement> entry : List.copyOf(json.entrySet())) {
            if (entry.getValue() instanceof JsonObject inner) {
                spoil(inner, more);
            } else if (entry.getValue() instanceof JsonArray array) {
                JsonArray copy = new JsonArray();
                array.forEach(each -> {
                    if (each instanceof JsonObject object) {
                        spoil(object, more);
                        copy.add(object);
                    } else {
                        copy.add(each.getAsString() + more);
                    }
                });
                json.add(entry.getKey(), copy);
            } else if (entry.getValue() instanceof JsonPrimitive value
                    && value.isString()
                    && !List.of(
                                    "schema",
                                    "effect",
                                    "badge",
                                    "state",
                                    "at",
                                    "from",
                                    "to",
                                    "since",
                                    "until",
                                    "diagnosedAt",
                                    "source")
                            .contains(entry.getKey())) {
                json.addProperty(entry.getKey(), value.getAsString() + more);
            }
        }
    }

    @Test
    void aBrowserShowsPagesOfEachKindAsTheyAreMeant() throws Exception {
        List<RecordedCase> kinds = oneOfEachKind();
        assertThat(problems(kinds.subList(0, Math.min(3, kinds.size())), "few")).isEmpty();
    }

    @Test
    @Tag("thorough")
    void aBrowserShowsEveryPageAsItIsMeant() throws Exception {
        List<RecordedCase> all = Cases.all();
        for (int from = 0; from < all.size(); from += 40) {
            assertThat(problems(all.subList(from, Math.min(all.size(), from + 40)), "all"))
                    .isEmpty();
        }
    }

    /** One case for each way of answering: each conclusion, each confidence, with a chart, with the most text. */
    private static List<RecordedCase> oneOfEachKind() {
        Map<String, RecordedCase> kinds = new LinkedHashMap<>();
        for (RecordedCase recorded : Cases.all()) {
            DiagnosisDocument document = document(recorded);
            String kind = document.confidence().isEmpty() ? document.rootCause() : document.confidence();
            kinds.putIfAbsent(kind, recorded);
            if (document.json().has("timeline")) {
                kinds.putIfAbsent("timeline", recorded);
            }
        }
        return List.copyOf(kinds.values());
    }

    /** @param views {@code few} or {@code all}: how many widths and colours are looked at */
    private List<String> problems(List<RecordedCase> cases, String views) throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        for (RecordedCase recorded : cases) {
            files.add(Files.writeString(folder.resolve(recorded.id() + ".html"), IncidentPage.of(document(recorded))));
        }
        return PageCheck.problems(files, views);
    }
}
