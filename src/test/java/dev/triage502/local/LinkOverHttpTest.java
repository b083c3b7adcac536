package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.report.html.PageCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages over real sockets, as a browser asks for them: the routes, who gets in, and what a GET does not do. */
@Timeout(60)
class LinkOverHttpTest {

    private static final String KEY = "key";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private LocalApp app(Azure azure) throws IOException {
        return LocalApp.start(
                Map.of(
                        "TRIAGE502_AZURE_ENDPOINT", azure.server.endpoint().toString(),
                        "TRIAGE502_STORE", folder.toString(),
                        "TRIAGE502_DIRECT_PROBES", "off"),
                Clock.systemUTC(),
                CollectionProgress.none(),
                freePort(),
                KEY);
    }

    /** The id of an incident that an alert opens. */
    private String alerted(Azure azure, LocalApp app) throws Exception {
        String alert = MetricAlert.fired(azure.recorded.gateway(), Instant.now());
        return JsonParser.parseString(send("POST", app.alerts(), alert).body())
                .getAsJsonObject()
                .getAsJsonArray("incidents")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }

    private URI link(LocalApp app, String id) throws Exception {
        String links = send("POST", app.uri().resolve("/api/incidents/" + id + "/links?code=" + KEY), "{}")
                .body();
        return URI.create(
                JsonParser.parseString(links).getAsJsonObject().get("page").getAsString());
    }

    @Test
    void aPersonFollowsTheLinkOfAMessage() throws Exception {
        try (Azure azure = Azure.of(Azure.recorded("aca-internal-edge"));
                LocalApp app = app(azure)) {
            URI page = link(app, alerted(azure, app));
            await(page);

            assertThat(PageCheck.problems("link-check.mjs", List.of(page.toString()), "followed"))
                    .isEmpty();
        }
    }

    @Test
    void aLinkOpensWithoutAKeyAndNothingElseDoes() throws Exception {
        try (Azure azure = Azure.of(Azure.recorded("aca-internal-edge"));
                LocalApp app = app(azure)) {
            String id = alerted(azure, app);
            URI page = link(app, id);

            assertThat(page.toString()).startsWith(app.uri() + "/api/i/");
            await(page);
            for (String path : List.of("", "/diagnosis.json", "/report.md", "/evidence.zip", "/feedback")) {
                assertThat(send("GET", URI.create(page + path), "").statusCode())
                        .as(path)
                        .isEqualTo(200);
            }
            assertThat(send("GET", URI.create(page + "/feedback?verdict=right"), "")
                            .body())
                    .contains("<form method=\"post\"");
            assertThat(send("GET", app.uri().resolve("/api/accuracy?code=" + KEY), "")
                            .body())
                    .contains("\"right\":0");
            assertThat(send("POST", URI.create(page + "/feedback?verdict=right"), "verdict=wrong&cause=&target=")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send("GET", app.uri().resolve("/api/accuracy?code=" + KEY), "")
                            .body())
                    .contains("\"wrong\":1");

            for (String closed : List.of("incidents/" + id, "diagnoses/" + id, "incidents", "view/" + id)) {
                assertThat(send("GET", app.uri().resolve("/api/" + closed), "").statusCode())
                        .as(closed)
                        .isEqualTo(401);
            }
            assertThat(send("POST", app.uri().resolve("/api/incidents/" + id + "/links/revoke"), "{}")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(send("GET", app.uri().resolve("/api/causes/nsg-blocks-backend"), "")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** The diagnosis is there after a while, and the evidence, which is kept last, a little later. */
    private void await(URI page) throws Exception {
        while (send("GET", URI.create(page + "/evidence.zip"), "").statusCode() != 200) {
            Thread.sleep(50);
        }
    }

    private HttpResponse<String> send(String method, URI uri, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/html,*/*;q=0.8");
        return http.send(
                (method.equals("GET") ? request.GET() : request.POST(BodyPublishers.ofString(body)))
                        .header("X-MS-CLIENT-PRINCIPAL", "eyJjbGFpbXMiOlt7InR5cCI6Im5hbWUiLCJ2YWwiOiJNYWxsb3J5In1dfQ==")
                        .build(),
                BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
