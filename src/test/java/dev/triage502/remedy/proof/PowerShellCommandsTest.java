package dev.triage502.remedy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.Sample;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.arm.Cases;
import dev.triage502.remedy.powershell.PowerShellParser;
import dev.triage502.remedy.powershell.PowerShellParser.Parsed;
import dev.triage502.remedy.powershell.WindowsCall;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.FixScript;
import dev.triage502.report.RunInfo;
import dev.triage502.report.shell.Shell;
import dev.triage502.triage.Triage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that is printed for PowerShell is PowerShell, and on Windows each of its arguments arrives whole, whatever
 * things are called. A parser reads the commands and {@link WindowsCall} computes what arrives; nothing is executed.
 */
class PowerShellCommandsTest {

    private static final Set<String> FIELDS = Set.of("powershell", "undoPowershell", "verifyPowershell");

    /** What a batch file can be given in no way; such a value stays for a person to fill in. */
    private static final Set<String> NOT_FOR_A_BATCH_FILE = Set.of("\"", "%", "\n", "@~", "~\\");

    private static final List<String> OTHER_SETS = List.of("cases-kinds", "cases-fresh");

    @TempDir
    Path folder = Path.of("");

    @Test
    void somePrintedCommandsArriveAsTheyAreWritten() throws Exception {
        assertThat(arrive(some().flatMap(each -> printed(document(each)).stream())))
                .isGreaterThan(100);
    }

    @Tag("thorough")
    @Test
    void everyPrintedCommandArrivesAsItIsWritten() throws Exception {
        assertThat(arrive(Cases.all().stream().flatMap(each -> printed(document(each)).stream())))
                .isGreaterThan(600);
    }

    @Tag("thorough")
    @Test
    void everyPrintedCommandOfOtherCasesArrivesAsItIsWritten() throws Exception {
        arrive(OTHER_SETS.stream()
                .flatMap(set -> Cases.of(set).stream())
                .flatMap(each -> printed(document(each)).stream()));
    }

    @Test
    void someScriptsThatApplyAFixArePowerShell() throws Exception {
        assertThat(arrive(some().flatMap(each -> script(document(each)).stream())))
                .isGreaterThan(10);
    }

    @Tag("thorough")
    @Test
    void everyScriptThatAppliesAFixIsPowerShell() throws Exception {
        assertThat(arrive(Cases.all().stream().flatMap(each -> script(document(each)).stream())))
                .isGreaterThan(100);
    }

    @Tag("thorough")
    @Test
    void everyScriptWithHostileNamesIsPowerShell() throws Exception {
        List<RecordedCase> cases = Cases.all();
        arrive(IntStream.range(0, cases.size())
                .mapToObj(i ->
                        HostileNames.of(cases.get(i), HostileNames.TEMPLATES.get(i % HostileNames.TEMPLATES.size())))
                .flatMap(each -> script(document(each)).stream()));
    }

    private static Stream<RecordedCase> some() {
        return Sample.oneIn(6, Cases.all().stream());
    }

    /** How many different texts there are, of which every argument arrives. */
    private int arrive(Stream<String> all) throws Exception {
        List<String> texts = all.distinct().toList();
        assertThat(problems(texts, new PowerShellParser(folder).parse(texts))).isEmpty();
        return texts.size();
    }

    @Test
    void eachArgumentArrivesWhole() throws Exception {
        arrivesWhole(4);
    }

    @Tag("thorough")
    @Test
    void eachArgumentOfManyCasesArrivesWhole() throws Exception {
        arrivesWhole(12);
    }

