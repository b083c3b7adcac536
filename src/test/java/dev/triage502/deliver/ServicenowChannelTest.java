package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.triage502.deliver.Receiver.Reply;
import dev.triage502.deliver.ServicenowIncidents.Mapping;
import dev.triage502.deliver.ticket.ServicenowText;
import dev.triage502.json.JsonTree;
import dev.triage502.ledger.MessageReason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of channels, and the whole life of an incident in ServiceNow. */
class ServicenowChannelTest extends ChannelContract {

    private static final DeliveryResult SENT = new DeliveryResult.Sent();

    private PretendServicenow servicenow;
    private ChannelMemory memory = ChannelMemory.forgetting();
    private Instant now = Instant.parse("2026-03-02T08:15:10Z");
    private String password = SECRET;
    private String settings =
            "{\"assignmentGroup\": \"Network\", \"caller\": \"triage502\", \"category\": \"network\"}";

    @BeforeEach
    void start() throws IOException {
        servicenow = new PretendServicenow(SECRET);
    }

    @AfterEach
    void stop() {
        servicenow.close();
    }

    @Override
    ChannelType type() {
        return ServicenowChannel.TYPE;
    }

    @Override
    ServicenowChannel channel() {
        return channel(ServicenowAccess.byPassword(PretendServicenow.USER, new SecretText(password)));
    }

    private ServicenowChannel channel(ServicenowAccess access) {
        JsonObject json = JsonParser.parseString(settings).getAsJsonObject();
        Map<String, JsonElement> values = new LinkedHashMap<>();
        json.entrySet().forEach(each -> values.put(each.getKey(), each.getValue()));
        Mapping mapping = ServicenowChannel.mapping(new ChannelValues(values));
        return new ServicenowChannel(servicenow.base(), access, mapping, tools());
    }

    private ServicenowAccess tokens(String secret) {
        return new ServicenowTokens(servicenow.base(), PretendServicenow.USER, new SecretText(secret), tools());
    }

    private ChannelTools tools() {
        return new ChannelTools(HttpChannelContract.TOOLS.http(), new Now());
    }

    /** Says what the test says. */
    private final class Now extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Override
    void otherSideRefuses(String words) {
        servicenow.refuses(words);
    }

    @Override
    void otherSideIsAway() {
        servicenow.close();
    }

    @Override
    List<String> taken() {
        return servicenow.incidents().stream().map(JsonObject::toString).toList();
    }

    @Override
    int longest() {
        return 3 * ServicenowText.LONGEST;
    }

    @Override
    String cutNote() {
        return "Shortened. Open the report.";
    }

    @Test
    void oneIncidentWithAWorkNoteForEachEventResolvedOnce() {
        for (MessageReason event : MessageReason.values()) {
            assertThat(say(event)).as(event.id()).isEqualTo(SENT);
            assertThat(say(event)).as("again " + event.id()).isEqualTo(SENT);
            if (event == MessageReason.RESOLVED) {
                assertThat(field("state")).isEqualTo("1");
            }
        }

        assertThat(servicenow.incidents()).hasSize(1);
        assertThat(servicenow.notes())
                .hasSize(MessageReason.values().length - 1)
                .allMatch(note -> note.contains("What happened: "));
        assertThat(field("correlation_id")).isEqualTo("agw-prod-20260302T0814-abc123");
        assertThat(field("correlation_display")).isEqualTo("triage502");
        assertThat(field("assignment_group")).isEqualTo(PretendServicenow.GROUP_ID);
        assertThat(field("caller_id")).isEqualTo(PretendServicenow.CALLER_ID);
        assertThat(field("category")).isEqualTo("network");
        assertThat(field("description")).contains("Do this first", "Not checked");
    }

    @Test
    void isResolvedByAMeasuredRecoveryAloneAndOpenedAgain() {
        say(MessageReason.FIRST_DIAGNOSIS);
        say(MessageReason.RESOLVED);
        assertThat(field("state")).isEqualTo("1");
        say(MessageReason.RECOVERED);
        assertThat(field("state")).isEqualTo("6");
        assertThat(field("close_code")).isEqualTo("Solution provided");
        assertThat(field("close_notes")).contains("Recovered").doesNotContain("https://");
        say(MessageReason.RECURRED);
        assertThat(field("state")).isEqualTo("2");
        assertThat(servicenow.resolved()).isEqualTo(1);
    }

