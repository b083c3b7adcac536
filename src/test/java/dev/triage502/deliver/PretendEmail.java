package dev.triage502.deliver;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
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
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The part of Azure Communication Services that sends mail, over a socket: it keeps mails, and refuses what is documented to be
 * refused. Its description of repeats is not part of the specification of the mails' API, so it can also take every repeat for a
 * new mail.
 */
final class PretendEmail implements AutoCloseable {

    static final String TOKEN = "pretend-entra-token";
    static final String KEY = "bm90IGEga2V5LCBvbmx5IGFuIGV4YW1wbGUgb2Ygb25lIQ==";
    static final String FROM = "triage@alerts.example.com";

    private static final int LONGEST = 10 * 1024 * 1024;

    private final HttpServer server;
    private final List<JsonObject> mails = new ArrayList<>();
    private final Map<String, String> operations = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Repeat> repeats = new LinkedHashMap<>();
    private final Supplier<Instant> now;
    private boolean knowsRepeats;
    private boolean losesAnswers;
    private boolean losesRequests;
    private String outcome = "Succeeded";
    private int busy;

    /** What it remembers of a request for five minutes. */
    private record Repeat(String body, int status, String answer) {}

    /** @param now what its clock says */
    PretendEmail(Supplier<Instant> now) throws IOException {
        this.now = now;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    SecretUrl base() {
        return new SecretUrl(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    }

    synchronized List<JsonObject> mails() {
        return List.copyOf(mails);
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** From now on it answers a repeat as it answered the first request. */
    synchronized void knowsRepeats() {
        knowsRepeats = true;
    }

    /** It has no status of what it took so far. */
    synchronized void forgetsOperations() {
        operations.clear();
    }

    /** From now on it sends what it is asked to, and the answer does not arrive. */
    synchronized void losesAnswers(boolean loses) {
        losesAnswers = loses;
    }

    /** From now on requests do not arrive. */
    synchronized void losesRequests(boolean loses) {
        losesRequests = loses;
    }

    /** What becomes of mails that it takes from now on. */
    synchronized void outcome(String status) {
        outcome = status;
    }

    synchronized void isBusy(int times) {
        busy = times;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            calls.add(exchange.getRequestMethod() + " " + path);
            if (losesRequests) {
                return;
            }
            if (!"api-version=2023-03-31".equals(exchange.getRequestURI().getQuery())) {
                refuse(exchange, 400, "InvalidApiVersion", "The api-version is not supported.");
            } else if (!isSignedIn(exchange, body)) {
                refuse(exchange, 401, "Denied", "Denied by the resource provider.");
            } else if (path.equals("/emails:send")) {
                repeatOrSend(exchange, body);
            } else {
                operation(exchange, path.substring(path.lastIndexOf('/') + 1));
            }
        }
    }

    private boolean isSignedIn(HttpExchange exchange, byte[] body) {
        String authorization = header(exchange, "Authorization");
        return authorization.equals("Bearer " + TOKEN) || authorization.equals(signature(exchange, body));
    }

    /** As the service documents it: of method, path, date, host and content, with the access key. */
    private static String signature(HttpExchange exchange, byte[] body) {
        try {
            String hash = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
            String signed = exchange.getRequestMethod() + "\n" + exchange.getRequestURI() + "\n"
                    + header(exchange, "x-ms-date") + ";" + header(exchange, "Host") + ";" + hash;
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            return "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                    + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void repeatOrSend(HttpExchange exchange, byte[] body) throws IOException {
        String id = header(exchange, "Repeatability-Request-Id");
        Instant first;
        try {
            first = Instant.from(
                    DateTimeFormatter.RFC_1123_DATE_TIME.parse(header(exchange, "Repeatability-First-Sent")));
            UUID.fromString(id);
            UUID.fromString(header(exchange, "Operation-Id"));
        } catch (DateTimeException | IllegalArgumentException wrong) {
            refuse(exchange, 400, "InvalidRepeatabilityHeader", "The value of a repeatability header is invalid.");
            return;
        }
        if (!knowsRepeats) {
            send(exchange, body);
            return;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        Optional<Repeat> before = Optional.ofNullable(repeats.get(id));
        if (Duration.between(first, now.get()).abs().compareTo(Duration.ofMinutes(5)) > 0) {
            refuse(exchange, 412, "RepeatabilityFirstSentTooOld", "The request is outside the tracked duration.");
        } else if (before.isPresent() && !before.get().body().equals(text)) {
            refuse(exchange, 400, "RepeatabilityRequestMismatch", "The request does not match the one before.");
        } else if (before.isPresent()) {
            answer(exchange, before.get().status(), before.get().answer());
        } else {
            boolean isBusy = busy > 0;
            repeats.put(id, new Repeat(text, isBusy ? 429 : 202, "{\"id\":\"" + id + "\",\"status\":\"Running\"}"));
            send(exchange, body);
        }
    }

    private void send(HttpExchange exchange, byte[] body) throws IOException {
        if (busy > 0) {
            busy--;
            exchange.getResponseHeaders().set("Retry-After", "60");
            refuse(exchange, 429, "TooManyRequests", "The request was throttled.");
            return;
        }
        JsonObject mail =
                JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
        Optional<String> fault = fault(exchange, mail, body.length);
        if (fault.isPresent()) {
            refuse(exchange, 400, "InvalidRequest", fault.get());
            return;
        }
        String id = UUID.fromString(header(exchange, "Operation-Id")).toString();
        if (!outcome.equals("Failed")) {
            mails.add(mail);
        }
        operations.put(id, outcome);
        if (!losesAnswers) {
            exchange.getResponseHeaders().set("Operation-Location", base().uri() + "emails/operations/" + id);
            exchange.getResponseHeaders().set("retry-after", "30");
            answer(exchange, 202, "{\"id\":\"" + id + "\",\"status\":\"Running\"}");
        }
    }

    private static Optional<String> fault(HttpExchange exchange, JsonObject mail, int bytes) {
        JsonObject content = mail.getAsJsonObject("content");
        JsonObject recipients = mail.getAsJsonObject("recipients");
        if (!header(exchange, "Content-Type").startsWith("application/json")) {
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
        return people < 1 || people > 50 || bytes > LONGEST
                ? Optional.of("The request exceeds a limit.")
                : Optional.empty();
    }

    private void operation(HttpExchange exchange, String id) throws IOException {
        String status = operations.get(id);
        if (status == null) {
            refuse(exchange, 404, "OperationNotFound", "The operation was not found.");
        } else {
            answer(exchange, 200, "{\"id\":\"" + id + "\",\"status\":\"" + status + "\"}");
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        exchange.getResponseHeaders().set("x-ms-error-code", code);
        answer(exchange, status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
