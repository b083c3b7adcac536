package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.triage502.diagnosis.Cause;
import dev.triage502.diagnosis.Conclusion;
import dev.triage502.diagnosis.cause.Causes;
import dev.triage502.evidence.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every page to {@code docs/pages.md}. */
class PagesTest {

    /** A command that writes the gateway's configuration; an update that names the gateway alone changes nothing. */
    private static final Pattern WRITES_GATEWAY = Pattern.compile(
            "az network application-gateway (?:update(?! --resource-group \\S+ --name \\S+\\s*$)|[a-z-]+"
                    + " (?:[a-z-]+ )?(?:update|create|delete) )");

    private static final Path PAGES = Path.of("src/main/resources/causes");
    private static final CausePages BUNDLED = CausePages.bundled();

    static List<String> ids() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString().replaceAll("\\.md$", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void hasATitleAndASummaryThatCanStandInAReport(String id) {
        CausePage page = BUNDLED.page(id);
        assertThat(page.title()).doesNotEndWith(".").matches("[A-Z].*");
        assertThat(page.summary()).endsWith(".").doesNotContain("{").doesNotContain("`");
        assertThat(page.summary().split("\\. ")).as("one sentence").hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void hasHeadlinesThatFitBehindTheGatewaysName(String id) {
        assertThat(BUNDLED.page(id).headlines())
                .allSatisfy(headline -> assertThat(headline).doesNotEndWith(".").hasSizeLessThan(160))
                .allSatisfy(headline -> assertThat(headline).doesNotMatch("[A-Z][a-z].*"));
    }

    /** {@code az monitor log-analytics query} refuses a workspace's id, which is what is known. */
    @ParameterizedTest
    @MethodSource("ids")
    void asksALogByTheWorkspacesOwnNumber(String id) throws IOException {
        Pattern number = Pattern.compile(Pattern.quote(
                "az monitor log-analytics workspace show --ids {workspace} --query customerId --output tsv)"));
        Pattern query = Pattern.compile("log-analytics query --workspace \"\\$");
        String page = Files.readString(PAGES.resolve(id + ".md"));
        long queries = page.split("log-analytics query ", -1).length - 1L;
        assertThat(number.matcher(page).results().count()).isEqualTo(queries);
        assertThat(query.matcher(page).results().count()).isEqualTo(queries);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void saysHowWeTellBySourcesAndWeightsThatThereAre(String id) {
        assertThat(BUNDLED.page(id).signs()).isNotEmpty().allSatisfy(sign -> {
            assertThat(Source.withId(sign.source())).as(sign.source()).isPresent();
            assertThat(sign.weight()).isIn("conclusive", "strong", "suggestive", "contrary");
            assertThat(sign.shows()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("ids")
    void saysHowToUndoWhatItChanges(String id) {
        assertThat(BUNDLED.page(id).steps()).isNotEmpty().allSatisfy(step -> {
            if (step.effect().needsUndo()) {
                assertThat(step.undo()).as("undo of \"%s\"", step.text()).isNotBlank();
            }
        });
        assertThat(BUNDLED.page(id).verify()).endsWith(".");
    }

    /** An error of a command within another is not seen; two lines and a variable show it. */
    @ParameterizedTest
    @MethodSource("ids")
    void putsNoCommandIntoAnother(String id) {
        Stream<String> commands = Stream.concat(
                BUNDLED.page(id).steps().stream().map(CausePage.Step::command),
                Stream.of(BUNDLED.page(id).verifyCommand()));

        assertThat(commands.flatMap(String::lines).map(String::strip))
                .filteredOn(line -> line.contains("$("))
                .allMatch(line -> line.matches("[a-z_]+=\"?\\$\\((?:(?!\\$\\().)*"));
    }

    /** What opens, bypasses or stops a check is the last resort, and nobody puts back what is not said to be temporary. */
    @ParameterizedTest
    @MethodSource("ids")
    void weakensLastAndSaysThatItIsTemporary(String id) {
        List<StepEffect> changes = BUNDLED.page(id).steps().stream()
                .map(CausePage.Step::effect)
                .filter(StepEffect::needsUndo)
                .toList();
        int first = changes.indexOf(StepEffect.WEAKENS);

        assertThat(first < 0 ? List.<StepEffect>of() : changes.subList(first, changes.size()))
                .allMatch(StepEffect.WEAKENS::equals);
        assertThat(BUNDLED.page(id).steps())
                .filteredOn(step -> step.effect() == StepEffect.WEAKENS)
                .allSatisfy(step -> assertThat(step.text()).containsIgnoringCase("temporary"));
    }

    /** A direct change of the gateway is lost with the next deployment of the code that it comes from. */
    @ParameterizedTest
    @MethodSource("ids")
    void sendsAChangeOfTheGatewayToTheCodeThatDeploysItFirst(String id) {
        List<CausePage.Step> steps = BUNDLED.page(id).steps();
        Optional<Integer> writes = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).effect().needsUndo()
                        && WRITES_GATEWAY
                                .matcher(steps.get(i).command().replace("\\\n", " "))
                                .find())
                .boxed()
                .findFirst();
        Optional<Integer> says = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).onlyIf().stream()
                        .anyMatch(each -> each.name().equals("deployed-by")))
                .boxed()
                .findFirst();

        assertThat(says.isPresent()).as("a step with Only if: {deployed-by}").isEqualTo(writes.isPresent());
        writes.ifPresent(first -> assertThat(says.orElseThrow()).isLessThan(first));
    }

    /** A page that was not given its table yet is left alone. */
    @ParameterizedTest
    @MethodSource("ids")
    void listsTheEvidenceThatItsStepsAreChosenBy(String id) {
        CausePage page = BUNDLED.page(id);
        if (page.fixes().isEmpty()) {
            return;
        }
        Set<String> named = page.fixes().stream()
                .flatMap(fix -> PlaceholderFiller.placeholders(fix.evidence()).stream())
                .collect(Collectors.toSet());
        Set<String> deciding = page.steps().stream()
                .flatMap(step -> Stream.concat(step.onlyIf().stream(), step.notIf().stream()))
                .map(CausePage.Condition::name)
                .collect(Collectors.toSet());
        assertThat(named)
                .as("names under \"evidence\", and names that steps depend on")
                .isEqualTo(deciding);
        assertThat(page.fixes()).allSatisfy(fix -> {
            assertThat(fix.evidence()).isNotBlank();
            assertThat(fix.fix()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("ids")
    void usesOnlyPlaceholdersThatAreWrittenDown(String id) throws IOException {
        assertThat(PlaceholderFiller.placeholders(Files.readString(PAGES.resolve(id + ".md"))))
                .isSubsetOf(documented());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void linksToPagesThatThereAre(String id) throws IOException {
        String text = Files.readString(PAGES.resolve(id + ".md"));
        String confused = text.substring(text.indexOf("## Not to be confused with"));
        List<MatchResult> links = Pattern.compile("\\[([^\\]]+)]\\(([^)]+)\\)")
                .matcher(confused)
                .results()
                .toList();
        assertThat(links).isNotEmpty().allSatisfy(link -> {
            assertThat(link.group(2)).isEqualTo(link.group(1) + ".md");
            assertThat(VOCABULARY).contains(link.group(1)).as("itself").doesNotContain(" ");
            assertThat(link.group(1)).isNotEqualTo(id);
        });
        assertThat(BUNDLED.page(id).links()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void isOfTheVocabulary(String id) {
        assertThat(VOCABULARY).contains(id);
    }

    @Test
    void refusesAStepWithoutAnEffect() {
        assertThatThrownBy(() -> parse("1. Restart it."))
                .isInstanceOf(MalformedPage.class)
                .hasMessage("causes/x.md: \"1. Restart it.\" is no step; one begins \"1."
                        + " [reads|person|changes|downtime|weakens] Text\"");
    }

    @Test
    void refusesAPageThatLacksAPart() {
        assertThatThrownBy(() -> PageParser.parse("x", "# T\n\nS.\n\n## What it looks like\n"))
                .hasMessageContaining("its parts are [What it looks like]; they have to be");
    }

    @Test
    void takesAStepApart() {
        CausePage page = parse("""
            1. [changes] Do this
               and that.
               Only if: {a} = v1
               Not if: {b}
               Undo: take it
               back.
               ```bash
               az one \\
                 --two
               ```
            2. [reads] Look.\
            """);
        assertThat(page.steps())
                .containsExactly(
                        new CausePage.Step(
                                StepEffect.CHANGES,
                                "Do this and that.",
                                "az one \\\n  --two",
                                "take it back.",
                                List.of(new CausePage.Condition("a", "v1")),
                                List.of(new CausePage.Condition("b", ""))),
                        new CausePage.Step(StepEffect.READS, "Look.", "", "", List.of(), List.of()));
    }

    @Test
    void readsWhichEvidenceAsksForWhichFix() {
        CausePage page = parse("""
            | evidence | fix |
            |---|---|
            | `{a}`: it is one | do this |
            | anything else | look |

            1. [reads] Look.\
            """);
        assertThat(page.fixes())
                .containsExactly(
                        new CausePage.Fix("`{a}`: it is one", "do this"), new CausePage.Fix("anything else", "look"));
        assertThat(page.steps()).hasSize(1);
    }

    @Test
    void standsInForAPageThatIsNotThere() {
        assertThat(new CausePages(id -> Optional.empty()).page("probe-timeout").title())
                .isEqualTo("probe timeout");
    }

    @Test
    void readsNoFileThatIsNoPage() {
        assertThat(BUNDLED.text("../application")).isEmpty();
    }

    private static CausePage parse(String steps) {
        return PageParser.parse(
                "x",
                "# T\n\nS.\n\n## What it looks like\n\n## How we tell\n\n## What to do\n\n" + steps
                        + "\n\n## How to see that it worked\n\nLook.\n\n## Not to be confused with\n\n## Sources\n");
    }

    static Set<String> documented() throws IOException {
        return Files.readAllLines(Path.of("docs/pages.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| name | value"))
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(cell -> Stream.of(cell.replace("…", "").strip().split(",\\s*")))
                .map(String::strip)
                .flatMap(name -> name.startsWith("unread-")
                        ? Stream.of(Source.values())
                                .map(source -> "unread-" + source.words().replace(' ', '-'))
                        : Stream.of(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The causes and the conclusions that there are. */
    private static final Set<String> VOCABULARY = Stream.concat(
                    Causes.IN_ORDER.stream().map(Cause::id),
                    Stream.of(Conclusion.values()).map(Conclusion::id))
            .collect(Collectors.toUnmodifiableSet());
}
