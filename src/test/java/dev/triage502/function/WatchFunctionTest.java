package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.deliver.Receiver;
import dev.triage502.store.FolderQueues;
import dev.triage502.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the timer does about what was taken in and not finished, and as time passes. */
class WatchFunctionTest {

    /** A clock that is moved. */
    private static final class MovedClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-02T08:15:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock();
    private final FakeContext context = new FakeContext();
    private App app;
    private Receiver webhook;
    private Wiring wiring;
    private FolderQueues queues;

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        webhook = new Receiver();
        app.environment.put("TRIAGE502_WEBHOOK_URL", webhook.uri("/hook").toString());
        wiring = new Wiring(app.environment, clock, CollectionProgress.none());
        queues = Store.queuesIn(folder, clock);
    }

    @AfterEach
    void stop() {
        webhook.close();
        app.close();
    }

    @Test
    void anInvestigationThatDiedWithItsHostIsQueuedAgain() throws IOException {
        post("metric-static-fired");
        assertThat(next(QueueNames.INCIDENTS))
                .as("taken, and lost with its host")
                .isPresent();

        later(Duration.ofSeconds(44));
        watch();
        assertThat(next(QueueNames.INCIDENTS)).isEmpty();
        later(Duration.ofSeconds(2));
        watch();
        assertThat(triage()).isTrue();
        assertThat(context.lines(Level.WARNING)).anyMatch(line -> line.contains("investigation 1 queued again"));
        deliver();
        assertThat(webhook.got()).hasSize(1);
    }

    @Test
    void whatSomebodyIsAtWorkOnIsLeftAlone() throws IOException {
        String id = post("metric-static-fired");
        next(QueueNames.INCIDENTS);
        later(Duration.ofSeconds(70));
        app.store.heartbeats().beat(id, 1, "another", clock.instant());

        watch();
        assertThat(next(QueueNames.INCIDENTS)).isEmpty();
        later(Duration.ofSeconds(21));
        watch();
        assertThat(next(QueueNames.INCIDENTS)).as("it died").isPresent();
    }

    @Test
    void anInvestigationThatWasNeverQueuedIsQueued() throws IOException {
        post("metric-static-fired");
        next(QueueNames.INCIDENTS);
        Path ledger;
        try (var files = Files.walk(folder.resolve("cells"))) {
            ledger = files.filter(file -> file.endsWith("ledger")).findFirst().orElseThrow();
        }
        Files.writeString(ledger, Files.readString(ledger).replace("\"queued\":1", "\"queued\":0"));

        later(Duration.ofSeconds(31));
        watch();
        assertThat(next(QueueNames.INCIDENTS)).isPresent();
    }

    @Test
    void aMessageThatDiedWithItsHostIsSent() throws IOException {
        String id = post("metric-static-fired");
        triage();
        assertThat(next(QueueNames.DELIVERIES))
                .as("taken, and lost with its host")
                .isPresent();
        later(Duration.ofSeconds(46));
        watch();
        deliver();

        assertThat(webhook.only().headers().get("idempotency-key")).isEqualTo(id + "-diagnosed");
        watch();
        deliver();
        assertThat(webhook.got()).hasSize(1);
        assertThat(app.store.incidents().find(id).orElseThrow().toString()).contains("\"settled\":true");
    }

    @Test
    void aMessageThatWaitsForItsNextTryIsLeftAlone() throws IOException {
        webhook.answers(503);
        post("metric-static-fired");
        triage();
        for (int i = 0; i < 6; i++) {
            deliver();
            later(Duration.ofSeconds(100));
        }
        int waiting = queues.length(QueueNames.DELIVERIES);
        watch();

        assertThat(queues.length(QueueNames.DELIVERIES)).isEqualTo(waiting);
    }

    @Test
    void followUpsComeAndSayNothingNewAndTheEndIsReported() throws IOException {
        String id = post("metric-static-fired");
        triage();
        deliver();
        later(Duration.ofSeconds(179));
        assertThat(triage()).isFalse();
        later(Duration.ofSeconds(2));
        assertThat(triage()).as("the follow-up after three minutes").isTrue();
        deliver();
        assertThat(webhook.got()).hasSize(1);

        later(Duration.ofMinutes(5));
        post("metric-static-resolved");
        triage();
        deliver();
        assertThat(webhook.got()).hasSize(2);
        assertThat(webhook.got().get(1).headers().get("idempotency-key")).startsWith(id + "-resolved-");
        assertThat(webhook.got().get(1).body()).contains("Recovery could not be measured, because");
        later(Duration.ofMinutes(61));
        watch();
        assertThat(app.store.incidents().find(id).orElseThrow().get("state").getAsString())
                .isEqualTo("closed");
        watch();
        assertThat(app.store.incidents().attention()).isEmpty();
    }

    @Test
    void aRequestedDiagnosisThatDiedWithItsHostIsQueuedAgain() {
        String id = request();
        assertThat(next(QueueNames.INCIDENTS))
                .as("taken, and lost with its host")
                .isPresent();

        later(Duration.ofSeconds(44));
        watch();
        assertThat(next(QueueNames.INCIDENTS)).isEmpty();
        later(Duration.ofSeconds(2));
        app.store.heartbeats().beat(id, 1, "another", clock.instant());
        watch();
        assertThat(next(QueueNames.INCIDENTS)).as("somebody is at work on it").isEmpty();
        later(Duration.ofSeconds(21));
        watch();
        assertThat(triage()).isTrue();
        assertThat(app.store.reports().find(id)).isPresent();

        later(Duration.ofMinutes(5));
        watch();
        assertThat(next(QueueNames.INCIDENTS)).isEmpty();
        assertThat(app.store.requests().waiting()).isEmpty();
        deliver();
        assertThat(webhook.got()).as("nobody but who asked").isEmpty();
    }

    @Test
    void aRequestedDiagnosisThatNoWorkerFinishesIsGivenUp() {
        String id = request();
        for (int i = 0; i < 35; i++) {
            next(QueueNames.INCIDENTS);
            later(Duration.ofMinutes(1));
            watch();
        }

        assertThat(app.store.requests().waiting()).isEmpty();
        assertThat(app.store.reports().find(id).orElseThrow().document().toString())
                .contains("no worker finished it, after 10 tries");
        assertThat(context.lines(Level.SEVERE))
                .singleElement()
                .asString()
                .contains(id + ": GIVEN UP", "GET /api/diagnose?gateway=");
    }

    @Test
    void aRequestedDiagnosisIsRemovedWithItsEvidenceWhenItIsOld() throws IOException {
        String id = request();
        triage();
        watch();
        assertThat(app.store.cases().isKept(id, 1)).isTrue();

        clock.now = clock.now
                .plus(Duration.ofDays(91))
                .truncatedTo(ChronoUnit.HOURS)
                .plus(Duration.ofMinutes(17));
        watch();
        assertThat(app.store.reports().find(id)).isEmpty();
        assertThat(app.store.cases().isKept(id, 1)).isFalse();
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().contains(id) && !file.endsWith(".lock"))
                            .filter(Files::isRegularFile))
                    .isEmpty();
        }
    }

    /** Asks for a diagnosis without waiting for it. */
    private String request() {
        FakeRequest asks = FakeRequest.get()
                .query(
                        "gateway",
                        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw")
                .query("wait", "0");
        return App.json(wiring.getInstance(DiagnoseFunction.class).run(asks, context))
                .get("id")
                .getAsString();
    }

    @Test
    void thatNoInvestigationEndsIsSaidOnTheChannels() throws IOException {
        post("metric-static-fired");
        for (int i = 0; i < 18; i++) {
            next(QueueNames.INCIDENTS);
            later(Duration.ofMinutes(1));
            watch();
        }
        deliver();

        assertThat(webhook.only().body())
                .contains(
                        "problem in triage502: alerts have arrived since 08:15 UTC, but no investigation has finished");
        assertThat(context.lines(Level.SEVERE)).hasSize(1).allMatch(line -> line.contains("OWN TROUBLE"));
    }

    private String post(String sample) throws IOException {
        JsonObject answer =
                App.json(wiring.getInstance(AlertsFunction.class).run(FakeRequest.post(App.alert(sample)), context));
        String list = sample.endsWith("fired") ? "incidents" : "closed";
        return answer.getAsJsonArray(list).get(0).getAsJsonObject().get("id").getAsString();
    }

    private void later(Duration time) {
        clock.now = clock.now.plus(time);
    }

    private void watch() {
        wiring.getInstance(WatchFunction.class).run("{}", context);
    }

    private boolean triage() {
        Optional<String> message = next(QueueNames.INCIDENTS);
        message.ifPresent(text -> wiring.getInstance(TriageFunction.class).run(text, context));
        return message.isPresent();
    }

    private void deliver() {
        for (Optional<String> message = next(QueueNames.DELIVERIES);
                message.isPresent();
                message = next(QueueNames.DELIVERIES)) {
            wiring.getInstance(DeliverFunction.class).run(message.get(), context);
        }
    }

    private Optional<String> next(String queue) {
        List<FolderQueues.Taken> taken = queues.take(queue, 1, Duration.ofMinutes(10));
        taken.forEach(message -> queues.delete(queue, message));
        return taken.stream()
                .map(message -> new String(Base64.getDecoder().decode(message.text()), StandardCharsets.UTF_8))
                .findFirst();
    }
}
