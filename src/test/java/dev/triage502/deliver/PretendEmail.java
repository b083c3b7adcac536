package dev.triage502.deliver;

import com.google.gson.JsonObject;
import dev.triage502.deliver.Receiver.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The part of Azure Communication Services that sends mail, over a socket: it keeps mails, and refuses what is documented to be
 * refused. Its description of repeats is not part of the specification of the mails' API, so it can also take every repeat for a
 * new mail.
 */
final class PretendEmail extends PretendApi {

    static final String TOKEN = "pretend-entra-token";
    static final String KEY = "bm90IGEga2V5LCBvbmx5IGFuIGV4YW1wbGUgb2Ygb25lIQ==";
    static final String FROM = "triage@alerts.example.com";

    private static final int LONGEST = 10 * 1024 * 1024;

    /** What it remembers of a request for five minutes. */
    private record Repeat(String body, Reply reply) {}

    private final Supplier<Instant> now;
    private final List<JsonObject> mails = new ArrayList<>();
    private final Map<String, String> operations = new LinkedHashMap<>();
    private final Map<String, Repeat> repeats = new LinkedHashMap<>();
    private boolean knowsRepeats;
    private String outcome = "Succeeded";
    private int busy;

    /** @param now what its clock says */
    PretendEmail(Supplier<Instant> now) throws IOException {
        this.now = now;
    }

    synchronized List<JsonObject> mails() {
        return List.copyOf(mails);
    }

    /** From now on it answers a repeat as it answered the first request. */
    synchronized void knowsRepeats() {
        knowsRepeats = true;
    }

    /** It has no status of what it took so far. */
    synchronized void forgetsOperations() {
        operations.clear();
    }

    /** What becomes of mails that it takes from now on. */
    synchronized void outcome(String status) {
        outcome = status;
    }

    synchronized void isBusy(int times) {
        busy = times;
    }

    @Override
    Reply refusal(String words) {
        return error(400, "InvalidRequest", words);
    }

    @Override
    Reply answer(Asked asked) {
        if (!asked.query().equals(Map.of("api-version", "2023-03-31"))) {
            return error(400, "InvalidApiVersion", "The api-version is not supported.");
        }
        if (!List.of("Bearer " + TOKEN, signature(asked)).contains(asked.header("Authorization"))) {
            return error(401, "Denied", "Denied by the resource provider.");
        }
        return asked.call().equals("POST /emails:send")
                ? repeatOrSend(asked)
                : operation(asked.path().substring(asked.path().lastIndexOf('/') + 1));
    }

    /** As the service documents it: of method, path, date, host and content, with the access key. */
    private static String signature(Asked asked) {
        try {
            String hash = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(asked.text().getBytes(StandardCharsets.UTF_8)));
            String signed = asked.method() + "\n" + asked.exchange().getRequestURI() + "\n" + asked.header("x-ms-date")
                    + ";" + asked.header("Host") + ";" + hash;
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            return "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                    + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply repeatOrSend(Asked asked) {
        String id = asked.header("Repeatability-Request-Id");
        Instant first;
        try {
            first = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(asked.header("Repeatability-First-Sent")));
            UUID.fromString(id);
            UUID.fromString(asked.header("Operation-Id"));
        } catch (DateTimeException | IllegalArgumentException wrong) {
            return error(400, "InvalidHeader", "The value of a header is invalid.");
        }
        if (!knowsRepeats) {
            return send(asked);
        }
        if (Duration.between(first, now.get()).abs().compareTo(Duration.ofMinutes(5)) > 0) {
            return error(412, "PreconditionFailed", "The request is outside the tracked duration.");
        }
        Repeat known = repeats.computeIfAbsent(id, fresh -> new Repeat(asked.text(), send(asked)));
        return known.body().equals(asked.text())
                ? known.reply()
                : error(400, "RepeatabilityRequestMismatch", "The request does not match the one before.");
    }

    private Reply send(Asked asked) {
        if (busy > 0) {
            busy--;
            return new Reply(
                    429,
                    Map.of("Retry-After", "60"),
                    error(429, "TooManyRequests", "Throttled.").body());
        }
        JsonObject mail = asked.body();
        Optional<String> fault = fault(asked, mail);
        if (fault.isPresent()) {
            return error(400, "InvalidRequest", fault.get());
        }
        if (!outcome.equals("Failed")) {
            mails.add(mail);
        }
        String id = asked.header("Operation-Id");
        operations.put(id, outcome);
        Map<String, String> headers =
                Map.of("Operation-Location", base().uri() + "emails/operations/" + id, "retry-after", "30");
        return new Reply(202, headers, "{\"id\":\"" + id + "\",\"status\":\"Running\"}");
    }

    private static Optional<String> fault(Asked asked, JsonObject mail) {
        JsonObject content = mail.getAsJsonObject("content");
        JsonObject recipients = mail.getAsJsonObject("recipients");
        if (!asked.header("Content-Type").startsWith("application/json")) {
            return Optional.of("The content type is not JSON.");
        }
        if (!mail.get("senderAddress").getAsString().equals(FROM)) {
            return Optional.of("Invalid email sender.");
        }
        if (content.get("subject").getAsString().isBlank()
                || content.get("subject").getAsString().contains("\n")
                || content.get("plainText").getAsString().isBlank()
                || content.get("html").getAsString().isBlank()) {
            return Optional.of("Request body validation error.");
        }
        int people = recipients.getAsJsonArray("to").size();
        return people < 1 || people > 50 || asked.text().length() > LONGEST
                ? Optional.of("The request exceeds a limit.")
                : Optional.empty();
    }

    private Reply operation(String id) {
        return Optional.ofNullable(operations.get(id))
                .map(status -> new Reply(200, Map.of(), "{\"id\":\"" + id + "\",\"status\":\"" + status + "\"}"))
                .orElseGet(() -> error(404, "OperationNotFound", "The operation was not found."));
    }

    private static Reply error(int status, String code, String message) {
        return new Reply(
                status,
                Map.of("x-ms-error-code", code),
                "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
    }
}
