package dev.triage502.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.triage502.evidence.Source;
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
        assertThat(PlaceholderFiller.placeholders(BUNDLED.command(source.hyphenated())))
                .isSubsetOf(PagesTest.documented());
    }

    @ParameterizedTest
    @EnumSource(value = Source.class, mode = EnumSource.Mode.EXCLUDE, names = "ON_DEMAND_HEALTH")
    void thePageHasACommand(Source source) {
        assertThat(BUNDLED.command(source.hyphenated())).matches("(az|curl) .+");
    }

    /** {@code az monitor log-analytics query} refuses a workspace's id, which is what is known. */
    @Test
    void asksTheLogByTheWorkspacesOwnNumber() {
        assertThat(BUNDLED.command("access-log"))
                .startsWith("az monitor log-analytics query --workspace \"$(az monitor log-analytics workspace show"
                        + " --ids {workspace} --query customerId --output tsv)\" --analytics-query");
    }

    @Test
    void aLogThatNobodyKeepsHasAPageThatHasItKept() {
        assertThat(BUNDLED.command("enable-access-log")).startsWith("az monitor diagnostic-settings create ");
    }

    @Test
    void aPageThatIsNotThereHasNoCommand() {
        assertThat(BUNDLED.command("")).isEmpty();
        assertThat(BUNDLED.command("no-such-source")).isEmpty();
    }

    @Test
    void twoCommandsOnAPageAreRefused() {
        String block = "```bash\naz account show\n```\n";
        SourcePages pages = new SourcePages(id -> Optional.of("# Two\n\n" + block + "\n" + block));

        assertThatThrownBy(() -> pages.command("two")).isInstanceOf(MalformedPage.class);
    }

    /** What is inferred says what is wrong; what to run against it stands on pages, where it is tested as such. */
    @Test
    void whatIsInferredHoldsNoCommand() throws IOException {
        Pattern command = Pattern.compile("\"(?:az|curl|kubectl) [^\"]*");
        for (String area : new String[] {"incident", "evidence", "reachability", "analysis", "diagnosis"}) {
            try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/triage502", area))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
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
