package dev.triage502.remedy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.remedy.command.AzCatalogue;
import dev.triage502.remedy.command.AzProblem;
import dev.triage502.remedy.command.AzReader;
import dev.triage502.remedy.proof.StubbedBash.Ran;
import dev.triage502.remedy.shell.CannotParse;
import dev.triage502.remedy.shell.ShellCommand;
import dev.triage502.remedy.shell.ShellScript;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Printed commands of cases with hostile names, run in a real bash with stubs: each argument arrives whole. */
class HostileNamesTest {

    private static final AzReader READER = new AzReader(AzCatalogue.read());

    @TempDir
    Path folder = Path.of("");

    /**
     * The first cases that each print a sort of command that those before them do not.
     *
     * @param known how many texts went wrong when the test was written, over all templates; may only fall
     */
    @ParameterizedTest(name = "{0} cases")
    @CsvSource("2, 0")
    void eachArgumentArrivesWhole(int cases, int known) throws Exception {
        arrivesWhole(cases, known);
    }

    @Tag("thorough")
    @ParameterizedTest(name = "{0} cases")
    @CsvSource("12, 0")
    void eachArgumentOfManyCasesArrivesWhole(int cases, int known) throws Exception {
        arrivesWhole(cases, known);
    }

    private void arrivesWhole(int cases, int known) throws Exception {
        StubbedBash bash = new StubbedBash(folder);
        Map<String, List<String>> problems = new TreeMap<>();
        int compared = 0;
        for (RecordedCase incident : chosen(cases)) {
            List<String> plain = commands(HostileNames.of(incident, "~"));
            List<Ran> wanted = bash.run(plain);
            for (String template : HostileNames.TEMPLATES) {
                List<String> hostile = commands(HostileNames.of(incident, template));
                List<String> found = problems.computeIfAbsent(template, unused -> new ArrayList<>());
                if (hostile.size() != plain.size()) {
                    found.add(incident.id() + ": " + hostile.size() + " commands and not " + plain.size());
                    continue;
                }
                List<Ran> ran = bash.run(hostile);
                for (int i = 0; i < plain.size(); i++) {
                    compared++;
                    String wrong = wrong(wanted.get(i), ran.get(i), plain.get(i), hostile.get(i), template);
                    if (!wrong.isEmpty()) {
                        found.add(incident.id() + ": " + wrong + ": " + hostile.get(i));
                    }
                }
            }
        }
        List<String> all = new ArrayList<>();
        problems.forEach((template, each) ->
                each.forEach(problem -> all.add(("\"" + template + "\" " + problem).replaceAll("\\s+", " "))));
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/hostile-names.txt"), all);

        assertThat(compared).isGreaterThan(cases * 50);
        assertThat(bash.leftOver()).isEmpty();
        assertThat(all).as("see target/hostile-names.txt").hasSizeLessThanOrEqualTo(known);
    }

    @Test
    void whatIsNotQuotedIsSeen() throws IOException, InterruptedException {
        StubbedBash bash = new StubbedBash(folder);
        Ran plain = bash.run(List.of("az x --name zq1qz")).get(0);
        String template = "~;touch X;";

        assertThat(wrong(
                        plain,
                        bash.run(List.of("az x --name zq1qz;touch X;")).get(0),
                        "az x --name zq1qz",
                        "az x --name zq1qz;touch X;",
                        template))
                .isNotEmpty();
        assertThat(wrong(
                        plain,
                        bash.run(List.of("az x --name 'zq1qz;touch X;'")).get(0),
                        "az x --name zq1qz",
                        "az x --name 'zq1qz;touch X;'",
                        template))
                .isEmpty();
    }

