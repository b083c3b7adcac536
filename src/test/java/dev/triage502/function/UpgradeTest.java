package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.triage502.deliver.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app over what a version left that knew no lives of incidents; see the README beside the data. */
class UpgradeTest {

    private static final Path LEFT = Path.of("src/test/resources/stored-before-lives");
    private static final String KEPT = "agw-kept-20260302T0814-3a16c1";
    private static final String TOLD = "agw-told-20260302T0814-6480e1";
    private static final String CLOSED = "agw-closed-20260302T0814-164ae9";
    private static final String QUEUED = "agw-queued-20260302T0814-d720c4";
    private static final String ASKED = "agw-asked-20260302T0800-384685-asked-3600";

    @TempDir
    private Path folder;

    private final FakeContext context = new FakeContext();
    private App app;
    private Receiver webhook;
    private Wiring wiring;

    @BeforeEach
    void start() throws IOException {
        try (Stream<Path> files = Files.walk(LEFT)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(LEFT.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        app = new App(folder);
        webhook = new Receiver();
        app.environment.put("TRIAGE502_WEBHOOK_URL", webhook.uri("/hook").toString());
        wiring = app.wiring();
    }

    @AfterEach
    void stop() {
        webhook.close();
        app.close();
    }

    @Test
    void whatWasQueuedIsDoneAndNothingIsSentTwice() {
        work();

        assertThat(webhook.got())
                .extracting(got -> got.headers().get("idempotency-key"))
                .containsExactlyInAnyOrder(KEPT + "-diagnosed", QUEUED + "-diagnosed");
        assertThat(app.store.reports().find(ASKED)).isPresent();
        assertThat(app.store.reports().find(QUEUED)).isPresent();
        assertThat(context.all()).doesNotContain("not one of our messages");
    }

    @Test
    void whatWasKeptIsFound() {
        for (String id : new String[] {KEPT, TOLD, CLOSED}) {
            assertThat(app.store.reports().find(id).orElseThrow().document().incident())
                    .isEqualTo(id);
            assertThat(app.store.cases().read(id, 1, dev.triage502.collect.CaseFolder.fileNames()))
                    .containsKey("case.json");
        }
    }

    @Test
    void anAlertOfAnOpenIncidentJoinsIt() throws IOException {
        String fired = App.alert("metric-static-fired").replace("agw-prod", "agw-told");
        assertThat(id(post(fired), "incidents")).isEqualTo(TOLD);
        String another = App.alert("log-v2-fired").replace("agw-prod", "agw-told");
        assertThat(id(post(another), "incidents")).isEqualTo(TOLD);
        work();

        assertThat(webhook.got())
                .extracting(got -> got.headers().get("idempotency-key"))
                .contains(TOLD + "-diagnosed-2")
                .doesNotContain(TOLD + "-diagnosed");
    }

    @Test
    void anAlertOfAnIncidentThatWasClosedIsKnown() throws IOException {
        String fired = App.alert("metric-static-fired").replace("agw-prod", "agw-closed");
        assertThat(id(post(fired), "incidents")).isEqualTo(CLOSED);
        work();

        assertThat(webhook.got())
                .extracting(got -> got.headers().get("idempotency-key"))
                .noneMatch(key -> key.startsWith(CLOSED));
    }

    @Test
    void anAlertWhoseEndWasHeardBeforeIsInvestigated() throws IOException {
        String fired = App.alert("metric-static-fired").replace("agw-prod", "agw-early");
        String id = id(post(fired), "incidents");
        work();

        assertThat(webhook.got())
                .extracting(got -> got.headers().get("idempotency-key"))
                .contains(id + "-resolved");
    }

    private JsonObject post(String body) {
        return App.json(wiring.getInstance(AlertsFunction.class).run(FakeRequest.post(body), context));
    }

    private static String id(JsonObject answer, String list) {
        return answer.getAsJsonArray(list).get(0).getAsJsonObject().get("id").getAsString();
    }

    /** Works on all that shows in the queues. */
    private void work() {
        Optional<String> next = app.next(QueueNames.INCIDENTS);
        while (next.isPresent()) {
            wiring.getInstance(TriageFunction.class).run(next.get(), context);
            next = app.next(QueueNames.INCIDENTS);
        }
        next = app.next(QueueNames.DELIVERIES);
        while (next.isPresent()) {
            wiring.getInstance(DeliverFunction.class).run(next.get(), context);
            next = app.next(QueueNames.DELIVERIES);
        }
    }
}
