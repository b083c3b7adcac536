package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.triage502.deliver.DeliveryResult;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and buttons in Slack. */
class SlackFunctionTest {

    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final String ANSWER = "https://hooks.slack.com/commands/T1/2/secretpart";
    private static final String GATEWAY = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg"
            + "/providers/Microsoft.Network/applicationGateways/agw-prod";

    @TempDir
    private Path folder;

    private final FakeContext context = new FakeContext();
    private final Map<String, JsonObject> answers = new TreeMap<>();
    private App app;
    private Wiring wiring;

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        app.environment.put("TRIAGE502_SLACK_SIGNING_SECRET", SECRET);
        app.environment.put("TRIAGE502_PUBLIC_URL", "https://triage.example.com");
        wiring = app.wiring();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void aCommandIsAnsweredAtOnceAndDoneLater() {
        HttpResponseMessage answer = send(command("agw-prod 2h"));

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(App.json(answer).get("response_type").getAsString()).isEqualTo("ephemeral");
        assertThat(App.json(answer).get("text").getAsString()).startsWith("Investigating agw-prod.");
        SlackErrand errand = SlackErrand.read(app.next(QueueNames.SLACK).orElseThrow());
        assertThat(errand)
                .isEqualTo(new SlackErrand(
                        SlackErrand.What.DIAGNOSE, "agw-prod", Duration.ofHours(2), ANSWER, "U2CERLKJA", ""));
    }

