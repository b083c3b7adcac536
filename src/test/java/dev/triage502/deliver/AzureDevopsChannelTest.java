package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.deliver.AzureDevopsItems.Mapping;
import dev.triage502.deliver.PretendAzureDevops.Item;
import dev.triage502.deliver.ticket.AzureDevopsText;
import dev.triage502.ledger.MessageReason;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of channels, and the whole life of an incident in a project of Azure DevOps. */
class AzureDevopsChannelTest extends ChannelContract {

    private static final DeliveryResult SENT = new DeliveryResult.Sent();

    private PretendAzureDevops service;
    private ChannelMemory memory = ChannelMemory.forgetting();
    private Instant now = Instant.parse("2026-03-02T08:15:10Z");
    private String token = SECRET;
    private Optional<SecretText> pat = Optional.empty();
    private Mapping mapping = mapping("Bug", Map.of());

    @BeforeEach
    void start() throws IOException {
        service = new PretendAzureDevops("Scrum", SECRET);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Override
    ChannelType type() {
        return AzureDevopsChannel.TYPE;
    }

    @Override
    AzureDevopsChannel channel() {
        ChannelTools tools = new ChannelTools(
                HttpChannelContract.TOOLS.http(), Clock.fixed(now, ZoneOffset.UTC), false, scope -> token);
        return new AzureDevopsChannel(service.base(), pat, mapping, tools);
    }

    private static Mapping mapping(String type, Map<String, String> severities) {
        return new Mapping(
                PretendAzureDevops.PROJECT,
                type,
                List.of("gateway"),
                Optional.of(PretendAzureDevops.PROJECT + "\\Edge"),
                severities,
                Optional.empty(),
                Optional.empty());
    }

    private Mapping states(String closed, String open) {
        return new Mapping(
                mapping.project(),
                mapping.type(),
                mapping.tags(),
                mapping.areaPath(),
                mapping.severities(),
                Optional.of(closed),
                Optional.of(open));
    }

    @Override
    void otherSideRefuses(String words) {
        service.refuses(words);
    }

    @Override
    void otherSideIsAway() {
        service.close();
    }

    @Override
    List<String> taken() {
        return service.items().stream().map(item -> item.fields().toString()).toList();
    }

    @Override
    int longest() {
        return 2 * AzureDevopsText.LONGEST;
    }

    @Override
    String cutNote() {
        return "Shortened. Open the report.";
    }

    @Test
    void oneItemWithACommentForEachEventClosedOnce() {
        for (MessageReason event : MessageReason.values()) {
            assertThat(say(event)).as(event.id()).isEqualTo(SENT);
            assertThat(say(event)).as("again " + event.id()).isEqualTo(SENT);
        }

        assertThat(service.items()).hasSize(1);
        assertThat(item().comments()).hasSize(MessageReason.values().length - 1);
        assertThat(item().states()).containsExactly("Done");
        assertThat(item().field("System.Tags"))
                .isEqualTo("triage502; triage502-agw-prod-20260302T0814-abc123; gateway");
        assertThat(item().field("Microsoft.VSTS.TCM.ReproSteps")).contains("<h3>Do this first</h3>");
    }

    @Test
    void aRecurrenceOpensWhatWasClosed() {
        say(MessageReason.RECOVERED);
        say(MessageReason.RECURRED);

        assertThat(item().states()).containsExactly("Done", "New");
    }

    @Test
    void lostAnswersMakeNothingTwice() {
        service.losesAnswers(true);
        say(MessageReason.FIRST_DIAGNOSIS);
        service.losesAnswers(false);
        assertThat(say(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(service.items()).hasSize(1);
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
        assertThat(service.items()).hasSize(1);
        assertThat(item().states()).containsExactly("Done");
    }

    @Test
    void twoWorkersAtOnceMakeOneItem() throws Exception {
        assertThat(TwoWorkers.at(() -> say(MessageReason.RECOVERED))).contains(SENT);
        now = now.plusSeconds(61);
        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(service.items()).hasSize(1);
        assertThat(item().states()).containsExactly("Done");
    }

    /** Without a setting of states, each type of each process is closed and opened again. */
    @ParameterizedTest
    @CsvSource({
        "Basic,Issue,Done,To Do",
        "Agile,Issue,Closed,Active",
        "Agile,Bug,Closed,New",
        "Scrum,Impediment,Closed,Open",
        "Scrum,Bug,Done,New",
        "CMMI,Issue,Closed,Proposed",
        "CMMI,Bug,Closed,Proposed"
    })
    void theStatesFollowTheProcess(String process, String type, String closed, String open) throws IOException {
        service.close();
        service = new PretendAzureDevops(process, SECRET);
        mapping = mapping(type, Map.of());

        assertThat(channel().check()).isEqualTo(ChannelCheck.fine());
        say(MessageReason.RECOVERED);
        say(MessageReason.RECURRED);
        assertThat(item().states()).containsExactly(closed, open);
    }

    @Test
    void theStatesOfTheSettingsAreUsed() {
        mapping = states("Removed", "Committed");
        say(MessageReason.RECOVERED);
        say(MessageReason.RECURRED);

        assertThat(item().states()).containsExactly("Removed", "Committed");
    }

    @Test
    void whatAPersonClosedStaysAsItIs() {
        say(MessageReason.FIRST_DIAGNOSIS);
        item().fields().addProperty("System.State", "Removed");
        say(MessageReason.CHANGED);
        say(MessageReason.RECOVERED);

        assertThat(item().states()).isEmpty();
        assertThat(item().comments()).hasSize(2);
    }

    @Test
    void theSeverityIsThatOfTheSettings() {
        mapping = mapping("Bug", Map.of("1", "2 - High"));
        channel().deliver(ExampleNotices.ofEachKind().get("confirmed"), memory);

        assertThat(item().field("Microsoft.VSTS.Common.Severity")).isEqualTo("2 - High");
        assertThat(item().field("System.AreaPath")).isEqualTo("Net work\\Edge");
    }

    @Test
    void anItemThatWasDeletedIsMadeAnew() throws IOException {
        say(MessageReason.FIRST_DIAGNOSIS);
        service.close();
        service = new PretendAzureDevops("Scrum", SECRET);

        assertThat(say(MessageReason.CHANGED)).isEqualTo(SENT);
        assertThat(service.items()).hasSize(1);
    }

    /** To the text, the comment or the state. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aLostAnswerMakesNoSecondCommentAndClosesOnce(int which) {
        say(MessageReason.FIRST_DIAGNOSIS);
        service.losesAnswer(which);
        assertThat(say(MessageReason.RECOVERED)).isInstanceOf(DeliveryResult.Failed.class);

        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(item().comments()).hasSize(1);
        assertThat(item().states()).containsExactly("Done");
    }

    @Test
    void aPersonalAccessTokenSignsInWithoutAUser() {
        pat = Optional.of(new SecretText(SECRET));
        token = "not asked for";
        assertThat(say(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);

        pat = Optional.of(new SecretText("another"));
        assertThat(why(say(MessageReason.CHANGED)))
                .contains("203", "set a valid token")
                .doesNotContain("another", "OmFub3RoZXI=");
    }

    @Test
    void anIdentityThatWasNotAddedIsRefusedWithWhatToDo() {
        token = "another";

        assertThat(why(say(MessageReason.FIRST_DIAGNOSIS)))
                .contains("401", "TF400813", "add the app's identity")
                .doesNotContain(token);
    }

    @Test
    void theTokenIsForAzureDevops() {
        List<String> scopes = new ArrayList<>();
        ChannelTools tools =
                new ChannelTools(HttpChannelContract.TOOLS.http(), Clock.fixed(now, ZoneOffset.UTC), false, scope -> {
                    scopes.add(scope);
                    return SECRET;
                });
        new AzureDevopsChannel(service.base(), Optional.empty(), mapping, tools).check();

        assertThat(scopes).containsOnly("499b84ac-1321-427f-aa17-267ca6975798/.default");
    }

    @Test
    void theSettingsAreCheckedAgainstTheProject() throws IOException {
        mapping = mapping("Bug", Map.of("1", "2 - High"));
        assertThat(channel().check()).isEqualTo(ChannelCheck.fine());

        mapping = new Mapping(
                mapping.project(),
                "Bug",
                List.of(),
                Optional.of("Net work\\Core"),
                Map.of("0", "Critical"),
                Optional.of("Closed"),
                Optional.empty());
        assertThat(channel().check().problems())
                .containsExactly(
                        "work item type Bug has no state \"Closed\"; it has New, Approved, Committed, Done, Removed",
                        "there is no area path \"Net work\\Core\" that the identity may view",
                        "the field Severity of Bug has no value \"Critical\"; it has 1 - Critical, 2 - High, 3 -"
                                + " Medium, 4 - Low");

        mapping = mapping("Impediment", Map.of("0", "1 - Critical"));
        assertThat(channel().check().problems())
                .containsExactly("work item type Impediment has no field Severity, so severities cannot be set");
        mapping = mapping("Issue", Map.of());
        assertThat(channel().check().problems().toString()).contains("VS402323", "check organization, project");
        assertThat(service.written()).isEmpty();
    }

    @Test
    void textsFromOutsideAreInert() {
        channel().deliver(ExampleNotices.hostile(" <script>x</script> #1 @all"), memory);

        assertThat(item().field("Microsoft.VSTS.TCM.ReproSteps"))
                .contains("&lt;script&gt;")
                .doesNotContain("<script", " #1");
    }

    private DeliveryResult say(MessageReason event) {
        return channel().deliver(Reports.event(event), memory);
    }

    private Item item() {
        return service.items().get(0);
    }
}
