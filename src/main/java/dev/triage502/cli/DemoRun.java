package dev.triage502.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.local.LocalApp;
import dev.triage502.local.MetricAlert;
import dev.triage502.local.PretendAzure;
import dev.triage502.local.WebhookReceiver;
import dev.triage502.local.WebhookReceiver.Received;
import dev.triage502.report.DiagnosisDocument;
import dev.triage502.report.Report;
import dev.triage502.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** One demonstration: everything started, one alert posted, and what came of it shown. */
final class DemoRun {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int EXCERPT = 300;

    /** Over when the alert's answer has been shown: what comes of it is shown after it. */
    private final CountDownLatch told = new CountDownLatch(1);

    private final Console console;
    private final PrintWriter out;
    private final RecordedCase recorded;
    private final Optional<DemoChannel> channel;
    private final Optional<ServeUntil> open;
    private final boolean verbose;

    /**
     * @param channel another channel that gets the message too
     * @param open    the incident's page is opened and kept up until then; empty to end with the diagnosis
     * @param verbose also shows what is started, what is read, and what the webhook receives
     */
    DemoRun(
            Console console,
            RecordedCase recorded,
            Optional<DemoChannel> channel,
            Optional<ServeUntil> open,
            boolean verbose) {
        this.console = console;
        this.out = console.out();
        this.recorded = recorded;
        this.channel = channel;
        this.open = open;
        this.verbose = verbose;
    }

