package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.triage502.evidence.Source;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to fail, as a plain HTTP client sees it. */
class FailureModeTest {

    private static final String NETWORK = "?api-version=2024-05-01";

    private Azure azure;

    @BeforeEach
    void start() throws Exception {
        azure = Azure.of("batch-portal-night");
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    private HttpResponse<String> gateway() throws Exception {
        return azure.get(azure.gateway() + NETWORK);
    }

    @ParameterizedTest
    @CsvSource({
        "401, ExpiredAuthenticationToken",
        "403, AuthorizationFailed",
        "404, ResourceNotFound",
        "409, AnotherOperationInProgress",
        "500, InternalServerError",
        "503, ServiceUnavailable"
    })
    void refusesWithTheStatusAndCodeOfAzure(int status, String code) throws Exception {
        FailureMode how = switch (status) {
            case 401 -> FailureMode.unauthorized();
            case 403 -> FailureMode.forbidden();
            case 404 -> FailureMode.notFound();
            case 409 -> FailureMode.conflict();
            case 500 -> FailureMode.serverError();
            default -> FailureMode.unavailable();
        };
        azure.server.misbehave(Source.GATEWAY, how);

        HttpResponse<String> answer = gateway();

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Azure.errorCode(answer)).isEqualTo(code);
    }

    @Test
    void failsOnlyTheSourceNamed() throws Exception {
        azure.server.misbehave(Source.BACKEND_HEALTH, FailureMode.serverError());

        assertThat(gateway().statusCode()).isEqualTo(200);
        assertThat(azure.post(azure.gateway() + "/backendhealth" + NETWORK, "").statusCode())
                .isEqualTo(500);
    }

    @Test
    void failsAllAndIsWellAgain() throws Exception {
        azure.server.misbehave(FailureMode.unavailable());
        assertThat(gateway().statusCode()).isEqualTo(503);

        azure.server.behave();
        assertThat(gateway().statusCode()).isEqualTo(200);
    }

    @Test
    void throttlesWithThePauseThatItAsksFor() throws Exception {
        azure.server.misbehave(Source.GATEWAY, FailureMode.throttledAfter(2, Duration.ofSeconds(7)));

        assertThat(gateway().statusCode()).isEqualTo(200);
        assertThat(gateway().statusCode()).isEqualTo(200);
        HttpResponse<String> third = gateway();
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void closesTheConnectionWithoutAWord() {
        azure.server.misbehave(Source.GATEWAY, FailureMode.reset());

        assertThatThrownBy(this::gateway).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void neverAnswersAndStillStops() {
        azure.server.misbehave(Source.GATEWAY, FailureMode.hang());

        assertThatThrownBy(() -> azure.send(azure.request(azure.gateway() + NETWORK)
                        .timeout(Duration.ofMillis(200))
                        .GET()))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void sendsHalfOfAnAnswer() {
        azure.server.misbehave(Source.GATEWAY, FailureMode.truncated());

        assertThatThrownBy(this::gateway).isInstanceOf(IOException.class);
    }

    @Test
    void sendsWhatIsNoJson() throws Exception {
        azure.server.misbehave(Source.GATEWAY, FailureMode.malformed());

        HttpResponse<String> answer = gateway();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("<html>");
    }

    @Test
    void waitsBeforeItAnswers() throws Exception {
        azure.server.misbehave(Source.GATEWAY, FailureMode.slow(Duration.ofMillis(300)));
        long begun = System.nanoTime();

        assertThat(gateway().statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void canBeAsSlowAsASubscriptionUsuallyIs() throws Exception {
        azure.server.misbehave(FailureMode::usualLatency);
        long begun = System.nanoTime();

        assertThat(gateway().statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void pagesForEver() throws Exception {
        azure.server.misbehave(Source.ACTIVITY_LOG, FailureMode.endlessPaging());
        String next = "/subscriptions/" + azure.recorded.gateway().subscription()
                + "/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter="
                + Azure.encoded("eventTimestamp ge '2024-02-01T00:00:00Z'");

        for (int i = 0; i < 5; i++) {
            JsonObject page = Azure.json(azure.get(next)).getAsJsonObject();
            assertThat(page.getAsJsonArray("value")).isNotEmpty();
            next = page.get("nextLink").getAsString();
        }
    }

    @Test
    void neverFinishesAnOperation() throws Exception {
        azure.server.misbehave(Source.BACKEND_HEALTH, FailureMode.stuckOperation());
        HttpResponse<String> begun = azure.post(azure.gateway() + "/backendhealth" + NETWORK, "");
        String location = begun.headers().firstValue("Location").orElseThrow();
        String status = begun.headers().firstValue("Azure-AsyncOperation").orElseThrow();

        for (int i = 0; i < 5; i++) {
            assertThat(azure.get(location).statusCode()).isEqualTo(202);
            assertThat(azure.get(status).body()).contains("InProgress");
        }
    }
}
