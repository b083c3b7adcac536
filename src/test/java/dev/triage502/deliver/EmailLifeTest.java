package dev.triage502.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.triage502.ledger.MessageReason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole life of an incident in a mailbox. */
class EmailLifeTest {

    private static final DeliveryResult SENT = new DeliveryResult.Sent();

    private static final List<MessageReason> EVENTS = Stream.of(MessageReason.values())
            .filter(EmailChannel.TYPE.takes()::contains)
            .toList();

    private PretendEmail service;
    private ChannelMemory memory = ChannelMemory.forgetting();
    private Instant now = Instant.parse("2026-03-02T08:15:10Z");
    private String token = PretendEmail.TOKEN;
    private Optional<String> key = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        service = new PretendEmail(() -> now);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void oneMailForEachEventInOneThread() {
        for (MessageReason event : EVENTS) {
            assertThat(deliver(event)).as(event.id()).isEqualTo(SENT);
            assertThat(deliver(event)).as("again " + event.id()).isEqualTo(SENT);
        }

        assertThat(service.mails()).hasSameSizeAs(EVENTS);
        assertThat(service.mails())
                .extracting(mail ->
                        mail.getAsJsonObject("headers").get("References").getAsString())
                .containsOnly("<agw-prod-20260302T0814-abc123@triage502.invalid>");
        assertThat(subject(0)).startsWith("✖ Open");
        assertThat(service.mails())
                .extracting(
                        mail -> mail.getAsJsonObject("content").get("subject").getAsString())
                .anyMatch(subject -> subject.startsWith("✔ Recovered"));
    }

    @Test
    void saysWhatHappenedInBothFormsOnce() {
        deliver(MessageReason.CHANGED);

        JsonObject content = service.mails().get(0).getAsJsonObject("content");
        assertThat(content.get("html").getAsString()).containsOnlyOnce(">What happened: changed.</p>");
        assertThat(content.get("plainText").getAsString()).containsOnlyOnce("What happened: changed.");
    }

    @Test
    void goesToEveryoneAndReadersAreNotTracked() {
        deliver(MessageReason.FIRST_DIAGNOSIS);

        JsonObject mail = service.mails().get(0);
        assertThat(mail.getAsJsonObject("recipients").getAsJsonArray("to")).hasSize(2);
        assertThat(mail.getAsJsonArray("replyTo")).hasSize(1);
        assertThat(mail.get("userEngagementTrackingDisabled").getAsBoolean()).isTrue();
    }

