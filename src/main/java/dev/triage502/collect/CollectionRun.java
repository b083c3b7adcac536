package dev.triage502.collect;

import com.google.gson.JsonElement;
import dev.triage502.azure.CallContext;
import dev.triage502.azure.Deadline;
import dev.triage502.evidence.GuardedChecks;
import dev.triage502.evidence.Reading;
import dev.triage502.evidence.Reading.Why;
import dev.triage502.evidence.Source;
import dev.triage502.evidence.arm.SourceDocuments;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One investigation under way: who is being asked, what came of it, and until when. */
final class CollectionRun implements CollectContext.Others {

    private final ExecutorService threads;
    private final Deadline end;
    private final CollectionProgress progress;
    private final Map<Source, CompletableFuture<Reading<JsonElement>>> asked = new EnumMap<>(Source.class);
    private final Map<Source, Long> began = new EnumMap<>(Source.class);

    CollectionRun(ExecutorService threads, Deadline end, CollectionProgress progress) {
        this.threads = threads;
        this.end = end;
        this.progress = progress;
    }

    /** Announces a source before any is asked, so that those who need it wait for it. */
    synchronized void announce(Source source) {
        asked.put(source, new CompletableFuture<>());
    }

    /** Asks a source in a thread of its own, for so long at most; returns at once. */
    void ask(Source source, SourceCollector collector, CollectContext scene, Duration most) {
        synchronized (this) {
            began.put(source, System.nanoTime());
            progress.started(source);
        }
        // A little less than all that is left: what a source says of itself tells more than that it was cut off.
        Duration left = end.remaining();
        Deadline deadline = end.atMost(most).atMost(left.minus(left.dividedBy(20)));
        threads.execute(() -> settle(source, reading(collector, scene, new CallContext(source, deadline))));
    }

    private Reading<JsonElement> reading(SourceCollector collector, CollectContext scene, CallContext ask) {
        try {
            return collector.collect(scene, ask);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return timedOut(ask.source());
        } catch (Throwable defect) {
            // Whatever it is, nobody may wait for this source any longer.
            report(ask.source(), defect);
            return Reading.couldNotRead(ask.source(), Why.INTERNAL_ERROR, GuardedChecks.words(defect));
        }
    }

    private synchronized void report(Source source, Throwable defect) {
        if (!slot(source).isDone()) {
            progress.failed(source, defect);
        }
    }

    /** Takes what came of asking a source; the first word counts. */
    private synchronized void settle(Source source, Reading<JsonElement> reading) {
        CompletableFuture<Reading<JsonElement>> slot = slot(source);
        if (slot.isDone()) {
            return;
        }
        try {
            long since = began.getOrDefault(source, System.nanoTime());
            progress.read(source, reading, Duration.ofNanos(System.nanoTime() - since));
        } finally {
            slot.complete(reading);
        }
    }

    @Override
    public Reading<JsonElement> await(Source source, Deadline deadline) throws InterruptedException {
        try {
            return slot(source).get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return timedOut(source);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until every source has been read or time is over, and says of the rest that it is. */
    SourceDocuments documents() throws InterruptedException {
        SourceDocuments documents = SourceDocuments.none();
        for (Source source : Source.values()) {
            if (isAsked(source)) {
                settle(source, await(source, end));
                documents = documents.with(source, await(source, end));
            }
        }
        return documents;
    }

    private synchronized boolean isAsked(Source source) {
        return asked.containsKey(source);
    }

    private synchronized CompletableFuture<Reading<JsonElement>> slot(Source source) {
        return asked.getOrDefault(source, CompletableFuture.completedFuture(Reading.notCollected(source)));
    }

    private static Reading<JsonElement> timedOut(Source source) {
        return Reading.couldNotRead(
                source, Why.TIMED_OUT, "TimedOut: not read within the time limit of the investigation");
    }
}
