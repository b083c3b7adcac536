package dev.triage502.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import dev.triage502.azure.AzureAccess;
import dev.triage502.azure.AzureSettings;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.local.FailureMode;
import dev.triage502.local.PretendAzure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each source, each way in which Azure can fail it, alone and all at once: the investigation ends in time, the reading
 * says why, and nothing else is lost.
 */
@Timeout(180)
class MisbehaviourMatrixTest {

    private static final Duration DEADLINE = Duration.ofSeconds(9);
    private static final int AT_ONCE = 12;

    /** As many as calls can be made at once, by sources and for them; each may be kept for the next. */
    private static final int MOST_KEPT = 11 + 12;

    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final PretendAzure.Options QUICK =
            PretendAzure.Options.usual().operations(1, Duration.ZERO);

    /** How Azure fails, and what has to be said of it; nothing where only some calls can fail so. */
    private record Failing(FailureMode how, Why why) {}

    private static final Map<String, Failing> WAYS = new LinkedHashMap<>();

    static {
        Duration later = Duration.ofSeconds(60);
        WAYS.put("401", new Failing(FailureMode.unauthorized(), Why.FORBIDDEN));
        WAYS.put("403", new Failing(FailureMode.forbidden(), Why.FORBIDDEN));
        WAYS.put("404", new Failing(FailureMode.notFound(), Why.UNREACHABLE));
        WAYS.put("409", new Failing(FailureMode.conflict(), Why.UNREACHABLE));
        WAYS.put("429", new Failing(FailureMode.throttled(later), Why.THROTTLED));
        WAYS.put("429 after a while", new Failing(FailureMode.throttledAfter(1, later), Why.THROTTLED));
        WAYS.put("500", new Failing(FailureMode.serverError(), Why.UNREACHABLE));
        WAYS.put("503", new Failing(FailureMode.unavailable(), Why.UNREACHABLE));
        WAYS.put("reset", new Failing(FailureMode.reset(), Why.UNREACHABLE));
        WAYS.put("hang", new Failing(FailureMode.hang(), Why.TIMED_OUT));
        WAYS.put("slow", new Failing(FailureMode.slow(Duration.ofSeconds(60)), Why.TIMED_OUT));
        WAYS.put("truncated", new Failing(FailureMode.truncated(), Why.MALFORMED));
        WAYS.put("malformed", new Failing(FailureMode.malformed(), Why.MALFORMED));
        WAYS.put("endless", new Failing(FailureMode.endlessPaging(), Why.MALFORMED));
        WAYS.put("stuck", new Failing(FailureMode.stuckOperation(), Why.TIMED_OUT));
    }

    private static final Set<Source> ASKED = EnumSet.complementOf(EnumSet.of(Source.DIRECT_PROBE));

    /** What can only be asked for once the gateway is known. */
    private static final Set<Source> NEED_GATEWAY =
            EnumSet.of(Source.NETWORK, Source.BACKENDS, Source.ON_DEMAND_HEALTH);

    private record Outcome(SourceDocuments documents, Duration took) {}

    /** Every thread that these tests lead to is in it; other tests run at the same time. */
    private final ThreadGroup group = new ThreadGroup("matrix");

    private interface Body {
        void run() throws Exception;
    }

