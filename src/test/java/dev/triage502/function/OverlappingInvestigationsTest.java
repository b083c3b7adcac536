package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.local.MetricAlert;
import dev.triage502.local.PretendAzure;
import dev.triage502.local.TollCase;
import dev.triage502.local.WebhookReceiver;
import dev.triage502.local.WebhookReceiver.Received;
import dev.triage502.store.FolderQueues;
import dev.triage502.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three investigations of one incident under way at once, in a process each, which end in every order: reports, evidence and
 * messages are of the investigation that they say, and an older one replaces nothing.
 */
@Timeout(60)
class OverlappingInvestigationsTest {

    private static final class MovedClock extends Clock {
        private volatile Instant now = Instant.parse("2024-02-20T13:31:00Z");

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
    private final RecordedCase recorded = CaseFolder.readShipped("blocked-by-nsg");

    /** One investigation: a process with an Azure of its own, which answers when it is let go on. */
    private final class Run implements AutoCloseable {
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final PretendAzure azure;
        private final Wiring wiring;
        private Thread thread = new Thread();

        Run(SourceDocuments documents, WebhookReceiver webhook) throws Exception {
            azure = PretendAzure.start(
                    documents, recorded.gateway(), PretendAzure.Options.usual().operations(1, Duration.ZERO));
            CollectionProgress waits = new CollectionProgress() {
                @Override
                public void started(Source source) {
                    try {
                        goOn.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }

                @Override
                public void failed(Source source, Throwable defect) {}

                @Override
                public void read(Source source, Reading<JsonElement> reading, Duration time) {}
            };
            wiring = new Wiring(
                    Map.of(
                            "TRIAGE502_AZURE_ENDPOINT", azure.endpoint().toString(),
                            "TRIAGE502_WEBHOOK_URL", webhook.uri().toString(),
                            "TRIAGE502_STORE", folder.toString(),
                            "TRIAGE502_ON_DEMAND_PROBES", "off",
                            "TRIAGE502_DIRECT_PROBES", "off"),
                    clock,
                    waits);
        }

        void begin(String message) {
            thread = new Thread(() -> wiring.getInstance(TriageFunction.class).run(message, context));
            thread.start();
        }

        void end() throws InterruptedException {
            goOn.countDown();
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }

        @Override
        public void close() {
            goOn.countDown();
            azure.close();
        }
    }

    @Test
    void whenTheSlowFirstOneEndsLast() throws Exception {
        endIn("2 3 1");
    }

    @ParameterizedTest
    @Tag("thorough")
    @ValueSource(strings = {"1 2 3", "1 3 2", "2 1 3", "3 1 2", "3 2 1"})
    void whateverOrderTheyEndIn(String order) throws Exception {
        endIn(order);
    }

    private void endIn(String order) throws Exception {
        SourceDocuments whole = recorded.documents();
        SourceDocuments part = whole.without(Source.NETWORK).without(Source.BACKEND_HEALTH);
        List<String> causes = List.of("insufficient-evidence", "nsg-blocks-backend", "probe-status-mismatch");
        try (WebhookReceiver webhook = WebhookReceiver.answering(202);
                Run first = new Run(part, webhook);
                Run second = new Run(whole, webhook);
                Run third = new Run(TollCase.answering404(whole), webhook)) {
            List<Run> runs = List.of(first, second, third);
            String id = "";
            for (Run run : runs) {
                id = fire(run.wiring);
                run.begin(next(QueueNames.INCIDENTS).get(0));
                awaitBegun(id);
                clock.now = clock.now.plus(Duration.ofMinutes(11));
            }
            int latest = 0;
            Store store = first.wiring.openStore();
            for (String number : order.split(" ")) {
                int revision = Integer.parseInt(number);
                runs.get(revision - 1).end();
                deliver(first.wiring);
                clock.now = clock.now.plus(Duration.ofMinutes(6));
                latest = Math.max(latest, revision);
                assertThat(store.reports().find(id).orElseThrow().document().rootCause())
                        .isEqualTo(causes.get(latest - 1));
                assertThat(store.incidents()
                                .find(id)
                                .orElseThrow()
                                .get("revision")
                                .getAsInt())
                        .isEqualTo(latest);
            }
            List<Integer> told = new ArrayList<>();
            for (Received received : webhook.all()) {
                JsonObject document = JsonParser.parseString(new String(received.body(), StandardCharsets.UTF_8))
                        .getAsJsonObject();
                int revision = document.getAsJsonObject("life").get("revision").getAsInt();
                assertThat(document.getAsJsonObject("rootCause").get("id").getAsString())
                        .isEqualTo(causes.get(revision - 1));
                told.add(revision);
            }
            assertThat(told).isSorted().doesNotHaveDuplicates().endsWith(3);
            for (int revision = 1; revision <= 3; revision++) {
                RecordedCase kept = CaseFolder.read(folder.resolve("shelf/cases/" + id + "/" + revision));
                assertThat(kept.documents().get(Source.NETWORK).toOptional().isPresent())
                        .isEqualTo(revision > 1);
                assertThat(kept.incident().to()).isEqualTo("2024-02-20T13:" + (20 + 11 * revision) + ":00Z");
            }
        }
    }

    private String fire(Wiring wiring) {
        JsonObject answer = App.json(wiring.getInstance(AlertsFunction.class)
                .run(FakeRequest.post(MetricAlert.fired(recorded.gateway(), clock.now)), context));
        return answer.getAsJsonArray("incidents")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }

    /** It is under way when its sign of life is there. */
    private void awaitBegun(String id) throws InterruptedException {
        Store store = Store.inFolder(folder, clock);
        Instant end = Instant.now().plusSeconds(20);
        while (!store.heartbeats().isAtWork(id, clock.now) && Instant.now().isBefore(end)) {
            Thread.sleep(10);
        }
        assertThat(store.heartbeats().isAtWork(id, clock.now)).isTrue();
    }

    private void deliver(Wiring wiring) {
        next(QueueNames.DELIVERIES)
                .forEach(message -> wiring.getInstance(DeliverFunction.class).run(message, context));
    }

    private List<String> next(String queue) {
        FolderQueues queues = Store.queuesIn(folder, clock);
        List<FolderQueues.Taken> taken = queues.take(queue, 9, Duration.ofMinutes(10));
        taken.forEach(message -> queues.delete(queue, message));
        return taken.stream()
                .map(message -> new String(Base64.getDecoder().decode(message.text()), StandardCharsets.UTF_8))
                .toList();
    }
}
