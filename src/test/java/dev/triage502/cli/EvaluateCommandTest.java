package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

    private static final String CASES = "src/test/resources/cases-intermittent";
    private static final String ONE = "depot-fourth-of-five";

    private final Terminal terminal = new Terminal();

    @Test
    void measuresAFolderOfCases() {
        assertThat(terminal.run("evaluate", CASES)).isZero();
        assertThat(terminal.out())
                .contains("top-1")
                .contains("Right by confidence")
                .doesNotContain("taken away");
    }

    @Test
    void measuresAsJson() {
        assertThat(terminal.run("evaluate", CASES + "/" + ONE, "--format", "json", "--ablate"))
                .isZero();
        assertThat(terminal.out().lines()).hasSize(1);
        assertThat(JsonParser.parseString(terminal.out()).getAsJsonObject().keySet())
                .contains("top1", "macroRecall", "byConfidence", "without", "answers");
    }

    @Test
    void warnsOfABrokenFileAndMeasuresWithoutIt(@TempDir Path folder) throws IOException {
        Path broken = BrokenCase.in(folder, "backend-health.json", "{\"backendAddressPools\": [,");

        assertThat(terminal.run("evaluate", broken.toString())).isZero();
        assertThat(terminal.err().lines()).hasSize(1);
        assertThat(terminal.err())
                .startsWith("triage502 evaluate: warning: " + broken.resolve("backend-health.json") + ": ")
                .contains("diagnosed without this file");
        assertThat(terminal.out()).contains("top-1");
    }

    @Test
    void warnsOfAnElementThatIsNotUnderstood(@TempDir Path folder) throws IOException {
        Path broken = BrokenCase.in(folder, "backend-health.json", "[1, 2]");

        assertThat(terminal.run("evaluate", broken.toString())).isZero();
        assertThat(terminal.err()).contains("backend-health.json: ", "The rest of the file is used");
    }

    @Test
    void cannotMeasureWhereThereIsNoCase(@TempDir Path empty) {
        assertThat(terminal.run("evaluate", empty.toString())).isEqualTo(1);
        assertThat(terminal.err()).contains("case.json");
        assertThat(terminal.out()).isEmpty();
    }
}