    /** Shows it all; whatever does not happen is an exception that says so. */
    void run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("triage502-demo");
        // It has an operation's result at once, and who watches a demo need not wait for it.
        PretendAzure.Options prompt = PretendAzure.Options.usual().operations(1, Duration.ZERO);
        try (PretendAzure azure = PretendAzure.start(recorded.documents(), recorded.gateway(), prompt);
                WebhookReceiver webhook = WebhookReceiver.answering(202);
                WebhookReceiver other = WebhookReceiver.answering(200, DemoChannel.TAKEN);
                LocalApp app = app(azure, webhook, other, folder)) {
            say("Incident: " + recorded.title(), "");
            if (verbose) {
                say(
                        "  simulated Azure  " + azure.endpoint() + ", serves the recorded case and its backends",
                        "  function app     " + app.uri(),
                        "  webhook          " + webhook.uri() + ", in place of yours",
                        "");
            } else {
                say("An alert fires; the app reads " + recorded.gateway().name() + " from a simulated Azure…");
            }
            post(app);
            Received received = webhook.next(PATIENCE)
                    .orElseThrow(() -> new CommandFailed(
                            "the webhook received nothing within " + PATIENCE.toMinutes() + " minutes of the alert"));
            say("", new TextReport(console.textStyle()).render(report(received)));
            if (verbose) {
                show(received);
            }
            if (channel.isPresent()) {
                show(channel.get(), other);
            }
            say("", "How it came about: triage502 demo --verbose", "Other incidents: triage502 demo --list");
            if (open.isPresent()) {
                keepUp(received, open.get());
            } else {
                say("The incident's page in a browser: triage502 demo --open");
            }
        } finally {
            delete(folder);
            open.ifPresent(ServeUntil::done);
        }
    }

    private void keepUp(Received received, ServeUntil until) throws InterruptedException {
        URI page = page(received);
        boolean isOpened = new WebBrowser(console.env(), System.getProperty("os.name", "")).open(page);
        say(
                "",
                "The incident's page" + (isOpened ? ", opened in your browser:" : ":"),
                "  " + page,
                "Press Enter or Ctrl-C to end the demo.");
        until.stopped();
    }

    /** The address that the message links to: it opens without a key. */
    private static URI page(Received received) {
        JsonObject message = JsonParser.parseString(new String(received.body(), StandardCharsets.UTF_8))
                .getAsJsonObject();
        if (message.get("links") instanceof JsonObject links && links.has("page")) {
            return URI.create(links.get("page").getAsString());
        }
        throw new CommandFailed("the message has no link to the incident's page");
    }

    /** With the demo's settings and no others: nothing of what this process is set to goes into it, or out of it. */
    private LocalApp app(PretendAzure azure, WebhookReceiver webhook, WebhookReceiver other, Path folder)
            throws IOException {
        int port = freePort();
        Map<String, String> settings = new HashMap<>(Map.of(
                "TRIAGE502_AZURE_ENDPOINT", azure.endpoint().toString(),
                "TRIAGE502_PUBLIC_URL", "http://127.0.0.1:" + port,
                "TRIAGE502_STORE", folder.toString()));
        channel.ifPresent(each -> settings.putAll(each.settings(other.uri())));
        settings.put("TRIAGE502_WEBHOOK_URL", webhook.uri().toString());
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), recorded.alertedAt()));
        return LocalApp.start(
                settings,
                clock,
                verbose ? new Afterwards(new SourceLines(console), told) : CollectionProgress.none(),
                port,
                LocalApp.freshKey());
    }

    /** The app has to know its address before it is there. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void post(LocalApp app) throws IOException, InterruptedException {
        String alert = MetricAlert.fired(recorded.gateway(), recorded.alertedAt());
        HttpRequest request = HttpRequest.newBuilder(app.alerts())
                .header("Content-Type", "application/json; charset=utf-8")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(alert))
                .build();
        long begun = System.nanoTime();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        if (answer.statusCode() != 202) {
            throw new CommandFailed(
                    "POST /api/alerts returned " + answer.statusCode() + " instead of 202: " + answer.body());
        }
        if (verbose) {
            say(
                    "An action group posts a metric alert that fired at " + recorded.alertedAt() + ":",
                    "  POST /api/alerts  ->  202 in " + millis + " ms, incident " + incidentIn(answer.body()),
                    "",
                    "Sources of " + recorded.gateway().name() + ":");
        }
        told.countDown();
    }

    /** Tells of sources as soon as something else is over. */
    private record Afterwards(CollectionProgress watcher, CountDownLatch over) implements CollectionProgress {

        @Override
        public void started(Source source) {
            await();
            watcher.started(source);
        }

        @Override
        public void read(Source source, Reading<JsonElement> reading, Duration took) {
            await();
            watcher.read(source, reading, took);
        }

        private void await() {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String incidentIn(String body) {
        JsonElement answer = JsonParser.parseString(body);
        if (answer instanceof JsonObject object
                && object.get("incidents") instanceof JsonArray incidents
                && incidents.size() == 1) {
            return incidents.get(0).getAsJsonObject().get("id").getAsString();
        }
        throw new CommandFailed("POST /api/alerts did not return one incident: " + body);
    }

    private static Report report(Received received) {
        try {
            JsonElement body = JsonParser.parseString(new String(received.body(), StandardCharsets.UTF_8));
            return Report.of(DiagnosisDocument.read(body.getAsJsonObject()));
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
            throw new CommandFailed("the webhook did not receive a diagnosis: " + e.getMessage(), e);
        }
    }

    private void show(DemoChannel shown, WebhookReceiver receiver) throws InterruptedException {
        // The webhook itself is shown before.
        if (!shown.settings(receiver.uri()).containsKey("TRIAGE502_WEBHOOK_URL")) {
            Received received = receiver.next(PATIENCE)
                    .orElseThrow(() -> new CommandFailed(
                            "the channel received nothing within " + PATIENCE.toMinutes() + " minutes of the alert"));
            say(
                    "",
                    "The channel " + shown.type().name() + " received:",
                    "  " + received.method() + " " + received.path() + "  ->  " + received.status(),
                    "  Content-Type: " + received.header("Content-Type"),
                    DemoChannel.pretty(received));
        }
    }

    private void show(Received received) {
        String body = new String(received.body(), StandardCharsets.UTF_8);
        say(
                "The webhook received:",
                "  " + received.method() + " " + received.path() + "  ->  " + received.status(),
                "  Content-Type: " + received.header("Content-Type"),
                "  Idempotency-Key: " + received.header("Idempotency-Key"),
                String.format(Locale.ROOT, "  %.1f KiB of JSON, beginning with:", received.body().length / 1024.0),
                "  " + (body.length() <= EXCERPT ? body : body.substring(0, EXCERPT) + "…"));
    }

    private void say(String... lines) {
        for (String line : lines) {
            out.println(line);
        }
        out.flush();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
