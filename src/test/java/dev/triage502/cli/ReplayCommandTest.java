package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.report.DiagnosisSchema;
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
import org.junit.jupiter.params.provider.MethodSource;

class ReplayCommandTest {

    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final DiagnosisSchema SCHEMA = new DiagnosisSchema();

    private final Terminal terminal = new Terminal();

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void printsADocumentOfItsSchemaWithEvidenceThatResolves(Path folder) {
        assertThat(terminal.run("replay", "--format", "json", folder.toString()))
                .isZero();
        assertThat(terminal.out().lines()).hasSize(1);
        assertThat(SCHEMA.problems(terminal.out())).isEmpty();
        JsonObject document = JsonParser.parseString(terminal.out()).getAsJsonObject();
        assertThat(document.get("case").getAsString())
                .isEqualTo(folder.getFileName().toString());
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
        assertThat(terminal.run("replay", "--format", "json", CASES.toString())).isZero();
        assertThat(terminal.out().lines()).hasSameSizeAs(cases());
    }

    @Test
    void saysTheSameTwice() throws IOException {
        terminal.run("replay", "--format", "json", CASES.toString());
        Terminal again = new Terminal();
        again.run("replay", "--format", "json", CASES.toString());
        assertThat(again.out()).isEqualTo(terminal.out());
    }

    @Test
    void printsTextByDefaultAndMarkdownOnDemand() throws IOException {
        String folder = cases().get(0).toString();
        assertThat(terminal.run("replay", folder)).isZero();
        assertThat(terminal.out()).startsWith("502").doesNotContain("\u001b");
        Terminal markdown = new Terminal();
        assertThat(markdown.run("replay", folder, "--format", "markdown")).isZero();
        assertThat(markdown.out()).startsWith("# 502");
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
        assertThat(terminal.out()).startsWith("502");
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