    private void inGroup(Body body) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            body.run();
            return null;
        });
        new Thread(group, task).start();
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(leftOver()).isEmpty());
    }

    private static Outcome investigate(RecordedCase recorded, Set<Source> failing, FailureMode how) throws IOException {
        PretendAzure.Options options = PretendAzure.Options.usual().operations(1, Duration.ZERO);
        try (PretendAzure azure = PretendAzure.start(recorded.documents(), recorded.gateway(), options);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.endpoint()))) {
            failing.forEach(source -> azure.misbehave(source, how));
            long began = System.nanoTime();
            SourceDocuments documents = new Investigation(
                            access, Investigation.Options.allowing(source -> source == Source.ON_DEMAND_HEALTH))
                    .run(recorded.incident(), DEADLINE, CollectionProgress.none());
            return new Outcome(documents, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** One way of each kind: refused, asked to wait, cut off, silent, garbled. */
    @Test
    void everySourceTimesAMisbehaviourOfEachKind() throws Exception {
        inGroup(() -> everyCell(Set.of("403", "429", "reset", "hang", "truncated")));
    }

    @Test
    @Tag("thorough")
    void everySourceTimesEveryMisbehaviour() throws Exception {
        inGroup(() -> everyCell(WAYS.keySet()));
    }

    private static void everyCell(Set<String> oneByOne) throws Exception {
        RecordedCase recorded = WholeCase.recorded();
        Outcome well = investigate(recorded, Set.of(), FailureMode.slow(Duration.ZERO));
        ASKED.forEach(source -> assertThat(well.documents().get(source).isPresent())
                .as(source.id())
                .isTrue());

        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        Map<String, Future<?>> cells = new LinkedHashMap<>();
        WAYS.forEach((name, failing) -> {
            for (Source source : oneByOne.contains(name) ? ASKED : Set.<Source>of()) {
                cells.put(source.id() + " " + name, threads.submit(() -> {
                    alone(recorded, well.documents(), source, name, failing);
                    return null;
                }));
            }
            cells.put("all " + name, threads.submit(() -> {
                allAtOnce(recorded, name, failing);
                return null;
            }));
        });
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, Future<?>> cell : cells.entrySet()) {
            try {
                cell.getValue().get();
            } catch (ExecutionException e) {
                wrong.add(cell.getKey() + ": " + e.getCause());
            }
        }
        threads.shutdownNow();

        assertThat(wrong).isEmpty();
    }

    /** The app has one access to Azure for all its life; what a failure left open in it would add up. */
    @Test
    void noConnectionAndNoThreadIsLeftByAnyMisbehaviour() throws Exception {
        assumeTrue(CONNECTIONS.stream().allMatch(Files::isReadable), "this system does not list its connections");
        inGroup(MisbehaviourMatrixTest::everyWayTwice);
    }

    private static void everyWayTwice() throws IOException {
        RecordedCase recorded = WholeCase.recorded();
        try (PretendAzure azure = PretendAzure.start(recorded.documents(), recorded.gateway(), QUICK);
                AzureAccess access = AzureAccess.open(AzureSettings.pretend(azure.endpoint()))) {
            Investigation investigation = new Investigation(
                    access, Investigation.Options.allowing(source -> source == Source.ON_DEMAND_HEALTH));
            int port = azure.endpoint().getPort();
            for (int round = 0; round < 2; round++) {
                for (Failing failing : WAYS.values()) {
                    azure.misbehave(failing.how());
                    investigation.run(recorded.incident(), Duration.ofMillis(700), CollectionProgress.none());
                }
            }
            azure.behave();

            SourceDocuments well = investigation.run(recorded.incident(), DEADLINE, CollectionProgress.none());

            assertThat(well.get(Source.GATEWAY).isPresent()).isTrue();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(connectionsTo(port)).isLessThanOrEqualTo(MOST_KEPT));
        }
    }

    /** Connections of this machine to the port that somebody still holds open: established, or closed by the other end. */
    private static long connectionsTo(int port) throws IOException {
        String end = String.format(Locale.ROOT, ":%04X", port);
        long open = 0;
        for (Path table : CONNECTIONS) {
            open += Files.readAllLines(table).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(row -> row.length > 3
                            && row[2].endsWith(end)
                            && Set.of("01", "08").contains(row[3]))
                    .count();
        }
        return open;
    }

    private static void alone(RecordedCase recorded, SourceDocuments well, Source source, String name, Failing failing)
            throws IOException {
        Outcome outcome = investigate(recorded, Set.of(source), failing.how());

        inTime(outcome);
        for (Source other : ASKED) {
            Reading<JsonElement> reading = outcome.documents().get(other);
            if (other == source) {
                toldRightly(other, reading, name, failing);
            } else if (source == Source.GATEWAY && NEED_GATEWAY.contains(other) && !isUntouched(source, name)) {
                assertThat(reading.unread().orElseThrow().why()).as(other.id()).isEqualTo(Why.NOT_COLLECTED);
            } else if (source == Source.NETWORK && other == Source.BACKENDS || other == Source.ACTIVITY_LOG) {
                // What they ask for depends on what the others say; they are read all the same.
                assertThat(reading.isPresent()).as(other.id()).isTrue();
            } else {
                assertThat(reading).as(other.id()).isEqualTo(well.get(other));
            }
        }
    }

    private static void allAtOnce(RecordedCase recorded, String name, Failing failing) throws IOException {
        Outcome outcome = investigate(recorded, ASKED, failing.how());

        inTime(outcome);
        for (Source source : ASKED) {
            Reading<JsonElement> reading = outcome.documents().get(source);
            if (NEED_GATEWAY.contains(source) && !isUntouched(Source.GATEWAY, name)) {
                assertThat(reading.unread().orElseThrow().why()).as(source.id()).isEqualTo(Why.NOT_COLLECTED);
            } else {
                toldRightly(source, reading, name, failing);
            }
        }
    }

    private static void inTime(Outcome outcome) {
        assertThat(outcome.took()).isLessThan(DEADLINE.plusSeconds(3));
    }

    private static void toldRightly(Source source, Reading<JsonElement> reading, String name, Failing failing) {
        if (isUntouched(source, name) || reading.isPresent() && isOfParts(source, name)) {
            assertThat(reading.isPresent()).as(source.id()).isTrue();
            return;
        }
        CouldNotRead<JsonElement> unread =
                reading.unread().orElseThrow(() -> new AssertionError(source.id() + " was read: " + reading));
        assertThat(unread.why()).as(unread.detail()).isEqualTo(failing.why());
        assertThat(unread.source()).isEqualTo(source);
        assertThat(unread.detail()).matches("(?s)[A-Za-z0-9]+: .+");
    }

    /** Only lists have pages, only operations are polled, and one call is let through before the throttle. */
    private static boolean isUntouched(Source source, String name) {
        return switch (name) {
            case "endless" ->
                !EnumSet.of(Source.ACTIVITY_LOG, Source.DIAGNOSTIC_SETTINGS, Source.NETWORK, Source.BACKENDS)
                        .contains(source);
            case "stuck" -> source != Source.BACKEND_HEALTH && source != Source.ON_DEMAND_HEALTH;
            case "429 after a while" ->
                EnumSet.of(Source.GATEWAY, Source.DIAGNOSTIC_SETTINGS).contains(source);
            default -> false;
        };
    }

    /** What is put together of several answers stands when some of them came; what did not is told inside it. */
    private static boolean isOfParts(Source source, String name) {
        boolean parts = EnumSet.of(
                        Source.NETWORK,
                        Source.BACKENDS,
                        Source.METRICS,
                        Source.ACTIVITY_LOG,
                        Source.ACCESS_LOG,
                        Source.RESOURCE_HEALTH)
                .contains(source);
        return parts && (name.equals("endless") || name.equals("429 after a while"));
    }

    /** Threads of an investigation or of Azure's client that are still there. */
    private List<String> leftOver() {
        Thread[] threads = new Thread[1000];
        int running = group.enumerate(threads);
        return Stream.of(threads)
                .limit(running)
                .map(Thread::getName)
                .filter(name -> name.startsWith("triage502-"))
                .toList();
    }
}
