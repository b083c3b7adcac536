package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.json.JsonTree;
import dev.triage502.local.WebhookReceiver.Received;
import dev.triage502.report.RunInfo;
import dev.triage502.triage.Triage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The function app in the local host against the pretend Azure, over real sockets: an alert in, a webhook's call out. */
@Timeout(120)
class AlertToWebhookTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private LocalApp app(Azure azure, WebhookReceiver webhook) throws IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), azure.recorded.alertedAt()));
        return LocalApp.start(
                Map.of(
                        "TRIAGE502_AZURE_ENDPOINT", azure.server.endpoint().toString(),
                        "TRIAGE502_WEBHOOK_URL", webhook.uri().toString(),
                        "TRIAGE502_STORE", folder.toString(),
                        "TRIAGE502_DIRECT_PROBES", "off"),
                clock,
                CollectionProgress.none(),
                0,
                "key");
    }

    private HttpResponse<String> post(URI uri, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static JsonObject json(Received received) {
        return JsonParser.parseString(new String(received.body(), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource({
        "aca-internal-edge, nsg-blocks-backend, nsg-snet-cae-kl4kt7",
        "hr-setting-rebuilt, backend-certificate-untrusted, ",
        "shop-moved-to-v2, backend-certificate-chain-incomplete, ",
        "batch-portal-night, backends-stopped, pool-portal",
        "ingress-path-api-only, backend-pool-empty, defaultaddresspool",
        "data-platform-storage-calls, request-timeout, ",
        "python-orders-api, probe-status-mismatch, ",
        "nva-tiering-v1, route-diverts-gateway-management, "
    })
    void anAlertComesOutAsTheDiagnosisOfTheCase(String name, String cause, String target) throws Exception {
        RecordedCase recorded = Azure.recorded(name);
        try (Azure azure = Azure.of(recorded);
                WebhookReceiver webhook = WebhookReceiver.answering(202);
                LocalApp app = app(azure, webhook)) {
            HttpResponse<String> answer =
                    post(app.alerts(), MetricAlert.fired(recorded.gateway(), recorded.alertedAt()));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);

            Received received = webhook.next(PATIENCE).orElseThrow();

            JsonObject told = json(received);
            assertThat(JsonTree.text(told, "rootCause", "id")).isEqualTo(cause);
            if (target != null) {
                assertThat(JsonTree.object(told, "rootCause").get("target").toString())
                        .containsIgnoringCase(target);
            }
            String id = JsonTree.text(told, "incident");
            assertThat(answer.body()).contains("\"id\":\"" + id + "\"");
            assertThat(JsonTree.text(told, "window", "from"))
                    .isEqualTo(recorded.incident().from().toString());
            assertThat(JsonTree.text(told, "window", "to"))
                    .isEqualTo(recorded.alertedAt().toString());
            assertThat(received.header("Content-Type")).startsWith("application/json");
            assertThat(received.header("Idempotency-Key")).isEqualTo(id + "-diagnosed");
            assertThat(JsonTree.text(told, "life", "reason")).isEqualTo("diagnosed");
            assertThat(JsonTree.text(told, "headline")).isEqualTo(replayed(recorded));
        }
    }

    private static String replayed(RecordedCase recorded) {
        return new Triage()
                .report(
                        recorded.incident(),
                        recorded.documents().without(Source.DIRECT_PROBE),
                        RunInfo.replay(recorded.incident(), recorded.id()))
                .headline();
    }

    @Test
    void theSameAlertTwiceIsToldOnce() throws Exception {
        RecordedCase recorded = Azure.recorded("hr-setting-rebuilt");
        try (Azure azure = Azure.of(recorded);
                WebhookReceiver webhook = WebhookReceiver.answering(200);
                LocalApp app = app(azure, webhook)) {
            String alert = MetricAlert.fired(recorded.gateway(), recorded.alertedAt());
            post(app.alerts(), alert);
            assertThat(post(app.alerts(), alert).statusCode()).isEqualTo(202);

            assertThat(webhook.next(PATIENCE)).isPresent();
            assertThat(webhook.next(Duration.ofSeconds(3))).isEmpty();
        }
    }

    @Test
    void aGatewayCanBeAskedAboutWithoutAnAlert() throws Exception {
        RecordedCase recorded = Azure.recorded("ingress-path-api-only");
        try (Azure azure = Azure.of(recorded);
                WebhookReceiver webhook = WebhookReceiver.answering(200);
                LocalApp app = app(azure, webhook)) {
            URI ask = URI.create(app.uri() + "/api/diagnose?wait=60&gateway="
                    + Azure.encoded(recorded.gateway().toString()) + "&from="
                    + recorded.incident().from() + "&to=" + recorded.alertedAt());
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(ask)
                            .header("x-functions-key", "key")
                            .header("Accept", "application/json")
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(JsonTree.text(JsonParser.parseString(answer.body()), "rootCause", "id"))
                    .isEqualTo("backend-pool-empty");
        }
    }

    @Test
    void withoutTheKeyNobodyIsHeard() throws Exception {
        RecordedCase recorded = Azure.recorded("hr-setting-rebuilt");
        try (Azure azure = Azure.of(recorded);
                WebhookReceiver webhook = WebhookReceiver.answering(200);
                LocalApp app = app(azure, webhook)) {
            assertThat(post(URI.create(app.uri() + "/api/alerts"), "{}").statusCode())
                    .isEqualTo(401);
            assertThat(post(app.alerts(), "{}").statusCode()).isEqualTo(400);
            assertThat(azure.server.calls()).isZero();
        }
    }
}
