package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.deliver.JiraIssues.Mapping;
import dev.triage502.deliver.PretendJira.Issue;
import dev.triage502.deliver.ticket.JiraText;
import dev.triage502.ledger.MessageReason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of channels, and the whole life of an incident in a project of Jira. */
class JiraChannelTest extends ChannelContract {

    private static final DeliveryResult SENT = new DeliveryResult.Sent();

    private PretendJira jira;
    private ChannelMemory memory = ChannelMemory.forgetting();
    private Instant now = Instant.parse("2026-03-02T08:15:10Z");
    private String token = SECRET;
    private String type = "Task";
    private String done = "Done";
    private Map<String, String> priorities = Map.of("1", "High");

    @BeforeEach
    void start() throws IOException {
        jira = new PretendJira(SECRET);
    }

    @AfterEach
    void stop() {
        jira.close();
    }

    @Override
    ChannelType type() {
        return JiraChannel.TYPE;
    }

    @Override
    JiraChannel channel() {
        ChannelTools tools = new ChannelTools(HttpChannelContract.TOOLS.http(), Clock.fixed(now, ZoneOffset.UTC));
        Mapping mapping = new Mapping("NET", type, List.of("gateway"), priorities, done, "To Do");
        JiraIssues issues = new JiraIssues(jira.base(), PretendJira.EMAIL, new SecretText(token), mapping, tools);
        return new JiraChannel(issues, Optional.of(LocalDate.parse("2026-03-10")), tools);
    }

    @Override
    void otherSideRefuses(String words) {
        jira.refuses(words);
    }

    @Override
    void otherSideIsAway() {
        jira.close();
    }

    @Override
    List<String> taken() {
        return jira.issues().stream().map(issue -> issue.fields().toString()).toList();
    }

    @Override
    int longest() {
        return 2 * JiraText.LONGEST;
    }

    @Override
    String cutNote() {
        return "Shortened. Open the report.";
    }

    @Test
    void oneIssueWithACommentForEachEventClosedOnce() {
        for (MessageReason event : MessageReason.values()) {
            assertThat(say(event)).as(event.id()).isEqualTo(SENT);
            assertThat(say(event)).as("again " + event.id()).isEqualTo(SENT);
        }

        assertThat(jira.issues()).hasSize(1);
        assertThat(issue().comments()).hasSize(MessageReason.values().length - 1);
        assertThat(issue().closed()).isEqualTo(1);
        assertThat(issue().fields().get("labels").toString())
                .isEqualTo("[\"triage502\",\"triage502-agw-prod-20260302T0814-abc123\",\"gateway\"]");
    }

    @Test
    void isClosedByAMeasuredRecoveryAloneAndOpenedAgain() {
        say(MessageReason.FIRST_DIAGNOSIS);
        say(MessageReason.RESOLVED);
        assertThat(issue().isDone()).isFalse();
        say(MessageReason.RECOVERED);
        assertThat(issue().isDone()).isTrue();
        say(MessageReason.RECURRED);
        assertThat(issue().isDone()).isFalse();
        assertThat(jira.issues()).hasSize(1);
    }

