package dev.triage502.deliver;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.triage502.deliver.ChannelMemory.Note;
import dev.triage502.deliver.EmailApi.Found;
import dev.triage502.deliver.EmailApi.Sending;
import dev.triage502.deliver.EmailApi.State;
import dev.triage502.deliver.email.EmailMessage;
import dev.triage502.ledger.MessageReason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Mails through Azure Communication Services, one for each event; those of one incident are one thread.
 *
 * <p>A mail cannot be taken back, and the service does not promise to know a repeat. So a mail is noted before it is sent, under an
 * id at which its state can be read: if a try broke off, the next one looks whether the service has the mail.
 */
final class EmailChannel implements Channel {

    private static final String ADDRESS = "[^\\s@,;<>\"]+@[^\\s@,;<>\"]+\\.[^\\s@,;<>\"]+";

    private static final String ADDRESSES = ADDRESS + "(?:\\s*[,;]\\s*" + ADDRESS + "){0,49}";

    static final ChannelSetting<String> ENDPOINT = ChannelSetting.text(
            "endpoint",
            "no email",
            "Endpoint of the Azure Communication Services resource that sends the mails.",
            "https://contoso.europe.communication.azure.com",
            "https://[A-Za-z0-9.-]+\\.communication\\.azure\\.[a-z]{2,3}/?");

    static final ChannelSetting<String> FROM = ChannelSetting.text(
            "from",
            "no email",
            "Sender address, at a domain that is connected to that resource.",
            "triage@alerts.contoso.com",
            ADDRESS);

    static final ChannelSetting<String> TO = ChannelSetting.text(
            "to",
            "no email",
            "Who gets the mails: at most 50 addresses, with commas between them.",
            "oncall@contoso.com, network@contoso.com",
            ADDRESSES);

    static final ChannelSetting<SecretText> ACCESS_KEY = ChannelSetting.secret(
            "accessKey",
            "by the managed identity",
            "Access key of the resource, to send without a managed identity. Secret: use a Key Vault reference.",
            "bm90IGEga2V5LCBvbmx5IGFuIGV4YW1wbGUgb2Ygb25lIQ==",
            "[A-Za-z0-9+/]{40,}={0,2}");

    static final ChannelSetting<String> REPLY_TO = ChannelSetting.text(
            "replyTo", "replies go to the sender", "Where replies go.", "oncall@contoso.com", ADDRESS);

    static final ChannelType TYPE = new ChannelType(
            "email",
            List.of(ENDPOINT, FROM, TO),
            List.of(ACCESS_KEY, REPLY_TO),
            EnumSet.complementOf(EnumSet.of(MessageReason.FLAPPING)),
            Map.of("email", notice -> EmailMessage.of(notice.summary()).html()),
            EmailChannel::of);

    /**
     * Who writes to whom.
     *
     * @param to      with commas or semicolons between them
     * @param replyTo where replies go, if not to the sender
     */
    record Addresses(String from, String to, Optional<String> replyTo) {}

    private final EmailApi api;
    private final Addresses addresses;
    private final ChannelTools tools;

    EmailChannel(EmailApi api, Addresses addresses, ChannelTools tools) {
        this.api = api;
        this.addresses = addresses;
        this.tools = tools;
    }

    private static EmailChannel of(ChannelValues values, ChannelTools tools) {
        SecretUrl resource =
                SecretUrl.parse(values.needed(ENDPOINT).replaceAll("/?$", "/")).orElseThrow();
        EmailAccess access = values.get(ACCESS_KEY)
                .map(key -> EmailAccess.byKey(key, tools.clock()))
                .orElseGet(() -> EmailAccess.byIdentity(tools.tokens()));
        return new EmailChannel(
                new EmailApi(resource, access, tools.http()),
                new Addresses(values.needed(FROM), values.needed(TO), values.get(REPLY_TO)),
                tools);
    }

    @Override
    public DeliveryResult deliver(ReportNotice notice, ChannelMemory memory) {
        Note seen = memory.read();
        EmailNote kept = EmailNote.of(seen);
        if (kept.said().equals(notice.key())) {
            return new DeliveryResult.Sent();
        }
        Instant now = tools.clock().instant();
        Optional<Duration> busy = kept.busyFor(now);
        if (busy.isPresent()) {
            return busy(busy.get());
        }
        EmailNote next = kept.fresh(notice.key(), now);
        if (kept.making().equals(notice.key())) {
            Found found = api.find(kept.operation());
            if (found.isUnknown()) {
                return found.result();
            }
            if (found.state() == State.TAKEN) {
                memory.write(seen, kept.sent().json());
                return found.result();
            }
            next = found.state() == State.FAILED ? next : kept.again(now);
        }
        if (!memory.write(seen, next.json())) {
            return busy(Duration.ofSeconds(5));
        }
        return send(notice, next, memory);
    }

    private DeliveryResult send(ReportNotice notice, EmailNote next, ChannelMemory memory) {
        Note seen = memory.read();
        Sending sending = api.send(mail(notice).toString(), next.operation(), Instant.ofEpochSecond(next.since()));
        EmailNote ended = sending.isUnclear() ? next.ended() : next.refused();
        memory.write(seen, (sending.result() instanceof DeliveryResult.Sent ? next.sent() : ended).json());
        return sending.result();
    }

    private static DeliveryResult busy(Duration pause) {
        return new DeliveryResult.Failed("another process is sending a mail about this incident", Optional.of(pause));
    }

    @Override
    public ChannelCheck check() {
        return api.check();
    }

    private JsonObject mail(ReportNotice notice) {
        EmailMessage message = EmailMessage.of(notice.summary());
        JsonObject content = new JsonObject();
        content.addProperty("subject", message.subject());
        content.addProperty("plainText", message.text());
        content.addProperty("html", message.html());
        JsonObject recipients = new JsonObject();
        recipients.add("to", people(addresses.to()));
        JsonObject mail = new JsonObject();
        mail.addProperty("senderAddress", addresses.from());
        mail.add("headers", thread(notice.incident()));
        mail.add("content", content);
        mail.add("recipients", recipients);
        addresses.replyTo().ifPresent(address -> mail.add("replyTo", people(address)));
        // Tracking would send readers of a link, which is a secret, through somebody else's server.
        mail.addProperty("userEngagementTrackingDisabled", true);
        return mail;
    }

    /** Every mail answers the same one, which was never sent: clients show answers to one mail together. */
    private static JsonObject thread(String incident) {
        String root = "<" + incident.replaceAll("[^A-Za-z0-9.-]", "-") + "@triage502.invalid>";
        JsonObject headers = new JsonObject();
        headers.addProperty("In-Reply-To", root);
        headers.addProperty("References", root);
        headers.addProperty("X-Auto-Response-Suppress", "All");
        return headers;
    }

    private static JsonArray people(String addresses) {
        JsonArray people = new JsonArray();
        Stream.of(addresses.split("[,;]")).map(String::strip).forEach(address -> {
            JsonObject person = new JsonObject();
            person.addProperty("address", address);
            people.add(person);
        });
        return people;
    }
}
