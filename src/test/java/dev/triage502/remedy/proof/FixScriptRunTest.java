package dev.triage502.remedy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.Sample;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.remedy.proof.ScriptRun.Done;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.FixScript;
import dev.triage502.report.RunInfo;
import dev.triage502.report.shell.Shell;
import dev.triage502.triage.Triage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts for the first case of each sort of change, run in bash: what is called, in which order, and what is not. The
 * usual run takes some sorts; {@link EveryFixScriptRunTest} takes all.
 */
@TestInstance(Lifecycle.PER_CLASS)
class FixScriptRunTest {

    private static final int SOME = 5;

    /** @param step the step that the script is for */
    private record Fix(RecordedCase incident, PrintedStep step, String script) {

        String sort() {
            return step.command().replaceFirst("(?s)\\s-.*$", "");
        }
    }

    private List<Fix> fixes = List.of();

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    void choose() {
        Set<String> sorts = new HashSet<>();
        fixes = cases().flatMap(each -> fixes(each).stream())
                .filter(fix -> sorts.add(fix.sort()))
                .limit(most())
                .toList();
    }

    Stream<RecordedCase> cases() {
        return Sample.oneIn(6, Cases.all().stream());
    }

    /** How many sorts of change are tried. */
    int most() {
        return SOME;
    }

    @Test
    void savesThenChangesThenChecksThenUndoes() throws Exception {
        ScriptRun bash = new ScriptRun(folder);
        assertThat(fixes).hasSizeGreaterThanOrEqualTo(SOME);
        for (Fix fix : fixes) {
            Done done = bash.run(fix.script(), "y\ny\n", "");
            List<List<String>> change = called(bash, fix.step().command());
            List<List<String>> undo = undo(bash, fix);
            int at = firstOf(done.calls(), change);

            assertThat(done.exit()).as(fix.script() + done.output()).isZero();
            assertThat(done.calls().subList(0, at))
                    .as(fix.script())
                    .isNotEmpty()
                    .allMatch(FixScriptRunTest::reads);
            assertThat(done.saved()).as(fix.script()).hasSize(at).allMatch("{}"::equals);
            assertThat(done.calls().subList(at, at + change.size())).isEqualTo(change);
            assertThat(done.calls()
                            .subList(
                                    done.calls().size() - undo.size(),
                                    done.calls().size()))
                    .isEqualTo(undo);
        }
    }

    @Test
    void callsNothingThatChangesWithoutAYes() throws Exception {
        ScriptRun bash = new ScriptRun(folder);
        for (Fix fix : fixes) {
            for (String answer : List.of("n\n", "\n", "", "yes please\n")) {
                Done done = bash.run(fix.script(), answer, "");
                assertThat(done.exit()).as(fix.script()).isEqualTo(1);
                assertThat(done.calls()).as(fix.script()).allMatch(FixScriptRunTest::reads);
                assertThat(done.output()).endsWith("Stopped. Nothing was changed.\n");
            }
            Done kept = bash.run(fix.script(), "y\nn\n", "");
            assertThat(kept.exit()).isZero();
            List<List<String>> all = bash.run(fix.script(), "y\ny\n", "").calls();
            assertThat(kept.calls())
                    .as(fix.script())
                    .isEqualTo(all.subList(0, all.size() - undo(bash, fix).size()));
        }
    }

    @Test
    void anErrorStopsItAndOffersTheUndo() throws Exception {
        ScriptRun bash = new ScriptRun(folder);
        for (Fix fix : fixes) {
            List<List<String>> change = called(bash, fix.step().command());
            List<List<String>> undo = undo(bash, fix);
            List<String> last = change.get(change.size() - 1);
            Done done = bash.run(fix.script(), "y\ny\n", String.join(" ", last.subList(1, last.size())));

            assertThat(done.exit()).as(fix.script() + done.output()).isEqualTo(7);
            assertThat(done.output())
                    .contains("Stopped. " + (change.size() - 1) + " of " + change.size()
                            + " commands of the change succeeded.");
            int at = firstOf(done.calls(), change);
            List<List<String>> expected = new ArrayList<>(change);
            expected.addAll(undo);
            assertThat(done.calls().subList(at, done.calls().size()))
                    .as(fix.script())
                    .isEqualTo(expected);
        }
    }

    @Test
    void anErrorWhileSavingChangesNothing() throws Exception {
        ScriptRun bash = new ScriptRun(folder);
        for (Fix fix : fixes) {
            Done done = bash.run(fix.script(), "y\ny\n", "application-gateway show");
            assertThat(done.exit()).as(fix.script()).isEqualTo(7);
            assertThat(done.calls()).hasSize(1).allMatch(FixScriptRunTest::reads);
            assertThat(done.output()).endsWith("Stopped. Nothing was changed.\n");
        }
    }

