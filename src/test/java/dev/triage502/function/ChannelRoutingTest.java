package dev.triage502.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.triage502.collect.CollectionProgress;
import dev.triage502.deliver.Receiver;
import dev.triage502.deliver.Receiver.Reply;
import dev.triage502.deliver.route.ChannelRoute;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import dev.triage502.store.FolderQueues;
import dev.triage502.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two channels of one document: who gets a message, who gets it in the place of another, and when. */
class ChannelRoutingTest {

    private static final ResourceId GATEWAY =
            ResourceId.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw");
    private static final Incident INCIDENT = Incident.alertedAt(GATEWAY, Instant.parse("2026-03-02T23:14:31Z"));
    private static final String SECRET = "s3cr3tToken";

    @TempDir
    private Path folder;

    private App app;
    private Receiver first;
    private Receiver second;
    private FakeContext context;
    private Clock clock = Clock.systemUTC();

    @BeforeEach
    void start() throws IOException {
        app = new App(folder);
        first = new Receiver();
        second = new Receiver();
        app.environment.put("FIRST_URL", first.uri("/hook?key=" + SECRET).toString());
        app.environment.put("SECOND_URL", second.uri("/hook?key=" + SECRET).toString());
        context = new FakeContext();
    }

    @AfterEach
    void stop() {
        assertThat(context.all()).doesNotContain(SECRET);
        first.close();
        second.close();
        app.close();
    }

    @Test
    void onlyThoseGetItThatItIsFor() {
        channels("\"filters\":{\"gateways\":[\"agw\"]}", "\"filters\":{\"gateways\":[\"other\"]}");

        tellAll();

        assertThat(first.got()).hasSize(1);
        assertThat(second.got()).isEmpty();
    }

    @Test
    void whatOneRefusesForGoodGoesToItsFallback() {
        channels("\"fallback\":\"second\"", "\"filters\":{\"events\":[]}");
        first.answers(new Reply(410, Map.of(), "gone"));

        tellAll();

        assertThat(first.got()).hasSize(1);
        assertThat(second.got())
                .singleElement()
                .satisfies(got -> assertThat(got.headers().get("idempotency-key"))
                        .isEqualTo(first.got().get(0).headers().get("idempotency-key")));
        assertThat(context.lines(Level.SEVERE))
                .anyMatch(
                        line -> line.contains("to first: NOT DELIVERED") && line.contains("It goes to second instead"));
    }

    @Test
    void aFallbackThatHasTheMessageAlreadyGetsItOnce() {
        channels("\"fallback\":\"second\"", "\"fallback\":\"first\"");
        first.answers(410);

        tellAll();

        assertThat(first.got()).hasSize(1);
        assertThat(second.got()).hasSize(1);
    }

    @Test
    void quietHoursKeepItBackUntilTheyEnd() {
        clock = Clock.fixed(Instant.parse("2026-03-02T23:15:00Z"), ZoneOffset.UTC);
        channels("\"quietHours\":[{\"from\":\"22:00\",\"to\":\"07:00\"}]", "\"fallback\":\"first\"");

        tellAll();
        assertThat(first.got()).isEmpty();
        assertThat(second.got()).hasSize(1);
        assertThat(context.lines(Level.INFO)).anyMatch(line -> line.contains("quiet hours until"));

        clock = Clock.fixed(Instant.parse("2026-03-03T07:00:01Z"), ZoneOffset.UTC);
        tellAll();
        assertThat(first.got()).hasSize(1);
    }

    @Test
    void aChannelThatIsWronglySetIsTriedAgainAndTheOtherIsNot() {
        channels("\"urll\":1", "\"fallback\":\"first\"");

        tellAll();

        assertThat(second.got()).hasSize(1);
        assertThat(context.lines(Level.WARNING))
                .anyMatch(line ->
                        line.contains("to first: not delivered: TRIAGE502_CHANNELS: channels[0].urll: not a setting"));
    }

    /** A document in the store is read again, but not at each message; one that is broken changes nothing. */
    @Test
    void aDocumentThatChangedIsUsedWithoutARestart() throws IOException {
        Instant begun = Instant.parse("2026-03-02T12:00:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(begun);
        app.environment.put("TRIAGE502_CHANNELS", "config/channels.json");
        document("first");
        CurrentCourier courier = new CurrentCourier(app.wiring().channels(), now::get, context.getLogger());
        assertThat(names(courier)).containsExactly("first");

        document("second");
        assertThat(names(courier)).containsExactly("first");
        now.set(begun.plusSeconds(60));
        assertThat(names(courier)).containsExactly("second");

        Files.writeString(folder.resolve("shelf/config/channels.json"), "{");
        now.set(begun.plusSeconds(120));
        assertThat(names(courier)).containsExactly("second");
        assertThat(context.lines(Level.SEVERE)).anyMatch(line -> line.contains("the channels stay as they were"));
    }

    private void document(String name) throws IOException {
        Path file = folder.resolve("shelf/config/channels.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"channels\":[{\"name\":\"" + name
                        + "\",\"type\":\"webhook\",\"url\":{\"setting\":\"FIRST_URL\"}}]}");
    }

    private static List<String> names(CurrentCourier courier) {
        return courier.get().routes().stream().map(ChannelRoute::name).toList();
    }

    private void channels(String ofFirst, String ofSecond) {
        app.environment.put(
                "TRIAGE502_CHANNELS",
                "{\"channels\":[{\"name\":\"first\",\"type\":\"webhook\",\"url\":{\"setting\":\"FIRST_URL\"}," + ofFirst
                        + "},{\"name\":\"second\",\"type\":\"webhook\",\"url\":{\"setting\":\"SECOND_URL\"}," + ofSecond
                        + "}]}");
    }

    /** Has the incident investigated, and delivers what shows in the queue now. */
    private void tellAll() {
        Wiring wiring = new Wiring(app.environment, clock, CollectionProgress.none());
        wiring.getInstance(TriageFunction.class).run(new InvestigationMessage(INCIDENT, 1, true).toMessage(), context);
        Optional<String> next = message();
        while (next.isPresent()) {
            wiring.getInstance(DeliverFunction.class).run(next.get(), context);
            next = message();
        }
    }

    private Optional<String> message() {
        FolderQueues queues = Store.queuesIn(folder, clock);
        List<FolderQueues.Taken> taken = queues.take(QueueNames.DELIVERIES, 1, Duration.ofMinutes(1));
        taken.forEach(message -> queues.delete(QueueNames.DELIVERIES, message));
        return taken.stream()
                .map(message -> new String(Base64.getDecoder().decode(message.text()), StandardCharsets.UTF_8))
                .findFirst();
    }
}
