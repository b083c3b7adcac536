package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.Sample;
import dev.triage502.report.DiagnosisSchema;
import dev.triage502.triage.TriagedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayCommandTest {

    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Path INTERMITTENT = Path.of("src/test/resources/cases-intermittent");
    private static final DiagnosisSchema SCHEMA = new DiagnosisSchema();

    private final Terminal terminal = new Terminal();

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void aTextReportFollowsTheWidthAndTheLocaleOfTheTerminal() throws IOException {
        String folder = cases().get(0).toString();
        Terminal narrow = new Terminal(false, Map.of("COLUMNS", "60", "LANG", "de_DE.UTF-8", "LC_ALL", "en_US.utf8"));
        assertThat(narrow.run("replay", folder)).isZero();
        assertThat(narrow.out()).startsWith("✖ Open · ");
        assertThat(narrow.out().lines().filter(line -> line.startsWith("  Since")))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThanOrEqualTo(60).doesNotContain("Failed"));
        Terminal plain = new Terminal(false, Map.of("LANG", "de_DE.UTF-8", "LC_ALL", "C"));
        assertThat(plain.run("replay", folder)).isZero();
        assertThat(plain.out()).startsWith("X Open - ").contains("Since ").containsPattern("Since .* Failed ");
    }

    @Test
    void writesTheFixAsAScriptThatBothPowerShellsReadAlike(@TempDir Path folder) throws IOException {
        String stopped = CASES.resolve("503-no-live").toString();
        Path bash = folder.resolve("fix.sh");
        assertThat(terminal.run("replay", stopped, "--script", bash.toString())).isZero();
        assertThat(terminal.err()).contains("Wrote " + bash + ". Read it, then run it: bash " + bash);
        assertThat(Files.readString(bash)).startsWith("#!/usr/bin/env bash\n").contains("\naz vmss start ");

        Path powershell = folder.resolve("fix.PS1");
        assertThat(terminal.run("replay", stopped, "--script", powershell.toString()))
                .isZero();
        assertThat(Files.readString(powershell)).startsWith("\uFEFF# ").contains("\naz vmss start ", "Stop-OnError\n");
    }

    @Test
    void saysWhyThereIsNoScript(@TempDir Path folder) {
        String stopped = CASES.resolve("503-no-live").toString();
        Path script = folder.resolve("fix.sh");
        assertThat(terminal.run("replay", stopped, "--script", script.toString(), "--step", "99"))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("--script: there is no step 99");
        assertThat(script).doesNotExist();
        assertThat(terminal.run("replay", stopped, "--script", "/nowhere/fix.sh"))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("cannot write /nowhere/fix.sh");
    }

    static Stream<Path> someCases() throws IOException {
        return Sample.oneIn(20, cases().stream());
    }

    @ParameterizedTest
    @MethodSource("someCases")
    void printsTheDocumentOfACaseInOneLine(Path folder) {
        assertThat(terminal.run("replay", "--format", "json", folder.toString()))
                .isZero();
        assertThat(terminal.out().lines()).hasSize(1);
        String id = folder.getFileName().toString();
        assertThat(terminal.out().strip())
                .isEqualTo(TriagedCase.all().stream()
                        .filter(each -> each.id().equals(id))
                        .map(each -> each.document().toString())
                        .findFirst()
                        .orElseThrow());
    }

    static List<TriagedCase> documents() {
        return TriagedCase.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aDocumentIsOfItsSchemaAndItsEvidenceResolves(TriagedCase each) {
        JsonObject document = each.document().json();
        assertThat(SCHEMA.problems(document.toString())).isEmpty();
        assertThat(document.get("case").getAsString()).isEqualTo(each.id());
        assertThat(referredTo(document)).isEqualTo(idsOf(document.getAsJsonArray("evidence")));
    }

    @Test
    void printsADocumentALineForSeveralCases() throws IOException {
        String first = cases().get(0).toString();
        String second = cases().get(1).toString();
        assertThat(terminal.run("replay", "--format", "json", first, second)).isZero();
        assertThat(terminal.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    @Test
    void aFolderOfCasesMeansEachOfThem() throws IOException {
        assertThat(terminal.run("replay", "--format", "json", INTERMITTENT.toString()))
                .isZero();
        try (Stream<Path> folders = Files.list(INTERMITTENT)) {
            assertThat(terminal.out().lines()).hasSameSizeAs(folders.toList());
        }
    }

    @Test
    void saysTheSameTwice() {
        terminal.run("replay", "--format", "json", INTERMITTENT.toString());
        Terminal again = new Terminal();
        again.run("replay", "--format", "json", INTERMITTENT.toString());
        assertThat(again.out()).isNotEmpty().isEqualTo(terminal.out());
    }

    @Test
    void writesAPageToAFile(@TempDir Path target) throws IOException {
        Path page = target.resolve("page.html");
        String folder = cases().get(0).toString();

        assertThat(terminal.run("replay", "--format", "html", "--out", page.toString(), folder))
                .isZero();

        assertThat(terminal.out()).isEmpty();
        assertThat(Files.readString(page)).startsWith("<!doctype html>").contains("Do this first");
    }

    /** Each cloud has a portal of its own, and a recorded case tells by the gateway's region which it is. */
    @ParameterizedTest
    @CsvSource({"usgovvirginia,portal.azure.us", "China North 3,portal.azure.cn", "germanywestcentral,portal.azure.com"
    })
    void leadsToThePortalOfTheCloud(String region, String portal, @TempDir Path target) throws IOException {
        try (Stream<Path> files = Files.list(CASES.resolve("503-no-live"))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        Path gateway = target.resolve("gateway.json");
        JsonObject json = JsonParser.parseString(Files.readString(gateway)).getAsJsonObject();
        json.addProperty("location", region);
        Files.writeString(gateway, json.toString());

        for (String format : List.of("text", "markdown", "html", "teams", "slack", "email")) {
            Terminal each = new Terminal();
            assertThat(each.run("replay", "--format", format, target.toString()))
                    .isZero();
            assertThat(each.out()).as(format).contains("https://" + portal + "/#resource");
        }
    }

    @Test
    void aPageAndAFileAreOfOneCase() {
        assertThat(terminal.run("replay", "--format", "html", CASES.toString())).isEqualTo(2);
        assertThat(terminal.err()).contains("--format html needs exactly one case");
        Terminal other = new Terminal();
        assertThat(other.run("replay", "--out", "x.txt", CASES.toString())).isEqualTo(2);
        assertThat(other.err()).contains("--out needs exactly one case");
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidSo(@TempDir Path target) throws IOException {
        Path nowhere = target.resolve("no/such/folder/report.txt");

        assertThat(terminal.run(
                        "replay", "--out", nowhere.toString(), cases().get(0).toString()))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("--out: cannot write " + nowhere);
    }

    @Test
    void printsTextByDefaultAndMarkdownOnDemand() throws IOException {
        String folder = cases().get(0).toString();
        assertThat(terminal.run("replay", folder)).isZero();
        assertThat(terminal.out()).startsWith("X Open").doesNotContain("\u001b");
        Terminal markdown = new Terminal();
        assertThat(markdown.run("replay", folder, "--format", "markdown")).isZero();
        assertThat(markdown.out()).startsWith("# ").contains("**Open · Confirmed**");
    }

    @Test
    void coloursTextButNothingForMachines() throws IOException {
        String folder = cases().get(0).toString();
        Terminal coloured = new Terminal(true, Map.of());
        coloured.run("replay", folder);
        assertThat(coloured.out()).contains("\u001b[");
        Terminal json = new Terminal(true, Map.of());
        json.run("replay", folder, "--format", "json");
        assertThat(json.out()).doesNotContain("\u001b");
    }

    @Test
    void tellsWhichFolderIsNoCaseAndGoesOnWithTheOthers(@TempDir Path empty) throws IOException {
        assertThat(terminal.run("replay", empty.toString(), cases().get(0).toString()))
                .isEqualTo(1);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains(empty.toString()).contains("case.json");
        assertThat(terminal.out()).contains(" Open - ");
    }

    @Test
    void warnsOfATruncatedFileWithItsPositionAndWhatItCosts(@TempDir Path parent) throws IOException {
        Path folder = BrokenCase.in(parent, "gateway.json", "{\n  \"id\": \"x\",\n  \"name\": [\n");

        assertThat(terminal.run("replay", folder.toString())).isZero();
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err())
                .startsWith("triage502 replay: warning: " + folder.resolve("gateway.json") + ": ")
                .contains("line 4, column 1", "causes cannot be checked: ");
        assertThat(terminal.out()).contains(" Open - ");
    }

    /** A list, a text and a number are JSON, and no document of any source; a folder is no file. */
    @Test
    void warnsOfEveryFileThatHoldsSomethingElse(@TempDir Path parent) throws IOException {
        int at = 0;
        for (String file : BrokenCase.files()) {
            for (String content : List.of("\"text\"", "7", "<html>", "", "{\"a\":1}{")) {
                Path folder = BrokenCase.in(parent.resolve(String.valueOf(at++)), file, content);
                Terminal each = new Terminal();

                int code = each.run("replay", folder.toString());

                assertThat(each.err().lines()).as(file + " " + content).hasSize(1);
                assertThat(each.err()).contains(folder.resolve(file).toString()).doesNotContain("Exception");
                assertThat(code).isEqualTo(file.equals("case.json") ? 1 : 0);
            }
        }
        Path folder = BrokenCase.in(parent.resolve("folder"), "network.json", "");
        Files.delete(folder.resolve("network.json"));
        Files.createDirectory(folder.resolve("network.json"));
        assertThat(terminal.run("replay", folder.toString())).isZero();
        assertThat(terminal.err()).contains("network.json: cannot be read: Is a directory");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"alertedAt":"2026-01-31T09:10:00Z","gateway":"/subscriptions/s/resourceGroups/../providers/Microsoft.Network/applicationGateways/a"} | gateway is
        {"alertedAt":"+999999999-12-31T23:59:59Z"}                                              | alertedAt is
        {"alertedAt":"2026-01-31T09:10:00Z","from":"2026-01-31T10:10:00Z"}                     | from must be before to
        {"alertedAt":7}                                                                         | alertedAt is
        []                                                                                      | is not a JSON object
        """)
    void saysWhatIsWrongWithACaseJson(String content, String words, @TempDir Path parent) throws IOException {
        Path folder = BrokenCase.in(parent, "case.json", content);

        assertThat(terminal.run("replay", folder.toString())).isEqualTo(1);
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err()).contains(folder.resolve("case.json").toString(), words);
    }

    private static Set<String> idsOf(JsonArray evidence) {
        Set<String> ids = new TreeSet<>();
        evidence.forEach(item -> ids.add(item.getAsJsonObject().get("id").getAsString()));
        return ids;
    }

    /** Whatever any part of a document refers to, wherever it stands. */
    private static Set<String> referredTo(JsonElement part) {
        Set<String> ids = new TreeSet<>();
        if (part instanceof JsonArray array) {
            array.forEach(each -> ids.addAll(referredTo(each)));
        } else if (part instanceof JsonObject object) {
            object.entrySet().forEach(field -> {
                if (field.getKey().equals("evidence") && field.getValue() instanceof JsonArray array) {
                    array.forEach(each -> {
                        if (each.isJsonPrimitive()) {
                            ids.add(each.getAsString());
                        }
                    });
                }
                ids.addAll(referredTo(field.getValue()));
            });
        }
        return ids;
    }
}