    private void arrivesWhole(int cases) throws Exception {
        List<String> plain = new ArrayList<>();
        List<String> hostile = new ArrayList<>();
        List<String> templates = new ArrayList<>();
        for (RecordedCase incident : chosen(cases)) {
            List<String> wanted = printed(document(HostileNames.of(incident, "~")));
            for (String template : HostileNames.TEMPLATES) {
                List<String> got = printed(document(HostileNames.of(incident, template)));
                assertThat(got).as(template + " in " + incident.id()).hasSameSizeAs(wanted);
                plain.addAll(wanted);
                hostile.addAll(got);
                got.forEach(each -> templates.add(template));
            }
        }
        PowerShellParser parser = new PowerShellParser(folder);
        List<Parsed> asPlain = parser.parse(plain);
        List<Parsed> asHostile = parser.parse(hostile);

        assertThat(hostile.size()).isGreaterThan(cases * 100);
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < hostile.size(); i++) {
            String problem = difference(asPlain.get(i), asHostile.get(i), templates.get(i));
            if (!problem.isEmpty()) {
                problems.add(templates.get(i) + ": " + problem + " in " + hostile.get(i));
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void whatIsNotQuotedIsSeen() throws Exception {
        List<Parsed> parsed = new PowerShellParser(folder)
                .parse(List.of(
                        "az x --name zq1qz", "az x --name 'zq1qz'';b'", "az x --name zq1qz;b", "az x --name 'a"));

        assertThat(difference(parsed.get(0), parsed.get(1), "~';b")).isEmpty();
        assertThat(difference(parsed.get(0), parsed.get(2), "~;b")).isNotEmpty();
        assertThat(difference(parsed.get(0), parsed.get(3), "~")).startsWith("not PowerShell");
    }

    private static Optional<String> script(DiagnosisDocument document) {
        try {
            return Optional.of(filled(FixScript.of(document, Optional.empty(), Shell.POWERSHELL)));
        } catch (FixScript.NoSuchFix e) {
            return Optional.empty();
        }
    }

    private static List<String> problems(List<String> texts, List<Parsed> parsed) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                if (calls(parsed.get(i)).isEmpty()) {
                    problems.add("no command: " + texts.get(i));
                }
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage() + " in " + texts.get(i));
            }
        }
        return problems;
    }

    /** What a variable holds may be as hostile as any name, unless it is a workspace's GUID or an address prefix. */
    private static List<List<String>> calls(Parsed parsed) {
        return WindowsCall.of(
                parsed,
                computed -> computed.matches("(?s).*(?:workspace|prefix).*") ? computed.length() + "" : "/rg(a)&b");
    }

    private static String difference(Parsed plain, Parsed hostile, String template) {
        List<String> wanted = asParsed(calls(plain));
        List<String> got;
        try {
            got = asParsed(calls(hostile));
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        List<String> whole = pieces(wanted.stream().map(word -> HostileNames.written(word, template)), template);
        // A log query writes a quote within its own quotes as \\'.
        List<String> arrived = pieces(
                got.stream().map(word -> word.contains(" | where ") ? word.replace("\\'", "'") : word), template);
        // In a list, a name that begins with a dash would be taken for an option: the list is left to be filled in.
        boolean leftOut = template.startsWith("-") && got.contains("filled");
        if (leftOut || NOT_FOR_A_BATCH_FILE.stream().anyMatch(template::contains)) {
            // What is filled in may stand for several words, as where a placeholder is an option with its value.
            return arrived.stream()
                    .filter(word -> !word.contains("filled") && !whole.contains(word))
                    .findFirst()
                    .map(word -> word + " is new")
                    .orElse("");
        }
        return arrived.equals(whole) ? "" : got + " and not " + whole;
    }

    /** A list's words are divided by blanks and commas, which no name in Azure has: they are compared piece by piece. */
    private static List<String> pieces(Stream<String> words, String template) {
        return template.matches("(?s).*[\\s,].*")
                ? words.flatMap(word -> Stream.of(word.split("[\\s,]+"))).toList()
                : words.toList();
    }

    /** All words, {@code --name=value} as a parser of options takes it, in two. */
    private static List<String> asParsed(List<List<String>> calls) {
        return calls.stream()
                .flatMap(List::stream)
                .flatMap(word -> word.matches("(?s)--[a-z-]+=.*")
                        ? Stream.of(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1))
                        : Stream.of(word))
                .toList();
    }

    /** The first cases that each print a sort of command that those before them do not. */
    private static List<RecordedCase> chosen(int most) {
        Set<String> covered = new HashSet<>();
        return Cases.all().stream()
                .filter(each -> printed(document(each)).stream()
                        .map(command -> command.replaceFirst("(?s)\\s-.*$", ""))
                        .map(covered::add)
                        .reduce(false, Boolean::logicalOr))
                .limit(most)
                .toList();
    }

    private static DiagnosisDocument document(RecordedCase incident) {
        return new Triage()
                .report(incident.incident(), incident.documents(), RunInfo.replay(incident.incident(), incident.id()))
                .document();
    }

    private static List<String> printed(DiagnosisDocument document) {
        List<String> all = new ArrayList<>();
        collect(document.json(), all);
        return all;
    }

    private static void collect(JsonElement element, List<String> all) {
        if (element instanceof JsonArray array) {
            array.forEach(each -> collect(each, all));
        } else if (element instanceof JsonObject object) {
            object.entrySet().forEach(field -> {
                if (FIELDS.contains(field.getKey()) && field.getValue().isJsonPrimitive()) {
                    all.add(filled(field.getValue().getAsString()));
                } else {
                    collect(field.getValue(), all);
                }
            });
        }
    }

    private static String filled(String text) {
        return text.replaceAll("<[a-z][a-z0-9-]*>", "filled");
    }
}
