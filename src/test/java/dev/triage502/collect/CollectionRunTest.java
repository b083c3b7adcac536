package dev.triage502.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.triage502.azure.Deadline;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.CouldNotRead;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import dev.triage502.incident.Incident;
import dev.triage502.incident.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A collector with a defect: it costs its own source, at once. */
@Timeout(20)
class CollectionRunTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Throwable> failed = new ArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    static Stream<Throwable> defects() {
        return Stream.of(
                new StackOverflowError(),
                new NullPointerException("x"),
                new NoSuchMethodError("x"),
                new AssertionError("x"),
                new OutOfMemoryError("x"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void aCollectorThatThrowsEndsAtOnceWithAReasonOfItsOwn(Throwable defect) throws InterruptedException {
        SourceDocuments documents = ask((scene, ask) -> {
            throw CollectionRunTest.<RuntimeException>unchecked(defect);
        });

        CouldNotRead<?> unread = documents.get(Source.METRICS).unread().orElseThrow();
        assertThat(unread.why()).isEqualTo(Why.INTERNAL_ERROR);
        assertThat(unread.detail())
                .isEqualTo("internal error in triage502: " + defect.getClass().getSimpleName());
        assertThat(documents.get(Source.GATEWAY).isPresent()).isTrue();
        assertThat(failed).containsExactly(defect);
    }

    @Test
    void aCallThatThrowsEndsTheOthersOfItsSource() throws InterruptedException {
        ParallelCalls fan = new ParallelCalls(threads);
        Callable<String> endless = () -> {
            Thread.sleep(DEADLINE.toMillis());
            return "";
        };
        Callable<String> broken = () -> {
            throw new StackOverflowError();
        };

        SourceDocuments documents = ask((scene, ask) -> {
            fan.all(List.of(endless, broken));
            return Reading.present(new JsonObject());
        });

        assertThat(documents.get(Source.METRICS).unread().map(CouldNotRead::why))
                .contains(Why.INTERNAL_ERROR);
        assertThat(failed).singleElement().isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> fan.all(List.of(broken, endless))).isInstanceOf(StackOverflowError.class);
        assertThat(fan.all(List.of(() -> 1, () -> 2))).containsExactly(1, 2);
    }

    @Test
    void aDefectIsRecordedAndReadAgainAsOne() {
        JsonObject document = ErrorDocument.of(Why.INTERNAL_ERROR, "internal error in triage502: NullPointerException");

        assertThat(SourceDocuments.asReading(Source.METRICS, document))
                .isEqualTo(Reading.couldNotRead(
                        Source.METRICS, Why.INTERNAL_ERROR, "internal error in triage502: NullPointerException"));
    }

    private SourceDocuments ask(SourceCollector broken) throws InterruptedException {
        CollectionRun round = new CollectionRun(threads, Deadline.in(DEADLINE), new CollectionProgress() {
            @Override
            public void failed(Source source, Throwable defect) {
                assertThat(source).isEqualTo(Source.METRICS);
                failed.add(defect);
            }

            @Override
            public void read(Source source, Reading<JsonElement> reading, Duration took) {
                assertThat(took).isLessThan(Duration.ofSeconds(10));
            }
        });
        round.announce(Source.GATEWAY);
        round.announce(Source.METRICS);
        SourceCollector fine = (scene, ask) -> Reading.present(new JsonObject());
        round.ask(Source.METRICS, broken, scene(round), DEADLINE);
        round.ask(Source.GATEWAY, fine, scene(round), DEADLINE);
        return round.documents();
    }

    @SuppressWarnings("NullAway") // what these collectors do not use
    private CollectContext scene(CollectionRun round) {
        Incident incident = Incident.alertedAt(
                ResourceId.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/agw"),
                Instant.parse("2026-03-02T08:14:31Z"));
        return new CollectContext(
                incident,
                null,
                null,
                new ParallelCalls(threads),
                Reading.notCollected(Source.GATEWAY),
                java.util.Optional.empty(),
                round);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
