package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpResponseMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsFunctionTest {

    @TempDir
    private Path folder;

    private App app;
    private AlertsFunction function;
    private FakeContext context;

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        function = app.wiring().getInstance(AlertsFunction.class);
        context = new FakeContext();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void anAlertIsQueuedAndAnswered202() throws IOException {
        HttpResponseMessage response = post(App.alert("metric-static-fired"));

        assertThat(response.getStatusCode()).isEqualTo(202);
        assertThat(response.getHeader("Content-Type")).startsWith("application/json");
        JsonObject answer = App.json(response);
        assertThat(answer.keySet()).containsExactly("incidents", "ignored");
        JsonObject incident = only(answer.getAsJsonArray("incidents"));
        assertThat(incident.get("gateway").getAsString())
                .isEqualTo("/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/rg-edge"
                        + "/providers/microsoft.network/applicationgateways/agw-prod");
        InvestigationMessage work =
                InvestigationMessage.read(app.next(QueueNames.INCIDENTS).orElseThrow());
        assertThat(work.incident().id()).isEqualTo(incident.get("id").getAsString());
        assertThat(work.incident().to()).isEqualTo("2026-03-02T08:14:31.234567800Z");
        assertThat(work.tell()).isTrue();
        assertThat(app.next(QueueNames.INCIDENTS)).isEmpty();
    }

    @Test
    void whyAnAlertOpenedNoIncidentCanBeReadLater() throws IOException {
        post(App.alert("service-health"));
        post(App.alert("service-health"));
        post("{\"a\":\"Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLXNpZ25hdHVyZQ\"");
        post(App.alert("metric-static-fired").replace("agw-prod\"", "agw..?x=1\""));

        JsonArray ignored = App.json(
                        app.wiring().getInstance(IgnoredAlertsFunction.class).run(FakeRequest.get(), context))
                .getAsJsonArray("ignored");
        assertThat(ignored).hasSize(3);
        assertThat(why(ignored, 0)).startsWith("refused with 400: ").contains("agw..");
        assertThat(why(ignored, 1)).startsWith("refused with 400: the body: found text that is not JSON");
        assertThat(ignored.toString()).doesNotContain("c2lnbmF0dXJl");
        JsonObject twice = ignored.get(2).getAsJsonObject();
        assertThat(twice.get("times").getAsInt()).isEqualTo(2);
        assertThat(twice.get("why").getAsString())
                .isEqualTo(why(App.json(post(App.alert("service-health"))).getAsJsonArray("ignored"), 0));
    }

    @Test
    void aStoreThatDoesNotTakeWhyAnAlertIsIgnoredKeepsNoneOut() throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve("cells")).resolve("alerts");
        Files.writeString(inTheWay, "a file where a folder should be");

        assertThat(post(App.alert("service-health")).getStatusCode()).isEqualTo(202);
        assertThat(post("{").getStatusCode()).isEqualTo(400);
        assertThat(context.lines(Level.WARNING)).anyMatch(line -> line.contains("could not store why an alert was"));
    }

    private static String why(JsonArray ignored, int index) {
        return ignored.get(index).getAsJsonObject().get("why").getAsString();
    }

    @Test
    void aStormAndRepetitionsAreQueuedOnce() throws IOException {
        String first = id(post(App.alert("metric-static-fired")));
        assertThat(id(post(App.alert("metric-unhealthy-hosts-fired")))).isEqualTo(first);
        assertThat(id(post(App.alert("log-v2-fired")))).isEqualTo(first);
        assertThat(id(post(App.alert("metric-static-fired")))).isEqualTo(first);

        assertThat(app.next(QueueNames.INCIDENTS)).isPresent();
        assertThat(app.next(QueueNames.INCIDENTS)).isEmpty();
        assertThat(context.lines(Level.INFO))
                .anyMatch(line -> line.contains("agw-502-by-pool") && line.contains("joined incident " + first));
    }

    @Test
    void severalAlertsInOneBodyAreOneAnswer() throws IOException {
        String other = App.alert("metric-static-fired").replace("agw-prod\"", "agw-test\"");
        JsonObject answer = App.json(post("[" + App.alert("metric-static-fired") + "," + App.alert("log-v2-fired") + ","
                + App.alert("service-health") + "," + other + "]"));

        assertThat(answer.getAsJsonArray("incidents")).hasSize(2);
        assertThat(only(answer.getAsJsonArray("ignored")).get("why").getAsString())
                .contains("agw-service-health");
    }

    @Test
    void theLastResolvedAlertHasTheEndMeasured() throws IOException {
        String id = id(post(App.alert("metric-static-fired")));
        triageNext();

        HttpResponseMessage response = post(App.alert("metric-static-resolved"));

        assertThat(response.getStatusCode()).isEqualTo(202);
        JsonObject answer = App.json(response);
        assertThat(answer.getAsJsonArray("incidents")).isEmpty();
        assertThat(answer.getAsJsonArray("ignored")).isEmpty();
        assertThat(only(answer.getAsJsonArray("closed")).get("id").getAsString())
                .isEqualTo(id);
        assertThat(InvestigationMessage.read(app.next(QueueNames.INCIDENTS).orElseThrow())
                        .revision())
                .isEqualTo(3);
    }

    @Test
    void aResolvedAlertAloneIsAnOutageThatIsLookedAt() throws IOException {
        String id = id(post(App.alert("metric-static-resolved")));
        JsonObject fired = App.json(post(App.alert("metric-static-fired")));

        assertThat(only(fired.getAsJsonArray("incidents")).get("id").getAsString())
                .isEqualTo(id);
        InvestigationMessage work =
                InvestigationMessage.read(app.next(QueueNames.INCIDENTS).orElseThrow());
        assertThat(work.incident().id()).isEqualTo(id);
        assertThat(work.incident().to()).isEqualTo("2026-03-02T08:49:33.765432100Z");
        assertThat(app.next(QueueNames.INCIDENTS)).isEmpty();
    }

    private void triageNext() {
        app.wiring()
                .getInstance(TriageFunction.class)
                .run(app.next(QueueNames.INCIDENTS).orElseThrow(), context);
    }

    @Test
    void aValidAlertAboutSomethingElseIs202WithItsReason() throws IOException {
        HttpResponseMessage response = post(App.alert("activity-administrative"));

        assertThat(response.getStatusCode()).isEqualTo(202);
        assertThat(App.json(response).getAsJsonArray("incidents")).isEmpty();
        assertThat(only(App.json(response).getAsJsonArray("ignored")).get("why").getAsString())
                .contains("nsg-backend");
        assertThat(app.next(QueueNames.INCIDENTS)).isEmpty();
    }

    @Test
    void whatCannotBeReadIs400() throws IOException {
        HttpResponseMessage response = post(App.alert("metric-static-fired").replace("2026-03-02T08:14:31", "noon"));

        assertProblem(response, 400);
        JsonObject problem = App.json(response);
        assertThat(problem.get("where").getAsString()).isEqualTo("data.essentials.firedDateTime");
        assertThat(problem.get("expected").getAsString()).contains("2026-03-02T08:14:31Z");
        assertThat(problem.get("found").getAsString()).contains("noon");
        assertProblem(post("{"), 400);
        assertProblem(post("[]"), 400);
        assertProblem(post("{\"schemaId\":\"x\"}"), 400);
        assertThat(context.lines(Level.WARNING)).hasSize(4);
    }

    @Test
    void anEmptyBodyIs400AndSaysWhatTheHostDrops() {
        for (FakeRequest request : new FakeRequest[] {FakeRequest.post(""), FakeRequest.withoutBody(HttpMethod.POST)}) {
            HttpResponseMessage response = function.run(request, context);

            assertProblem(response, 400);
            assertThat(App.json(response).get("detail").getAsString()).contains("Content-Length");
        }
    }

    @Test
    void moreThan256KiBIs413() throws IOException {
        String alert = App.alert("metric-static-fired");
        String padded = alert + " ".repeat(AlertsFunction.LONGEST - alert.length());

        assertThat(post(padded).getStatusCode()).isEqualTo(202);
        assertProblem(post(padded + " "), 413);
        assertProblem(post("€".repeat(AlertsFunction.LONGEST / 3 + 1)), 413);
        assertProblem(post("x".repeat(5_000_000)), 413);
    }

    @Test
    void whatCannotBeQueuedIs503AndIsQueuedWhenItComesAgain() throws IOException {
        Files.createDirectories(folder);
        Path inTheWay = Files.writeString(folder.resolve("queues"), "a file where a folder should be");

        HttpResponseMessage refused = post(App.alert("metric-static-fired"));

        assertProblem(refused, 503);
        assertThat(refused.getHeader("Retry-After")).isNotBlank();
        assertThat(App.json(refused).get("detail").getAsString()).contains("queue " + QueueNames.INCIDENTS);
        Files.delete(inTheWay);
        assertThat(post(App.alert("metric-static-fired")).getStatusCode()).isEqualTo(202);
        assertThat(app.next(QueueNames.INCIDENTS)).isPresent();
        assertThat(app.next(QueueNames.INCIDENTS)).isEmpty();
    }

    @Test
    void aMissingSettingIs503AndIsNamed() throws IOException {
        app.environment.remove("TRIAGE502_STORE");

        HttpResponseMessage response = app.wiring()
                .getInstance(AlertsFunction.class)
                .run(FakeRequest.post(App.alert("metric-static-fired")), context);

        assertProblem(response, 503);
        assertThat(App.json(response).get("detail").getAsString()).contains("AzureWebJobsStorage is not set");
        assertThat(context.lines(Level.SEVERE)).hasSize(1);
    }

    @Test
    void aFaultOfOursIs500InOurWords() throws IOException {
        AlertsFunction broken = new AlertsFunction(() -> {
            throw new NoSuchMethodError("gson");
        });

        HttpResponseMessage response = broken.run(FakeRequest.post(App.alert("metric-static-fired")), context);

        assertProblem(response, 500);
        assertThat(App.json(response).get("detail").getAsString())
                .contains("internal error in triage502", "invocation-7")
                .doesNotContain("NoSuchMethodError", "gson");
    }

    /** What only a diagnosis or a channel needs must not keep an alert from being taken in. */
    @Test
    void otherSettingsThatAreWrongDoNotMatterYet() throws IOException {
        app.environment.put("TRIAGE502_AZURE_ENDPOINT", "https://elsewhere.example");
        app.environment.put(
                "TRIAGE502_WEBHOOK_URL", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)");

        HttpResponseMessage response = app.wiring()
                .getInstance(AlertsFunction.class)
                .run(FakeRequest.post(App.alert("metric-static-fired")), context);

        assertThat(response.getStatusCode()).isEqualTo(202);
    }

    private HttpResponseMessage post(String body) {
        return function.run(FakeRequest.post(body), context);
    }

    private static String id(HttpResponseMessage response) {
        return only(App.json(response).getAsJsonArray("incidents")).get("id").getAsString();
    }

    private static JsonObject only(JsonArray list) {
        assertThat(list).hasSize(1);
        return list.get(0).getAsJsonObject();
    }

    private static void assertProblem(HttpResponseMessage response, int status) {
        assertThat(response.getStatusCode()).isEqualTo(status);
        assertThat(response.getHeader("Content-Type")).startsWith("application/problem+json");
        JsonObject problem =
                JsonParser.parseString(response.getBody().toString()).getAsJsonObject();
        assertThat(problem.get("status").getAsInt()).isEqualTo(status);
        assertThat(problem.keySet()).contains("type", "title", "detail");
    }
}
