package dev.triage502.remedy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.RecordedCase;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Where the fixes of one cause differ, the evidence chooses: the first one is right, and none is printed that is ruled out. */
@TestInstance(Lifecycle.PER_CLASS)
class RightFixesTest {

    private static final String NOT = "not ";

    private final Map<Path, List<PrintedStep>> printed = new HashMap<>();

    @ParameterizedTest(name = "{1}: {3}")
    @CsvFileSource(resources = "/right-fixes.tsv", delimiter = '\t')
    void theEvidenceChooses(String set, String name, String cause, String expected) {
        List<PrintedStep> fixes = fixes(Path.of("src/test/resources", set, name)).stream()
                .filter(step -> step.cause().equals(cause))
                .toList();

        assertThat(fixes).isNotEmpty();
        if (expected.startsWith(NOT)) {
            assertThat(fixes).noneMatch(each -> words(each).contains(expected.substring(NOT.length())));
        } else {
            PrintedStep first =
                    fixes.stream().filter(PrintedStep::changes).findFirst().orElse(fixes.get(0));
            assertThat(words(first)).contains(expected);
        }
    }

    private static String words(PrintedStep step) {
        return step.text() + "\n" + step.command();
    }

    private List<PrintedStep> fixes(Path folder) {
        return printed.computeIfAbsent(folder, RightFixesTest::report).stream()
                .filter(step -> step.changes() || step.command().isEmpty())
                .toList();
    }

    private static List<PrintedStep> report(Path folder) {
        RecordedCase incident = CaseFolder.read(folder);
        return PrintedStep.of(new Triage()
                        .report(
                                incident.incident(),
                                incident.documents(),
                                RunInfo.replay(incident.incident(), incident.id()))
                        .document()
                        .json())
                .stream()
                .flatMap(List::stream)
                .toList();
    }
}