    private static String wrong(Ran wanted, Ran ran, String plain, String hostile, String template) {
        if (!ran.errors().equals(wanted.errors())) {
            return "bash says " + ran.errors().strip();
        }
        List<List<String>> expected = wanted.calls().stream()
                .map(call -> call.stream()
                        .map(word -> HostileNames.written(word, template))
                        // az reads a file there: the value is left for a person to fill in.
                        .map(word -> word.startsWith("@") ? "filled" : word)
                        .toList())
                .sorted(Comparator.comparing(each -> String.join("\0", each)))
                .toList();
        List<List<String>> calls =
                ran.calls().stream().map(HostileNamesTest::asParsed).toList();
        boolean whole = calls.size() == expected.size()
                && IntStream.range(0, calls.size())
                        .allMatch(
                                i -> calls.get(i).equals(expected.get(i)) || isLeftOpen(calls.get(i), expected.get(i)));
        if (!whole) {
            return "arguments are not whole";
        }
        Set<String> before = new HashSet<>();
        refused(plain).forEach(each -> before.add(HostileNames.written(each, template)));
        return refused(hostile).stream()
                .filter(each -> !before.contains(each))
                // An option that is left open with its values: a person writes both.
                .filter(each -> !each.endsWith("\"filled\" belongs to no option"))
                .findFirst()
                .orElse("");
    }

    /** Whether an option and its values are left to a person together, and all else is as it should be. */
    private static boolean isLeftOpen(List<String> call, List<String> expected) {
        int same = 0;
        while (same < Math.min(call.size(), expected.size()) && call.get(same).equals(expected.get(same))) {
            same++;
        }
        int after = call.size() - same - 1;
        return after >= 0
                && expected.size() > call.size()
                && call.get(same).equals("filled")
                && expected.get(same).startsWith("--")
                && call.subList(same + 1, call.size())
                        .equals(expected.subList(expected.size() - after, expected.size()));
    }

    /** {@code --name=value} as a parser of options takes it, in two words. */
    private static List<String> asParsed(List<String> call) {
        return call.stream()
                .flatMap(word -> word.matches("(?s)--[a-z-]+=-.*")
                        ? Stream.of(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1))
                        : Stream.of(word))
                .toList();
    }

    /** What an interactive bash or az itself would make of it, which a stub does not show. */
    private static List<String> refused(String text) {
        List<String> all = new ArrayList<>();
        try {
            for (ShellCommand command : ShellScript.parse(text).all()) {
                if (command.isAz()) {
                    READER.read(command, Map.of()).problems().stream()
                            .map(AzProblem::text)
                            .forEach(all::add);
                }
            }
        } catch (CannotParse e) {
            all.add(String.valueOf(e.getMessage()));
        }
        return all;
    }

    /** Every command that the report of a case prints, with its placeholders filled in. */
    private static List<String> commands(RecordedCase incident) {
        JsonObject report = new Triage()
                .report(incident.incident(), incident.documents(), RunInfo.replay(incident.incident(), incident.id()))
                .document()
                .json();
        List<String> all = new ArrayList<>();
        List<List<PrintedStep>> printed = new ArrayList<>(PrintedStep.of(report));
        printed.add(PrintedStep.others(report));
        for (List<PrintedStep> steps : printed) {
            for (PrintedStep step : steps) {
                all.add(step.command());
                all.add(step.undoCommand());
            }
        }
        return all.stream()
                .filter(each -> !each.isEmpty())
                .map(each -> each.replaceAll("<[a-z][a-z0-9-]*>", "filled"))
                .toList();
    }

    /** Cases that together print every sort of command. */
    private static List<RecordedCase> chosen(int most) {
        List<RecordedCase> chosen = new ArrayList<>();
        Set<String> covered = new HashSet<>();
        for (RecordedCase incident : Cases.all()) {
            boolean adds = false;
            for (String command : commands(incident)) {
                adds |= covered.add(command.replaceFirst("(?s)\\s-.*$", ""));
            }
            if (adds) {
                chosen.add(incident);
            }
            if (chosen.size() == most) {
                break;
            }
        }
        return chosen;
    }
}