    @Test
    void aLostAnswerMakesNoSecondIssueEvenWhenTheSearchLags() {
        jira.searchLags(true);
        jira.losesAnswers(true);
        assertThat(say(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);
        jira.losesAnswers(false);
        assertThat(say(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);

        now = now.plusSeconds(61);
        jira.searchLags(false);
        assertThat(say(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(jira.issues()).hasSize(1);
    }

    /** To the text, the comment, which is then found by its property, or the transition. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aLostAnswerMakesNoSecondCommentAndClosesOnce(int which) {
        say(MessageReason.FIRST_DIAGNOSIS);
        jira.losesAnswer(which);
        assertThat(say(MessageReason.RECOVERED)).isInstanceOf(DeliveryResult.Failed.class);

        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(issue().comments()).hasSize(1);
        assertThat(issue().closed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void dyingBetweenACallAndItsNoteMakesNothingTwice(int lost) {
        ChannelMemory kept = memory;
        memory = new LosingMemory(kept, lost);
        say(MessageReason.RECOVERED);
        memory = kept;
        now = now.plusSeconds(61);

        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(jira.issues()).hasSize(1);
        assertThat(issue().closed()).isEqualTo(1);
    }

    @Test
    void twoWorkersAtOnceMakeOneIssue() throws Exception {
        List<DeliveryResult> results = TwoWorkers.at(() -> say(MessageReason.RECOVERED));

        assertThat(results).contains(SENT);
        now = now.plusSeconds(61);
        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(jira.issues()).hasSize(1);
        assertThat(issue().closed()).isEqualTo(1);
    }

    @Test
    void anIssueThatWasDeletedIsMadeAnew() {
        say(MessageReason.FIRST_DIAGNOSIS);
        jira.delete();

        assertThat(say(MessageReason.CHANGED)).isEqualTo(SENT);
        assertThat(jira.issues()).hasSize(1);
    }

    @Test
    void waitsWhenJiraAsksTo() {
        jira.isBusy(1);

        assertThat(((DeliveryResult.Failed) say(MessageReason.FIRST_DIAGNOSIS)).retryAfter())
                .hasValue(Duration.ofSeconds(5));
        assertThat(say(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
    }

    @Test
    void saysWhatToChange() {
        done = "Resolve";
        assertThat(why(say(MessageReason.RECOVERED))).contains("no transition \"Resolve\"", "\"To Do\", \"Done\"");

        token = "another-token-of-twenty";
        memory = ChannelMemory.forgetting();
        assertThat(why(say(MessageReason.FIRST_DIAGNOSIS)))
                .contains("401", "cloudId")
                .doesNotContain(token);
    }

    @Test
    void theSettingsAreCheckedAgainstTheProject() {
        assertThat(channel().check()).isEqualTo(ChannelCheck.fine());

        type = "Incident";
        priorities = Map.of("0", "Highest");
        assertThat(channel().check().problems())
                .containsExactly(
                        "project NET has no issue type \"Incident\"; it has Task, Bug",
                        "there is no priority \"Highest\"; there are High, Low");
        type = "Task";
        priorities = Map.of();
        jira.withholds("ADD_COMMENTS");
        assertThat(channel().check().problems())
                .containsExactly("the account lacks permissions in project NET: grant it Add Comments");
        assertThat(jira.issues()).isEmpty();
        assertThat(jira.written()).isEmpty();
    }

    @Test
    void warnsBeforeTheTokenEnds() {
        assertThat(channel().warnings()).containsExactly("the Jira token expires on 2026-03-10: make a new one");
        now = Instant.parse("2026-02-01T00:00:00Z");
        assertThat(channel().warnings()).isEmpty();
    }

    @Test
    void aTokenWithScopesIsUsedAtAtlassiansApi() {
        assertThat(JiraChannel.base("contoso.atlassian.net", Optional.of("11111111-2222-3333-4444-555555555555"))
                        .uri())
                .hasToString("https://api.atlassian.com/ex/jira/11111111-2222-3333-4444-555555555555/");
    }

    /** Texts are texts of the tree: nothing is made of them but code between backticks. */
    @Test
    void textsFromOutsideAreInert() {
        String more = " {code}[~admin] @all h1. !x.png! <b>";
        channel().deliver(ExampleNotices.hostile(more), memory);

        JsonObject description = issue().fields().getAsJsonObject("description");
        assertThat(description.toString()).contains("[~admin]", "<b>");
        assertOnly(description);
    }

    private static void assertOnly(JsonObject node) {
        assertThat(node.get("type").getAsString())
                .isIn(
                        "doc",
                        "paragraph",
                        "heading",
                        "bulletList",
                        "listItem",
                        "table",
                        "tableRow",
                        "tableHeader",
                        "tableCell",
                        "codeBlock",
                        "text");
        if (node.has("content")) {
            for (JsonElement child : node.getAsJsonArray("content")) {
                assertOnly(child.getAsJsonObject());
            }
        }
    }

    private DeliveryResult say(MessageReason event) {
        return channel().deliver(Reports.event(event), memory);
    }

    private Issue issue() {
        return jira.issues().get(0);
    }
}