    /** Slack waits no longer; finding the gateway may take that long alone. */
    @Test
    void slackIsAnsweredWithinThreeSecondsHoweverLongAzureTakes() {
        app.azureTakes(Duration.ofSeconds(10));

        assertTimeoutPreemptively(Duration.ofSeconds(3), () -> send(command("agw-prod")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agw prod 2h", "?!", "agw-prod soon", "agw-prod 40d"})
    void whatIsNotUnderstoodGetsHelp(String text) {
        HttpResponseMessage answer = send(command(text));

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(App.json(answer).get("text").getAsString()).containsAnyOf("/triage502 GATEWAY", "such as 30m");
        assertThat(app.next(QueueNames.SLACK)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "help"})
    void helpComesAtOnceAndTheGatewaysAfterIt(String text) {
        assertThat(App.json(send(command(text))).get("text").getAsString()).contains("/triage502 GATEWAY");

        work();
        assertThat(answers.get(ANSWER).get("response_type").getAsString()).isEqualTo("ephemeral");
        assertThat(answers.get(ANSWER).get("text").getAsString()).contains("Gateways could not be listed: ");
    }

    /** Of a portal's address only the ID is kept: there may be more in it. */
    @Test
    void whatWasTypedIsQueuedWithoutSecrets() {
        send(command("https://portal.azure.com/#@t/resource" + GATEWAY + "/overview?sig=s3cr3tToken"));
        assertThat(app.next(QueueNames.SLACK).orElseThrow()).contains(GATEWAY).doesNotContain("s3cr3tToken");

        send(press("mark_right", "xoxb-1234567890-s3cr3tToken"));
        assertThat(app.next(QueueNames.SLACK).orElseThrow()).doesNotContain("s3cr3tToken");
    }

    @Test
    void aGatewayThatCannotBeFoundGetsHelpAndNotSilence() {
        send(command("agw-nowhere"));
        work();

        JsonObject answer = answers.get(ANSWER);
        assertThat(answer.get("response_type").getAsString()).isEqualTo("ephemeral");
        assertThat(answer.get("text").getAsString()).contains("agw-nowhere", "/triage502 GATEWAY");
    }

    @Test
    void theDiagnosisIsPostedWhereItWasAskedFor() {
        send(command(GATEWAY + " 30m"));
        work();

        JsonObject answer = answers.get(ANSWER);
        assertThat(answer.get("response_type").getAsString()).isEqualTo("in_channel");
        assertThat(answer.get("blocks").toString())
                .contains("diagnose_again", "https://triage.example.com/api/")
                .doesNotContain("mark_right");
    }

    @ParameterizedTest
    @CsvSource({"mark_right, right", "mark_wrong, wrong"})
    void aPressRecordsWhoSaidWhat(String button, String verdict) throws IOException {
        String incident = app.investigated(wiring);
        assertThat(send(press(button, incident)).getBody()).isNull();
        work();

        assertThat(answers.get(ANSWER).get("text").getAsString()).contains("Recorded: the diagnosis was " + verdict);
        assertThat(answers.get(ANSWER).get("replace_original").getAsBoolean()).isFalse();
        assertThat(app.store.feedback().all())
                .singleElement()
                .satisfies(given ->
                        assertThat(given.toJson().toString()).contains("\"" + verdict + "\"", "\"slack:U0000000001\""));
        assertThat(answers.get(ANSWER).toString().contains("feedback?verdict=wrong"))
                .isEqualTo(verdict.equals("wrong"));
    }

    @Test
    void anotherDiagnosisGoesIntoTheThread() throws IOException {
        String incident = app.investigated(wiring);
        send(press("diagnose_again", incident));
        work();

        assertThat(answers.get(ANSWER).get("thread_ts").getAsString()).isEqualTo("1770000000.000100");
        assertThat(answers.get(ANSWER).get("response_type").getAsString()).isEqualTo("in_channel");
    }

    @Test
    void aButtonOfAnIncidentThatIsGoneSaysSo() {
        for (String button : new String[] {"diagnose_again", "mark_right"}) {
            send(press(button, "agw-gone-20260302T0814-abc123"));
            work();

            assertThat(answers.get(ANSWER).get("text").getAsString()).contains("incident");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open_report", "open_portal", "something_else"})
    void aButtonThatOpensAPageIsOnlyAcknowledged(String button) {
        assertThat(send(press(button, "")).getStatusCode()).isEqualTo(200);
        assertThat(app.next(QueueNames.SLACK)).isEmpty();
    }

    @Test
    void whatIsNotSignedNowBySlackIsRefused() {
        String body = command("agw-prod");
        Instant now = Instant.now();

        assertThat(status(FakeRequest.post(body))).isEqualTo(401);
        assertThat(status(signed(body, "another secret, of many characters", now)))
                .isEqualTo(401);
        assertThat(status(signed(body, SECRET, now.minusSeconds(330)))).isEqualTo(401);
        assertThat(status(signed(body, SECRET, now.plusSeconds(330)))).isEqualTo(401);
        FakeRequest changed = FakeRequest.post(body + "x");
        signed(body, SECRET, now).getHeaders().forEach(changed::header);
        assertThat(status(changed)).isEqualTo(401);
        assertThat(app.next(QueueNames.SLACK)).isEmpty();
    }

    @Test
    void answersGoNowhereButToSlack() {
        String body = command("agw-prod").replace("hooks.slack.com", "evil.example");

        assertThat(status(signed(body, SECRET, Instant.now()))).isEqualTo(400);
        assertThat(app.next(QueueNames.SLACK)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload=%7B", "payload=%5B%5D", "payload=%zz", "a=b", "payload=%7B%7D", "ssl_check=1"})
    void whatIsNoneOfSlacksRequestsDoesNothing(String body) {
        assertThat(status(signed(body, SECRET, Instant.now()))).isIn(200, 400);
        assertThat(app.next(QueueNames.SLACK)).isEmpty();
    }

    @Test
    void withoutTheSecretThereIsNothingHere() {
        app.environment.remove("TRIAGE502_SLACK_SIGNING_SECRET");
        wiring = app.wiring();

        assertThat(status(signed(command("agw-prod"), SECRET, Instant.now()))).isEqualTo(404);
    }

    @Test
    void theUrlForAnswersIsInNoLog() {
        send(command("agw-nowhere"));
        work();

        assertThat(SlackErrand.read(new SlackErrand(SlackErrand.What.WRONG, "x", Duration.ZERO, ANSWER, "U1", "")
                                .toMessage())
                        .toString())
                .doesNotContain("secretpart");
    }

    private void work() {
        SlackErrand errand = SlackErrand.read(app.next(QueueNames.SLACK).orElseThrow());
        wiring.slackDesk((url, message) -> {
                    answers.put(url, message);
                    return new DeliveryResult.Sent();
                })
                .run(errand, context.getLogger());
    }

    private HttpResponseMessage send(String body) {
        return wiring.getInstance(SlackFunction.class).take(signed(body, SECRET, Instant.now()), context);
    }

    private int status(FakeRequest request) {
        return wiring.getInstance(SlackFunction.class).take(request, context).getStatusCode();
    }

    private static FakeRequest signed(String body, String secret, Instant at) {
        String timestamp = String.valueOf(at.getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8));
            return FakeRequest.post(body)
                    .header("x-slack-request-timestamp", timestamp)
                    .header("x-slack-signature", "v0=" + HexFormat.of().formatHex(signature));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String command(String text) {
        return "token=x&team_id=T1DC2JH3J&channel_id=G8PSS9T3V&user_id=U2CERLKJA&user_name=roadrunner"
                + "&command=%2Ftriage502&text=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&response_url="
                + URLEncoder.encode(ANSWER, StandardCharsets.UTF_8);
    }

    private static String press(String button, String value) {
        String payload = """
            {"type":"block_actions","user":{"id":"U0000000001"},"response_url":"%s",
             "container":{"type":"message","message_ts":"1770000000.000100"},
             "actions":[{"action_id":"%s","type":"button","value":"%s"}]}\
            """.formatted(ANSWER, button, value);
        return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
    }
}