    /** A list's words are divided by blanks, which no name in Azure has: they are compared piece by piece. */
    private static List<String> pieces(Stream<String> words, String template) {
        return template.matches("(?s).*\\s.*")
                ? words.flatMap(word -> Stream.of(word.split("\\s+"))).toList()
                : words.toList();
    }

    @Test
    void everyNameArrivesWholeAndRunsNothing() throws Exception {
        ScriptRun bash = new ScriptRun(folder);
        int compared = 0;
        for (int i = 0; i < fixes.size(); i++) {
            for (int j = 0; j < 3; j++) {
                String template = HostileNames.TEMPLATES.get((3 * i + j) % HostileNames.TEMPLATES.size());
                int step = fixes.get(i).step().number();
                Optional<String> plain = scriptOf(HostileNames.of(fixes.get(i).incident(), "~"), step);
                Optional<String> script = scriptOf(HostileNames.of(fixes.get(i).incident(), template), step);
                if (plain.isEmpty() || script.isEmpty()) {
                    continue;
                }
                String hostile = script.get();
                compared++;
                Done wanted = bash.run(plain.get(), "y\ny\n", "");
                Done done = bash.run(hostile, "y\ny\n", "");

                assertThat(done.exit()).as(hostile + done.output()).isZero();
                assertThat(programs(done)).as(hostile).isEqualTo(programs(wanted));
                List<String> whole = pieces(
                        asParsed(wanted.calls()).stream().map(word -> HostileNames.written(word, template)), template);
                List<String> arrived = pieces(asParsed(done.calls()).stream(), template);
                if (template.startsWith("@") || template.startsWith("-") || template.contains("\n")) {
                    // What a person fills in may stand for several words: an option with its values.
                    assertThat(arrived)
                            .as(template + " " + hostile)
                            .allMatch(word -> word.equals("filled") || whole.contains(word));
                } else {
                    assertThat(arrived).as(template + " " + hostile).isEqualTo(whole);
                }
            }
        }
        assertThat(compared).isGreaterThan(fixes.size());
    }

    /** A script for each step of the root cause that changes something. */
    private static List<Fix> fixes(RecordedCase incident) {
        DiagnosisDocument document = new Triage()
                .report(incident.incident(), incident.documents(), RunInfo.replay(incident.incident(), incident.id()))
                .document();
        return PrintedStep.of(document.json()).get(0).stream()
                .filter(step ->
                        !step.command().isEmpty() && !List.of("reads", "person").contains(step.effect()))
                .map(step -> new Fix(incident, step, filled(script(document, step))))
                .toList();
    }

    private static String script(DiagnosisDocument document, PrintedStep step) {
        try {
            return FixScript.of(document, Optional.of(step.number()), Shell.BASH);
        } catch (FixScript.NoSuchFix e) {
            throw new AssertionError(e);
        }
    }

    /** Empty if a name leads to another step, one for a person. */
    private static Optional<String> scriptOf(RecordedCase incident, int number) {
        return fixes(incident).stream()
                .filter(fix -> fix.step().number() == number)
                .findFirst()
                .map(Fix::script);
    }

    /** As a person who has replaced what is not known. */
    private static String filled(String script) {
        return script.replaceFirst("(?m)^printf .*Replace <.* exit 2$", "").replaceAll("<[a-z][a-z0-9-]*>", "filled");
    }

    private static List<List<String>> called(ScriptRun bash, String commands) throws Exception {
        return bash.run("set -e\n" + filled(commands), "", "").calls();
    }

    private static int firstOf(List<List<String>> calls, List<List<String>> change) {
        int at = Collections.indexOfSubList(calls, change.subList(0, 1));
        assertThat(at).as("the first command of the change is called").isNotNegative();
        return at;
    }

    /** What the undo calls in the shell that ran the change. */
    private static List<List<String>> undo(ScriptRun bash, Fix fix) throws Exception {
        List<List<String>> both =
                called(bash, fix.step().command() + "\n" + fix.step().undoCommand());
        return both.subList(called(bash, fix.step().command()).size(), both.size());
    }

    private static List<String> programs(Done done) {
        return done.calls().stream().map(call -> call.get(0)).toList();
    }

    private static boolean reads(List<String> call) {
        return call.stream().takeWhile(word -> !word.startsWith("-")).anyMatch(List.of("show", "list")::contains);
    }

    /** {@code --name=value} as a parser of options takes it, in two words; the document names the gateway in one line. */
    private static List<String> asParsed(List<List<String>> calls) {
        return calls.stream()
                .flatMap(List::stream)
                .flatMap(word -> word.matches("(?s)--[a-z-]+=-.*")
                        ? Stream.of(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1))
                        : Stream.of(word))
                .map(word -> word.replace('\n', ' '))
                .toList();
    }
}