    @Test
    void anIncidentThatWasClosedSinceStaysClosed() {
        say(MessageReason.RECOVERED);
        servicenow.set("state", "7");
        assertThat(say(MessageReason.RECURRED)).isEqualTo(SENT);
        assertThat(say(MessageReason.FLAPPING)).isEqualTo(SENT);

        assertThat(field("state")).isEqualTo("7");
        assertThat(servicenow.notes()).hasSize(2);
    }

    @Test
    void impactAndUrgencyFollowTheSeverityAndStayAsPeopleSetThem() {
        deliver(ExampleNotices.ofEachKind().get("confirmed"));
        assertThat(List.of(field("impact"), field("urgency"))).containsExactly("2", "1");
        servicenow.delete();

        settings = "{\"impacts\": {\"1\": \"3\"}, \"urgencies\": {\"1\": \"2\"}}";
        ReportNotice notice = ExampleNotices.ofEachKind().get("likely");
        channel().deliver(notice, memory);
        assertThat(List.of(field("impact"), field("urgency"))).containsExactly("3", "2");
        servicenow.set("impact", "1");
        channel().deliver(ExampleNotices.notice(notice.document(), MessageReason.CHANGED, "It changed."), memory);
        assertThat(field("impact")).isEqualTo("1");
    }

    @Test
    void aHeadlineWithoutRoomIsWholeInTheText() {
        channel().deliver(ExampleNotices.hostile(" and more".repeat(30)), memory);

        assertThat(field("short_description")).hasSizeLessThanOrEqualTo(160).endsWith("…");
        String begin = field("short_description").replace("…", "");
        assertThat(field("description")).startsWith(begin).hasSizeLessThanOrEqualTo(4_000);
        assertThat(field("description").lines().findFirst().orElseThrow()).hasSizeGreaterThan(160);
    }

