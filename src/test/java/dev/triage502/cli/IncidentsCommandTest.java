package dev.triage502.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.CollectionProgress;
import dev.triage502.function.Wiring;
import dev.triage502.incident.ResourceId;
import dev.triage502.local.LocalApp;
import dev.triage502.local.MetricAlert;
import dev.triage502.local.WebhookReceiver;
import dev.triage502.store.Store;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IncidentsCommandTest {

    private static final ResourceId GATEWAY = ResourceId.of(
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw-shop");

    @TempDir
    private Path folder;

    @Test
    void listsAndShowsIncidentsOfAnAppAndOfAStore() throws Exception {
        Map<String, String> settings =
                Map.of("TRIAGE502_STORE", folder.toString(), "TRIAGE502_AZURE_ENDPOINT", "http://127.0.0.1:9");
        String app;
        try (LocalApp running = LocalApp.start(settings, Clock.systemUTC(), CollectionProgress.none(), 0, "the-key")) {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(running.alerts())
                                    .POST(BodyPublishers.ofString(MetricAlert.fired(GATEWAY, Instant.now())))
                                    .build(),
                            BodyHandlers.ofString());
            app = running.uri().toString();
            Terminal listed = new Terminal(false, Map.of("TRIAGE502_HOST_KEY", "the-key"));
            assertThat(listed.run("incidents", "--app", app)).as(listed.err()).isEqualTo(Main.DONE);
            assertThat(listed.out()).contains("UTC  agw-shop-");
            Terminal byUrl = new Terminal();
            assertThat(byUrl.run("incidents", "--app", app + "?code=the-key")).isEqualTo(Main.DONE);
            assertThat(byUrl.out()).contains("UTC  agw-shop-");
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(running.alerts())
                                    .POST(BodyPublishers.ofString("no alert"))
                                    .build(),
                            BodyHandlers.ofString());
            Terminal ignored = new Terminal();
            assertThat(ignored.run("incidents", "--app", app + "?code=the-key", "--ignored"))
                    .isEqualTo(Main.DONE);
            assertThat(ignored.out()).contains("  refused with 400: the body: found text that is not JSON: no alert");
            Terminal inStore = new Terminal();
            assertThat(inStore.run("incidents", "--store", folder.toString(), "--ignored"))
                    .isEqualTo(Main.DONE);
            assertThat(inStore.out()).isEqualTo(ignored.out());
            Terminal keyless = new Terminal();
            assertThat(keyless.run("incidents", "--app", app)).isEqualTo(Main.WRONG_USAGE);
            assertThat(keyless.err()).contains("TRIAGE502_HOST_KEY");
        }

        Terminal listed = new Terminal();
        assertThat(listed.run("incidents", "--store", folder.toString(), "--gateway", "agw-shop"))
                .as(listed.err())
                .isEqualTo(Main.DONE);
        String id = listed.out().replaceAll("(?s).*(agw-shop-[0-9a-f]+).*", "$1");
        Terminal shown = new Terminal();
        assertThat(shown.run("incidents", "--store", folder.toString(), id)).isEqualTo(Main.DONE);
        assertThat(shown.out()).contains(id + ": ", " fired: opened");
        int before = store().links().series(id);
        assertThat(run("incidents", "--store", folder.toString(), id, "--revoke-links"))
                .isEqualTo(Main.DONE + ": ");
        assertThat(store().links().series(id)).isEqualTo(before + 1);
        assertThat(run("incidents", "--store", folder.toString(), "nobody", "--revoke-links"))
                .isEqualTo(Main.COULD_NOT + ": no incident with ID nobody");
        Terminal unknown = new Terminal();
        assertThat(unknown.run("feedback", "--store", folder.toString(), id, "wrong", "--cause", "gremlins"))
                .isEqualTo(Main.WRONG_USAGE);
        Terminal none = new Terminal();
        assertThat(none.run("incidents", "--store", folder.toString(), "--state", "closed", "--format", "json"))
                .isEqualTo(Main.DONE);
        assertThat(none.out().strip()).isEqualTo("{\"incidents\":[]}");
    }

    @Test
    void feedbackMakesACaseThatIsMeasured() throws Exception {
        Map<String, String> settings =
                Map.of("TRIAGE502_STORE", folder.toString(), "TRIAGE502_AZURE_ENDPOINT", "http://127.0.0.1:9");
        Terminal given = new Terminal();
        try (LocalApp running = LocalApp.start(settings, Clock.systemUTC(), CollectionProgress.none(), 0, "the-key")) {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(running.alerts())
                                    .POST(BodyPublishers.ofString(MetricAlert.fired(GATEWAY, Instant.now())))
                                    .build(),
                            BodyHandlers.ofString());
            Terminal listed = new Terminal();
            for (int i = 0; i < 300 && !listed.out().contains("cause not found"); i++) {
                Thread.sleep(100);
                listed = new Terminal();
                listed.run("incidents", "--store", folder.toString());
            }
            String id = listed.out().replaceAll("(?s).*(agw-shop-[0-9a-f]+).*", "$1");
            assertThat(given.run("feedback", "--store", folder.toString(), id, "right"))
                    .as(given.err())
                    .isEqualTo(Main.DONE);
            String app = running.uri() + "?code=the-key";
            Terminal overHttp = new Terminal();
            assertThat(overHttp.run("feedback", "--app", app, id, "unsure"))
                    .as(overHttp.err())
                    .isEqualTo(Main.DONE);
            assertThat(overHttp.out()).contains(id + ": insufficient-evidence was unsure");
            assertThat(run("feedback", "--app", app, id, "perhaps"))
                    .isEqualTo(Main.WRONG_USAGE + ": verdict: expected right, wrong or unsure");
            assertThat(run("feedback", "--store", folder.toString(), id, "perhaps"))
                    .isEqualTo(Main.WRONG_USAGE + ": verdict: expected right, wrong or unsure");
            int before = store().links().series(id);
            assertThat(run("incidents", "--app", app, id, "--revoke-links")).isEqualTo(Main.DONE + ": ");
            assertThat(store().links().series(id)).isEqualTo(before + 1);
            assertThat(run("feedback", "--app", app, "nobody", "right"))
                    .isEqualTo(Main.COULD_NOT + ": no incident with this id");
            assertThat(run("feedback", "--app", running.uri().toString(), id, "right"))
                    .startsWith(Main.WRONG_USAGE + ": the app requires its key");
            assertThat(run("incidents", "--app", app, "--state", "broken"))
                    .startsWith(Main.WRONG_USAGE + ": state: expected one of");
            assertThat(overHttp.run("feedback", "--app", app, id, "right")).isEqualTo(Main.DONE);
        }
        assertThat(given.out()).contains("insufficient-evidence was right");

        Terminal evaluated = new Terminal();
        assertThat(evaluated.run("evaluate", "--store", folder.toString()))
                .as(evaluated.err())
                .isEqualTo(Main.DONE);
        assertThat(evaluated.out()).containsPattern("root cause as expected \\(top-1\\) *1");
    }

    @Test
    void saysWhatIsWrong() {
        for (String[] wrong : new String[][] {
            {"incidents"},
            {"incidents", "--store", folder.resolve("none").toString()},
            {"incidents", "--store", folder.toString(), "--state", "broken"},
            {"incidents", "--store", folder.toString(), "--app", "http://127.0.0.1:1"},
            {"incidents", "--app", "no url"},
            {"incidents", "--store", folder.toString(), "--revoke-links"},
            {"feedback", "nobody", "right"},
            {"feedback", "--store", folder.toString(), "--app", "http://127.0.0.1:1", "nobody", "right"},
            {"feedback", "--app", "no url", "nobody", "right"},
            {"feedback", "--app", "http://127.0.0.1:1", "nobody", "wrong", "--cause", "gremlins"}
        }) {
            Terminal terminal = new Terminal();
            assertThat(terminal.run(wrong)).as(String.join(" ", wrong)).isEqualTo(Main.WRONG_USAGE);
            assertThat(terminal.err().strip().lines()).as(terminal.err()).hasSize(1);
        }
        Terminal silent = new Terminal();
        assertThat(silent.run("incidents", "--app", "http://127.0.0.1:1")).isEqualTo(Main.COULD_NOT);
        assertThat(run("feedback", "--app", "http://127.0.0.1:1", "nobody", "right"))
                .startsWith(Main.COULD_NOT + ": no response from the app at this URL");
        Terminal missing = new Terminal();
        assertThat(missing.run("incidents", "--store", folder.toString(), "nobody"))
                .isEqualTo(Main.COULD_NOT);
        assertThat(missing.err()).contains("no incident with ID nobody");
    }

    @Test
    void saysThatAnotherServerIsNotTheApp() throws Exception {
        try (WebhookReceiver other = WebhookReceiver.answering(200)) {
            String url = other.uri().toString();
            for (String[] command : new String[][] {
                {"incidents", "--app", url},
                {"incidents", "--app", url, "an-id"},
                {"feedback", "--app", url, "an-id", "right"}
            }) {
                assertThat(run(command))
                        .isEqualTo(Main.COULD_NOT + ": the response is not from triage502. Check --app");
            }
        }
    }

    private Store store() {
        Map<String, String> settings = Map.of("TRIAGE502_STORE", folder.toString());
        return new Wiring(settings, Clock.systemUTC(), CollectionProgress.none()).openStore();
    }

    /** The exit code and what is said of it. */
    private static String run(String... command) {
        Terminal terminal = new Terminal();
        int code = terminal.run(command);
        return code + ": " + terminal.err().strip().replaceFirst("^triage502[^:]*: ", "");
    }
}
