package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.HttpResponseMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Was this right? */
class FeedbackFunctionTest {

    @TempDir
    private Path folder;

    private final FakeContext context = new FakeContext();
    private App app;
    private Wiring wiring;
    private String id;

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        wiring = app.wiring();
        JsonObject answer = App.json(wiring.getInstance(AlertsFunction.class)
                .run(FakeRequest.post(App.alert("metric-static-fired")), context));
        id = answer.getAsJsonArray("incidents")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void theTrueCauseBecomesWhatIsExpectedOfTheCase() throws IOException {
        investigate();
        HttpResponseMessage response =
                give(id, "{\"verdict\":\"wrong\",\"cause\":\"nsg-blocks-backend\",\"target\":\"deny-all\"}");

        assertThat(response.getStatusCode()).as(response.getBody().toString()).isEqualTo(200);
        HttpResponseMessage zipped =
                wiring.getInstance(IncidentsFunction.class).evidence(FakeRequest.get(), id, context);
        String caseJson = "";
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream((byte[]) zipped.getBody()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith("/case.json")) {
                    caseJson = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        assertThat(caseJson).contains("\"expected\":{\"rootCause\":\"nsg-blocks-backend\",\"target\":\"deny-all\"}");
        JsonObject accuracy =
                App.json(wiring.getInstance(FeedbackFunction.class).accuracy(FakeRequest.get(), context));
        assertThat(accuracy.toString())
                .contains("{\"right\":0,\"wrong\":1,\"unsure\":0,\"named\":\"insufficient-evidence\"}")
                .contains("{\"named\":\"insufficient-evidence\",\"cause\":\"nsg-blocks-backend\",\"incidents\":1}");
    }

    @Test
    void theLastWordCounts() {
        investigate();
        give(id, "{\"verdict\":\"wrong\"}");
        give(id, "{\"verdict\":\"unsure\"}");

        JsonObject accuracy =
                App.json(wiring.getInstance(FeedbackFunction.class).accuracy(FakeRequest.get(), context));
        assertThat(accuracy.get("all").toString()).isEqualTo("{\"right\":0,\"wrong\":0,\"unsure\":1}");
    }

    @Test
    void whatMeansNothingIsRefused() {
        assertThat(give(id, "{\"verdict\":\"right\"}").getStatusCode())
                .as("no diagnosis yet")
                .isEqualTo(400);
        investigate();
        for (String wrong : new String[] {
            "",
            "[]",
            "{}",
            "{\"verdict\":\"maybe\"}",
            "{\"verdict\":\"wrong\",\"cause\":\"gremlins\"}",
            "{\"verdict\":\"right\",\"cause\":\"nsg-blocks-backend\"}"
        }) {
            assertThat(give(id, wrong).getStatusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(give("nobody", "{\"verdict\":\"right\"}").getStatusCode()).isEqualTo(404);
    }

    @Test
    void aSecretInTheTextIsNotKept() {
        investigate();
        give(id, "{\"verdict\":\"wrong\",\"target\":\"10.0.0.4\\nhttps://u:s3cr3tToken@host/\"}");

        assertThat(app.store.feedback().all())
                .singleElement()
                .satisfies(given -> assertThat(given.target()).isEqualTo("10.0.0.4 https://[redacted]@host/"));
    }

    private void investigate() {
        wiring.getInstance(TriageFunction.class)
                .run(app.next(QueueNames.INCIDENTS).orElseThrow(), context);
    }

    private HttpResponseMessage give(String incident, String body) {
        return wiring.getInstance(FeedbackFunction.class).give(FakeRequest.post(body), incident, context);
    }
}