    @Test
    void aMailWhoseAnswerWasLostIsNotSentTwice() {
        service.losesAnswers(true);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);
        service.losesAnswers(false);

        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(service.mails()).hasSize(1);
    }

    @Test
    void aMailThatDidNotArriveIsSentAgain() {
        service.losesRequests(true);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);
        service.losesRequests(false);

        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(service.mails()).hasSize(1);
    }

    /** The note that it was sent is the second of a delivery. */
    @Test
    void aProcessThatDiesBetweenMailAndNoteSendsNoSecondMail() {
        ChannelMemory kept = memory;
        memory = new LosingMemory(kept, 2);
        deliver(MessageReason.RECOVERED);
        memory = kept;

        assertThat(deliver(MessageReason.RECOVERED)).as("it may be at it").isInstanceOf(DeliveryResult.Failed.class);
        now = now.plusSeconds(31);
        assertThat(deliver(MessageReason.RECOVERED)).isEqualTo(SENT);
        assertThat(service.mails()).hasSize(1);
        assertThat(service.calls()).last().asString().startsWith("GET /emails/operations/");
    }

    @Test
    void aMailThatTheServiceCouldNotSendIsSentAnew() {
        service.outcome("Failed");
        service.losesAnswers(true);
        deliver(MessageReason.FIRST_DIAGNOSIS);
        service.outcome("Succeeded");
        service.losesAnswers(false);

        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(service.mails()).hasSize(1);
    }

    @Test
    void twoWorkersSendOneMail() throws Exception {
        List<DeliveryResult> results = TwoWorkers.at(() -> deliver(MessageReason.FIRST_DIAGNOSIS));

        assertThat(service.mails()).hasSize(1);
        assertThat(results).contains(SENT);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(service.mails()).hasSize(1);
    }

    @Test
    void waitsWhenTheServiceAsksTo() {
        service.isBusy(1);

        DeliveryResult busy = deliver(MessageReason.FIRST_DIAGNOSIS);
        assertThat(((DeliveryResult.Failed) busy).retryAfter()).hasValue(Duration.ofSeconds(60));
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(service.mails()).hasSize(1);
    }

    @Test
    void anAccessKeySignsEachRequest() {
        key = Optional.of(PretendEmail.KEY);
        service.losesAnswers(true);
        deliver(MessageReason.FIRST_DIAGNOSIS);
        service.losesAnswers(false);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(channel().check()).isEqualTo(ChannelCheck.fine());
        assertThat(service.mails()).hasSize(1);

        key = Optional.of("YW5vdGhlciBrZXkgb2YgYW5vdGhlciByZXNvdXJjZSwgYWxhcw==");
        assertThat(((DeliveryResult.Refused) deliver(MessageReason.CHANGED)).why())
                .contains("401", "set the access key of the resource again")
                .doesNotContain(key.get());
    }

    @Test
    void anIdentityWithoutTheRoleIsRefusedInTheServicesWords() {
        token = "another";

        assertThat(((DeliveryResult.Refused) deliver(MessageReason.FIRST_DIAGNOSIS)).why())
                .contains("401", "Denied", "Communication and Email Service Owner")
                .doesNotContain("another");
    }

    /** Within five minutes the service would answer the same request in the same way. */
    @Test
    void aMailThatWasRefusedForNowIsNotARepeatWhenItIsSentAgain() {
        service.knowsRepeats();
        service.isBusy(1);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);

        now = now.plusSeconds(60);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(service.mails()).hasSize(1);
    }

    /** The status of the operation is not there yet, and so the mail is sent again: as a repeat. */
    @Test
    void aMailOfWhichTheStatusIsNotThereYetIsSentAgainAsARepeat() {
        service.knowsRepeats();
        service.losesAnswers(true);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);
        service.losesAnswers(false);
        service.forgetsOperations();

        now = now.plusSeconds(120);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(service.mails()).hasSize(1);
    }

    /** The service takes no repeat of a request that began more than five minutes ago. */
    @Test
    void aRepeatAfterALongTimeIsANewRequest() {
        service.knowsRepeats();
        service.losesRequests(true);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isInstanceOf(DeliveryResult.Failed.class);
        service.losesRequests(false);

        now = now.plusSeconds(3600);
        assertThat(deliver(MessageReason.FIRST_DIAGNOSIS)).isEqualTo(SENT);
        assertThat(service.mails()).hasSize(1);
    }

    @Test
    void theSettingsAreCheckedWithoutAMail() {
        assertThat(channel().check()).isEqualTo(ChannelCheck.fine());

        token = "another";
        assertThat(channel().check().problems().toString())
                .contains("401", "Denied", "Communication and Email Service Owner");
        assertThat(service.mails()).isEmpty();
        assertThat(service.calls()).allMatch(call -> call.startsWith("GET /emails/operations/"));
        service.close();
        assertThat(channel().check().warnings().toString()).contains("could not be checked");
    }

    private DeliveryResult deliver(MessageReason event) {
        return channel().deliver(Reports.event(event), memory);
    }

    private EmailChannel channel() {
        EmailAccess access = key.map(
                        value -> EmailAccess.byKey(new SecretText(value), Clock.fixed(now, ZoneOffset.UTC)))
                .orElseGet(() -> EmailAccess.byIdentity(scope -> token));
        EmailApi api = new EmailApi(service.base(), access, HttpChannelContract.TOOLS.http());
        return new EmailChannel(
                api,
                new EmailChannel.Addresses(
                        PretendEmail.FROM, "one@example.com, two@example.com", Optional.of("three@example.com")),
                new ChannelTools(HttpChannelContract.TOOLS.http(), Clock.fixed(now, ZoneOffset.UTC)));
    }

    private String subject(int mail) {
        return service.mails()
                .get(mail)
                .getAsJsonObject("content")
                .get("subject")
                .getAsString();
    }
}
