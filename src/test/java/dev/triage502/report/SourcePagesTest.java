package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.triage502.evidence.Source;
import dev.triage502.reachability.UncheckedHop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the pages on sources to {@code docs/pages.md}, and code to leaving commands to pages. */
class SourcePagesTest {

    private static final SourcePages BUNDLED = SourcePages.bundled();

    @ParameterizedTest
    @EnumSource(Source.class)
    void everySourceHasAPageWithPlaceholdersThatAreWrittenDown(Source source) throws IOException {
        assertThat(BUNDLED.text(source.hyphenated()))
                .hasValueSatisfying(text -> assertThat(text).startsWith("# "));
        assertThat(PlaceholderFiller.placeholders(
                        BUNDLED.page(source.hyphenated()).command()))
                .isSubsetOf(PagesTest.documented());
    }

    @ParameterizedTest
    @EnumSource(value = Source.class, mode = EnumSource.Mode.EXCLUDE, names = "ON_DEMAND_HEALTH")
    void thePageHasACommand(Source source) {
        assertThat(BUNDLED.page(source.hyphenated()).command()).matches("(?s)(\\w+=\\$\\()?(az|curl) .+");
    }

    @ParameterizedTest
    @EnumSource(UncheckedHop.Kind.class)
    void whateverIsOnTheWayUnreadHasAPageThatShowsItsRules(UncheckedHop.Kind kind) throws IOException {
        SourcePages.SourcePage page = BUNDLED.page("unchecked-" + kind.id());

        assertThat(page.effect()).isEqualTo(StepEffect.READS);
        assertThat(page.command()).matches("(?s)(az|kubectl) .+");
        assertThat(PlaceholderFiller.placeholders(page.command() + page.text())).isSubsetOf(PagesTest.documented());
    }

    /** {@code az monitor log-analytics query} refuses a workspace's id, which is what is known. */
    @Test
    void asksTheLogByTheWorkspacesOwnNumber() {
        assertThat(BUNDLED.page("access-log").command())
                .startsWith("workspace=$(az monitor log-analytics workspace show --ids {workspace} --query customerId"
                        + " --output tsv)\naz monitor log-analytics query --workspace \"$workspace\"");
    }

    @Test
    void aLogThatNobodyKeepsHasAPageThatHasItKept() {
        SourcePages.SourcePage page = BUNDLED.page("enable-access-log");

        assertThat(page.command()).startsWith("az monitor diagnostic-settings create ");
        assertThat(page.effect()).isEqualTo(StepEffect.CHANGES);
        assertThat(page.undo()).contains("az monitor diagnostic-settings delete ");
    }

    @Test
    void aPageThatIsNotThereHasNoCommand() {
        assertThat(BUNDLED.page("").command()).isEmpty();
        assertThat(BUNDLED.page("no-such-source").command()).isEmpty();
    }

    @Test
    void twoCommandsOnAPageAreRefused() {
        String block = "```bash\naz account show\n```\n";

        assertThatThrownBy(() -> of("# Two\n\n" + block + "\n" + block)).isInstanceOf(MalformedPage.class);
    }

    @Test
    void aChangeWithoutAnUndoIsRefused() {
        String change = "# One\n\n[changes] Writes.\n\n```bash\naz account set\n```\n";

        assertThatThrownBy(() -> of(change)).isInstanceOf(MalformedPage.class).hasMessageContaining("take it back");
        assertThatThrownBy(() -> of(change.replace("changes", "alters")))
                .hasMessageContaining("an effect that is none: alters");
        assertThat(of(change + "\nUndo: write again.\n"))
                .isEqualTo(new SourcePages.SourcePage(StepEffect.CHANGES, "Writes.", "az account set", "write again."));
    }

    private static SourcePages.SourcePage of(String text) {
        return new SourcePages(id -> Optional.of(text)).page("it");
    }

    /** The commands that make a file which replay can use; its test checks them as those of pages are. */
    private static final Path HELD_BY_ITS_OWN_TEST = Path.of("evidence/arm/form/NeededCommand.java");

    /** What is inferred says what is wrong; what to run against it stands on pages, where it is tested as such. */
    @Test
    void whatIsInferredHoldsNoCommand() throws IOException {
        Pattern command = Pattern.compile("\"(?:az|curl|kubectl) [^\"]*");
        for (String area : new String[] {"incident", "evidence", "reachability", "analysis", "diagnosis"}) {
            try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/triage502", area))) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith(HELD_BY_ITS_OWN_TEST))
                        .toList()) {
                    assertThat(command.matcher(Files.readString(file))
                                    .results()
                                    .map(MatchResult::group)
                                    .collect(Collectors.toList()))
                            .as("commands in " + file)
                            .isEmpty();
                }
            }
        }
    }
}
