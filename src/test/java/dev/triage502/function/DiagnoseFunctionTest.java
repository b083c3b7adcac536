package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.triage502.collect.CollectionProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnoseFunctionTest {

    private static final String GATEWAY =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw";

    @TempDir
    private Path folder;

    private App app;
    private Wiring wiring;
    private FakeContext context;

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        Clock noon = Clock.fixed(Instant.parse("2026-03-02T12:00:00.5Z"), ZoneOffset.UTC);
        wiring = new Wiring(app.environment, noon, CollectionProgress.none());
        context = new FakeContext();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void answersWithTheDiagnosisAndKeepsIt() {
        HttpResponseMessage response = diagnose(ask().query("since", "30m"));

        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
        JsonObject document = App.json(response);
        assertThat(document.get("gateway").getAsString()).isEqualTo(GATEWAY);
        assertThat(document.getAsJsonObject("window").get("from").getAsString()).isEqualTo("2026-03-02T11:30:00Z");
        assertThat(document.getAsJsonObject("window").get("to").getAsString()).isEqualTo("2026-03-02T12:00:00Z");
        String id = document.get("incident").getAsString();
        assertThat(response.getHeader("Content-Location")).isEqualTo("/api/diagnoses/" + id);
        assertThat(App.json(look(id)).toString()).isEqualTo(document.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                                            | application/json
        */*                                           | application/json
        application/json                              | application/json
        text/markdown                                 | text/markdown
        text/plain, text/markdown;q=0.5               | text/plain
        text/plain;q=0.2, text/markdown;q=0.9         | text/markdown
        text/html,application/xhtml+xml,*/*;q=0.8     | text/html
        text/html;q=0.2, application/json             | application/json
        text/*                                        | text/plain
        image/png                                     | application/json
        TEXT/Markdown; charset=utf-8                  | text/markdown
        text/markdown;q=x                             | application/json
        """)
    void answersInTheFormThatIsLikedBest(String accept, String type) {
        HttpResponseMessage response = diagnose(ask().header("Accept", accept));

        assertThat(response.getHeader("Content-Type")).isEqualTo(type + "; charset=utf-8");
        assertThat(response.getBody().toString()).contains("agw");
    }

    @Test
    void takesItsParametersFromABodyToo() {
        String body = "{\"Gateway\":\"" + GATEWAY
                + "\",\"from\":\"2026-03-02T08:00:00+01:00\",\"to\":\"2026-03-02T08:00:00Z\",\"wait\":60}";

        JsonObject document = App.json(diagnose(FakeRequest.post(body)));

        assertThat(document.getAsJsonObject("window").get("from").getAsString()).isEqualTo("2026-03-02T07:00:00Z");
        assertThat(document.getAsJsonObject("window").get("to").getAsString()).isEqualTo("2026-03-02T08:00:00Z");
    }

    @Test
    void takesThePortalsAddressOfAGateway() {
        JsonObject document = App.json(diagnose(FakeRequest.get()
                .query("gateway", "https://portal.azure.com/#@contoso.example/resource" + GATEWAY + "/overview")));

        assertThat(document.get("gateway").getAsString()).isEqualTo(GATEWAY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        gateway |                                              | gateway
        gateway | /subscriptions/s/resourceGroups/rg           | gateway
        gateway | /subscriptions/s/x/Microsoft.Compute/vms/a   | gateway
        gateway | /subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/a'b | gateway
        gateway | /subscriptions/s/providers/Microsoft.Network/applicationGateways/agw                   | gateway
        since   | soon                                         | since
        since   | -5m                                          | since
        since   | 0m                                           | since
        since   | 25h                                          | since
        gateway | /subscriptions/s/resourceGroups/../providers/Microsoft.Network/applicationGateways/agw | gateway
        gateway | /subscriptions/s/resourceGroups/rg?x/providers/Microsoft.Network/applicationGateways/agw | gateway
        gateway | /subscriptions/s/resourceGroups/rg#x/providers/Microsoft.Network/applicationGateways/agw | gateway
        gateway | /subscriptions/s/resourceGroups/%2e%2e/providers/Microsoft.Network/applicationGateways/agw | gateway
        gateway | /subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw%2e | gateway
        gateway | /subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw?x | gateway
        gateway | /subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw#x | gateway
        gateway | agw.                                         | gateway
        to      | -999999999-01-01T00:00:00Z                   | to
        to      | 1969-12-31T23:00:00Z                         | to
        from    | -999999999-01-01T00:00:00Z                   | from
        since   | PT256204778801521H                           | since
        to      | 2026-03-02T13:00:00Z                         | to
        to      | +12026-03-02T13:00:00Z                       | to
        from    | 2026-03-02T13:00:00Z                         | from
        from    | 2026-03-02T11:00:00                          | from
        from    | yesterday                                    | from
        to      | now                                          | to
        wait    | 201                                          | wait
        wait    | -1                                           | wait
        wait    | long                                         | wait
        wait    | 99999999999                                  | wait
        """)
    void aParameterThatIsWrongIs400(String name, String value, String where) {
        HttpResponseMessage response = diagnose(ask().query(name, value == null ? "" : value));

        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(response.getHeader("Content-Type")).startsWith("application/problem+json");
        assertThat(App.json(response).get("where").getAsString()).isEqualTo(where);
        assertThat(App.json(response).get("expected").getAsString()).isNotBlank();
    }

    @Test
    void sinceAndFromTogetherAre400AndSoIsABodyThatIsNoObject() {
        assertThat(diagnose(ask().query("since", "5m").query("from", "2026-03-02T11:00:00Z"))
                        .getStatusCode())
                .isEqualTo(400);
        assertThat(diagnose(FakeRequest.post("[1]")).getStatusCode()).isEqualTo(400);
        assertThat(diagnose(FakeRequest.post("{")).getStatusCode()).isEqualTo(400);
    }

    @Test
    void whoDoesNotWaitIsToldWhereToLook() {
        HttpResponseMessage response = diagnose(ask().query("wait", "0"));

        assertThat(response.getStatusCode()).isEqualTo(202);
        String location = response.getHeader("Location");
        assertThat(location).startsWith("/api/diagnoses/agw-20260302T1200-");
        String id = location.substring("/api/diagnoses/".length());
        assertThat(App.json(response).get("id").getAsString()).isEqualTo(id);
        assertThat(look(id).getStatusCode()).isEqualTo(202);
        assertThat(look(id).getHeader("Retry-After")).isEqualTo("5");

        String message = app.next(QueueNames.INCIDENTS).orElseThrow();
        wiring.getInstance(TriageFunction.class).run(message, context);

        assertThat(look(id).getStatusCode()).isEqualTo(200);
        assertThat(App.json(look(id)).get("incident").getAsString()).isEqualTo(id);
        assertThat(app.next(QueueNames.DELIVERIES)).as("nobody but who asked").isEmpty();
    }

    @Test
    void whatTakesLongerThanTheyWaitGoesOnInTheQueue() {
        app.azureTakes(Duration.ofSeconds(5));

        HttpResponseMessage response = diagnose(ask().query("wait", "1"));

        assertThat(response.getStatusCode()).isEqualTo(202);
        assertThat(app.next(QueueNames.INCIDENTS)).isPresent();
    }

    @Test
    void aNameThatCannotBeLookedForIs503AndSaysWhatNeedsNoSearch() {
        HttpResponseMessage response = diagnose(FakeRequest.get().query("gateway", "agw-prod"));

        assertThat(response.getStatusCode()).isEqualTo(503);
        assertThat(App.json(response).get("detail").getAsString())
                .contains("agw-prod", "AuthorizationFailed", "resource ID");
    }

    @Test
    void aDiagnosisThatCannotBeKeptIsStillAnswered() throws IOException {
        Files.writeString(folder.resolve("shelf"), "in the way");

        HttpResponseMessage response = diagnose(ask());

        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(context.all()).contains("could not store the report");
    }

    @Test
    void anIdThatNobodyAskedForIs404() {
        for (String id : new String[] {"agw-1", "..", "../../etc/passwd", "", "a b", "x".repeat(500)}) {
            assertThat(look(id).getStatusCode()).isEqualTo(404);
            assertThat(look(id).getHeader("Content-Type")).startsWith("application/problem+json");
        }
    }

    private static FakeRequest ask() {
        return FakeRequest.get().query("gateway", GATEWAY);
    }

    private HttpResponseMessage diagnose(FakeRequest request) {
        return wiring.getInstance(DiagnoseFunction.class).run(request, context);
    }

    private HttpResponseMessage look(String id) {
        return wiring.getInstance(DiagnosesFunction.class).run(FakeRequest.get(), id, context);
    }
}
