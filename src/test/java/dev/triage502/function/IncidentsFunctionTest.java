package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.triage502.collect.CaseFolder;
import dev.triage502.ledger.IncidentDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of incidents over HTTP. */
class IncidentsFunctionTest {

    @TempDir
    private Path folder;

    private final FakeContext context = new FakeContext();
    private App app;
    private Wiring wiring;

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        wiring = app.wiring();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void anIncidentShowsEveryDecisionOnIt() throws IOException {
        String id = open("agw-prod");
        triage();

        JsonObject incident = App.json(one(id));

        assertThat(incident.get("schema").getAsString()).isEqualTo(IncidentDocument.SCHEMA);
        assertThat(incident.get("state").getAsString()).isEqualTo("diagnosed");
        assertThat(incident.getAsJsonArray("messages")
                        .get(0)
                        .getAsJsonObject()
                        .get("reason")
                        .getAsString())
                .isEqualTo("diagnosed");
        assertThat(incident.get("history").toString())
                .contains("alert \\\"agw-prod-5xx\\\" fired: opened")
                .contains("investigation 1: cause not found")
                .contains("state: open to investigating")
                .contains("message 1: first diagnosis");
        assertThat(incident.getAsJsonObject("links").get("diagnosis").getAsString())
                .isEqualTo("/api/diagnoses/" + id);
    }

    @Test
    void aBrowserGetsThePageAndAProgramTheDocument() throws IOException {
        String id = open("agw-prod");
        FakeRequest browser =
                FakeRequest.get().header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        IncidentsFunction incidents = wiring.getInstance(IncidentsFunction.class);

        HttpResponseMessage early = incidents.one(browser, id, context);
        assertThat(early.getStatusCode()).isEqualTo(202);
        assertThat(early.getBody().toString()).contains("Still investigating");
        triage();
        HttpResponseMessage page = incidents.one(browser, id, context);

        assertThat(page.getStatusCode()).isEqualTo(200);
        assertThat(page.getBody().toString()).contains("<!doctype html>", id, "/api/i/");
        assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(page.getHeader("Vary")).isEqualTo("Accept");
        assertThat(incidents
                        .one(FakeRequest.get().header("Accept", "text/markdown"), id, context)
                        .getHeader("Content-Type"))
                .startsWith("text/markdown");
        assertThat(App.json(incidents.one(FakeRequest.get().header("Accept", "*/*"), id, context))
                        .has("history"))
                .isTrue();
        HttpResponseMessage none = incidents.one(browser, "nobody", context);
        assertThat(none.getStatusCode()).isEqualTo(404);
        assertThat(none.getHeader("Content-Type")).startsWith("text/html");
    }

    @Test
    void theListIsTheNewestFirstFilteredAndInPages() throws Exception {
        String first = open("agw-one");
        Thread.sleep(5);
        String second = open("agw-two");
        Thread.sleep(5);
        String third = open("agw-three");
        triage();

        assertThat(ids(list())).containsExactly(third, second, first);
        assertThat(ids(list("gateway", "agw-two"))).containsExactly(second);
        assertThat(ids(list("state", "open"))).hasSize(3);
        assertThat(ids(list("state", "closed"))).isEmpty();
        assertThat(ids(list("cause", "insufficient-evidence"))).hasSize(1);
        assertThat(ids(list("from", "2100-01-01T00:00:00Z"))).isEmpty();
        assertThat(ids(list("to", "2100-01-01T00:00:00Z", "from", "2026-01-01T00:00:00Z")))
                .hasSize(3);
        JsonObject page = list("limit", "2");
        assertThat(ids(page)).containsExactly(third, second);
        JsonObject rest = list("limit", "2", "after", page.get("next").getAsString());
        assertThat(ids(rest)).containsExactly(first);
        assertThat(rest.has("next")).isFalse();
    }

    @Test
    void theEvidenceIsACaseThatReplayReads() throws IOException {
        String id = open("agw-prod");
        triage();

        HttpResponseMessage response =
                wiring.getInstance(IncidentsFunction.class).evidence(FakeRequest.get(), id, context);

        assertThat(response.getStatusCode()).isEqualTo(200);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream((byte[]) response.getBody()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path to = folder.resolve("unpacked").resolve(entry.getName());
                Files.createDirectories(to.getParent());
                Files.write(to, zip.readAllBytes());
            }
        }
        assertThat(CaseFolder.read(folder.resolve("unpacked").resolve(id)).alertedAt())
                .isEqualTo("2026-03-02T08:14:31.234567800Z");
    }

    @Test
    void whatIsNotThereOrWrongIsSaidSo() throws IOException {
        String id = open("agw-prod");

        assertThat(one("nobody").getStatusCode()).isEqualTo(404);
        assertThat(one("../x").getStatusCode()).isEqualTo(404);
        assertThat(wiring.getInstance(IncidentsFunction.class)
                        .evidence(FakeRequest.get(), id, context)
                        .getStatusCode())
                .as("not investigated yet")
                .isEqualTo(404);
        for (String[] wrong : new String[][] {
            {"state", "broken"}, {"limit", "0"}, {"limit", "x"}, {"from", "yesterday"}, {"revision", "x"}
        }) {
            FakeRequest request = FakeRequest.get().query(wrong[0], wrong[1]);
            IncidentsFunction incidents = wiring.getInstance(IncidentsFunction.class);
            HttpResponseMessage response = wrong[0].equals("revision")
                    ? incidents.evidence(request, id, context)
                    : incidents.list(request, context);
            assertThat(response.getStatusCode()).as(wrong[0] + "=" + wrong[1]).isEqualTo(400);
        }
    }

    private String open(String gateway) throws IOException {
        String alert = App.alert("metric-static-fired");
        JsonObject answer = App.json(wiring.getInstance(AlertsFunction.class)
                .run(
                        FakeRequest.post(gateway.equals("agw-prod") ? alert : alert.replace("agw-prod", gateway)),
                        context));
        return answer.getAsJsonArray("incidents")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }

    private void triage() {
        wiring.getInstance(TriageFunction.class)
                .run(app.next(QueueNames.INCIDENTS).orElseThrow(), context);
    }

    private HttpResponseMessage one(String id) {
        return wiring.getInstance(IncidentsFunction.class).one(FakeRequest.get(), id, context);
    }

    private JsonObject list(String... query) {
        FakeRequest request = FakeRequest.get();
        for (int i = 0; i < query.length; i += 2) {
            request.query(query[i], query[i + 1]);
        }
        HttpResponseMessage response =
                wiring.getInstance(IncidentsFunction.class).list(request, context);
        assertThat(response.getStatusCode()).as(response.getBody().toString()).isEqualTo(200);
        return App.json(response);
    }

    private static java.util.List<String> ids(JsonObject page) {
        java.util.List<String> ids = new java.util.ArrayList<>();
        page.getAsJsonArray("incidents")
                .forEach(each -> ids.add(each.getAsJsonObject().get("id").getAsString()));
        return ids;
    }
}