    @Test
    void aLostAnswerMakesNoSecondIncident() {
        servicenow.losesAnswers(true);
        assertThat(say(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);
        servicenow.losesAnswers(false);

        assertThat(say(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(servicenow.incidents()).hasSize(1);
    }

    /** To the text, the work note or the state. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aLostAnswerMakesNoSecondWorkNoteAndResolvesOnce(int which) {
        say(MessageReason.FIRST_DIAGNOSIS);
        servicenow.losesAnswer(which);
        assertThat(say(MessageReason.RECOVERED)).isInstanceOf(DeliveryResult.Failed.class);

        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(servicenow.notes()).hasSize(1);
        assertThat(servicenow.resolved()).isEqualTo(1);
    }

    /** Each write is one moment at which the process can die. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void dyingBetweenACallAndItsNoteMakesNothingTwice(int lost) {
        for (MessageReason event : List.of(MessageReason.FIRST_DIAGNOSIS, MessageReason.RECOVERED)) {
            ChannelMemory kept = memory;
            memory = new LosingMemory(kept, lost);
            say(event);
            memory = kept;
            now = now.plusSeconds(61);
            assertThat(say(event)).isEqualTo(SENT);
        }

        assertThat(servicenow.incidents()).hasSize(1);
        assertThat(servicenow.notes()).hasSize(1);
        assertThat(servicenow.resolved()).isEqualTo(1);
    }

    @Test
    void twoWorkersAtOnceMakeOneIncidentResolvedOnce() throws Exception {
        for (MessageReason event : List.of(MessageReason.FIRST_DIAGNOSIS, MessageReason.RECOVERED)) {
            assertThat(TwoWorkers.at(() -> say(event))).contains(SENT);
            now = now.plusSeconds(61);
            assertThat(say(event)).isEqualTo(SENT);
        }

        assertThat(servicenow.incidents()).hasSize(1);
        assertThat(servicenow.notes()).hasSize(1);
        assertThat(servicenow.resolved()).isEqualTo(1);
    }

    @Test
    void anIncidentThatWasDeletedIsMadeAnewAndOneThatWasForgottenIsFound() {
        say(MessageReason.FIRST_DIAGNOSIS);
        servicenow.delete();
        assertThat(say(MessageReason.CHANGED)).isEqualTo(SENT);
        assertThat(servicenow.incidents()).hasSize(1);

        memory = ChannelMemory.forgetting();
        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(servicenow.incidents()).hasSize(1);
        assertThat(field("state")).isEqualTo("6");
    }

    /** ServiceNow then drops the condition and returns every incident. */
    @Test
    void anotherIncidentIsNotTakenForItsOwn() {
        servicenow.hasAnother();
        servicenow.cannotRead("correlation_id");

        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);

        assertThat(servicenow.incidents()).hasSize(2);
        assertThat(servicenow.incidents().get(0).get("state").getAsString()).isEqualTo("2");
    }

    @Test
    void whatServicenowIgnoresIsNotTakenForDone() {
        servicenow.cannotWrite("state");

        assertThat(why(say(MessageReason.RECOVERED))).contains("left the incident in state 1 instead of 6");
    }

    @Test
    void aFieldThatTheInstanceRequiresIsNamedAndCanBeSet() {
        servicenow.wantsCause();
        assertThat(why(say(MessageReason.RECOVERED))).contains("The following fields are mandatory: Cause");

        settings = "{\"resolveFields\": {\"u_cause\": \"network\"}}";
        assertThat(say(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(field("u_cause")).isEqualTo("network");
        assertThat(field("state")).isEqualTo("6");
    }

    @Test
    void saysWhatToChange() {
        settings = "{\"assignmentGroup\": \"Netwrok\"}";
        assertThat(why(say(MessageReason.FIRST_DIAGNOSIS)))
                .contains("no active row with name \"Netwrok\" in sys_user_group", "assignment_group");
        assertThat(servicenow.incidents()).isEmpty();

        settings = "{}";
        password = "another-password";
        assertThat(why(say(MessageReason.FIRST_DIAGNOSIS)))
                .contains("401", "User Not Authenticated", "check user and password")
                .doesNotContain(password);
        password = SECRET;
        servicenow.hasNoRole();
        assertThat(why(say(MessageReason.FIRST_DIAGNOSIS))).contains("403", "User Not Authorized", "itil");
    }

    @Test
    void waitsWhenServicenowAsksTo() {
        servicenow.answers(new Reply(429, Map.of("Retry-After", "120"), "{\"error\":{\"message\":\"Rate limit\"}}"), 1);

        assertThat(((DeliveryResult.Failed) say(MessageReason.FIRST_DIAGNOSIS)).retryAfter())
                .hasValue(Duration.ofMinutes(2));
        assertThat(say(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
    }

    /** An instance that nobody used for a while. */
    @Test
    void aPageInsteadOfAnAnswerMayBeAnInstanceThatWakesUp() {
        servicenow.answers(new Reply(200, Map.of(), "<html>Your instance is hibernating</html>"), 1);

        assertThat(why(say(MessageReason.FIRST_DIAGNOSIS))).contains("did not answer in JSON", "hibernating");
        assertThat(servicenow.incidents()).isEmpty();
    }

    @Test
    void aTokenIsUsedUntilItEndsAndMadeAgainWhenItIsRefused() {
        Channel channel = channel(tokens(SECRET));
        assertThat(channel.deliver(Reports.event(MessageReason.FIRST_DIAGNOSIS), memory))
                .isEqualTo(SENT);
        assertThat(channel.deliver(Reports.event(MessageReason.CHANGED), memory))
                .isEqualTo(SENT);
        assertThat(servicenow.tokensMade()).isEqualTo(1);

        servicenow.revokeTokens();
        DeliveryResult revoked = channel.deliver(Reports.event(MessageReason.RECOVERED), memory);
        assertThat(((DeliveryResult.Failed) revoked).retryAfter()).hasValue(Duration.ofSeconds(1));
        assertThat(channel.deliver(Reports.event(MessageReason.RECOVERED), memory))
                .isEqualTo(SENT);
        assertThat(servicenow.tokensMade()).isEqualTo(2);
    }

    /** The pretend's tokens last half an hour. */
    @Test
    void aTokenIsNotUsedWhenItIsAboutToEnd() {
        ServicenowAccess access = tokens(SECRET);
        access.enter();
        now = now.plusSeconds(27 * 60);
        access.enter();
        assertThat(servicenow.tokensMade()).isEqualTo(1);
        now = now.plusSeconds(60);
        access.enter();
        assertThat(servicenow.tokensMade()).isEqualTo(2);
    }

    @Test
    void aClientThatIsNotRightIsRefusedWithWhatToDo() {
        String secret = "s3cr3t & more";
        ServicenowAccess access = tokens(secret);

        assertThat(why(channel(access).deliver(Reports.event(MessageReason.CHANGED), memory)))
                .contains("401", "access_denied", "glide.oauth.inbound.client.credential.grant_type.enabled")
                .doesNotContain(secret, "s3cr3t+%26+more");
        servicenow.refuses("no client s3cr3t+%26+more or " + secret);
        assertThat(why(channel(access).deliver(Reports.event(MessageReason.CHANGED), memory)))
                .contains("no client")
                .doesNotContain(secret, "s3cr3t+%26+more");
    }

    @Test
    void theSettingsAreCheckedAgainstTheInstance() {
        assertThat(channel().check().warnings()).singleElement().asString().contains("sees no incident");
        servicenow.hasAnother();
        assertThat(channel().check()).isEqualTo(ChannelCheck.fine());

        settings =
                "{\"assignmentGroup\": \"Netwrok\", \"closeCode\": \"Solved (Permanently)\", \"resolvedState\": \"9\","
                        + " \"category\": \"web\"}";
        assertThat(channel().check().problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("sys_user_group", "Netwrok"),
                        problem -> assertThat(problem)
                                .isEqualTo("incidents have no close_code \"Solved (Permanently)\"; there are Duplicate,"
                                        + " Known error, Solution provided, Resolved by change"),
                        problem -> assertThat(problem).contains("no state \"9\"; there are 1, 2, 3, 6, 7, 8"),
                        problem -> assertThat(problem).contains("no category \"web\""));

        settings = "{}";
        servicenow.cannotReadTable("sys_choice");
        assertThat(channel().check().problems()).isEmpty();
        assertThat(channel().check().warnings()).hasSize(3).allMatch(warning -> warning.contains("was not checked"));
        servicenow.cannotRead("correlation_id");
        assertThat(channel().check().problems().toString()).contains("may not read the fields correlation_id");
        servicenow.hasNoRole();
        assertThat(channel().check().problems().toString()).contains("User Not Authorized");
        assertThat(servicenow.written()).isEmpty();
        servicenow.close();
        assertThat(channel().check().warnings().toString()).contains("could not be checked");
    }

    @Test
    void textsFromOutsideAreInert() {
        say(MessageReason.FIRST_DIAGNOSIS);
        channel().deliver(ExampleNotices.hostile(" [code]<script>x</script>[/code] [CODE] <!-- --> a < b"), memory);

        String all = servicenow.incidents() + "\n" + servicenow.notes();
        assertThat(all.replace("\\u003c", "<").replace("\\u003e", ">"))
                .contains("[\u2060code]<\u2060script>x<\u2060/script>", "a < b", "The command is in the report.")
                .doesNotContainIgnoringCase("[code]", "[/code]", "<script", "</", "<!--");
    }

    @Test
    void theInstanceIsAHostThatMayBeCalled() {
        assertThat(ServicenowChannel.INSTANCE.read().apply(new JsonPrimitive("contoso.service-now.com")))
                .isPresent();
        for (String host :
                List.of("169.254.169.254", "contoso.service-now.com/x", "a@b.example", "https://a.example")) {
            assertThat(ServicenowChannel.INSTANCE.read().apply(new JsonPrimitive(host)))
                    .as(host)
                    .isEmpty();
        }
    }

    private DeliveryResult say(MessageReason event) {
        return channel().deliver(Reports.event(event), memory);
    }

    private String field(String name) {
        List<JsonObject> incidents = servicenow.incidents();
        return JsonTree.text(incidents.get(incidents.size() - 1), name);
    }
}
