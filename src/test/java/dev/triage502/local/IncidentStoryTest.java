package dev.triage502.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.triage502.collect.CaseFolder;
import dev.triage502.collect.CollectionProgress;
import dev.triage502.collect.RecordedCase;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.function.WatchFunction;
import dev.triage502.function.Wiring;
import dev.triage502.incident.MomentText;
import dev.triage502.incident.ResourceId;
import dev.triage502.local.WebhookReceiver.Received;
import dev.triage502.store.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of incidents over real sockets: alerts in, what Azure says changes, messages out. The messages in their order
 * are docs/incident-story.md; {@code -Ddocs.update} writes it.
 */
@Timeout(120)
class IncidentStoryTest {

    private static final Path PAGE = Path.of("docs", "incident-story.md");
    private static final Instant START = Instant.parse("2024-02-20T13:31:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final class MovedClock extends Clock {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @TempDir
    private Path folder;

    private Path store;
    private final MovedClock clock = new MovedClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private final StringBuilder story = new StringBuilder();
    private LocalHost host;
    private Wiring wiring;
    private WebhookReceiver webhook;
    private StoryChannels channels;

    @Test
    void theStoryInTheDocsIsWhatHappens() throws Exception {
        RecordedCase recorded = CaseFolder.readShipped("blocked-by-nsg");
        SourceDocuments whole = recorded.documents();
        SourceDocuments part = whole.without(Source.NETWORK).without(Source.ACTIVITY_LOG);
        try (WebhookReceiver receiver = WebhookReceiver.answering(202);
                StoryChannels others = new StoryChannels(clock);
                SwitchedAzure azure = new SwitchedAzure();
                PretendAzure partly = pretend(recorded, part);
                PretendAzure failing = pretend(recorded, whole);
                PretendAzure over = pretend(recorded, TollCase.repaired(whole));
                PretendAzure other404 = pretend(recorded, TollCase.answering404(whole))) {
            webhook = receiver;
            channels = others;
            azure.to(partly);
            store = Files.createDirectory(folder.resolve("one"));
            start(azure.endpoint());
            ResourceId gateway = recorded.gateway();

            alert(
                    "`agw-toll-5xx` fires; the network and the activity log cannot be read yet",
                    gateway,
                    "5xx",
                    START,
                    "");
            message();
            alert("the same alert is delivered again", gateway, "5xx", START, "");
            at("13:33");
            alert("a second rule, `agw-toll-unhealthy`, fires", gateway, "unhealthy", clock.now, "");
            Instant second = clock.now;
            azure.to(failing);
            at("13:34");
            happens("a follow-up investigation can read everything, but the last message is only three minutes old");
            revision(gateway, 2);
            at("13:36");
            happens("the least pause is over");
            watch();
            message();
            at("13:41");
            happens("the next follow-up finds the same");
            revision(gateway, 3);
            azure.to(over);
            at("14:16");
            alert("the first rule is resolved", gateway, "5xx", START, "2024-02-20T14:16:00Z");
            alert(
                    "the second rule is resolved, and an investigation measures the end",
                    gateway,
                    "unhealthy",
                    second,
                    "2024-02-20T14:16:00Z");
            message();

            clock.now = Instant.parse("2024-02-21T09:00:00Z");
            azure.to(failing);
            story.append("\n## The next day\n\n");
            alert("`agw-toll-5xx` fires", gateway, "again", clock.now, "");
            message();
            clock.now = clock.now.plus(Duration.ofMinutes(3));
            happens("the first follow-up finds the same");
            revision(gateway, 2);
            azure.to(other404);
            clock.now = clock.now.plus(Duration.ofMinutes(7));
            happens("the rule is gone; the servers answer, but the probe's path is not there any more");
            message();
            Instant fired = Instant.parse("2024-02-21T09:00:00Z");
            for (int i = 1; i <= 3; i++) {
                clock.now = clock.now.plus(Duration.ofMinutes(6));
                alert("it is resolved", gateway, "again", fired, clock.now.toString());
                clock.now = clock.now.plus(Duration.ofMinutes(2));
                fired = clock.now;
                alert("it fires again", gateway, "again", fired, "");
                if (i == 2) {
                    message();
                }
            }

            story.append("\n## Another gateway, which may not be read\n\n");
            alert(
                    "an alert comes of which only the end is heard",
                    gateway("agw-other", gateway),
                    "5xx",
                    clock.now.minusSeconds(900),
                    clock.now.toString());
            message();

            story.append("\n## A store that takes no reports\n\n");
            host.close();
            store = Files.createDirectory(folder.resolve("another"));
            azure.to(failing);
            start(azure.endpoint());
            clock.now = Instant.parse("2024-02-21T10:00:00Z");
            Path reports = Files.createFile(
                    Files.createDirectory(store.resolve("shelf")).resolve("diagnoses"));
            happens("an alert fires, and the report of its investigation cannot be stored");
            post(gateway, "5xx", clock.now, "");
            tried("triage502-incidents", 1);
            for (int tries = 2; tries < 5; tries++) {
                clock.now = clock.now.plus(Duration.ofSeconds(30));
                tried("triage502-incidents", tries);
            }
            clock.now = clock.now.plus(Duration.ofSeconds(30));
            happens("the fifth try fails too");
            tried("triage502-incidents-poison", 1);
            Files.delete(reports);
            clock.now = clock.now.plus(Duration.ofSeconds(30));
            happens("the store works again, and what is left over is reported");
            message();
            clock.now = clock.now.plus(Duration.ofMinutes(8));
            happens("a follow-up succeeds");
            message();
            assertThat(channels.told())
                    .containsExactly(
                            "diagnosed",
                            "changed",
                            "recovered",
                            "recurred",
                            "changed",
                            "flapping",
                            "resolved",
                            "given-up",
                            "diagnosed");
            channels.areInSlackOneMessageEach();
        } finally {
            if (host != null) {
                host.close();
            }
        }
        String page = page();
        if (System.getProperty("docs.update") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private void start(URI azure) throws Exception {
        Map<String, String> settings = new HashMap<>(channels.settings());
        settings.putAll(Map.of(
                "TRIAGE502_AZURE_ENDPOINT", azure.toString(),
                "TRIAGE502_WEBHOOK_URL", webhook.uri().toString(),
                "TRIAGE502_STORE", store.toString(),
                "TRIAGE502_ON_DEMAND_PROBES", "off",
                "TRIAGE502_DIRECT_PROBES", "off"));
        wiring = new Wiring(settings, clock, CollectionProgress.none());
        host = LocalHost.start(
                0,
                "key",
                // The timer is run by hand: it would call at each full minute of the real time.
                wiring.functions().stream()
                        .filter(type -> type != WatchFunction.class)
                        .toList(),
                wiring,
                new FolderInbox(Store.queuesIn(store, clock)),
                hostJson());
    }

    /** The app's, but that the queues are looked at more often, since the test waits for them. */
    private static JsonObject hostJson() throws IOException {
        JsonObject json =
                JsonParser.parseString(Files.readString(Path.of("host.json"))).getAsJsonObject();
        json.getAsJsonObject("extensions").getAsJsonObject("queues").addProperty("maxPollingInterval", "00:00:00.1");
        return json;
    }

    private static PretendAzure pretend(RecordedCase recorded, SourceDocuments documents) throws Exception {
        return PretendAzure.start(
                documents, recorded.gateway(), PretendAzure.Options.usual().operations(1, Duration.ZERO));
    }

    private void at(String time) {
        clock.now = Instant.parse("2024-02-20T" + time + ":00Z");
    }

    private void happens(String what) {
        story.append("- ")
                .append(MomentText.time(clock.now, clock.now))
                .append(": ")
                .append(what)
                .append(".\n");
    }

    private void alert(String what, ResourceId gateway, String rule, Instant fired, String resolvedAt)
            throws Exception {
        happens(what);
        post(gateway, rule, fired, resolvedAt);
        settle();
    }

    private static ResourceId gateway(String name, ResourceId another) {
        return ResourceId.of(another.toString().replace("agw-toll", name));
    }

    private void post(ResourceId gateway, String rule, Instant fired, String resolvedAt) throws Exception {
        JsonObject alert =
                JsonParser.parseString(MetricAlert.fired(gateway, fired)).getAsJsonObject();
        JsonObject essentials = alert.getAsJsonObject("data").getAsJsonObject("essentials");
        essentials.addProperty("alertId", essentials.get("alertId").getAsString() + rule);
        essentials.addProperty("alertRule", "agw-toll-" + rule);
        if (!resolvedAt.isEmpty()) {
            essentials.addProperty("monitorCondition", "Resolved");
            essentials.addProperty("resolvedDateTime", resolvedAt);
        }
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(host.uri() + "/api/alerts?code=key"))
                        .POST(BodyPublishers.ofString(alert.toString()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    /** Waits until the only message of a queue waits for its next try, after so many. */
    private void tried(String queue, int times) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            List<String> waiting = names(store.resolve("queues").resolve(queue));
            if (waiting.stream().anyMatch(name -> name.matches("\\d+_[^_]+_" + times))) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(queue + ": not tried " + times + " times, after\n" + story);
    }

    private static List<String> names(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** The message that comes now; none must have come before it. */
    private void message() throws Exception {
        Received received = webhook.next(PATIENCE).orElseThrow(() -> new AssertionError("no message after\n" + story));
        JsonObject json = JsonParser.parseString(new String(received.body(), StandardCharsets.UTF_8))
                .getAsJsonObject();
        channels.follow(json, PATIENCE);
        JsonObject life = json.getAsJsonObject("life");
        story.append("\n  > **")
                .append(life.get("state").getAsString())
                .append("** (message ")
                .append(life.get("message").getAsInt())
                .append(", investigation ")
                .append(life.get("revision").getAsInt())
                .append("): ")
                .append(life.get("sentence").getAsString())
                .append("  \n  > ")
                .append(json.get("headline").getAsString())
                .append("\n\n");
    }

    /** Waits until the investigation that is due has been made, so that the story is the same each time. */
    private void settle() throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            boolean busy = false;
            for (JsonElement each : get("/api/incidents").getAsJsonArray("incidents")) {
                JsonObject incident =
                        get("/api/incidents/" + each.getAsJsonObject().get("id").getAsString());
                JsonObject looks = incident.getAsJsonObject("investigations");
                boolean due = !Instant.parse(looks.get("dueAt").getAsString()).isAfter(clock.now);
                busy |= due
                        && looks.get("asked").getAsInt()
                                > incident.get("revision").getAsInt()
                        && !incident.get("state").getAsString().equals("closed");
            }
            if (!busy) {
                return;
            }
            Thread.sleep(30);
        }
        throw new AssertionError("an investigation is not made, after\n" + story);
    }

    private void revision(ResourceId gateway, int revision) throws Exception {
        settle();
        JsonArray incidents = get("/api/incidents").getAsJsonArray("incidents");
        assertThat(incidents.get(0).getAsJsonObject().get("revision").getAsInt())
                .as(story + "")
                .isEqualTo(revision);
    }

    private void watch() {
        wiring.getInstance(WatchFunction.class).run("{}", new LocalContext("watch"));
    }

    private JsonObject get(String path) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(host.uri() + path + "?code=key"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private String page() {
        return "# The story of some incidents\n\n"
                + "Every line is what the app did over HTTP, with an Azure whose answers changed and a clock that was"
                + " moved:\n"
                + "`IncidentStoryTest` holds this page. A line without a message led to none.\n\n"
                + story.toString().replace(store.toString(), "/data/triage502");
    }
}
