package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.RecordedCase;
import dev.triage502.json.JsonTree;
import dev.triage502.local.WebhookReceiver.Received;
import dev.triage502.store.Azurite;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The queues of a storage account, on Microsoft's emulator, and the whole app with them. */
class StorageInboxTest extends QueueInboxContract {

    private static Azurite azurite;
    private static QueueInbox inbox;

    @BeforeAll
    static void start() throws Exception {
        azurite = Azurite.start();
        inbox = StorageInbox.byConnectionString(azurite.connectionString());
    }

    @AfterAll
    static void stop() throws Exception {
        if (azurite != null) {
            azurite.close();
        }
    }

    @Override
    QueueInbox inbox() {
        return inbox;
    }

    @Test
    void anAlertComesOutAsADiagnosisWithEverythingInAStorageAccount() throws Exception {
        RecordedCase recorded = Azure.recorded("python-orders-api");
        try (Azure azure = Azure.of(recorded);
                WebhookReceiver webhook = WebhookReceiver.answering(202);
                LocalApp app = LocalApp.start(
                        Map.of(
                                "TRIAGE502_AZURE_ENDPOINT",
                                        azure.server.endpoint().toString(),
                                "TRIAGE502_WEBHOOK_URL", webhook.uri().toString(),
                                "AzureWebJobsStorage", azurite.connectionString(),
                                "TRIAGE502_DIRECT_PROBES", "off"),
                        Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), recorded.alertedAt())),
                        CollectionProgress.none(),
                        0,
                        "key")) {
            HttpRequest alert = HttpRequest.newBuilder(app.alerts())
                    .POST(BodyPublishers.ofString(MetricAlert.fired(recorded.gateway(), recorded.alertedAt())))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(alert, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(202);

            Received received = webhook.next(Duration.ofSeconds(60)).orElseThrow();

            String body = new String(received.body(), StandardCharsets.UTF_8);
            assertThat(JsonTree.text(JsonParser.parseString(body), "rootCause", "id"))
                    .isEqualTo("probe-status-mismatch");
        }
    }
}
