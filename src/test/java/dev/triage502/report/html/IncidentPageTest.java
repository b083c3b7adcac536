package dev.triage502.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.benchmark.PageBenchmark;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.triage.TriagedCase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of every case: whole, small, inert, and as a browser shows it. */
class IncidentPageTest {

    private static final int LARGEST = 400_000;
    private static final Path INTERMITTENT = Path.of("src/test/resources/cases-intermittent/depot-fourth-of-five");
    private static final Path CLUSTER = Path.of("src/test/resources/cases/bank-of-pods");

    @TempDir
    Path folder;

    private static DiagnosisDocument document(RecordedCase recorded) {
        return TriagedCase.of(recorded).document();
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

    /** Who reads that a cause could not be checked wants the command, and not the same one five times. */
    @Test
    void whatCouldNotBeCheckedHasTheCommandThatWouldAllowItOnce() {
        int commands = 0;
        for (RecordedCase recorded : Cases.all()) {
            DiagnosisDocument document = document(recorded);
            JsonArray ways =
                    document.json().has("toCheck") ? document.json().getAsJsonArray("toCheck") : new JsonArray();
            String page = IncidentPage.of(document);
            for (JsonElement way : ways) {
                String title = way.getAsJsonObject().get("text").getAsString();
                long shown = Pattern.compile("<summary>\\s*" + Pattern.quote(title) + "\\s*</summary>")
                        .matcher(page)
                        .results()
                        .count();
                boolean isLedTo = page.contains(">" + title + "</a>");
                assertThat(shown == 1 || shown == 0 && isLedTo)
                        .as(recorded.id() + ": " + title)
                        .isTrue();
                commands += (int) shown;
            }
        }
        assertThat(commands).isPositive();
    }

    @Test
    void eachReasonLeadsToWhatItWasReadFrom() {
        String page = IncidentPage.of(document(Cases.all().get(0)));
        List<String> led = Pattern.compile("<a href=\"#(e\\d+)\" aria-label=\"Evidence")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(led).isNotEmpty().allSatisfy(id -> assertThat(page).contains("<li id=\"" + id + "\">"));
    }

    /** A gateway at Azure's limits, every server failing, as many minutes as there can be. */
    @Test
    void thePageOfTheLargestIncidentIsSmallToo() {
        assertThat(IncidentPage.of(PageBenchmark.largest()).getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(LARGEST);
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
        Map<String, DiagnosisDocument> pages = new TreeMap<>(kinds());
        pages.keySet().retainAll(Set.of("likely", "recovered", "long-names"));

        assertThat(pages).hasSize(3);
        assertThat(problems(pages, "few")).isEmpty();
    }

    @Test
    @Tag("thorough")
    void aBrowserShowsEveryKindOfPageAsItIsMeant() throws Exception {
        Map<String, DiagnosisDocument> pages = kinds();

        assertThat(pages.keySet())
                .contains(
                        "confirmed",
                        "likely",
                        "possible",
                        "rival",
                        "two-faults",
                        "insufficient-evidence",
                        "no-fault-found",
                        "recovered",
                        "intermittent",
                        "slow",
                        "works-beside",
                        "no-metrics",
                        "cluster",
                        "flapping",
                        "fixed",
                        "given-up",
                        "long-names",
                        "long-servers",
                        "long-largest",
                        "long-hostile");
        assertThat(problems(pages, "all")).isEmpty();
    }

    @Test
    @Tag("thorough")
    void aBrowserShowsEveryPageAsItIsMeant() throws Exception {
        List<RecordedCase> all = Cases.all();
        for (int from = 0; from < all.size(); from += 40) {
            Map<String, DiagnosisDocument> pages = new TreeMap<>();
            all.subList(from, Math.min(all.size(), from + 40))
                    .forEach(recorded -> pages.put(recorded.id(), document(recorded)));
            assertThat(problems(pages, "all")).isEmpty();
        }
    }

    /** A document for each way of answering and for each thing that could break a page, by what it is. */
    private static Map<String, DiagnosisDocument> kinds() {
        Map<String, DiagnosisDocument> kinds = new TreeMap<>();
        for (RecordedCase recorded : Cases.all()) {
            DiagnosisDocument document = document(recorded);
            String json = document.toString();
            kinds.putIfAbsent(document.confidence().isEmpty() ? document.rootCause() : document.confidence(), document);
            putIf(json.contains("\"couldExplainRoot\":true"), kinds, "rival", document);
            putIf(document.json().getAsJsonArray("contributing").size() > 1, kinds, "two-faults", document);
            putIf(json.contains("\"state\":\"slow\""), kinds, "slow", document);
            putIf(json.contains("\"others\":"), kinds, "works-beside", document);
            putIf(json.contains("\"source\":\"metrics\",\"state\":\"could-not-read\""), kinds, "no-metrics", document);
        }
        DiagnosisDocument charted = document(CaseFolder.read(INTERMITTENT));
        kinds.put("intermittent", charted);
        kinds.put("cluster", document(CaseFolder.read(CLUSTER)));
        kinds.put("flapping", inLife(kinds.get("works-beside"), "flapping", "Failures began and ended 7 times.", ""));
        kinds.put("given-up", inLife(kinds.get("insufficient-evidence"), "given-up", "It failed 5 times.", ""));
        kinds.put("fixed", inLife(kinds.get("recovered"), "recovered", "66% to 0% failing.", "netops added a rule"));
        kinds.put("long-names", withLongNames(kinds.get("works-beside")));
        kinds.put("long-servers", withServers(charted, 40));
        JsonObject hostile = charted.json().deepCopy();
        spoil(hostile, "\"><script>alert(1)</script><img src=x onerror=alert(1)>");
        kinds.put("long-largest", PageBenchmark.largest());
        kinds.put("long-hostile", DiagnosisDocument.read(hostile));
        return kinds;
    }

    private static void putIf(
            boolean is, Map<String, DiagnosisDocument> kinds, String kind, DiagnosisDocument document) {
        if (is) {
            kinds.putIfAbsent(kind, document);
        }
    }

    /** As a message has it of an incident in this state. */
    private static DiagnosisDocument inLife(DiagnosisDocument document, String state, String sentence, String fixedBy) {
        JsonObject life = new JsonObject();
        life.addProperty("state", state);
        life.addProperty("reason", state);
        life.addProperty("sentence", sentence);
        if (!fixedBy.isEmpty()) {
            JsonObject recovery = new JsonObject();
            recovery.addProperty(
                    "at", document.json().getAsJsonObject("window").get("to").getAsString());
            recovery.addProperty("sentence", sentence);
            recovery.addProperty("fixedBy", fixedBy);
            life.add("recovery", recovery);
        }
        return document.with(life);
    }

    /** The longest that Azure allows for most names. */
    private static DiagnosisDocument withLongNames(DiagnosisDocument document) {
        String json = document.toString();
        for (JsonElement hop : document.json().getAsJsonObject("path").getAsJsonArray("hops")) {
            String name = hop.getAsJsonObject().get("name").getAsString();
            if (name.length() > 3 && name.matches("[\\w-]+")) {
                json = json.replace("\"" + name + "\"", "\"" + name + "-" + "n".repeat(79 - name.length()) + "\"");
            }
        }
        return DiagnosisDocument.read(JsonParser.parseString(json).getAsJsonObject());
    }

    private static DiagnosisDocument withServers(DiagnosisDocument document, int count) {
        JsonObject json = document.json().deepCopy();
        JsonArray alsoAt = json.getAsJsonObject("rootCause").getAsJsonArray("alsoAt");
        JsonArray evidence = json.getAsJsonArray("evidence");
        JsonArray contributing = json.getAsJsonArray("contributing");
        for (int i = 0; i < count; i++) {
            JsonObject server = new JsonObject();
            server.addProperty("kind", "server");
            server.addProperty("name", "10.9.8." + i);
            server.add("on", new JsonObject());
            alsoAt.add(server);
            JsonObject fact = evidence.get(0).getAsJsonObject().deepCopy();
            fact.addProperty("id", "e" + (evidence.size() + 1));
            evidence.add(fact);
        }
        for (int i = 0; i < 10; i++) {
            JsonObject fault = json.getAsJsonObject("rootCause").deepCopy();
            fault.addProperty("title", "Another fault, number " + i);
            contributing.add(fault);
        }
        return DiagnosisDocument.read(json);
    }

    /** @param views {@code few} or {@code all}: how many widths and colours are looked at */
    private List<String> problems(Map<String, DiagnosisDocument> pages, String views)
            throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, DiagnosisDocument> each : pages.entrySet()) {
            files.add(Files.writeString(folder.resolve(each.getKey() + ".html"), IncidentPage.of(each.getValue())));
        }
        return PageCheck.problems(files, views);
    }
}
